"""Lines are voiced once, in order; what fails says what to do; what is gone is mended."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.fakes.spoken import HummingVoice
from thaw.sound.bells import stroke
from thaw.sound.cache import ClipCache, key_of
from thaw.sound.clip import SILENCE_PACKET, Clips
from thaw.sound.voices.flite import Flite, is_installed
from thaw.sound.voices.port import Voice
from thaw.sound.voicing import SilentClips, VoicedClips, voice_lines
from thaw.units import OutsideError, samples_of

LINES = ["You could sit.", "Or stand.", "Perhaps warm, perhaps empty.", "Or stand."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clips"


class Told:
    """Remembers the progress; may wish to stop after some lines."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.seen: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def progress(self, done: int, total: int) -> None:
        self.seen.append((done, total))

    def stop(self) -> bool:
        return self._stop_at is not None and bool(self.seen) and self.seen[-1][0] >= self._stop_at


def voiced(folder: Path, voice: Voice, told: Told | None = None, *, workers: int = 2) -> ClipCache:
    cache = ClipCache(folder)
    told = told or Told()
    voice_lines(
        LINES,
        voice=voice,
        pace=115,
        cache=cache,
        progress=told.progress,
        stop=told.stop,
        workers=workers,
    )
    return cache


def entry(folder: Path, voice: Voice, text: str) -> Path:
    return next(folder.rglob(f"{key_of(voice, 115, text)}.clip"))


def test_each_text_is_voiced_once_and_in_order(folder: Path) -> None:
    voice, told = HummingVoice(), Told()
    voiced(folder, voice, told, workers=1)
    assert voice.asked == LINES[:3]
    assert told.seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_what_is_there_is_not_voiced_again(folder: Path) -> None:
    voiced(folder, HummingVoice())
    voice, told = HummingVoice(), Told()
    voiced(folder, voice, told)
    assert voice.asked == []
    assert told.seen == [(3, 3)]


def test_another_pace_is_another_clip(folder: Path) -> None:
    voice = HummingVoice()
    clips = VoicedClips(voiced(folder, voice), voice, 100)
    with pytest.raises(OutsideError):
        clips.line(LINES[0])


def test_a_damaged_clip_is_voiced_again(folder: Path) -> None:
    voice = HummingVoice()
    voiced(folder, voice)
    entry(folder, voice, LINES[1]).write_bytes(b"")
    again = HummingVoice()
    voiced(folder, again)
    assert again.asked == [LINES[1]]


def test_a_wish_to_stop_is_seen_before_the_next_line(folder: Path) -> None:
    gate = threading.Event()

    def wait_at_the_gate() -> None:
        assert gate.wait(10)

    def stop() -> bool:
        gate.set()
        return True

    voice = HummingVoice(before=wait_at_the_gate)
    voice_lines(
        LINES,
        voice=voice,
        pace=115,
        cache=ClipCache(folder),
        progress=lambda _done, _total: None,
        stop=stop,
        workers=1,
    )
    assert len(voice.asked) <= 1


def test_a_voice_that_fails_names_the_next_best(folder: Path) -> None:
    voice = HummingVoice(broken_at=LINES[1], fallback="espeak-ng")
    with pytest.raises(OutsideError) as caught:
        voiced(folder, voice, workers=1)
    assert caught.value.fields["fallback"] == "espeak-ng"
    assert ClipCache(folder).clip(key_of(voice, 115, LINES[0])) is not None


