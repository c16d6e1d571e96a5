"""``thaw render``: exact lengths, the same bytes again, nothing half-written."""

import os
import shutil
import wave
from pathlib import Path

import av
import pytest

from tests.cli.conftest import Thaw
from tests.cli.texts import BODY, HEAD

CONTAINERS = ("opus", "mp4", "mp3", "wav")
FRAME = 960

pytestmark = pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")


def samples_in(path: Path) -> int:
    """Return how many samples a player hears, by decoding all of them."""
    with av.open(path) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
        heard = sum(
            piece.samples for frame in file.decode(audio=0) for piece in resampler.resample(frame)
        )
        return heard + sum(piece.samples for piece in resampler.resample(None))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A practice of few lines, quick to voice."""
    path = tmp_path / "small.md"
    path.write_text(HEAD + BODY, encoding="utf-8")
    return path


def test_a_second_render_with_an_emptied_cache_has_the_same_bytes(
    thaw: Thaw, thaw_data: Path, tmp_path: Path, small: Path
) -> None:
    rendered = []
    for turn in ("first", "second"):
        for container in CONTAINERS:
            file = tmp_path / f"{turn}.{container}"
            ended = thaw("render", small, "--minutes", "1", "--voice", "flite-slt", "-o", file)
            assert (ended.code, ended.err) == (0, "")
        rendered.append([(tmp_path / f"{turn}.{each}").read_bytes() for each in CONTAINERS])
        shutil.rmtree(thaw_data)
    assert rendered[0] == rendered[1]


@pytest.mark.deep
def test_the_core_practice_has_the_same_bytes_with_an_emptied_cache(
    thaw: Thaw, thaw_data: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.opus" for number in (1, 2)]
    for file in files:
        assert thaw("render", "thawing", "--minutes", "15", "-o", file).code == 0
        shutil.rmtree(thaw_data)
    first, second = (file.read_bytes() for file in files)
    assert first == second


@pytest.mark.timeout(600)
def test_the_core_practice_lasts_15_minutes_to_the_sample(thaw: Thaw, tmp_path: Path) -> None:
    for container in CONTAINERS:
        file = tmp_path / f"a.{container}"
        assert thaw("render", "thawing", "--minutes", "15", "-o", file).code == 0
        heard = samples_in(file)
        slack = FRAME if container == "mp4" else 0
        assert abs(heard - 43_200_000) <= slack, container


def test_it_says_the_length_the_voice_and_where_it_is(
    thaw: Thaw, tmp_path: Path, small: Path
) -> None:
    file = tmp_path / "small.wav"
    ended = thaw("render", small, "--minutes", "1", "--seconds", "5", "-o", file)
    assert ended.out.startswith(f"{file}: 1:05, ")
    assert "flite" in ended.out
    assert "thaw voices add" in ended.err


def test_the_practice_is_not_named_in_the_file(thaw: Thaw, tmp_path: Path) -> None:
    file = tmp_path / "x.mp3"
    thaw("render", "five-things", "--minutes", "2", "--voice", "none", "-o", file)
    assert b"quiet minute" in file.read_bytes()
    assert b"Five things" not in file.read_bytes()


def test_captions_are_written_beside_the_sound(thaw: Thaw, tmp_path: Path) -> None:
    sound, captions = tmp_path / "a.opus", tmp_path / "a.vtt"
    arguments = ("--minutes", "2", "--voice", "none", "-o", sound, "--captions", captions)
    assert thaw("render", "five-things", *arguments).code == 0
    assert captions.read_text(encoding="utf-8").startswith("WEBVTT")
    assert sound.exists()


@pytest.mark.parametrize("name", ["a.flac", "a", "opus", "a.opus.txt"])
def test_another_ending_is_exit_2_before_anything_is_done(
    thaw: Thaw, thaw_data: Path, tmp_path: Path, name: str
) -> None:
    ended = thaw("render", "five-things", "--minutes", "2", "-o", tmp_path / name)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ".opus" in ended.err
    assert not thaw_data.exists()


def test_a_missing_folder_is_exit_2_before_anything_is_done(
    thaw: Thaw, thaw_data: Path, tmp_path: Path
) -> None:
    ended = thaw("render", "five-things", "--minutes", "2", "-o", tmp_path / "gone" / "a.opus")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert not thaw_data.exists()


@pytest.mark.parametrize("captions", ["a.txt", "gone/a.vtt", "a.opus"])
def test_captions_that_cannot_be_written_are_exit_2(
    thaw: Thaw, tmp_path: Path, captions: str
) -> None:
    sound = tmp_path / "a.opus"
    arguments = ("--minutes", "2", "-o", sound, "--captions", tmp_path / captions)
    ended = thaw("render", "five-things", *arguments)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert not sound.exists()


def test_what_stood_there_stays_when_the_length_is_out_of_reach(thaw: Thaw, tmp_path: Path) -> None:
    file = tmp_path / "a.opus"
    file.write_bytes(b"old")
    ended = thaw("render", "five-things", "--minutes", "60", "-o", file)
    assert ended.code == 2
    assert file.read_bytes() == b"old"


def test_an_unknown_voice_is_exit_2_and_names_the_others(thaw: Thaw, tmp_path: Path) -> None:
    arguments = ("--minutes", "2", "--voice", "nobody", "-o", tmp_path / "a.opus")
    ended = thaw("render", "five-things", *arguments)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "flite-slt" in ended.err


def test_a_length_that_is_not_offered_is_rendered_with_a_word(thaw: Thaw, tmp_path: Path) -> None:
    arguments = ("--minutes", "1", "--seconds", "50", "--voice", "none", "-o", tmp_path / "a.wav")
    ended = thaw("render", "five-things", *arguments)
    assert ended.code == 0
    assert ended.err


@pytest.fixture
def broken_flite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program on the PATH that calls itself flite and fails; the rest of the PATH stays."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "flite"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.mark.usefixtures("broken_flite")
def test_when_the_best_voice_fails_the_next_speaks_and_it_is_said(
    thaw: Thaw, tmp_path: Path, small: Path
) -> None:
    file = tmp_path / "a.opus"
    ended = thaw("render", small, "--minutes", "1", "-o", file)
    assert ended.code == 0
    assert "flite-slt failed" in ended.err
    assert "speaks instead" in ended.err
    assert samples_in(file) == 60 * 48_000


@pytest.mark.usefixtures("broken_flite")
def test_when_a_voice_that_was_named_fails_it_is_exit_1(thaw: Thaw, tmp_path: Path) -> None:
    file = tmp_path / "a.opus"
    arguments = ("--minutes", "2", "--voice", "flite-slt", "-o", file)
    ended = thaw("render", "five-things", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert not file.exists()


def test_a_voice_that_gives_silence_is_exit_1(
    thaw: Thaw, tmp_path: Path, broken_flite: Path
) -> None:
    silence = tmp_path / "silence.wav"
    with wave.open(str(silence), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(16_000)
        wav.writeframes(bytes(32_000))
    broken_flite.write_text(f'#!/bin/sh\nfor out; do :; done\ncat {silence} > "$out"\n')
    arguments = ("--minutes", "2", "--voice", "flite-slt", "-o", tmp_path / "a.opus")
    ended = thaw("render", "five-things", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert "silence" in ended.err


@pytest.mark.deep
def test_a_voice_that_hangs_is_ended_after_20_seconds(
    thaw: Thaw, tmp_path: Path, broken_flite: Path
) -> None:
    broken_flite.write_text("#!/bin/sh\nexec sleep 600\n")
    arguments = ("--minutes", "2", "--voice", "flite-slt", "-o", tmp_path / "a.opus")
    ended = thaw("render", "five-things", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert "20 s" in ended.err


def test_the_installed_command_writes_a_file_as_a_process(
    thaw_process: Thaw, tmp_path: Path, small: Path
) -> None:
    (tmp_path / "out").mkdir()
    file = tmp_path / "out" / "a.opus"
    ended = thaw_process("render", small, "--minutes", "1", "--voice", "flite-slt", "-o", file)
    assert (ended.code, ended.err) == (0, "")
    assert samples_in(file) == 60 * 48_000
    assert [path.name for path in file.parent.iterdir()] == ["a.opus"]
