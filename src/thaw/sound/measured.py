"""Clips in use: their packets joined and measured.

A stream does not hold its clips; it knows where to find them and looks here first. So a
thousand sittings that share a practice share its clips, and a long sitting holds no more
than a short one.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.memory import Memory
from thaw.sound.opus import Joined, join, silence
from thaw.units import Frames

if TYPE_CHECKING:
    from array import array

    from thaw.sound.containers.pages import Pages

MOST_BYTES = 32 << 20
"""What the clips in use may weigh together: about an hour of speech."""


@dataclass(slots=True)
class Shape:
    """What a file's layout needs to know of a clip or of a silence.

    Attributes:
        key: The clip's key; empty for a silence.
        length: Its length in frames.
        heard: Frames before the silence a clip ends with; 0 for a clip of silence.
        weight: Bytes of its packets: of a clip those that are heard, joined to 120 ms.
        sizes: Bytes of each packet.
        lengths: How many packets in a row last how many samples: pairs, one after another.
    """

    key: str
    length: Frames
    heard: Frames
    weight: int
    sizes: "array[int]"
    lengths: tuple[int, ...]


class Measured:
    """A clip in use, or a silence.

    Attributes:
        shape: Its measures.
        packets: Its packets; a clip's without the silence it ends with.
        pages: How Ogg cuts them into pages, once that was asked.
    """

    __slots__ = ("packets", "pages", "shape")

    def __init__(self, key: str, length: int, heard: int, packets: Joined) -> None:
        body, sizes = packets.body, packets.sizes
        size, start = Frames(length), Frames(heard)
        self.shape = Shape(key, size, start, len(body), sizes, packets.lengths())
        self.packets = packets
        self.pages: Pages | None = None


IN_USE: Memory[Measured] = Memory(MOST_BYTES)
"""The clips in use in this process."""


def measured(clip: Clip) -> Measured:
    """Return ``clip`` measured, and keep it.

    The same key means the same sound. A clip made anew in another length takes the place of
    the one before it.
    """
    length = len(clip.packets)
    found = IN_USE.find(clip.key)
    if found is not None and found.shape.length == length:
        return found
    heard = _heard(clip.packets)
    made = Measured(clip.key, length, heard, join(clip.packets[:heard]))
    IN_USE.keep(clip.key, made, made.shape.weight)
    return made


def _heard(packets: tuple[bytes, ...]) -> int:
    heard = len(packets)
    while heard and packets[heard - 1] == SILENCE_PACKET:
        heard -= 1
    return heard


@cache
def silent(frames: int) -> Measured:
    """Return silence, measured; asked for few lengths, each of which is kept."""
    return Measured("", frames, frames, silence(frames))
