"""A file arrives whole and right, or not at all; a broken download goes on."""

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.file_server import Files, served
from thaw.sound.voices.download import Wanted, fetch
from thaw.units import InputError, OutsideError

CONTENT = bytes(range(256)) * 2000


@pytest.fixture
def files() -> Iterator[Files]:
    with served(Files({"/voice": CONTENT})) as shelf:
        yield shelf


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "voices" / "voice.onnx"


def wanted(files: Files, path: str = "/voice", content: bytes = CONTENT) -> Wanted:
    return Wanted(files.url + path, len(content), hashlib.sha256(content).hexdigest())


def parts(target: Path) -> list[Path]:
    return list(target.parent.glob("*.part")) if target.parent.exists() else []


def failure(files: Files, target: Path, content: bytes = CONTENT) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        fetch(wanted(files, content=content), target, lambda _there: None)
    assert not target.exists()
    return caught.value


def test_a_file_arrives_with_progress(files: Files, target: Path) -> None:
    seen: list[int] = []
    fetch(wanted(files), target, seen.append)
    assert target.read_bytes() == CONTENT
    assert seen[0] == 0
    assert seen[-1] == len(CONTENT)
    assert seen == sorted(seen)
    assert not parts(target)


def test_a_download_that_breaks_off_goes_on_where_it_ended(files: Files, target: Path) -> None:
    files.ways["/voice"] = "breaks_off"
    error = failure(files, target)
    assert error.code == "download.interrupted"
    assert "goes on where it ended" in error.message
    assert error.retryable
    assert [part.stat().st_size for part in parts(target)] == [1000]
    seen: list[int] = []
    fetch(wanted(files), target, seen.append)
    assert seen[0] == 1000
    assert files.asked == [("/voice", None), ("/voice", "bytes=1000-")]
    assert target.read_bytes() == CONTENT


def test_a_server_without_ranges_is_asked_for_all_of_it_again(files: Files, target: Path) -> None:
    files.ways["/voice"] = "breaks_off"
    failure(files, target)
    files.ways["/voice"] = "no_ranges"
    fetch(wanted(files), target, lambda _there: None)
    assert target.read_bytes() == CONTENT


def test_an_answer_from_the_wrong_place_is_not_taken(files: Files, target: Path) -> None:
    files.ways["/voice"] = "breaks_off"
    failure(files, target)
    files.ways["/voice"] = "wrong_range"
    assert failure(files, target).code == "download.interrupted"
    assert [part.stat().st_size for part in parts(target)] == [1000]


def test_all_of_a_part_is_only_checked(files: Files, target: Path) -> None:
    target.parent.mkdir()
    file = wanted(files)
    target.with_name(f"{target.name}.{file.sha256[:12]}.part").write_bytes(CONTENT)
    fetch(file, target, lambda _there: None)
    assert not files.asked
    assert target.read_bytes() == CONTENT


def test_a_part_that_is_too_long_is_begun_anew(files: Files, target: Path) -> None:
    target.parent.mkdir()
    file = wanted(files)
    target.with_name(f"{target.name}.{file.sha256[:12]}.part").write_bytes(CONTENT + b"x")
    fetch(file, target, lambda _there: None)
    assert files.asked == [("/voice", None)]


def test_another_file_of_that_size_is_thrown_away(files: Files, target: Path) -> None:
    files.content["/voice"] = CONTENT[::-1]
    error = failure(files, target)
    assert error.code == "download.wrong_digest"
    assert not parts(target)


@pytest.mark.parametrize("served_instead", [CONTENT + b"more", CONTENT[:-1]])
def test_another_size_is_refused_before_it_is_read(
    files: Files, target: Path, served_instead: bytes
) -> None:
    files.content["/voice"] = served_instead
    assert failure(files, target).code == "download.wrong_size"
    assert not parts(target)


def test_never_more_is_read_than_was_promised(files: Files, target: Path) -> None:
    files.ways["/voice"] = "more"
    assert failure(files, target).code == "download.wrong_size"
    assert not parts(target)


def test_a_file_that_became_shorter_than_its_part_is_refused(files: Files, target: Path) -> None:
    files.ways["/voice"] = "breaks_off"
    failure(files, target)
    files.content["/voice"] = CONTENT[:900]
    assert failure(files, target).code == "download.wrong_size"
    assert not parts(target)


def test_a_missing_file_is_a_sentence(files: Files, target: Path) -> None:
    del files.content["/voice"]
    error = failure(files, target)
    assert error.code == "download.refused"
    assert error.fields["status"] == 404
    assert not error.retryable


def test_a_busy_server_may_be_asked_again(files: Files, target: Path) -> None:
    files.ways["/voice"] = "busy"
    assert failure(files, target).retryable


def test_no_server_is_a_sentence(files: Files, target: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        files.url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        assert failure(files, target).code == "download.no_answer"


def test_a_server_may_send_us_elsewhere(files: Files, target: Path) -> None:
    files.content["/moved"] = b""
    files.ways["/moved"] = f"{files.url}/voice"
    fetch(wanted(files, "/moved"), target, lambda _there: None)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("elsewhere", ["file:///etc/hostname", "ftp://127.0.0.1/voice"])
def test_nobody_sends_us_out_of_the_web(files: Files, target: Path, elsewhere: str) -> None:
    files.ways["/voice"] = elsewhere
    assert failure(files, target).code == "download.refused"


def test_a_folder_that_cannot_be_written_is_a_sentence(files: Files, tmp_path: Path) -> None:
    (tmp_path / "voices").write_text("a file")
    with pytest.raises(OutsideError) as caught:
        fetch(wanted(files), tmp_path / "voices" / "voice.onnx", lambda _there: None)
    assert caught.value.code == "download.no_room"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/voice", "voice"])
def test_only_the_web_is_an_address(url: str) -> None:
    with pytest.raises(InputError, match="https://"):
        Wanted(url, 1, "0" * 64)


@pytest.mark.parametrize(("size", "sha256"), [(0, "0" * 64), (1, "0" * 63), (1, "G" * 64)])
def test_nothing_is_fetched_without_facts_to_check_it_by(size: int, sha256: str) -> None:
    with pytest.raises(InputError, match="SHA-256"):
        Wanted("https://127.0.0.1/voice", size, sha256)
