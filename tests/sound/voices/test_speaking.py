"""The real engines: pace, sameness, and text that stays text."""

from pathlib import Path

import numpy as np
import pytest

from tests.fakes.engines import engine
from thaw.sound.voices import espeak
from thaw.sound.voices.espeak import Espeak
from thaw.sound.voices.flite import Flite, is_installed
from thaw.sound.voices.port import Speech, Voice
from thaw.units import InputError, OutsideError

LINES = (
    "You could sit, stand or walk slowly. The eyes can stay open, or close.",
    "You can stop whenever you like. There will be some quiet between my words.",
    "If it suits you, a hand could rest on an arm, or on the other hand, or nowhere.",
    "Look around the room and name one thing you see.",
    "And if there is nothing, you can notice the nothing.",
    "Perhaps open and fold the hands a few times, and look at them.",
    "Look around the place where you have ended up and name three things you can see.",
    "However much you moved, and whatever you felt or did not feel, it counts.",
    "You might bring a little attention to the soles of the feet on the floor.",
    "What is the next small thing you will do?",
)
ENGINES = [
    pytest.param(
        Flite(),
        id="flite",
        marks=pytest.mark.skipif(not is_installed(), reason="flite is not installed"),
    ),
    pytest.param(Espeak(), id="espeak-ng"),
]
voices = pytest.mark.parametrize("voice", ENGINES)


def seconds_spoken(speech: Speech) -> float:
    """From the first to the last 10 ms within 45 dB of the loudest."""
    step = speech.rate // 100
    whole = speech.samples[: len(speech.samples) // step * step].reshape(-1, step)
    power = np.square(whole, dtype=np.float64).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10**-4.5)
    return float(loud[-1] - loud[0] + 1) / 100


def same(one: Speech, other: Speech) -> bool:
    return one.rate == other.rate and np.array_equal(one.samples, other.samples)


@voices
@pytest.mark.parametrize("pace", [100, 115, 130])
def test_lines_are_spoken_at_the_pace_asked_for(voice: Voice, pace: int) -> None:
    words = sum(len(line.split()) for line in LINES)
    minutes = sum(seconds_spoken(voice.speak(line, pace=pace)) for line in LINES) / 60
    assert words / minutes == pytest.approx(pace, rel=0.06)


@voices
def test_the_same_line_gives_the_same_samples(voice: Voice) -> None:
    assert same(voice.speak(LINES[0], pace=115), voice.speak(LINES[0], pace=115))


@voices
@pytest.mark.parametrize(
    ("marked", "plainly"),
    [
        ("Look [[h@l'oU]] around.", "Look h@l'oU around."),
        ("Look \x01+50P\x0150S around.", "Look +50P 50S around."),
        ("Look around.\x00 And rest.", "Look around. And rest."),
        ("Look \\pau=3000\\ around.", "Look pau=3000 around."),
    ],
)
def test_commands_in_a_line_are_not_obeyed(voice: Voice, marked: str, plainly: str) -> None:
    assert same(voice.speak(marked, pace=115), voice.speak(plainly, pace=115))


@voices
@pytest.mark.parametrize(
    "tag", ['<break time="9s"/>', '<prosody rate="x-slow">', "<audio src='x'/>"]
)
def test_tags_are_spoken_as_text(voice: Voice, tag: str) -> None:
    with_tag = seconds_spoken(voice.speak(f"Look {tag} around.", pace=115))
    without = seconds_spoken(voice.speak("Look around.", pace=115))
    # The words of the tag are heard, and no nine seconds of silence.
    assert without + 0.5 < with_tag < without + 6


@voices
@pytest.mark.parametrize("line", ["-o /tmp/x", "--help", "-h me", "@file", "$(reboot) `id`; true"])
def test_what_looks_like_an_argument_is_spoken(voice: Voice, line: str) -> None:
    assert len(voice.speak(line, pace=115).samples)


@voices
def test_a_line_without_words_is_refused(voice: Voice) -> None:
    with pytest.raises(InputError):
        voice.speak("...", pace=115)


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("crashes", "voice.crashed"),
        ("says_nothing", "voice.broken"),
        ("breaks_the_wav", "voice.broken"),
    ],
)
def test_a_flite_that_fails_gives_a_sentence(tmp_path: Path, way: str, code: str) -> None:
    with pytest.raises(OutsideError) as caught:
        Flite(program=engine(tmp_path, way)).speak("Rest.", pace=115)
    assert caught.value.code == code


def test_a_missing_flite_says_how_to_get_it() -> None:
    with pytest.raises(OutsideError, match="apt install flite") as caught:
        Flite(program="no-such-flite").speak("Rest.", pace=115)
    assert caught.value.code == "voice.missing"


@voices
def test_only_words_that_it_cannot_read_are_an_error(voice: Voice) -> None:
    with pytest.raises((InputError, OutsideError)):
        voice.speak("\u2e18\u3030 \u0f3a", pace=115)


def test_an_espeak_whose_python_is_gone_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        Espeak(python=str(tmp_path / "python")).speak("Rest.", pace=115)
    assert caught.value.code == "voice.missing"


def test_an_unknown_language_is_a_sentence() -> None:
    with pytest.raises(OutsideError) as caught:
        Espeak(language="no-such-language").speak("Rest.", pace=115)
    assert caught.value.code == "voice.crashed"


def test_espeak_stays_at_its_slowest() -> None:
    assert espeak.rate_of(60) == espeak.SLOWEST


def test_espeak_comes_with_thaw() -> None:
    assert espeak.is_installed()
    assert Espeak().settings.startswith("espeak-ng en-us ")
