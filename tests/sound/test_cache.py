"""What is kept comes back whole, or not at all; and a sitting goes on without a disk."""

import errno
import logging
import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.spoken import HummingVoice, hum
from thaw.sound.cache import ClipCache, key_of, write_whole
from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.clips import make_clip

KEY = "ab" * 32
MADE = make_clip(hum(0.5), KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "clips"


@pytest.fixture
def entry(folder: Path) -> Path:
    """The file of a clip that was kept."""
    ClipCache(folder).keep(*MADE)
    return folder / "ab" / f"{KEY}.clip"


def full(_path: Path, _content: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_clip_comes_back_as_it_was(folder: Path, entry: Path) -> None:
    cache = ClipCache(folder)
    clip = cache.clip(KEY)
    assert clip == MADE[0]
    assert cache.pcm(KEY) == MADE[1]
    assert entry.stat().st_mode & 0o077 == 0
    assert clip is not None
    assert clip.packets[-1] is SILENCE_PACKET


def test_a_clip_in_use_is_one_object(folder: Path, entry: Path) -> None:
    cache = ClipCache(folder)
    clip = cache.clip(KEY)
    assert entry.exists()
    assert cache.clip(KEY) is clip


def test_mp3_frames_come_back_as_they_were(folder: Path) -> None:
    cache = ClipCache(folder)
    assert cache.mp3(KEY) is None
    cache.keep_mp3(KEY, (b"one", b"", b"three"))
    assert ClipCache(folder).mp3(KEY) == (b"one", b"", b"three")


def test_a_clip_is_read_once_to_know_that_it_is_there(folder: Path, entry: Path) -> None:
    cache = ClipCache(folder)
    assert cache.has(KEY)
    entry.write_bytes(b"")
    assert cache.has(KEY)
    assert cache.clip(KEY) is None
    assert not cache.has(KEY)


def test_a_clip_that_is_taken_away_is_not_there(folder: Path, entry: Path) -> None:
    cache = ClipCache(folder)
    assert cache.has(KEY)
    entry.unlink()
    assert not cache.has(KEY)


def test_what_was_never_kept_is_absent(folder: Path) -> None:
    cache = ClipCache(folder)
    assert not cache.has(KEY)
    assert cache.clip(KEY) is None
    assert cache.pcm(KEY) is None


def test_every_flipped_bit_is_noticed(folder: Path, entry: Path) -> None:
    whole = entry.read_bytes()
    for at in [*range(0, 120, 7), *range(120, len(whole), 997), len(whole) - 1]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        entry.write_bytes(damaged)
        cache = ClipCache(folder)
        clip, pcm = cache.clip(KEY), cache.pcm(KEY)
        assert (clip, pcm) != MADE
        assert clip in (None, MADE[0])
        assert pcm in (None, MADE[1])
        assert not entry.exists()


@pytest.mark.parametrize("left", [0, 1, 40, 81, 82, 500, -1])
def test_a_file_cut_short_is_noticed_and_removed(folder: Path, entry: Path, left: int) -> None:
    entry.write_bytes(entry.read_bytes()[:left])
    cache = ClipCache(folder)
    assert None in (cache.clip(KEY), cache.pcm(KEY))
    assert not entry.exists()


def test_an_entry_under_a_wrong_name_is_noticed(folder: Path, entry: Path) -> None:
    other = "cd" * 32
    wrong = folder / "cd" / f"{other}.clip"
    wrong.parent.mkdir()
    entry.rename(wrong)
    assert ClipCache(folder).clip(other) is None
    assert not wrong.exists()


def test_an_entry_that_cannot_be_read_counts_as_absent(folder: Path, entry: Path) -> None:
    entry.unlink()
    entry.mkdir()
    assert ClipCache(folder).clip(KEY) is None


def test_a_damaged_entry_can_be_kept_again(folder: Path, entry: Path) -> None:
    entry.write_bytes(b"")
    cache = ClipCache(folder)
    assert cache.clip(KEY) is None
    cache.keep(*MADE)
    assert ClipCache(folder).clip(KEY) == MADE[0]


def test_a_full_disk_keeps_clips_in_memory_and_says_so_once(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = ClipCache(folder, write=full)
    with caplog.at_level(logging.WARNING):
        cache.keep(*MADE)
        cache.keep_mp3(KEY, (b"one",))
    assert cache.clip(KEY) == MADE[0]
    assert cache.pcm(KEY) == MADE[1]
    assert cache.mp3(KEY) == (b"one",)
    assert len(caplog.records) == 1
    assert "this run goes on" in caplog.text
    assert not list(folder.rglob("*"))


def test_memory_is_bounded_and_the_oldest_goes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thaw.sound.cache.MEMORY_BYTES", 100_000)
    cache = ClipCache(folder, write=full)
    keys = [f"{number:064x}" for number in range(40)]
    for key in keys:
        cache.keep(replace(MADE[0], key=key), MADE[1])
    there = [key for key in keys if cache.pcm(key)]
    assert there
    assert there == keys[-len(there) :]
    assert len(there) < len(keys)


def test_a_folder_that_cannot_be_made_keeps_clips_in_memory(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    cache = ClipCache(tmp_path / "cache" / "clips")
    cache.keep(*MADE)
    assert cache.clip(KEY) == MADE[0]


def test_nothing_half_written_is_left(folder: Path) -> None:
    target = folder / "ab" / "entry"
    target.mkdir(parents=True)  # A folder in the way: the last step fails.
    with pytest.raises(OSError, match="directory"):
        write_whole(target, b"content")
    assert not list((folder / "making").iterdir())


def test_what_a_killed_writer_left_is_swept_after_an_hour(folder: Path) -> None:
    making = folder / "making"
    making.mkdir(parents=True)
    old, fresh = making / "old", making / "fresh"
    for part in (old, fresh):
        part.write_bytes(b"half")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    ClipCache(folder).keep(*MADE)
    assert not old.exists()
    assert fresh.exists()


def keep_often(folder: str) -> None:
    for _ in range(10):
        ClipCache(Path(folder)).keep(*MADE)


def test_processes_that_keep_the_same_clip_leave_it_whole(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=keep_often, args=(str(folder),)) for _ in range(2)]
    for writer in writers:
        writer.start()
    seen: list[Clip | None] = []
    while any(writer.is_alive() for writer in writers):
        seen.append(ClipCache(folder).clip(KEY))
        writers[0].join(0.01)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert set(seen) <= {None, MADE[0]}
    assert ClipCache(folder).clip(KEY) == MADE[0]
    assert not list((folder / "making").iterdir())


def test_an_address_follows_from_all_that_shapes_the_sound() -> None:
    voice = HummingVoice()
    other = HummingVoice(name="other")
    set_otherwise = HummingVoice(settings="hum 2")
    keys = {
        key_of(voice, 115, "A line."),
        key_of(voice, 116, "A line."),
        key_of(voice, 115, "A line"),
        key_of(other, 115, "A line."),
        key_of(set_otherwise, 115, "A line."),
    }
    assert len(keys) == 5
    assert key_of(HummingVoice(title="Another title"), 115, "A line.") in keys
