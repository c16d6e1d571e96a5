"""Clips in use: their packets joined and measured.

A stream does not hold its clips; it knows where to find them and looks here first. So a
thousand sittings that share a practice share its clips, and a long sitting holds no more
than a short one.
"""

from array import array
from typing import TYPE_CHECKING

from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.memory import Memory
from thaw.units import Frames

if TYPE_CHECKING:
    from thaw.sound.containers.pages import Pages

MOST_BYTES = 32 << 20
"""What the clips in use may weigh together: about an hour of speech."""


class Measured:
    """A clip in use.

    Attributes:
        key: The clip's key.
        sizes: Bytes of each of its packets.
        heard: Packets before the silence it ends with; 0 for a clip of silence.
        body: Those packets, joined.
        pages: How Ogg cuts them into pages, once that was asked.
    """

    __slots__ = ("body", "heard", "key", "pages", "sizes")

    def __init__(self, clip: Clip) -> None:
        self.key = clip.key
        self.sizes = array("I", map(len, clip.packets))
        self.heard = Frames(_heard(clip.packets))
        self.body = b"".join(clip.packets[: self.heard])
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
    if found is not None and len(found.sizes) == len(clip.packets):
        return found
    made = Measured(clip)
    IN_USE.keep(clip.key, made, len(made.body))
    return made
