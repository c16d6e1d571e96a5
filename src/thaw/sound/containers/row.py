"""A virtual file: pieces of known sizes in a row, rendered only where they are read."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import NamedTuple

from thaw.sound.timeline import Sound, Timeline


class Row(ABC):
    """A file of which only the sizes of its pieces are held.

    Attributes:
        size: Bytes of the whole file.
    """

    def __init__(self, sizes: Iterable[int]) -> None:
        self._offsets = list(accumulate(sizes, initial=0))
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


class Piece(NamedTuple):
    """A stretch of a sitting: part of a sound, or silence.

    Attributes:
        sound: What is heard, or None.
        start: The frame it starts with.
        frames: Its length.
    """

    sound: Sound | None
    start: int
    frames: int


def pieces_of(
    timeline: Timeline, *, longest: int, whole: int, ends: Callable[[Sound], int]
) -> list[Piece]:
    """Return a sitting's sounds and silences in order.

    A silence is cut into stretches that are few in kind, so that each kind is rendered once:
    some of whole ``whole`` frames, at most ``longest``, and one of what is left.

    Args:
        timeline: Where the sounds lie.
        longest: Longest silence in one piece; bounds the work of reading a few bytes of it.
        whole: What the frames of a silence are counted in.
        ends: The frame at which a sound falls silent.
    """
    pieces: list[Piece] = []
    now = 0
    for sound in timeline.sounds:
        _add_silence(pieces, now, sound.start, longest, whole)
        now = ends(sound)
        if now > sound.start:
            pieces.append(Piece(sound, sound.start, now - sound.start))
    _add_silence(pieces, now, timeline.total, longest, whole)
    return pieces


def _add_silence(pieces: list[Piece], start: int, end: int, longest: int, whole: int) -> None:
    while start < end:
        left = end - start
        frames = min(longest, left - left % whole) or left
        pieces.append(Piece(None, start, frames))
        start += frames
