"""Rain, sea and brown noise: synthesised, so that there is nothing to license and no loop.

A bed is known by the second of the sitting alone: the same second gives the same samples,
whatever is played over it and from wherever one begins to listen.
"""

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, Protocol

from thaw.practice.beds import BEDS
from thaw.sound.noise import SIZE, Noise, drawn, uniform
from thaw.units import FRAME, FRAMES_PER_SECOND, SAMPLE_RATE, Lufs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]
    Numbers = NDArray[np.float64]

Volume = Literal[1, 2, 3]

LOUDNESS: Final[dict[Volume, Lufs]] = {1: Lufs(-43), 2: Lufs(-40), 3: Lufs(-37)}
"""Loudness of a bed at each volume: 24, 21 and 18 LU below the voice."""

RECIPE: Final = "1"
"""Raised whenever a bed sounds otherwise."""


class Bed(Protocol):
    """A bed without end."""

    own: Lufs
    """Its loudness as it is filled in."""

    def fill(self, out: "Mono", start: int) -> None:
        """Fill ``out``, whole frames, with the bed from sample ``start`` of a sitting on."""
        ...


class Steady:
    """A bed that goes on as it is."""

    def __init__(self, noise: Noise, own: float) -> None:
        self._noise, self.own = noise, Lufs(own)

    def fill(self, out: "Mono", start: int) -> None:
        """Fill ``out`` with the bed."""
        self._noise.fill(out, start)


class Sea:
    """Waves: a low rumble, and foam that comes and goes with each swell.

    A swell rises in some four seconds and falls in some seven; the next one begins seven to
    fifteen seconds after it did, larger or smaller by chance.
    """

    own: Lufs = Lufs(-4.0)

    def __init__(self) -> None:
        self._rumble, self._foam = Noise(31, _rumble), Noise(37, _foam)

    def fill(self, out: "Mono", start: int) -> None:
        """Fill ``out`` with the bed."""
        import numpy as np

        foam = np.empty_like(out)
        self._rumble.fill(out, start)
        self._foam.fill(foam, start)
        heights = swell(start // FRAME, len(out) // FRAME + 1)
        vary(out, 0.35 + 0.25 * heights)
        vary(foam, heights**1.3)
        out += foam


_STEP: Final = FRAME // 4


def vary(out: "Mono", levels: "Numbers") -> None:
    """Multiply ``out`` by a level that goes from that of each frame to that of the next.

    It goes in steps of 5 ms, which for levels that move over seconds are below a hundredth
    of a decibel wherever anything is heard.

    Args:
        out: Whole frames.
        levels: One for each frame, and one for the end.
    """
    import numpy as np

    frames = np.arange(len(levels))
    middles = (np.arange(4 * (len(levels) - 1)) + 0.5) / 4
    steps = np.interp(middles, frames, levels).astype(np.float32)
    out.reshape(-1, _STEP)[:] *= steps[:, None]


SWELL_EVERY: Final = 11 * FRAMES_PER_SECOND
"""Frames from one swell to the next, about."""

_LATE: Final = 4 * FRAMES_PER_SECOND
_RISE: Final = 4.0 * FRAMES_PER_SECOND
_FALL: Final = 7.5 * FRAMES_PER_SECOND


def swell(start: int, count: int) -> "Numbers":
    """Return how high the sea is at each of ``count`` frames: about 0.1 to 1."""
    import numpy as np

    frames = np.arange(start, start + count)
    below = np.full(count, 0.9)
    first = (start - int(_RISE + _FALL)) // SWELL_EVERY - 1
    for number in range(first, (start + count) // SWELL_EVERY + 1):
        chance = drawn(41, number)
        begins = number * SWELL_EVERY + chance % _LATE
        size = 0.45 + 0.5 * ((chance >> 32) % 1000) / 1000
        since = frames - begins
        rising = np.clip(since / _RISE, 0, 1)
        falling = np.clip((since - _RISE) / _FALL, 0, 1)
        shape = np.sin(rising * (np.pi / 2)) ** 2 * np.cos(falling * (np.pi / 2)) ** 2
        below *= 1 - size * shape
    heights: Numbers = 1 - below
    return heights


@cache
def bed_of(name: str) -> Bed:
    """Return a bed; made when first asked for, and kept for the life of the process."""
    match name:
        case "rain":
            return Steady(Noise(11, _rain, _strew_drops), 2.3)
        case "sea":
            return Sea()
    return Steady(Noise(23, _brown), -1.75)


def warm() -> None:
    """Make every bed's table, which takes a tenth of a second each, before one is asked for."""
    import numpy as np

    for name in BEDS:
        bed_of(name).fill(np.empty(FRAME, np.float32), 0)


def _high_pass(frequencies: "Numbers", corner: float) -> "Numbers":
    passed = (frequencies / corner) ** 4
    left: Numbers = passed / (1 + passed)
    return left


def _low_pass(frequencies: "Numbers", corner: float) -> "Numbers":
    return 1 / (1 + (frequencies / corner) ** 2)


def _brown(frequencies: "Numbers") -> "Numbers":
    """6 dB less with every octave, from 45 Hz on: below, small loudspeakers only labour."""
    return _high_pass(frequencies, 45) * _low_pass(frequencies, 18_000) / frequencies


def _rain(frequencies: "Numbers") -> "Numbers":
    return _high_pass(frequencies, 250) * _low_pass(frequencies, 9_000) * frequencies**-0.3


def _rumble(frequencies: "Numbers") -> "Numbers":
    return _high_pass(frequencies, 70) * _low_pass(frequencies, 500) * frequencies**-0.6


def _foam(frequencies: "Numbers") -> "Numbers":
    return _high_pass(frequencies, 200) * _low_pass(frequencies, 5_000) * frequencies**-0.4


_DROPS: Final = 320
_DROP: Final = SAMPLE_RATE // 20


def _strew_drops(table: "Mono") -> None:
    """Add soft drops, about fifteen a second, most of them hardly heard."""
    import numpy as np

    chance = uniform(np.random.Philox(key=13), 4 * _DROPS).reshape(_DROPS, 4)
    time = np.arange(_DROP) / SAMPLE_RATE
    for place, pitch, lasts, size in chance.tolist():
        hertz, decay = 900 * 4.0**pitch, 0.003 + 0.007 * lasts
        swing = np.sin(2 * np.pi * hertz * time * (1 + 2 * time))
        drop = swing * (1 - np.exp(-time / 0.0012)) * np.exp(-time / decay)
        at = int(place * (SIZE - _DROP))
        table[at : at + _DROP] += drop * (0.4 + 4 * size**3)
