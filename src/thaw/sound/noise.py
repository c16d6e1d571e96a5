"""Noise without end: stretches of one table, chosen by number, that fade into each other.

A table is noise of a given spectrum with random phases, made once in the life of the process.
Every two seconds another stretch of it begins, at a place that follows from its number alone,
and takes over from the one before at constant power. So any second can be made without those
before it, nothing repeats within hours, and a sample costs three operations.
"""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from thaw.units import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]
    Numbers = NDArray[np.float64]
    Spectrum = Callable[[Numbers], Numbers]
    Strew = Callable[[Mono], None]

SIZE: Final = 1 << 20
"""Samples in a table, 21.8 s."""

HOP: Final = Samples(2 * SAMPLE_RATE)
"""A stretch takes so long to come, and then as long to go."""

_WAVES: Final = 1 << 16
"""Samples in a round of waves."""

_BLOCK: Final = 1 << 14
"""Samples worked on at a time: what stays near the processor."""

_ALL: Final = (1 << 64) - 1


class Noise:
    """Endless noise; its mean square is 1.

    Args:
        seed: The same seed gives the same noise.
        spectrum: Gives the amplitude at frequencies in Hz; its scale does not matter.
        strew: Adds to a table of noise what else is heard in it.
    """

    def __init__(self, seed: int, spectrum: "Spectrum", strew: "Strew | None" = None) -> None:
        self._seed, self._spectrum, self._strew = seed, spectrum, strew

    def fill(self, out: "Mono", start: int) -> None:
        """Fill ``out`` with the noise from a sample on."""
        import numpy as np

        table = self.table
        rise, fall = _windows()
        other = np.empty(_BLOCK, np.float32)
        at = 0
        while at < len(out):
            number, inside = divmod(start + at, HOP)
            size = min(_BLOCK, HOP - inside, len(out) - at)
            coming = self._place(number) + inside
            going = self._place(number - 1) + HOP + inside
            block, gone = out[at : at + size], other[:size]
            np.multiply(table[coming : coming + size], rise[inside : inside + size], out=block)
            np.multiply(table[going : going + size], fall[inside : inside + size], out=gone)
            block += gone
            at += size

    @cached_property
    def table(self) -> "Mono":
        """What the stretches are cut from: waves that fade into each other at constant power."""
        import numpy as np

        chance = np.random.Philox(key=self._seed)
        sizes = self._sizes()
        angles = (np.arange(_WAVES // 2) + 0.5) * (np.pi / _WAVES)
        window = np.concatenate([np.sin(angles), np.cos(angles)])
        made = np.zeros(SIZE + _WAVES // 2, np.float32)
        for at in range(0, SIZE, _WAVES // 2):
            phases = np.exp(2j * np.pi * uniform(chance, len(sizes)))
            waves: Numbers = np.fft.irfft(sizes * phases, _WAVES) * window
            made[at : at + _WAVES] += waves[: len(made) - at]
        if self._strew is not None:
            self._strew(made)
        return made[_WAVES // 2 : SIZE + _WAVES // 2].copy()

    def _sizes(self) -> "Numbers":
        """Return the size of each wave that makes the mean square 1 (Parseval)."""
        import numpy as np

        sizes = np.zeros(_WAVES // 2 + 1)
        numbers = np.arange(1, _WAVES // 2, dtype=np.float64)
        sizes[1:-1] = self._spectrum(np.multiply(numbers, SAMPLE_RATE / _WAVES))
        sizes *= _WAVES / np.sqrt(2 * np.square(sizes).sum())
        return sizes

    def _place(self, number: int) -> int:
        """Return where in the table a stretch begins."""
        return drawn(self._seed, number) % (SIZE - 2 * HOP)


def drawn(seed: int, number: int) -> int:
    """Return a number of 64 bits that looks like chance (splitmix64, Steele et al. 2014)."""
    value = (seed * 0xD1342543DE82EF95 + (number + 1) * 0x9E3779B97F4A7C15) & _ALL
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _ALL
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _ALL
    return value ^ value >> 31


def uniform(chance: "np.random.Philox", count: int) -> "Numbers":
    """Return the next numbers from 0 up to 1 that look like chance.

    Raw bits of Philox: unlike numpy's distributions they are the same in every version.
    """
    import numpy as np

    raw = chance.random_raw(count)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


@cache
def _windows() -> "tuple[Mono, Mono]":
    """Return how a stretch comes and goes; their squares add up to 1."""
    import numpy as np

    angles = (np.arange(HOP) + 0.5) * (np.pi / 2 / HOP)
    return np.sin(angles).astype(np.float32), np.cos(angles).astype(np.float32)
