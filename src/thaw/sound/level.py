"""One loudness for every line, and peaks that no decoder clips."""

from typing import TYPE_CHECKING

from thaw.sound.loudness import SILENCE, energies_of, integrated, true_peak_of
from thaw.units import SAMPLE_RATE, Lufs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]
    Gain = NDArray[np.float64]

TARGET = Lufs(-19)
"""Loudness of a line in mono; the same as -16 LUFS from two loudspeakers."""

CEILING_DB = -2.0
"""True peak allowed before encoding. Opus adds up to half a decibel; -1 dBTP is the limit."""

_BETWEEN_SAMPLES_DB = 3.1  # A signal below 12 kHz rises at most so far between its samples.
_USUAL_OVER_DB = 0.3  # So far speech rises between its samples.
_LOOK_AHEAD = SAMPLE_RATE // 200  # 5 ms on each side of a peak.
_A_LITTLE_DB = 0.02  # So that it ends.
_CLOSE_LU = 0.1
_ROUNDS = 4
_MOST_MORE_DB = 12.0


def level(samples: "Mono") -> tuple["Mono", tuple[float, ...]]:
    """Return a line at ``TARGET`` with its peaks below ``CEILING_DB``, and its energies.

    Peaks that would pass the ceiling are turned down smoothly (5 ms on each side), and what
    that takes from the loudness is given back. Where both cannot be had, as for a single
    click, the ceiling holds.

    Args:
        samples: Mono at 48 kHz, whole frames, at least one gating block (0.4 s).
    """
    energies = energies_of(samples)
    loud = integrated(energies)
    gain_db = TARGET - loud if loud > SILENCE else 0.0
    for _ in range(_ROUNDS):
        turned_up = samples * _factor(gain_db)
        made = hold_below(turned_up, CEILING_DB)
        if made is turned_up:
            return made, tuple(energy * 10 ** (gain_db / 10) for energy in energies)
        changed = energies_of(made)
        missing = TARGET - integrated(changed)
        if abs(missing) <= _CLOSE_LU:
            break
        gain_db += min(missing, _MOST_MORE_DB)
    return made, changed


def hold_below(samples: "Mono", ceiling_db: float) -> "Mono":
    """Return samples whose true peak is at most ``ceiling_db``; the same where it is already."""
    import numpy as np

    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= _factor(ceiling_db - _BETWEEN_SAMPLES_DB):
        return samples
    aim_db = ceiling_db - _USUAL_OVER_DB
    made = samples if peak <= _factor(ceiling_db) else _turned_down(samples, _factor(aim_db))
    while (over := true_peak_of(made) - ceiling_db) > 0:
        aim_db -= over + _A_LITTLE_DB
        made = _turned_down(samples, _factor(aim_db))
    return made


def _turned_down(samples: "Mono", most: float) -> "Mono":
    """Return samples no larger than ``most``, by a gain that moves slowly around each peak.

    The gain needed is held for the width of the smoothing that follows, so each smoothed
    value is a mean of values that are all low enough for its sample.
    """
    import numpy as np

    needed = np.minimum(1.0, most / np.maximum(np.abs(samples), most))
    held = _lowest_around(np.pad(needed, 2 * _LOOK_AHEAD, constant_values=1.0))
    gain = _mean_of(_mean_of(held, _LOOK_AHEAD), _LOOK_AHEAD + 2)
    return (samples * gain).astype(np.float32)


def _lowest_around(gain: "Gain") -> "Gain":
    """Return the lowest of each ``2 * _LOOK_AHEAD + 1`` neighbours, by doubling."""
    import numpy as np

    width, wanted = 1, 2 * _LOOK_AHEAD + 1
    while width < wanted:
        step = min(width, wanted - width)
        lower: Gain = np.minimum(gain[:-step], gain[step:])
        gain = lower
        width += step
    return gain


def _mean_of(gain: "Gain", width: int) -> "Gain":
    """Return the mean of each ``width`` neighbours."""
    import numpy as np

    sums: Gain = np.cumsum(np.concatenate([[0.0], gain]))
    mean: Gain = (sums[width:] - sums[:-width]) / width
    return mean


def _factor(decibels: float) -> float:
    return float(10 ** (decibels / 20))
