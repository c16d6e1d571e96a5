"""Files are written whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from thaw.cli.files import check_target, written_whole
from thaw.units import InputError, OutsideError


def names_in(folder: Path) -> list[str]:
    """Return the names of what lies in ``folder``."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_all_its_chunks(tmp_path: Path) -> None:
    target = tmp_path / "a.wav"
    with written_whole(target, [b"one ", b"two"]):
        assert not target.exists()
    assert target.read_bytes() == b"one two"
    assert names_in(tmp_path) == ["a.wav"]


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    with written_whole(tmp_path / "a.wav", [b"x"]):
        pass
    assert (tmp_path / "a.wav").stat().st_mode == plain.stat().st_mode


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "a.wav"
    target.touch(0o640)
    target.chmod(0o640)
    with written_whole(target, [b"x"]):
        pass
    assert target.stat().st_mode & 0o777 == 0o640


def broken_off() -> Iterator[bytes]:
    yield b"half"
    raise KeyboardInterrupt


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    target = tmp_path / "a.wav"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), written_whole(target, broken_off()):
        pass
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.wav"]


def test_when_the_second_of_two_fails_the_first_does_not_change(tmp_path: Path) -> None:
    first, second = tmp_path / "a.opus", tmp_path / "a.vtt"
    with (
        pytest.raises(KeyboardInterrupt),
        written_whole(first, [b"sound"]),
        written_whole(second, broken_off()),
    ):
        pass
    assert names_in(tmp_path) == []


def full_disk() -> Iterator[bytes]:
    yield b"some"
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(OutsideError, match="No space left on device") as caught,
        written_whole(tmp_path / "a.wav", full_disk()),
    ):
        pass
    assert caught.value.code == "file.not_written"
    assert names_in(tmp_path) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no folder .*/gone") as caught:
        check_target(tmp_path / "gone" / "a.wav")
    assert caught.value.code == "file.no_folder"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        check_target(tmp_path)
    assert caught.value.code == "file.is_folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is allowed to the superuser")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / "a.wav")
    tmp_path.chmod(0o700)
    assert caught.value.code == "file.not_allowed"
