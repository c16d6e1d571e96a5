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
    Strew = Callable[[Numbers], None]

SIZE: Final = 1 << 20
"""Samples in a table, 21.8 s."""

HOP: Final = Samples(2 * SAMPLE_RATE)
"""A stretch takes so long to come, and then as long to go."""

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
        """What the stretches are cut from."""
        import numpy as np

        frequencies: Numbers = np.arange(1, SIZE // 2 + 1, dtype=np.float64) * (SAMPLE_RATE / SIZE)
        angles = uniform(self._seed, len(frequencies)) * (2 * np.pi)
        sizes = self._spectrum(frequencies)
        sizes[-1] = 0  # Half the sampling rate has no phase.
        waves = np.zeros(len(frequencies) + 1, np.complex128)
        waves[1:].real, waves[1:].imag = sizes * np.cos(angles), sizes * np.sin(angles)
        # Parseval: this makes the mean square 1.
        waves *= SIZE / np.sqrt(2 * np.square(sizes).sum())
        made: Numbers = np.fft.irfft(waves, SIZE)
        if self._strew is not None:
            self._strew(made)
        return made.astype(np.float32)

    def _place(self, number: int) -> int:
        """Return where in the table a stretch begins."""
        return drawn(self._seed, number) % (SIZE - 2 * HOP)


def drawn(seed: int, number: int) -> int:
    """Return a number of 64 bits that looks like chance (splitmix64, Steele et al. 2014)."""
    value = (seed * 0xD1342543DE82EF95 + (number + 1) * 0x9E3779B97F4A7C15) & _ALL
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _ALL
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _ALL
    return value ^ value >> 31


def uniform(seed: int, count: int) -> "Numbers":
    """Return numbers from 0 up to 1 that look like chance.

    Raw bits of Philox: unlike numpy's distributions they are the same in every version.
    """
    import numpy as np

    raw = np.random.Philox(key=seed).random_raw(count)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


@cache
def _windows() -> "tuple[Mono, Mono]":
    """Return how a stretch comes and goes; their squares add up to 1."""
    import numpy as np

    angles = (np.arange(HOP) + 0.5) * (np.pi / 2 / HOP)
    return np.sin(angles).astype(np.float32), np.cos(angles).astype(np.float32)
