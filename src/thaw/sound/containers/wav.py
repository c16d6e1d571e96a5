"""WAV: 16-bit mono at 48 kHz, as it was before it was packed into packets."""

import struct
from collections.abc import Iterable
from typing import Final

from thaw.sound.containers.row import Row, pieces_of
from thaw.sound.timeline import Sound, Timeline
from thaw.units import FRAME, FRAMES_PER_SECOND, SAMPLE_RATE

BYTES: Final = 2 * FRAME
"""Bytes in a frame of 20 ms."""

LONGEST: Final = FRAMES_PER_SECOND
"""Most frames in one piece; bounds the work of reading a few bytes of it."""


class Wav(Row):
    """A sitting as WAV.

    Args:
        timeline: Where the sounds lie.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._last: tuple[str, bytes] = "", b""
        self._head = header(timeline.total * BYTES)
        self._pieces = list(_pieces(timeline))
        super().__init__([len(self._head), *(stop - start for _, start, stop in self._pieces)])

    def render(self, first: int, last: int) -> Iterable[bytes | memoryview]:
        """Return the bytes of some pieces; the first is the header."""
        if first == 0:
            yield self._head
        for sound, start, stop in self._pieces[max(first - 1, 0) : last - 1]:
            if sound is None:
                yield bytes(stop - start)
            else:
                yield memoryview(self._samples_of(sound))[start:stop]

    def _samples_of(self, sound: Sound) -> bytes:
        key, samples = self._last
        if key != sound.shape.key:
            samples = sound.clips.pcm(sound.fetch())
            self._last = sound.shape.key, samples
        return samples


def _pieces(timeline: Timeline) -> Iterable[tuple[Sound | None, int, int]]:
    """Yield sounds and silences with the bytes of theirs, a second or less at a time."""
    pieces = pieces_of(timeline, longest=LONGEST, whole=1, ends=_end_of)
    for sound, frames in pieces.all():
        step = LONGEST if sound else frames
        for at in range(0, frames, step):
            yield sound, at * BYTES, min(at + step, frames) * BYTES


def _end_of(sound: Sound) -> int:
    return sound.start + sound.shape.length


def header(size: int) -> bytes:
    """Return what a file begins with that holds ``size`` bytes of samples."""
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE")
        + shape
        + struct.pack("<4sI", b"data", size)
    )
