"""Bowls ring softly, die away in time, and never start one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.sound.listening import heard_opus
from thaw.sound.bells import LENGTH, PITCHES, stroke, stroke_of
from thaw.sound.clip import SILENCE_PACKET
from thaw.sound.loudness import loudest, true_peak_of
from thaw.units import InputError

every_stroke = pytest.mark.parametrize(
    ("bowl", "first"), [(bowl, first) for bowl in PITCHES for first in (False, True)]
)


def samples_of(bowl: str, *, first: bool) -> NDArray[np.float32]:
    pcm = np.frombuffer(stroke(bowl, first=first).pcm, "<i2")
    return (pcm / 32768).astype(np.float32)


@every_stroke
def test_a_stroke_lasts_eight_seconds_with_its_own_fade(bowl: str, first: bool) -> None:
    rung = stroke(bowl, first=first)
    samples = samples_of(bowl, first=first)
    assert rung.clip.length == LENGTH == len(samples) == 8 * 48_000
    assert rung.clip.packets[-1] == SILENCE_PACKET
    assert not samples[-1920:].any()
    assert np.abs(samples[-4800:]).max() < 0.002


@every_stroke
def test_a_stroke_is_never_louder_than_the_voice(bowl: str, first: bool) -> None:
    rung = stroke(bowl, first=first)
    assert loudest(rung.clip.energies) <= -19
    assert true_peak_of(heard_opus(rung.clip.packets)) <= -6


@pytest.mark.parametrize("bowl", PITCHES)
def test_the_first_stroke_of_a_sitting_rises_over_two_seconds(bowl: str) -> None:
    power = np.square(samples_of(bowl, first=True))[: 2 * 48_000].reshape(8, -1).mean(axis=1)
    struck = np.square(samples_of(bowl, first=False))[: 48_000 // 4].mean()
    assert power[0] < struck / 1000
    assert np.all(np.diff(power[:4]) > 0)


@pytest.mark.parametrize("bowl", PITCHES)
def test_a_bowl_rings_at_its_pitch(bowl: str) -> None:
    samples = samples_of(bowl, first=False)[:192_000]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert int(spectrum.argmax()) / 4 == pytest.approx(PITCHES[bowl], abs=1)


@every_stroke
def test_no_stroke_begins_with_a_click(bowl: str, first: bool) -> None:
    samples = samples_of(bowl, first=first)
    assert np.abs(samples[:48]).max() < 0.02


@every_stroke
def test_a_stroke_is_found_by_the_key_of_its_clip(bowl: str, first: bool) -> None:
    rung = stroke(bowl, first=first)
    assert stroke_of(rung.clip.key) == rung
    assert len({stroke(name, first=first).clip.key for name in PITCHES}) == 3


def test_another_key_is_no_bell() -> None:
    assert stroke_of("0" * 64) is None


def test_an_unknown_bowl_names_those_there_are() -> None:
    with pytest.raises(InputError, match="low, middle, high"):
        stroke("gong", first=False)
