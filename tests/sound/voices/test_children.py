"""What runs in the process of a Piper voice, called here."""

import json
import os
import wave
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest

from tests.fakes.piper_voice import RATE, build
from thaw.sound.voices import piper_child
from thaw.sound.voices.standing import LENGTH, READY

# The fork lives for one line and starts nothing.
forks = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def answers_to(requests: Sequence[Mapping[str, object]], speak: piper_child.Speak) -> bytes:
    """Return what the process writes for these requests before it leaves."""
    there, given = os.pipe()
    heard, said = os.pipe()
    for request in requests:
        body = json.dumps(request).encode()
        os.write(given, LENGTH.pack(len(body)) + body)
    os.close(given)
    try:
        piper_child.serve(speak, there, said)
    finally:
        for descriptor in (there, said):
            os.close(descriptor)
        with os.fdopen(heard, "rb") as file:
            answer = file.read()
    return answer


def test_a_piper_voice_gives_a_wav(tmp_path: Path) -> None:
    speak = piper_child.voice_of(build(tmp_path))
    with wave.open(BytesIO(speak("Rest.", 1.5))) as file:
        assert file.getframerate() == RATE
        assert file.getnframes() > 0


@forks
def test_each_line_begins_in_the_same_state() -> None:
    spoken: list[str] = []

    def speak(text: str, length_scale: float) -> bytes:
        spoken.append(text)
        return f"{len(spoken)} {text} {length_scale}".encode()

    lines = [{"text": text, "length_scale": 1.5} for text in ("one", "two")]
    one, two = b"1 one 1.5", b"1 two 1.5"
    expected = READY + LENGTH.pack(len(one)) + one + LENGTH.pack(len(two)) + two
    assert answers_to(lines, speak) == expected


@forks
def test_a_fork_that_fails_ends_the_process() -> None:
    with pytest.raises(SystemExit):
        answers_to([{"text": "one", "length_scale": 1.0}], lambda _text, _length_scale: os._exit(7))


def test_nobody_asking_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_child, "UNASKED_S", 0.01)
    there, given = os.pipe()
    heard, said = os.pipe()
    piper_child.serve(lambda _text, _scale: b"", there, said)
    assert os.read(heard, 10) == READY
    for descriptor in (there, given, heard, said):
        os.close(descriptor)
