"""Ogg Opus (RFC 3533, RFC 7845), with page checksums that are merged, not computed anew.

The checksum of a page is linear over GF(2): that of its header, carried past the rest of
the page, plus that of the rest. The rest belongs to the clip and is summed once; headers
differ in two numbers and are summed for all pages of a read at once.
docs/explanation/assembly.md shows the arithmetic.
"""

import struct
from array import array
from collections.abc import Iterable
from itertools import accumulate

from thaw.sound.containers.packets import PacketPieces
from thaw.sound.containers.pages import (
    BEGIN,
    END,
    headers_of,
    layout_alike,
    pages_of,
    whole_page,
)
from thaw.sound.containers.row import Placed, Row
from thaw.sound.measured import silent
from thaw.sound.opus import LAST_PACKET, PRE_SKIP
from thaw.sound.stretch import Stretch
from thaw.sound.tags import Chapter, Tags
from thaw.units import FRAME, SAMPLE_RATE


class OggOpus(Row):
    """A sitting as Ogg Opus.

    Args:
        pieces: The sitting.
        tags: Title and chapters.
        serial: Names the stream within its file; any 32-bit number will do.
    """

    def __init__(self, pieces: PacketPieces, tags: Tags, serial: int) -> None:
        self._serial = serial
        self._pieces = pieces
        layouts = [_layout(*each) for each in pieces.all()]
        self._numbers = array("I", accumulate((count for count, _ in layouts), initial=2))
        self._head = b"".join(
            (
                whole_page(BEGIN, 0, serial, 0, _id_header()),
                whole_page(0, 0, serial, 1, _comment_header(tags)),
            )
        )
        granule = pieces.frames * FRAME + PRE_SKIP
        self._end = whole_page(END, granule, serial, self._numbers[-1], LAST_PACKET)
        super().__init__([len(self._head), *(size for _, size in layouts), len(self._end)])

    def render(self, first: int, last: int) -> Iterable[bytes | memoryview]:
        """Return the bytes of some pieces; the first holds the headers, the last the end."""
        count = len(self._pieces.sounds)
        parts: list[bytes | memoryview] = [self._head] if first == 0 else []
        begin, end = max(first - 1, 0), min(last - 1, count)
        if begin < end:
            self._add_body(parts, begin, end)
        if last == count + 2:
            parts.append(self._end)
        return parts

    def _add_body(self, parts: list[bytes | memoryview], begin: int, end: int) -> None:
        pages = [pages_of(measured) for measured in self._pieces.measured(begin, end)]
        for some in pages:
            if not some.sums:
                some.sum_up()
        frame, number = self._pieces.edges[begin], self._numbers[begin]
        headers = headers_of(pages, self._serial, frame, number)
        done = 0
        for some in pages:
            own = some.parts.copy()
            own[::3] = headers[done : done + len(some.frames)]
            done += len(some.frames)
            parts += own


def _layout(sound: Placed | None, frames: int) -> tuple[int, int]:
    """Return the number of pages of a piece, and their bytes."""
    if isinstance(sound, Stretch):
        return layout_alike(sound.frames)
    pages = pages_of(sound.measured() if sound else silent(frames))
    return len(pages.frames), pages.size


def _id_header() -> bytes:
    """Return the identification header: one channel, no gain (RFC 7845, 5.1)."""
    return struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, PRE_SKIP, SAMPLE_RATE, 0, 0)


def _comment_header(tags: Tags) -> bytes:
    """Return the comment header (RFC 7845, 5.2); chapters as Vorbis comments know them."""
    comments = [f"TITLE={tags.title}"]
    for number, chapter in enumerate(tags.chapters, 1):
        name = f"CHAPTER{number:03}"
        comments += (f"{name}={_time_of(chapter)}", f"{name}NAME={chapter.title}")
    encoded = [comment.encode() for comment in ("libopus", *comments)]
    strings = [struct.pack("<I", len(comment)) + comment for comment in encoded]
    return b"OpusTags" + strings[0] + struct.pack("<I", len(comments)) + b"".join(strings[1:])


def _time_of(chapter: Chapter) -> str:
    milliseconds = chapter.start * 1000 // SAMPLE_RATE
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
