"""Ogg pages (RFC 3533, 6): how clips and silences are cut into them, and their checksums.

A checksum is held mirrored, as ``zlib.crc32`` computes it: the polynomials are the same,
only the order of bits differs, and so do the first and last value, which are undone here.
A mirrored sum is a polynomial over GF(2) whose highest bit is the coefficient of 1.
"""

import struct
import zlib
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from thaw.sound.containers.packets import WHOLE
from thaw.sound.measured import Measured
from thaw.sound.opus import Joined
from thaw.sound.stretch import blank
from thaw.units import FRAME, Frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEGIN: Final = 2
END: Final = 4

FULL: Final = WHOLE
"""Frames in a full page, 0.96 s: above a second, readers warn of a high delay."""

MOST_SEGMENTS: Final = 255
"""Segments that fit a page."""

MIRROR: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
POLYNOMIAL: Final = 0xEDB88320
ONE: Final = 0x80000000
ALL: Final = 0xFFFFFFFF

HEADER: Final = struct.Struct("<4sBBQII")
HEADER_SIZE: Final = HEADER.size + 4
VARYING: Final = (*range(6, 10), *range(18, 20))
"""Bytes of a header that differ from page to page, in files of up to 17 hours."""


class Pages:
    """The pages of a clip or of a silence, wherever in a file they stand.

    Attributes:
        size: Their bytes, headers included.
        parts: A header's place, segments and packets of each page in turn: three for each.
        frames: Frames in each page.
        sums: Checksum of each page after its header; empty until ``sum_up``.
        carries: What carries a header's checksum past the rest of its page: what each of
            its 32 bits becomes, page after page.
    """

    __slots__ = ("carries", "frames", "parts", "size", "sums")

    def __init__(self) -> None:
        self.parts: list[bytes | memoryview] = []
        self.frames = array("I")
        self.size = 0
        self.sums = array("I")
        self.carries = array("I")

    def add(self, frames: int, segments: bytes, packets: memoryview) -> None:
        """Add a page."""
        head = bytes((len(segments),)) + segments
        self.parts += (b"", head, packets)
        self.frames.append(frames)
        self.size += HEADER_SIZE + len(head) + len(packets)

    def sum_up(self) -> None:
        """Work out the checksums: a second pass over the bytes, for when they are read."""
        sums, carries = array("I"), array("I")
        for at in range(0, len(self.parts), 3):
            rest = b"".join(self.parts[at : at + 3])
            sums.append(sum_of(rest))
            # The header's own four checksum bytes count as zeros.
            carries += _carry(len(rest) + 4)
        self.carries = carries
        self.sums = sums  # Last: whoever finds sums in another thread finds carries too.


@lru_cache(1024)
def _carry(length: int) -> "array[int]":
    """Return what each bit of a checksum becomes when ``length`` bytes follow."""
    becomes = array("I", bytes(4 * 32))
    power = zlib.crc32(bytes(length), ONE ^ ALL) ^ ALL
    for bit in reversed(range(32)):  # The highest bit is the coefficient of 1.
        becomes[bit] = power
        power = power >> 1 ^ (POLYNOMIAL if power & 1 else 0)
    return becomes


def pages_of(sound: Measured) -> Pages:
    """Return the pages of a clip or of a silence."""
    if sound.pages is None:
        sound.pages = _cut(sound.packets)
    return sound.pages


def _cut(packets: Joined) -> Pages:
    pages, body = Pages(), memoryview(packets.body)
    frames, segments, start, end = 0, b"", 0, 0
    for count, size in zip(packets.counts, packets.sizes, strict=True):
        more = _segments(size)
        if frames + count > FULL or len(segments) + len(more) > MOST_SEGMENTS:
            pages.add(frames, segments, body[start:end])
            frames, segments, start = 0, b"", end
        frames += count
        segments += more
        end += size
    pages.add(frames, segments, body[start:end])
    return pages


@cache
def layout_alike(frames: Frames) -> tuple[int, int]:
    """Return the number of pages, and their bytes, of a stretch at a constant rate."""
    pages = _cut(blank(frames))
    return len(pages.frames), pages.size


def _segments(size: int) -> bytes:
    """Return how a packet's size is written: 255 as long as more follows."""
    return b"\xff" * (size // 255) + bytes((size % 255,))


def whole_page(flags: int, granule: int, serial: int, number: int, packet: bytes) -> bytes:
    """Return a page of one packet of less than 65 kB."""
    header = HEADER.pack(b"OggS", 0, flags, granule, serial, number)
    segments = _segments(len(packet))
    rest = bytes((len(segments),)) + segments + packet
    check = sum_of(header + bytes(4) + rest).to_bytes(4, "big").translate(MIRROR)
    return header + check + rest


def sum_of(stretch: bytes) -> int:
    """Return the mirrored checksum of some bytes of a page."""
    return zlib.crc32(stretch.translate(MIRROR), ALL) ^ ALL


def headers_of(pages: Sequence[Pages], serial: int, frame: int, number: int) -> list[bytes]:
    """Return the headers of consecutive pages.

    Args:
        pages: The pages, summed.
        serial: The stream's serial number.
        frame: Frames before the first of them.
        number: Number of the first of them.
    """
    import numpy as np

    frames, sums, carries = array("I"), array("I"), array("I")
    for some in pages:
        frames += some.frames
        sums += some.sums
        carries += some.carries
    count = len(frames)
    granules = (np.cumsum(frames, dtype="<u8") + np.uint64(frame)) * np.uint64(FRAME)
    numbers = np.arange(number, number + count, dtype="<u4")
    table = np.empty((count, HEADER_SIZE), np.uint8)
    table[:] = np.frombuffer(HEADER.pack(b"OggS", 0, 0, 0, serial, 0) + bytes(4), np.uint8)
    table[:, 6:14] = granules.view(np.uint8).reshape(count, 8)
    table[:, 18:22] = numbers.view(np.uint8).reshape(count, 4)
    bits = (_header_sums(table, serial)[:, None] >> np.arange(32, dtype=np.uint32)) & np.uint32(1)
    bits *= np.frombuffer(carries, np.uint32).reshape(count, 32)
    checks = np.bitwise_xor.reduce(bits, axis=1) ^ np.frombuffer(sums, np.uint32)
    mirrored = checks.astype(">u4").view(np.uint8).reshape(count, 4)
    table[:, 22:26] = np.frombuffer(MIRROR, np.uint8)[mirrored]
    headers: list[bytes] = table.view(f"V{HEADER_SIZE}").ravel().tolist()
    return headers


def _header_sums(table: "NDArray[np.uint8]", serial: int) -> "NDArray[np.uint32]":
    """Return the checksum of each header's first 22 bytes."""
    import numpy as np

    blank = sum_of(HEADER.pack(b"OggS", 0, 0, 0, serial, 0))
    sums = np.full(len(table), blank, np.uint32)
    for place, sums_of_byte in zip(VARYING, _byte_sums(), strict=True):
        sums ^= sums_of_byte[table[:, place]]
    return sums


@cache
def _byte_sums() -> "NDArray[np.uint32]":
    """Return, for each byte that varies, what each of its values adds to the checksum."""
    import numpy as np

    sums = np.zeros((len(VARYING), 256), np.uint32)
    values = np.arange(256)
    for row, place in enumerate(VARYING):
        for bit in range(8):
            stretch = bytes(place) + bytes((1 << bit,)) + bytes(HEADER.size - 1 - place)
            sums[row, (values >> bit) & 1 == 1] ^= np.uint32(sum_of(stretch))
    return sums
