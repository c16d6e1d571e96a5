"""Sittings with beds as MP3 and WAV; as Opus they are packets like any others."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Final

from thaw.sound.containers.id3 import id3
from thaw.sound.containers.mp3 import SPAN, Rate, frames_for, info_frame
from thaw.sound.containers.row import Row
from thaw.sound.containers.wav import BYTES, LONGEST, header
from thaw.sound.encode import constant_mp3, side_by_side
from thaw.sound.mix import MP3_STRETCHES, Mix
from thaw.sound.tags import Tags
from thaw.units import FRAME, Frames

RATE: Final = Rate(96, 7)
"""Noise takes more bits than speech."""

ABOUT: Final = Frames(250)
"""How long a stretch is about, 5 s: this encoder takes three times as long as that of Opus."""

PRE_ROLL: Final = 4
"""MP3 frames encoded before a stretch and thrown away: 96 ms."""

LOOK_AHEAD: Final = 2
"""MP3 frames that the encoder hears further than it writes."""


class MixedMp3(Row):
    """A sitting with beds as MP3.

    Args:
        mix: What is heard.
        borders: Where it is cut.
        tags: Title and chapters.
    """

    def __init__(self, mix: Mix, borders: Sequence[int], tags: Tags) -> None:
        total = mix.total * FRAME
        count = frames_for(total)
        self._mix = mix
        self._head = id3(tags) + info_frame(total, count, RATE)
        # Borders lie on steps of 120 ms, which are five frames.
        self._edges = [border * FRAME // SPAN for border in borders[:-1]] + [count]
        sizes = ((end - start) * RATE.size for start, end in pairwise(self._edges))
        super().__init__([len(self._head), *sizes])

    def render(self, first: int, last: int) -> Iterable[bytes]:
        """Return the bytes of some pieces; the first is the tag."""
        if first == 0:
            yield self._head
        yield from side_by_side(self._stretch, [*pairwise(self._edges[max(first - 1, 0) : last])])

    def _stretch(self, edges: tuple[int, int]) -> bytes:
        start, end = edges
        before = min(PRE_ROLL, start)
        begin, heard = (start - before) * SPAN, (end - start + before + LOOK_AHEAD) * SPAN
        first, last = begin // FRAME, -(-(begin + heard) // FRAME)
        key = sha256(f"mp3 {start} {end}\n{self._mix.told(first, last)}".encode()).hexdigest()

        def make() -> tuple[bytes, int]:
            samples = self._mix.frames(first, last)[begin - first * FRAME :][:heard]
            made = b"".join(constant_mp3(samples, skip=before, count=end - start))
            return made, len(made)

        return MP3_STRETCHES.get(key, make)


class MixedWav(Row):
    """A sitting with beds as WAV, mixed anew where it is read.

    Args:
        mix: What is heard.
    """

    def __init__(self, mix: Mix) -> None:
        self._mix = mix
        self._head = header(mix.total * BYTES)
        self._edges = [*range(0, mix.total, LONGEST), mix.total]
        sizes = ((end - start) * BYTES for start, end in pairwise(self._edges))
        super().__init__([len(self._head), *sizes])

    def render(self, first: int, last: int) -> Iterable[bytes]:
        """Return the bytes of some pieces; the first is the header."""
        import numpy as np

        if first == 0:
            yield self._head
        for start, end in pairwise(self._edges[max(first - 1, 0) : last]):
            heard = np.rint(self._mix.frames(start, end) * 32768)
            yield np.clip(heard, -32768, 32767).astype("<i2").tobytes()
