"""Noise is the same wherever one begins, and comes round again nowhere."""

import numpy as np
import pytest
from numpy.typing import NDArray

from thaw.sound.noise import HOP, SIZE, Noise, drawn, uniform

Mono = NDArray[np.float32]

NOISE = Noise(5, lambda frequencies: np.where(frequencies < 8000, 1.0, 0.0))


def heard(start: int, length: int, noise: Noise = NOISE) -> Mono:
    out = np.empty(length, np.float32)
    noise.fill(out, start)
    return out


@pytest.mark.parametrize("start", [1, 960, HOP - 7, HOP, 3 * HOP + 12_345])
def test_any_part_is_the_same_as_within_the_whole(start: int) -> None:
    whole = heard(0, 5 * HOP)
    assert np.array_equal(heard(start, 50_000), whole[start : start + 50_000])


def test_it_is_as_loud_throughout() -> None:
    power = np.square(heard(0, 60 * 48_000).astype(np.float64)).reshape(-1, 48_000).mean(axis=1)
    assert power.mean() == pytest.approx(1.0, abs=0.02)
    assert np.ptp(10 * np.log10(power)) < 1


def test_it_does_not_come_round_again() -> None:
    first = heard(0, 2 * HOP)
    later = heard(0, 120 * 48_000)
    size = 1 << 23
    found = np.fft.irfft(np.fft.rfft(later, size) * np.conj(np.fft.rfft(first, size)), size)
    alike = np.abs(found[HOP : len(later) - 2 * HOP]).max() / np.dot(first, first)
    # A stretch of the table may come again, but never with the same neighbours.
    assert alike < 0.8


def test_another_seed_is_another_noise() -> None:
    other = heard(0, HOP, Noise(6, lambda frequencies: np.ones_like(frequencies)))
    assert abs(np.corrcoef(heard(0, HOP), other)[0, 1]) < 0.02


def test_what_is_strewn_is_in_the_table() -> None:
    def strew(table: Mono) -> None:
        table[:] = 7

    noise = Noise(5, lambda frequencies: np.ones_like(frequencies), strew)
    assert set(noise.table) == {7.0}
    assert len(noise.table) == SIZE


def test_chance_is_the_same_everywhere() -> None:
    assert [drawn(1, number) for number in (-1, 0, 1)] == [
        12489560693144743404,
        17629623748622851610,
        13810761654074628661,
    ]
    assert uniform(np.random.Philox(key=13), 3).tolist() == pytest.approx(
        [0.9521188151599203, 0.26158153051990796, 0.3238779339340917], abs=1e-15
    )
    many = np.array([drawn(2, number) for number in range(4000)]) / 2.0**64
    assert many.mean() == pytest.approx(0.5, abs=0.02)
