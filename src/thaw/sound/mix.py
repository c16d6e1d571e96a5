"""What is heard of a sitting with a bed: its sounds and its beds, added up sample by sample."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thaw.practice.beds import FADE, BedSpan
from thaw.sound.beds import LOUDNESS, RECIPE, Volume, bed_of, vary
from thaw.sound.measured import Measured
from thaw.sound.memory import Memory
from thaw.sound.timeline import Sound, Timeline, clip_changed
from thaw.units import FRAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]
    Levels = NDArray[np.float64]

_FULL: Final = 32768

PCM: Memory[bytes] = Memory(2 << 20)
"""The samples of the clips mixed last: a line may lie in two stretches."""

STRETCHES: Memory[Measured] = Memory(12 << 20)
"""Stretches of sittings that were encoded lately, as Opus: 26 minutes."""

MP3_STRETCHES: Memory[bytes] = Memory(6 << 20)
"""The same as MP3."""


def forget_mixed() -> None:
    """Forget all that was mixed or encoded: there may be lines in it that are a person's own."""
    for memory in (PCM, STRETCHES, MP3_STRETCHES):
        memory.clear()


@dataclass(frozen=True, slots=True)
class _Part:
    """A bed where some frames of a sitting are heard.

    Attributes:
        comes, goes: The frame it begins with and the one it has gone by, where it comes or
            goes within these frames; None where it is there all along.
    """

    bed: str
    comes: int | None
    goes: int | None


class Mix:
    """A sitting with beds.

    Args:
        timeline: Where its sounds lie.
        spans: Its beds.
        volume: How loud they are.
    """

    def __init__(self, timeline: Timeline, spans: Sequence[BedSpan], volume: Volume) -> None:
        self.total = timeline.total
        self._sounds = timeline.sounds
        self._ends = [sound.start + sound.shape.length for sound in timeline.sounds]
        self._spans, self._volume = spans, volume

    def told(self, first: int, last: int) -> str:
        """Return what the frames from ``first`` up to ``last`` follow from, and nothing else."""
        sounds = [f"{sound.start} {sound.shape.key}" for sound in self._within(first, last)]
        parts = [repr(part) for part in self._parts(first, last)]
        return "\n".join((RECIPE, str(self._volume), f"{first} {last}", *sounds, *parts))

    def frames(self, first: int, last: int) -> "Mono":
        """Return the samples from one frame up to another; after the end there is silence.

        Raises:
            OutsideError: A clip is gone, or was made anew since the sitting was planned.
        """
        import numpy as np

        out = np.zeros((last - first) * FRAME, np.float32)
        for number, part in enumerate(self._parts(first, last)):
            self._add_bed(out, first, part, alone=number == 0)
        for sound in self._within(first, last):
            start = (sound.start - first) * FRAME
            samples = np.frombuffer(_samples_of(sound), "<i2")[max(-start, 0) :]
            place = out[max(start, 0) :][: len(samples)]
            place += samples[: len(place)] * np.float32(1 / _FULL)
        return out

    def _within(self, first: int, last: int) -> Iterator[Sound]:
        at = bisect_left(self._ends, first + 1)
        while at < len(self._sounds) and self._sounds[at].start < last:
            yield self._sounds[at]
            at += 1

    def _parts(self, first: int, last: int) -> Iterator[_Part]:
        fade = FADE // FRAME
        for span in self._spans:
            start, end = span.start // FRAME, span.end // FRAME
            if start < last and first < end:
                yield _Part(
                    span.bed,
                    start if first < start + fade else None,
                    end if end - fade < last else None,
                )

    def _add_bed(self, out: "Mono", first: int, part: _Part, *, alone: bool) -> None:
        import numpy as np

        begin = first if part.comes is None else max(first, part.comes)
        end = first + len(out) // FRAME
        end = end if part.goes is None else min(end, part.goes)
        bed = bed_of(part.bed)
        place = out[(begin - first) * FRAME : (end - first) * FRAME]
        heard = place if alone else np.empty_like(place)
        bed.fill(heard, begin * FRAME)
        gain = 10 ** ((LOUDNESS[self._volume] - bed.own) / 20)
        if part.comes is None and part.goes is None:
            heard *= np.float32(gain)
        else:
            vary(heard, gain * _levels(np.arange(begin, end + 1), part))
        if not alone:
            place += heard


def _levels(frames: "NDArray[np.int64]", part: _Part) -> "Levels":
    """Return how far a bed is there at some frames, from 0 to 1."""
    import numpy as np

    fade = FADE // FRAME
    come = 1.0 if part.comes is None else np.clip((frames - part.comes) / fade, 0, 1)
    go = 1.0 if part.goes is None else np.clip((part.goes - frames) / fade, 0, 1)
    levels: Levels = np.sin(np.pi / 2 * come) ** 2 * np.sin(np.pi / 2 * go) ** 2
    return levels


def _samples_of(sound: Sound) -> bytes:
    def read() -> tuple[bytes, int]:
        made = sound.samples()
        return made, len(made)

    found = PCM.get(sound.shape.key, read)
    if len(found) != 2 * sound.event.length:
        raise clip_changed()
    return found
