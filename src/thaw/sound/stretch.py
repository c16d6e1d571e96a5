"""A stretch of a sitting with a bed: encoded by itself, at a constant rate, when it is read.

Its size follows from its length, so a file is laid out before a sample of it exists. Its bytes
follow from what is heard in it and shortly before: the encoder begins four frames earlier, so
that it is under way where the stretch begins (docs/explanation/beds.md). Stretches read lately
are kept for all listeners together.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import Final

from thaw.sound.encode import CONSTANT_OPUS_BYTES, ConstantOpus
from thaw.sound.measured import Measured, Shape
from thaw.sound.mix import STRETCHES, Mix
from thaw.sound.opus import Joined, join_alike
from thaw.units import Frames

PRE_ROLL: Final = Frames(4)
"""Frames encoded before a stretch and thrown away: 80 ms."""


@dataclass(slots=True)
class Stretch:
    """Some frames of a sitting with a bed.

    Attributes:
        mix: What is heard.
        start: The frame it begins with.
        frames: How long it is.
        key: What it follows from; alike in every sitting that sounds the same here.
    """

    mix: Mix
    start: int
    frames: Frames
    key: str

    @property
    def shape(self) -> Shape:
        """Its measures, known before it is encoded."""
        like = shape_of(self.frames)
        return Shape(self.key, self.frames, self.frames, like.weight, like.sizes, like.lengths)

    def measured(self) -> Measured:
        """Return its packets.

        Raises:
            OutsideError: A clip is gone, or was made anew since the sitting was planned.
        """
        return STRETCHES.get(self.key, self._made)

    def _made(self) -> tuple[Measured, int]:
        before = min(PRE_ROLL, self.start)
        heard = self.mix.frames(self.start - before, self.start + self.frames)
        packets = join_alike(ConstantOpus().packets(heard)[before:])
        return Measured(self.key, self.frames, self.frames, packets), len(packets.body)


def stretches_of(mix: Mix, borders: Sequence[int]) -> Iterator[Stretch]:
    """Yield a sitting cut at ``borders``."""
    for start, end in pairwise(borders):
        told = mix.told(max(start - PRE_ROLL, 0), end)
        key = sha256(f"opus {start}\n{told}".encode()).hexdigest()
        yield Stretch(mix, start, Frames(end - start), key)


@cache
def shape_of(frames: Frames) -> Shape:
    """Return the measures of any stretch of so many frames."""
    packets = blank(frames)
    body, sizes = packets.body, packets.sizes
    return Shape("", frames, frames, len(body), array("I", sizes), packets.lengths())


def blank(frames: Frames) -> Joined:
    """Return what has the sizes of a stretch of so many frames, without its sound."""
    return join_alike([bytes(CONSTANT_OPUS_BYTES)] * frames)
