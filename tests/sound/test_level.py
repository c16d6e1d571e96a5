"""Peaks end below the ceiling, also those between samples; everything else stays."""

import numpy as np
import pytest
from numpy.typing import NDArray

from thaw.sound.level import hold_below
from thaw.sound.loudness import true_peak_of

CEILING_DB = -2.0


def tone(peak: float, *, divisor: float, degrees: float = 0.0) -> NDArray[np.float32]:
    turned = 2 * np.pi * np.arange(48_000) / divisor + np.radians(degrees)
    softly = np.minimum(1, np.arange(48_000) / 4800)
    made: NDArray[np.float32] = (peak * np.sin(turned) * softly).astype(np.float32)
    return made


def test_what_is_low_enough_is_not_touched() -> None:
    quiet = tone(0.5, divisor=100)
    assert hold_below(quiet, CEILING_DB) is quiet


@pytest.mark.parametrize("peak", [0.75, 0.9, 1.5, 8.0])
@pytest.mark.parametrize(
    ("divisor", "degrees"), [(100, 0.0), (4, 45.0), (4.001, 0.0), (6, 60.0), (8, 67.5)]
)
def test_true_peaks_end_below_the_ceiling(peak: float, divisor: float, degrees: float) -> None:
    held = hold_below(tone(peak, divisor=divisor, degrees=degrees), CEILING_DB)
    assert CEILING_DB - 1.5 < true_peak_of(held) <= CEILING_DB


def test_a_peak_is_turned_down_smoothly_and_alone() -> None:
    loud_once = tone(0.3, divisor=200)
    loud_once[24_000:24_100] *= 6
    held = hold_below(loud_once, CEILING_DB)
    assert true_peak_of(held) <= CEILING_DB
    away = np.r_[0 : 24_000 - 600, 24_700:48_000]
    assert np.array_equal(held[away], loud_once[away])
