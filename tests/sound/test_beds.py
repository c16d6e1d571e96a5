"""What beds sound like, listened to by measuring."""

from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from thaw.practice.beds import BEDS
from thaw.sound.beds import LOUDNESS, Volume, bed_of, swell, vary
from thaw.sound.level import TARGET
from thaw.sound.loudness import energies_of, integrated_of
from thaw.units import FRAME, SAMPLE_RATE

Mono = NDArray[np.float32]

each_bed = pytest.mark.parametrize("bed", BEDS)


def heard(bed: str, seconds: int, start: int = 0) -> Mono:
    out = np.empty(seconds * SAMPLE_RATE, np.float32)
    bed_of(bed).fill(out, start * SAMPLE_RATE)
    return out


def momentary(samples: Mono) -> NDArray[np.float64]:
    """Return the loudness of each 400 ms, in dB."""
    energies = np.array(energies_of(samples)).reshape(-1, 20).mean(axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(energies / FRAME) - 0.691
    return levels


def octaves(samples: Mono) -> dict[int, float]:
    """Return the density of each octave around 125 Hz to 8 kHz, in dB."""
    size = 1 << 15
    blocks = samples[: len(samples) // size * size].reshape(-1, size) * np.hanning(size)
    power = np.square(np.abs(np.fft.rfft(blocks))).mean(axis=0)
    frequencies = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)

    def density(middle: int) -> float:
        inside = (frequencies >= middle / 2**0.5) & (frequencies < middle * 2**0.5)
        return float(10 * np.log10(power[inside].mean()))

    return {middle: density(middle) for middle in (63, 125, 250, 500, 1000, 2000, 4000, 8000)}


@each_bed
def test_a_bed_is_as_loud_as_it_says(bed: str) -> None:
    assert integrated_of(heard(bed, 300)) == pytest.approx(bed_of(bed).own, abs=0.5)


def test_beds_lie_18_to_24_lu_below_the_voice() -> None:
    below = [TARGET - LOUDNESS[volume] for volume in get_args(Volume)]
    assert below == [24, 21, 18]


@each_bed
def test_the_same_second_is_the_same_sound(bed: str) -> None:
    assert np.array_equal(heard(bed, 7)[5 * SAMPLE_RATE :], heard(bed, 2, 5))
    assert not np.array_equal(heard(bed, 2, 5), heard(bed, 2, 3605))


@each_bed
def test_nothing_jumps(bed: str) -> None:
    samples = heard(bed, 120)
    assert np.abs(np.diff(momentary(samples))).max() < 3
    assert np.abs(samples).max() < 10 ** (19 / 20) * samples.std()


def test_brown_noise_falls_by_6_db_an_octave() -> None:
    levels = octaves(heard("brown", 60))
    steps = [levels[high] - levels[high // 2] for high in (500, 1000, 2000, 4000)]
    assert steps == pytest.approx([-6] * 4, abs=0.5)


def test_rain_is_brighter_than_the_sea_and_neither_hisses() -> None:
    rain, sea, brown = (octaves(heard(bed, 60)) for bed in ("rain", "sea", "brown"))

    def brightness(levels: dict[int, float]) -> float:
        return levels[4000] - levels[250]

    assert brightness(rain) > brightness(sea) + 5 > brightness(brown) + 10
    assert rain[8000] < rain[1000] - 6
    assert rain[63] < rain[1000] - 20


def test_rain_has_drops() -> None:
    def sharpness(bed: str) -> float:
        """Return how often a band where drops sound is far above its mean."""
        waves = np.fft.rfft(heard(bed, 20))
        frequencies = np.fft.rfftfreq(20 * SAMPLE_RATE, 1 / SAMPLE_RATE)
        waves[(frequencies < 2000) | (frequencies > 3600)] = 0
        band = np.square(np.fft.irfft(waves)).reshape(-1, 240).mean(axis=1)
        return float(np.percentile(band, 99.5) / np.median(band))

    assert sharpness("rain") > 1.4 * sharpness("brown")


def test_the_sea_swells_slowly_and_never_quite_alike() -> None:
    levels = momentary(heard("sea", 600))
    smooth = np.convolve(levels, np.ones(5) / 5, "same")
    crests = [
        at
        for at in range(10, len(smooth) - 10)
        if smooth[at] == smooth[at - 9 : at + 10].max() and smooth[at] > np.median(smooth)
    ]
    apart = np.diff(crests) * 0.4
    assert 8 < apart.mean() < 16
    assert apart.std() > 1
    assert 6 < np.percentile(levels, 99) - np.percentile(levels, 1) < 15


def test_a_swell_is_the_same_from_wherever_it_is_asked() -> None:
    whole = swell(0, 6000)
    assert np.allclose(swell(2500, 1000), whole[2500:3500], rtol=0, atol=1e-12)
    assert (whole > 0).all()
    assert (whole < 1).all()


def test_a_level_goes_from_frame_to_frame_in_small_steps() -> None:
    out = np.ones(3 * FRAME, np.float32)
    vary(out, np.array([0.0, 1.0, 1.0, 0.5]))
    assert out[:FRAME:240].tolist() == [0.125, 0.375, 0.625, 0.875]
    assert set(out[FRAME : 2 * FRAME]) == {1.0}
    assert out[-1] == pytest.approx(0.5625)
