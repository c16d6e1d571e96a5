"""Clips in use: their packets joined and measured.

A stream does not hold its clips; it knows where to find them and looks here first. So a
thousand sittings that share a practice share its clips, and a long sitting holds no more
than a short one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.memory import Memory
from thaw.sound.opus import join
from thaw.units import Frames

if TYPE_CHECKING:
    from array import array

    from thaw.sound.containers.pages import Pages

MOST_BYTES = 32 << 20
"""What the clips in use may weigh together: about an hour of speech."""


@dataclass(slots=True)
class Shape:
    """What a file's layout needs to know of a clip.

    Attributes:
        key: The clip's key.
        length: Its length in frames.
        heard: Frames before the silence it ends with; 0 for a clip of silence.
        weight: Bytes of those frames, joined to packets of up to 120 ms.
        sizes: Bytes of each of these packets.
        counts: Frames in each of them.
    """

    key: str
    length: Frames
    heard: Frames
    weight: int
    sizes: "array[int]"
    counts: bytes


class Measured:
    """A clip in use.

    Attributes:
        shape: Its measures.
        body: Its packets up to the silence it ends with, joined.
        pages: How Ogg cuts them into pages, once that was asked.
    """

    __slots__ = ("body", "pages", "shape")

    def __init__(self, clip: Clip) -> None:
        heard = _heard(clip.packets)
        joined = join(clip.packets[:heard])
        self.body = joined.body
        self.shape = Shape(
            key=clip.key,
            length=Frames(len(clip.packets)),
            heard=Frames(heard),
            weight=len(self.body),
            sizes=joined.sizes,
            counts=joined.counts,
        )
        self.pages: Pages | None = None


def _heard(packets: tuple[bytes, ...]) -> int:
    heard = len(packets)
    while heard and packets[heard - 1] == SILENCE_PACKET:
        heard -= 1
    return heard


IN_USE: Memory[Measured] = Memory(MOST_BYTES)
"""The clips in use in this process."""


def measured(clip: Clip) -> Measured:
    """Return ``clip`` measured, and keep it.

    The same key means the same sound. A clip made anew in another length takes the place of
    the one before it.
    """
    found = IN_USE.find(clip.key)
    if found is not None and found.shape.length == len(clip.packets):
        return found
    made = Measured(clip)
    IN_USE.keep(clip.key, made, made.shape.weight)
    return made
