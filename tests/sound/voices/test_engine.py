"""What an engine may do to us: nothing but give a sentence."""

import threading
import time
from pathlib import Path

import pytest

from tests.fakes.engines import engine, is_gone, note_of
from thaw.sound.voices.engine import end_running, run
from thaw.units import OutsideError


def failure(folder: Path, way: str, limit: float = 0.3) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        run([engine(folder, way)], voice="test", limit=limit)
    return caught.value


def files_open() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_what_it_says_is_returned(tmp_path: Path) -> None:
    assert run([engine(tmp_path, "repeats")], voice="test", text=b"a line") == b"a line"


def test_a_missing_program_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be started") as caught:
        run([str(tmp_path / "nothing")], voice="test")
    assert caught.value.code == "voice.missing"


@pytest.mark.parametrize("way", ["crashes", "refuses"])
def test_a_crash_is_a_sentence_and_may_be_tried_again(tmp_path: Path, way: str) -> None:
    error = failure(tmp_path, way, limit=10)
    assert error.code == "voice.crashed"
    assert error.retryable
    assert "choose another voice" in error.message


def test_a_hang_is_ended_at_the_limit(tmp_path: Path) -> None:
    assert failure(tmp_path, "hangs").code == "voice.hung"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_what_a_hanging_engine_started_ends_with_it(tmp_path: Path) -> None:
    assert failure(tmp_path, "hangs_with_a_child").code == "voice.hung"
    assert is_gone(note_of(tmp_path))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
def test_an_engine_that_ends_and_leaves_a_child_behind_counts_as_hanging(tmp_path: Path) -> None:
    assert failure(tmp_path, "leaves_a_child").code == "voice.hung"
    assert is_gone(note_of(tmp_path))


def test_a_flood_is_stopped(tmp_path: Path) -> None:
    assert failure(tmp_path, "floods", limit=20).code == "voice.broken"


def test_nothing_stays_open(tmp_path: Path) -> None:
    before = files_open()
    run([engine(tmp_path, "says_nothing")], voice="test", text=b"not read")
    failure(tmp_path, "hangs")
    assert files_open() == before


def test_closing_waits_for_no_engine_that_hangs(tmp_path: Path) -> None:
    caught: list[OutsideError] = []

    def speak() -> None:
        try:
            run([engine(tmp_path, "hangs")], voice="test", limit=60)
        except OutsideError as error:
            caught.append(error)

    speaking = threading.Thread(target=speak)
    speaking.start()
    while speaking.is_alive():
        end_running()
        time.sleep(0.01)
    assert [error.code for error in caught] == ["voice.crashed"]
