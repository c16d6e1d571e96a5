"""Opus in MP4 (ISO/IEC 14496-12, Opus in ISOBMFF), its index before its sound."""

import struct
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from thaw.sound.containers.boxes import (
    counted,
    file_type,
    full_box,
    movie,
    opus_entry,
    pre_roll,
    table_box,
)
from thaw.sound.containers.packets import PacketPieces
from thaw.sound.containers.row import Row
from thaw.sound.measured import silent
from thaw.sound.memory import Memory
from thaw.sound.opus import LAST_PACKET, PRE_SKIP
from thaw.sound.tags import Tags
from thaw.units import FRAME, Samples

PRE_ROLL: Final = 1
"""Packets that a decoder needs before it is right again: 80 ms (RFC 7845, 4.6). A packet is
120 ms, or it is the last before a silence, after which nothing earlier matters."""


HEADS: Final[Memory[bytes]] = Memory(2 << 20)
"""What comes before the sound in files that are read: too large for each stream to hold."""


class Mp4Opus(Row):
    """A sitting as MP4, each piece a chunk of its own.

    Args:
        pieces: The sitting.
        tags: Title and chapters.
        name: What no other file has.
    """

    def __init__(self, pieces: PacketPieces, tags: Tags, name: str) -> None:
        self._pieces = pieces
        self._total = Samples(pieces.frames * FRAME)
        self._tags, self._name = tags, name
        index = _index_of(self._pieces)
        # Where the sound begins depends on the size of the index, not on what it says.
        self._body = len(self._head_of(index, body=0))
        HEADS.keep(name, self._head_of(index, self._body), self._body)
        super().__init__([self._body, *index.weights])

    def _head_of(self, index: "_Index", body: int) -> bytes:
        sound = struct.pack(">I4s", 8 + sum(index.weights), b"mdat")
        table = index.boxes(body)
        return file_type() + movie(self._total, PRE_SKIP, table, self._tags) + sound

    def _head(self) -> bytes:
        """Return all that comes before the sound."""
        head = HEADS.find(self._name)
        if head is None:
            head = self._head_of(_index_of(self._pieces), self._body)
            HEADS.keep(self._name, head, self._body)
        return head

    def render(self, first: int, last: int) -> Iterable[bytes]:
        """Return the bytes of some pieces; the first is the index, the last the last packet."""
        parts = [self._head()] if first == 0 else []
        count = len(self._pieces.sounds)
        some = self._pieces.measured(max(first - 1, 0), min(last - 1, count))
        parts += [measured.packets.body for measured in some]
        if last == count + 2:
            parts.append(LAST_PACKET)
        return parts


@dataclass(slots=True)
class _Index:
    """Where each packet lies.

    Attributes:
        sizes: Bytes of each packet.
        lengths: How many packets in a row last how many samples: pairs, one after another.
        counts: Packets in each chunk.
        weights: Bytes of each chunk.
    """

    sizes: "array[int]"
    lengths: list[int]
    counts: list[int]
    weights: list[int]

    def boxes(self, body: int) -> bytes:
        """Return the sample table of chunks that lie one after another from ``body`` on."""
        steps = enumerate(zip(self.counts, [0, *self.counts], strict=False), 1)
        changes = [
            number
            for chunk, (count, before) in steps
            if count != before
            for number in (chunk, count, 1)
        ]
        starts = accumulate(self.weights[:-1], initial=body)
        return b"".join(
            (
                opus_entry(PRE_SKIP),
                table_box(b"stts", array("I", self.lengths), 2),
                table_box(b"stsc", array("I", changes), 3),
                full_box(b"stsz", bytes(4), counted(self.sizes, 1)),
                table_box(b"stco", array("I", starts), 1),
                pre_roll(len(self.sizes), PRE_ROLL),
            )
        )


def _index_of(pieces: PacketPieces) -> _Index:
    index = _Index(array("I"), [], [], [])
    for sound, frames in pieces.all():
        shape = sound.shape if sound else silent(frames).shape
        index.sizes += shape.sizes
        index.lengths += shape.lengths
        index.counts.append(len(shape.sizes))
        index.weights.append(shape.weight)
    index.sizes.append(len(LAST_PACKET))
    index.lengths += (1, PRE_SKIP)
    index.counts.append(1)
    index.weights.append(len(LAST_PACKET))
    return index
