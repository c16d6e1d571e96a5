"""How a stream is answered."""

import pytest

from tests.fakes.sounding import BytesStream
from thaw.web import policy
from thaw.web.audio.answer import Answer, answer_of
from thaw.web.audio.ranges import Part

STREAM = BytesStream(bytes(range(256)) * 10, "audio/mp4; codecs=opus", "abc")
SIZE = STREAM.size


def answer(method: str = "GET", file_name: str | None = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer_of(STREAM, method, named, file_name)


def test_without_a_range_the_whole_is_sent() -> None:
    found = answer()
    assert (found.status, found.part) == (200, Part(0, SIZE))
    assert dict(found.headers)["Content-Length"] == str(SIZE)
    assert dict(found.headers)["Accept-Ranges"] == "bytes"
    assert dict(found.headers)["Content-Type"] == "audio/mp4; codecs=opus"


def test_a_range_is_sent_whole_and_says_where_it_lies() -> None:
    found = answer(range="bytes=5-14")
    assert (found.status, found.part) == (206, Part(5, 15))
    assert dict(found.headers)["Content-Range"] == f"bytes 5-14/{SIZE}"
    assert dict(found.headers)["Content-Length"] == "10"


def test_a_range_outside_is_refused_with_the_size() -> None:
    found = answer(range=f"bytes={SIZE}-")
    assert (found.status, found.part) == (416, None)
    assert dict(found.headers)["Content-Range"] == f"bytes */{SIZE}"


def test_head_tells_the_size_and_sends_nothing() -> None:
    found = answer("HEAD", range="bytes=0-9")
    assert (found.status, found.part) == (200, None)
    assert dict(found.headers)["Content-Length"] == str(SIZE)


@pytest.mark.parametrize(("tag", "status"), [('"abc"', 206), ('"old"', 200), ('W/"abc"', 200)])
def test_a_range_of_another_state_gets_the_whole(tag: str, status: int) -> None:
    assert answer(range="bytes=0-9", if_range=tag).status == status


@pytest.mark.parametrize(("tag", "status"), [('"abc"', 304), ('W/"abc"', 304), ('"old"', 200)])
def test_what_is_known_is_not_sent_again(tag: str, status: int) -> None:
    assert answer(if_none_match=tag).status == status


@pytest.mark.parametrize(("tag", "status"), [('"abc"', 200), ("*", 200), ('"old"', 412)])
def test_a_state_that_must_match_must(tag: str, status: int) -> None:
    assert answer(if_match=tag).status == status


def test_a_download_has_a_neutral_name() -> None:
    found = answer(file_name="a-quiet-minute.mp3")
    assert dict(found.headers)["Content-Disposition"] == (
        'attachment; filename="a-quiet-minute.mp3"'
    )


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=1-2"}, {"range": "bytes=99999-"}])
def test_every_answer_carries_the_policy_and_is_kept_by_nobody(headers: dict[str, str]) -> None:
    found = dict(answer(**headers).headers)
    assert found["Content-Security-Policy"] == policy.policy_text()
    assert found["Cache-Control"] == "private, no-store"
    assert found["ETag"] == '"abc"'
