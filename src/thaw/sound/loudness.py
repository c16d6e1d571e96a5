"""Loudness after ITU-R BS.1770-4 and EBU R 128, measured by libebur128 (docs/adr/0030).

A clip's loudness is measured once, on its samples. What a whole sitting's is follows from
the energies of its clips, without a sample being touched.
"""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from thaw.units import FRAME, SAMPLE_RATE, Lufs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples48 = NDArray[np.float32] | NDArray[np.float64] | NDArray[np.int16]

SILENCE = Lufs(-math.inf)
"""The loudness of a signal in which nothing passes the gate."""

_OFFSET = -0.691  # BS.1770-4, equation 2: full scale is -3.01 LUFS at 997 Hz.
_GATE = -70.0  # BS.1770-4: the absolute gate, in LUFS.
_RELATIVE_GATE = -10.0  # BS.1770-4: below the loudness of what passed the absolute gate, in LU.
_BLOCK = 20  # Frames of 20 ms in a gating block of 400 ms.
_STEPS = 4  # Steps in a block.
_STEP = 5  # Frames between the starts of two blocks: 75 % overlap.
_WINDOW_MS = 20


def integrated_of(samples: "Samples48", *, rate: int = SAMPLE_RATE, channels: int = 1) -> Lufs:
    """Return the gated loudness of samples (interleaved, when there is more than a channel)."""
    import pyebur128 as ebu

    state = ebu.R128State(channels, rate, ebu.MeasurementMode.MODE_I)
    state.add_frames(_side_by_side(samples), len(samples) // channels)
    return Lufs(ebu.get_loudness_global(state))


def true_peak_of(samples: "Samples48", *, rate: int = SAMPLE_RATE) -> float:
    """Return the true peak of mono samples in dBTP (BS.1770-4, annex 2)."""
    import pyebur128 as ebu

    state = ebu.R128State(1, rate, ebu.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(_side_by_side(samples), len(samples))
    peak = float(ebu.get_true_peak(state, 0))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def energies_of(samples: "Samples48") -> tuple[float, ...]:
    """Return the sum of squares of the K-weighted signal for each frame of 20 ms.

    Args:
        samples: Mono at 48 kHz, whole frames; integers are taken as fractions of 32768.
    """
    import pyebur128 as ebu

    state = ebu.R128State(1, SAMPLE_RATE, ebu.MeasurementMode.MODE_M)
    samples = _side_by_side(samples)
    found = []
    for start in range(0, len(samples), FRAME):
        state.add_frames(samples[start : start + FRAME], FRAME)
        found.append(_energy(ebu.get_loudness_window(state, _WINDOW_MS)) * FRAME)
    return tuple(found)


def integrated(energies: Iterable[float]) -> Lufs:
    """Return the gated loudness of a sitting from the energies of its frames.

    Blocks of 400 ms that overlap by 75 %, an absolute gate at -70 LUFS and a relative gate
    10 LU below the loudness of what passed it (BS.1770-4, equations 3 to 7). Rests are
    frames of energy 0, so they do not count.

    Args:
        energies: For each frame of 20 ms the sum of squares of the K-weighted signal.

    Returns:
        The loudness, or ``SILENCE`` when nothing passes the gate.
    """
    blocks = _blocks(energies)
    passed = blocks[blocks >= _energy(_GATE)]
    if not len(passed):
        return SILENCE
    passed = passed[passed >= passed.mean() * 10 ** (_RELATIVE_GATE / 10)]
    return _loudness(float(passed.mean()))


def loudest(energies: Iterable[float]) -> Lufs:
    """Return the highest momentary loudness (400 ms) from the energies of frames."""
    most = float(_blocks(energies).max(initial=0.0))
    return _loudness(most) if most > 0 else SILENCE


def _side_by_side(samples: "Samples48") -> "Samples48":
    """Return samples that lie side by side in memory; the library reads no others."""
    return samples if samples.flags.c_contiguous else samples.copy()


def _blocks(energies: Iterable[float]) -> "NDArray[np.float64]":
    """Return the mean square of each gating block; none where there are not 400 ms."""
    import numpy as np

    frames = np.fromiter(energies, np.float64)
    steps = frames[: len(frames) // _STEP * _STEP].reshape(-1, _STEP).sum(axis=1)
    sums = np.cumsum(np.concatenate([[0.0], steps]))
    blocks: NDArray[np.float64] = sums[_STEPS:] - sums[:-_STEPS]
    return blocks / (_BLOCK * FRAME)


def _energy(loudness: float) -> float:
    """Return the mean square that has this loudness."""
    return float(10 ** ((loudness - _OFFSET) / 10))


def _loudness(energy: float) -> Lufs:
    return Lufs(_OFFSET + 10 * math.log10(energy))
