"""``thaw voices``: the list, a line to hear, adding and removing."""

import os
import wave
from pathlib import Path

import pytest

from tests.cli.conftest import Thaw


def test_the_list_has_the_plain_voice_and_words_alone(thaw: Thaw) -> None:
    ended = thaw("voices", "list")
    assert ended.code == 0
    assert "espeak-ng" in ended.out
    assert "none" in ended.out
    assert "en_GB-cori-medium" in ended.out


def test_a_line_is_written_as_a_wav_and_kept_nowhere_else(
    thaw: Thaw, thaw_data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "line.wav"
    ended = thaw("voices", "say", "espeak-ng", "Look around the room.", "-o", file)
    assert (ended.code, ended.err) == (0, "")
    with wave.open(str(file)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (48_000, 1, 2)
        assert wav.getnframes() > 48_000 // 2
    assert not [path for path in thaw_data.rglob("*") if path.is_file()]


def test_a_line_is_played_where_a_player_is(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = tmp_path / "heard.wav"
    player = tmp_path / "bin" / "pw-play"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\ncp "$1" {heard}\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}{os.pathsep}{os.environ['PATH']}")
    assert thaw("voices", "say", "espeak-ng").code == 0
    assert heard.read_bytes()[:4] == b"RIFF"


def test_a_player_that_fails_is_exit_1(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = tmp_path / "bin" / "pw-play"
    player.parent.mkdir()
    player.write_text("#!/bin/sh\nexit 1\n")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}{os.pathsep}{os.environ['PATH']}")
    ended = thaw("voices", "say", "espeak-ng")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "-o FILE.wav" in ended.err


def test_without_a_player_it_says_how_to_hear_the_line(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = thaw("voices", "say", "espeak-ng")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "-o FILE.wav" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("say", "nobody"),
        ("say", "espeak-ng", "...", "-o", "line.wav"),
        ("say", "espeak-ng", "-o", "line.mp3"),
        ("say", "espeak-ng", "-o", "gone/line.wav"),
        ("add", "no-such-voice"),
        ("add", "../elsewhere"),
        ("remove", "no-such-voice"),
        ("remove", "../elsewhere"),
    ],
)
def test_what_cannot_be_done_is_exit_2_with_a_sentence(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = thaw("voices", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_voices_alone_shows_its_help(thaw: Thaw) -> None:
    ended = thaw("voices")
    assert ended.code in (0, 2)
    assert "list" in ended.out + ended.err
