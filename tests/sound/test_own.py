"""Lines with a person's own words: voiced in memory, found beside the others, gone when over."""

from pathlib import Path

import pytest

from tests.fakes.spoken import HummingVoice
from thaw.sound.cache import ClipCache, key_of
from thaw.sound.measured import IN_USE, measured
from thaw.sound.own import OwnCache, OwnClips
from thaw.sound.voicing import VoicedClips, voice_lines
from thaw.units import OutsideError

OURS, THEIRS = "You can stop.", "May Zora be well."


def voice_in(cache: ClipCache | OwnCache, *texts: str) -> None:
    voice_lines(
        texts,
        voice=HummingVoice(),
        pace=115,
        cache=cache,
        progress=lambda _done, _total: None,
        stop=lambda: False,
    )


def clips_of(folder: Path, cache: OwnCache) -> OwnClips:
    shared = VoicedClips(ClipCache(folder), HummingVoice(), 115)
    own = VoicedClips(cache, HummingVoice(), 115)
    return OwnClips(shared, own, cache, lambda text: "Zora" in text)


def test_a_line_of_ones_own_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    cache = OwnCache()
    voice_in(ClipCache(tmp_path), OURS)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    voice_in(cache, THEIRS)
    clips = clips_of(tmp_path, cache)
    clip = clips.line(THEIRS)
    assert clips.length(THEIRS) == clip.length
    assert len(clips.pcm(clip)) == 2 * clip.length
    assert clips.mp3(clip) == clips.mp3(clip)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert not list(tmp_path.rglob(f"{key_of(HummingVoice(), 115, THEIRS)}*"))


def test_every_other_line_is_found_where_everyones_are(tmp_path: Path) -> None:
    cache = OwnCache()
    voice_in(ClipCache(tmp_path), OURS)
    clips = clips_of(tmp_path, cache)
    clip = clips.line(OURS)
    assert len(clips.pcm(clip)) == 2 * clip.length
    assert clips.mp3(clip)
    assert clips.bell("low", first=True).length > 0
    with pytest.raises(OutsideError):
        clips.line(THEIRS)


def test_a_line_of_ones_own_sounds_as_it_would_for_everyone(tmp_path: Path) -> None:
    cache, shared = OwnCache(), ClipCache(tmp_path)
    for each in (cache, shared):
        voice_in(each, THEIRS)
    key = key_of(HummingVoice(), 115, THEIRS)
    assert cache.pcm(key) == shared.pcm(key)
    assert cache.clip(key) == shared.clip(key)


def test_once_cleared_nothing_is_left_and_nothing_comes_back(tmp_path: Path) -> None:
    cache = OwnCache()
    voice_in(cache, THEIRS)
    key = key_of(HummingVoice(), 115, THEIRS)
    clip = cache.clip(key)
    assert clip is not None
    measured(clip)
    clips_of(tmp_path, cache).mp3(clip)
    assert IN_USE.find(key)
    cache.clear()
    assert (cache.clip(key), cache.pcm(key), cache.mp3(key)) == (None, None, None)
    assert IN_USE.find(key) is None
    voice_in(cache, THEIRS)
    cache.keep_mp3(key, (b"",))
    assert (cache.clip(key), cache.pcm(key), cache.mp3(key)) == (None, None, None)