def test_the_last_voice_that_fails_names_none(folder: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        voiced(folder, HummingVoice(broken_at=LINES[0]))
    assert "fallback" not in caught.value.fields


def test_a_line_not_voiced_yet_says_to_wait(folder: Path) -> None:
    clips: Clips = VoicedClips(ClipCache(folder), HummingVoice(), 115)
    with pytest.raises(OutsideError, match="not voiced yet") as caught:
        clips.line("You could sit.")
    assert caught.value.code == "voice.not_voiced"


def test_voiced_lines_are_found_with_their_length_and_samples(folder: Path) -> None:
    voice = HummingVoice()
    clips = VoicedClips(voiced(folder, voice), voice, 115)
    clip = clips.line(LINES[0])
    assert clips.length(LINES[0]) == clip.length == clips.length(LINES[0])
    assert len(clips.pcm(clip)) == 2 * clip.length
    assert clips.line(LINES[0]) is clip


def test_mp3_frames_are_made_when_first_asked_for_and_kept(folder: Path) -> None:
    voice = HummingVoice()
    cache = voiced(folder, voice)
    clips = VoicedClips(cache, voice, 115)
    clip = clips.line(LINES[0])
    assert cache.mp3(clip.key) is None
    frames = clips.mp3(clip)
    assert cache.mp3(clip.key) == frames == clips.mp3(clip)


@pytest.mark.parametrize("damage", [b"", None])
def test_a_clip_lost_while_it_is_used_is_mended(folder: Path, damage: bytes | None) -> None:
    voice = HummingVoice()
    clips = VoicedClips(voiced(folder, voice), voice, 115)
    pcm = clips.pcm(clips.line(LINES[0]))
    voice.asked.clear()
    file = entry(folder, voice, LINES[0])
    file.unlink() if damage is None else file.write_bytes(damage)
    again = clips.line(LINES[0])  # Nobody holds the first clip any more.
    assert clips.pcm(again) == pcm
    assert voice.asked == [LINES[0]]


def test_samples_lost_while_the_clip_is_used_are_voiced_again(folder: Path) -> None:
    voice = HummingVoice()
    clips = VoicedClips(voiced(folder, voice), voice, 115)
    clip = clips.line(LINES[0])
    pcm = clips.pcm(clip)
    file = entry(folder, voice, LINES[0])
    file.write_bytes(file.read_bytes()[:-9])
    assert clips.pcm(clip) == pcm


def test_samples_of_a_stranger_are_not_to_be_had(folder: Path) -> None:
    voice = HummingVoice()
    clip = VoicedClips(voiced(folder, voice), voice, 115).line(LINES[0])
    with pytest.raises(OutsideError):
        VoicedClips(ClipCache(folder / "other"), voice, 115).pcm(clip)


def test_bells_ring_with_every_voice(folder: Path) -> None:
    rung = stroke("low", first=True)
    every: list[Clips] = [VoicedClips(ClipCache(folder), HummingVoice(), 115), SilentClips(115)]
    for clips in every:
        bell = clips.bell("low", first=True)
        assert bell is rung.clip
        assert clips.pcm(bell) == rung.pcm
        assert len(clips.mp3(bell)) == 335  # ceil((8 s + 1105 samples) / 24 ms)


def test_words_on_the_screen_are_silence_of_the_length_they_take_to_say() -> None:
    clips = SilentClips(100)
    line = clips.line("Ten words are six seconds at a hundred a minute.")
    assert line.length == clips.length("Ten words are six seconds at a hundred a minute.")
    assert line.length == samples_of(6)
    assert set(line.packets) == {SILENCE_PACKET}
    assert not any(line.energies)
    assert clips.pcm(line) == bytes(2 * line.length)
    assert clips.mp3(line)


@pytest.mark.skipif(not is_installed(), reason="flite is not installed")
def test_an_emptied_cache_is_filled_with_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        voiced(folder, Flite())
    one, two = ({file.name: file.read_bytes() for file in f.rglob("*.clip")} for f in folders)
    assert one == two
    assert len(one) == 3


def test_what_the_server_imports_at_its_start_leaves_the_heavy_libraries_alone() -> None:
    heavy = {"av", "numpy", "scipy", "soundfile", "pyebur128", "onnxruntime", "piper"}
    program = (
        "import sys\n"
        "import thaw.sound.voices.catalogue, thaw.sound.voicing, thaw.sound.cache\n"
        f"sys.exit(', '.join({heavy!r} & sys.modules.keys()) or None)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
