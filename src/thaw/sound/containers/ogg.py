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
from typing import Final

from thaw.sound.containers.packets import packet_pieces
from thaw.sound.containers.pages import (
    BEGIN,
    END,
    headers_of,
    pages_of,
    whole_page,
)
from thaw.sound.containers.row import Row
from thaw.sound.opus import LAST_PACKET, PRE_SKIP
from thaw.sound.tags import Chapter, Tags
from thaw.sound.timeline import Timeline
from thaw.units import FRAME, SAMPLE_RATE

CONTENT_TYPE: Final = "audio/ogg; codecs=opus"


class OggOpus(Row):
    """A sitting as Ogg Opus.

    Args:
        timeline: Where the sounds lie.
        tags: Title and chapters.
        serial: Names the stream within its file; any 32-bit number will do.
    """

    def __init__(self, timeline: Timeline, tags: Tags, serial: int) -> None:
        self._serial = serial
        self._pieces = packet_pieces(timeline)
        pages = [
            pages_of(measured) for measured in self._pieces.measured(0, len(self._pieces.sounds))
        ]
        counts = (len(some.frames) for some in pages)
        self._numbers = array("I", accumulate(counts, initial=2))
        self._head = b"".join(
            (
                whole_page(BEGIN, 0, serial, 0, _id_header()),
                whole_page(0, 0, serial, 1, _comment_header(tags)),
            )
        )
        granule = timeline.total * FRAME + PRE_SKIP
        self._end = whole_page(END, granule, serial, self._numbers[-1], LAST_PACKET)
        super().__init__([len(self._head), *(some.size for some in pages), len(self._end)])

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
