"""The signals of EBU Tech 3341 (2016), table 1, and a sitting's loudness from its energies."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.fakes.spoken import HummingVoice
from thaw.sound.clips import make_clip
from thaw.sound.loudness import (
    SILENCE,
    energies_of,
    integrated,
    integrated_of,
    loudest,
    true_peak_of,
)
from thaw.units import FRAME, SAMPLE_RATE

Signal = NDArray[np.float32]


def tone(*parts: tuple[float, float]) -> Signal:
    """Return a tone of 1 kHz in stretches of (peak level in dBFS, seconds)."""
    level = np.concatenate(
        [np.full(round(seconds * SAMPLE_RATE), 10 ** (peak / 20)) for peak, seconds in parts]
    )
    wave = np.sin(2 * np.pi * 1000 * np.arange(len(level)) / SAMPLE_RATE)
    signal: Signal = (wave * level).astype(np.float32)
    return signal


def stereo(signal: Signal) -> Signal:
    both: Signal = np.stack([signal, signal], axis=1).ravel()
    return both


CASES = [
    pytest.param(stereo(tone((-23, 20))), 2, -23, id="1"),
    pytest.param(stereo(tone((-33, 20))), 2, -33, id="2"),
    pytest.param(stereo(tone((-36, 10), (-23, 60), (-36, 10))), 2, -23, id="3"),
    pytest.param(
        stereo(tone((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10))), 2, -23, id="4"
    ),
    pytest.param(stereo(tone((-26, 20), (-20, 20.1), (-26, 20))), 2, -23, id="5"),
    pytest.param(
        np.stack([tone((peak, 20)) for peak in (-28, -28, -24, -30, -30)], axis=1).ravel(),
        5,
        -23,
        id="6",
    ),
]


@pytest.mark.parametrize(("signal", "channels", "wanted"), CASES)
def test_integrated_loudness_meets_tech_3341(signal: Signal, channels: int, wanted: float) -> None:
    assert integrated_of(signal, channels=channels) == pytest.approx(wanted, abs=0.1)


# Two channels with the same signal are 3.01 LU louder than one.
@pytest.mark.parametrize(("signal", "channels", "wanted"), CASES[:5])
def test_loudness_from_energies_meets_tech_3341(
    signal: Signal, channels: int, wanted: float
) -> None:
    one = signal[::channels]
    assert integrated(energies_of(one)) + 10 * math.log10(2) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize(
    ("case", "divisor", "degrees", "factor", "wanted"),
    [
        (15, 4, 0.0, 0.5, -6.0),
        (16, 4, 45.0, 0.5, -6.0),
        (17, 6, 60.0, 0.5, -6.0),
        (18, 8, 67.5, 0.5, -6.0),
        (19, 4, 45.0, 1.41, 3.0),
    ],
)
def test_true_peak_meets_tech_3341(
    case: int, divisor: int, degrees: float, factor: float, wanted: float
) -> None:
    phase = 2 * np.pi * np.arange(SAMPLE_RATE) / divisor + math.radians(degrees)
    # A tone that is there at once does rise between its first samples; this one comes softly.
    softly = np.minimum(1, np.arange(SAMPLE_RATE) / 4800)
    peak = true_peak_of((factor * softly * np.sin(phase)).astype(np.float32))
    assert wanted - 0.4 <= peak <= wanted + 0.2, f"case {case}"


def test_silence_has_no_loudness() -> None:
    assert integrated([]) == SILENCE
    assert integrated([0.0] * 500) == SILENCE
    assert loudest([]) == loudest([0.0] * 500) == SILENCE
    assert integrated_of(np.zeros(SAMPLE_RATE, np.float32)) == SILENCE
    assert true_peak_of(np.zeros(SAMPLE_RATE, np.float32)) == -math.inf


def test_less_than_a_block_has_no_loudness() -> None:
    assert integrated([1.0] * 19) == SILENCE
    assert integrated([1.0] * 20) > SILENCE


@settings(max_examples=20)  # Each voices up to five clips.
@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.integers(0, 12), st.sampled_from([1.0, 0.3, 0.05])),
        min_size=1,
        max_size=5,
    )
)
def test_energies_of_a_sitting_tell_what_the_library_measures_on_all_its_samples(
    parts: list[tuple[int, int, float]],
) -> None:
    samples: list[Signal] = []
    energies: list[float] = []
    for words, rest_s, gain in parts:
        clip, pcm = make_clip(HummingVoice().speak("word " * words, pace=130), "key")
        heard = np.frombuffer(pcm, "<i2") / 32768 * gain
        samples += [heard.astype(np.float32)]
        samples += [np.zeros(rest_s * SAMPLE_RATE, np.float32)]
        energies += [energy * gain**2 for energy in clip.energies]
        energies += [0.0] * (rest_s * SAMPLE_RATE // FRAME)
    assert integrated(energies) == pytest.approx(integrated_of(np.concatenate(samples)), abs=0.1)


def test_whole_numbers_are_fractions_of_full_scale() -> None:
    signal = tone((-20, 2))
    whole = np.rint(signal * 32767).astype(np.int16)
    assert energies_of(whole) == pytest.approx(energies_of(signal), rel=1e-2, abs=1e-6)
