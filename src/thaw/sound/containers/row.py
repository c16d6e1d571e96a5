"""A virtual file: pieces of known sizes in a row, rendered only where they are read."""

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from operator import sub
from typing import Generic, Protocol, TypeVar

from thaw.sound.measured import Measured, Shape, silent
from thaw.sound.timeline import Sound, Timeline


class Row(ABC):
    """A file of which only the sizes of its pieces are held.

    Attributes:
        size: Bytes of the whole file.
    """

    def __init__(self, sizes: Iterable[int]) -> None:
        self._offsets = array("Q", accumulate(sizes, initial=0))
        self.size = self._offsets[-1]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` up to ``stop``, cut at the file's end like a slice."""
        stop = min(stop, self.size)
        if start >= stop:
            return b""
        first = bisect_right(self._offsets, start) - 1
        last = bisect_left(self._offsets, stop)
        skip = start - self._offsets[first]
        return b"".join(self.render(first, last))[skip : skip + stop - start]

    @abstractmethod
    def render(self, first: int, last: int) -> Iterable[bytes | memoryview]:
        """Return the bytes of the pieces from ``first`` up to but not including ``last``."""


class Placed(Protocol):
    """Something with packets of its own."""

    @property
    def shape(self) -> Shape:
        """Its measures."""
        ...

    def measured(self) -> Measured:
        """Return its packets; ``OutsideError`` where they cannot be had any more."""
        ...


P = TypeVar("P", bound=Placed)


class Pieces(Generic[P]):
    """A sitting in order: sounds, and silences cut into stretches.

    Attributes:
        sounds: What is heard in each piece, or None.
        edges: The frame each piece starts with, and the end of the last.
    """

    __slots__ = ("edges", "sounds")

    def __init__(self) -> None:
        self.sounds: list[P | None] = []
        self.edges = array("I", [0])

    @property
    def frames(self) -> int:
        """How long the sitting is."""
        return self.edges[-1]

    def each(self, first: int, last: int) -> Iterator[tuple[P | None, int]]:
        """Return the sound and the frames of the pieces from ``first`` up to ``last``."""
        edges = self.edges
        frames = map(sub, edges[first + 1 : last + 1], edges[first:last])
        return zip(self.sounds[first:last], frames, strict=True)

    def all(self) -> Iterator[tuple[P | None, int]]:
        """Return the sound and the frames of every piece."""
        return self.each(0, len(self.sounds))

    def measured(self, first: int, last: int) -> list[Measured]:
        """Return the clips and silences of the pieces from ``first`` up to ``last``."""
        each = self.each(first, last)
        return [sound.measured() if sound else silent(frames) for sound, frames in each]


def pieces_of(
    timeline: Timeline, *, longest: int, whole: int, ends: Callable[[Sound], int]
) -> Pieces[Sound]:
    """Return a sitting's sounds and silences in order.

    A silence is cut into stretches that are few in kind, so that each kind is rendered once:
    some of whole ``whole`` frames, at most ``longest``, and one of what is left.

    Args:
        timeline: Where the sounds lie.
        longest: Longest silence in one piece; bounds the work of reading a few bytes of it.
        whole: What the frames of a silence are counted in.
        ends: The frame at which a sound falls silent.
    """
    pieces: Pieces[Sound] = Pieces()
    for sound in timeline.sounds:
        _add_silence(pieces, sound.start, longest, whole)
        end = ends(sound)
        if end > pieces.edges[-1]:
            pieces.sounds.append(sound)
            pieces.edges.append(end)
    _add_silence(pieces, timeline.total, longest, whole)
    return pieces


def _add_silence(pieces: Pieces[Sound], end: int, longest: int, whole: int) -> None:
    start = pieces.edges[-1]
    while start < end:
        left = end - start
        start += min(longest, left - left % whole) or left
        pieces.sounds.append(None)
        pieces.edges.append(start)
