"""Sound over a real server: ranges, whose it is, and what is refused."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests.fakes.sounding import FakeSound
from tests.web.conftest import build_front_end, other_database
from tests.web.serving import Guest, Place, serving, settle
from thaw.library.shelf import Shelf
from thaw.practice.beds import BEDS
from thaw.web import policy
from thaw.web.folder import open_folder
from thaw.web.house import House, the_house


@pytest.fixture(scope="module")
def sound() -> FakeSound:
    return FakeSound()


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory,
    new_folder: Path,
    django_db_blocker: DjangoDbBlocker,
    sound: FakeSound,
    shelf: Shelf,
) -> Iterator[Place]:
    """One server for all of these: what they do to it leaves no trace."""
    folder = tmp_path_factory.mktemp("shared")
    build_front_end(folder / "static")
    data = shutil.copytree(new_folder, folder / "data")
    with (
        override_settings(STATIC_ROOT=folder / "static"),
        other_database(django_db_blocker),
        closing(open_folder(data)),
    ):
        house = House(data, sound=sound)
        house.shelf = shelf
        with serving(house) as guest:
            yield settle(guest)


@pytest.mark.parametrize(
    ("ext", "content_type"),
    [
        ("mp4", "audio/mp4; codecs=opus"),
        ("mp3", "audio/mpeg"),
        ("opus", "audio/ogg; codecs=opus"),
        ("wav", "audio/wav"),
    ],
)
def test_the_whole_is_sent_with_its_length(place: Place, ext: str, content_type: str) -> None:
    answer = place.guest.get(place.url(ext))
    assert (answer.status, len(answer.body)) == (200, 200_000)
    assert answer.headers["content-length"] == "200000"
    assert answer.headers["content-type"] == content_type
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-security-policy"] == policy.policy_text()
    assert "content-disposition" not in answer.headers


@given(st.data())
def test_any_range_is_the_very_bytes(place: Place, data: st.DataObject) -> None:
    size = len(place.content)
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size + 5))
    answer = place.guest.get(place.url(), Range=f"bytes={first}-{last}")
    assert answer.status == 206
    assert answer.body == place.content[first : last + 1]
    stop = min(last, size - 1)
    assert answer.headers["content-range"] == f"bytes {first}-{stop}/{size}"
    assert int(answer.headers["content-length"]) == len(answer.body)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_no_range_header_breaks_it(place: Place, header: str) -> None:
    for tried in (header, f"bytes={header}"):
        assert place.guest.get(place.url(), Range=tried).status in (200, 206, 416)


def test_a_range_outside_is_416(place: Place) -> None:
    answer = place.guest.get(place.url(), Range="bytes=200000-")
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == "bytes */200000"


def test_a_range_of_a_known_state_holds_while_the_state_does(place: Place) -> None:
    tag = place.guest.get(place.url()).headers["etag"]
    assert place.guest.get(place.url(), Range="bytes=1-2", If_Range=tag).status == 206
    assert place.guest.get(place.url(), Range="bytes=1-2", If_Range='"old"').status == 200
    known = place.guest.get(place.url(), If_None_Match=tag)
    assert (known.status, known.body) == (304, b"")


def test_head_tells_the_length_and_sends_nothing(place: Place) -> None:
    answer = place.guest.ask("HEAD", place.url())
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == "200000"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_sound_can_only_be_listened_to(place: Place, method: str) -> None:
    answer = place.guest.ask(method, place.url())
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-security-policy"] == policy.policy_text()


@pytest.mark.parametrize(
    "ending", ["1.flac", "1", "2.mp3", "0.mp3", "x.mp3", "1.mp3/", "../1.mp3", "9999999.mp3"]
)
def test_what_is_not_there_is_404_with_a_sentence(place: Place, ending: str) -> None:
    answer = place.guest.get(f"{place.path.removesuffix('/1')}/{ending}")
    assert answer.status == 404
    assert answer.body.decode().strip().endswith(".")
    assert answer.headers["content-security-policy"] == policy.policy_text()


def test_nobody_else_hears_it(place: Place) -> None:
    stranger, other = Guest(place.guest.port), Guest(place.guest.port).come_in(the_house())
    forged = Guest(place.guest.port, dict.fromkeys(place.guest.cookies, "x" * 43))
    broken = Guest(place.guest.port, dict.fromkeys(place.guest.cookies, "z"))
    for guest in (stranger, other, forged, broken):
        for path in (place.url(), "/audio/nothing/1.mp3"):
            answer = guest.get(path)
            assert answer.status == 404
            assert answer.body == place.guest.get("/audio/nothing/1.mp3").body
    assert place.guest.get(place.url()).status == 200


def test_cookies_of_other_programs_on_this_machine_do_not_matter(place: Place) -> None:
    cookies = {"a:b": "c", "d[e": '"f', **place.guest.cookies, "g": "h;i"}
    assert Guest(place.guest.port, cookies).get(place.url()).status == 200


def test_the_same_sound_is_assembled_once(place: Place, sound: FakeSound) -> None:
    place.guest.get(place.url())
    before = sound.assembled
    for _ in range(5):
        place.guest.get(place.url(), Range="bytes=5-9")
    assert sound.assembled == before


def test_a_download_has_a_neutral_name(place: Place) -> None:
    for ext in ("mp3", "opus"):
        answer = place.guest.get(f"{place.url(ext)}?download=1")
        assert answer.headers["content-disposition"] == (
            f'attachment; filename="a-quiet-minute.{ext}"'
        )
        assert len(answer.body) == 200_000


def test_a_sample_of_a_voice_is_heard(place: Place, sound: FakeSound) -> None:
    before = len(sound.spoken)
    answer = place.guest.get("/voices/espeak-ng/sample.mp4")
    assert (answer.status, answer.headers["content-type"]) == (200, "audio/mp4; codecs=opus")
    assert place.guest.get("/voices/espeak-ng/sample.mp4", Range="bytes=0-9").status == 206
    assert [voice for voice, _ in sound.spoken[before:]] == ["espeak-ng"]
    assert place.guest.get("/voices/espeak-ng/sample.mp4?pace=100").status == 200


@pytest.mark.parametrize("path", ["/voices/nobody/sample.mp4", "/voices/none/sample.mp4"])
def test_a_sample_of_no_voice_is_404(place: Place, path: str) -> None:
    assert place.guest.get(path).status == 404


@pytest.mark.parametrize("bed", BEDS)
def test_a_sample_of_a_bed_is_heard(place: Place, bed: str) -> None:
    answer = place.guest.get(f"/beds/{bed}/sample.mp4?volume=3")
    assert (answer.status, answer.headers["content-type"]) == (200, "audio/mp4; codecs=opus")
    assert place.guest.get(f"/beds/{bed}/sample.mp4", Range="bytes=0-9").status == 206


@pytest.mark.parametrize("path", ["/beds/wind/sample.mp4", "/beds/off/sample.mp4", "/beds/rain"])
def test_a_sample_of_no_bed_is_404(place: Place, path: str) -> None:
    assert place.guest.get(path).status == 404


@pytest.mark.parametrize("volume", ["0", "4", "loud", ""])
def test_a_bed_at_no_volume_is_a_sentence(place: Place, volume: str) -> None:
    answer = place.guest.get(f"/beds/sea/sample.mp4?volume={volume}")
    assert answer.status == 422
    assert b"1, 2 or 3" in answer.body


@pytest.mark.parametrize("pace", ["0", "116", "fast", "1e3", ""])
def test_a_sample_at_no_pace_is_a_sentence(place: Place, pace: str) -> None:
    answer = place.guest.get(f"/voices/flite-slt/sample.mp4?pace={pace}")
    assert answer.status == 422
    assert b"in steps of five" in answer.body
