"""Boxes of the ISO base media file format (ISO/IEC 14496-12) for a file of one track."""

import struct
import sys
from array import array
from typing import Final

from thaw.sound.tags import Tags
from thaw.units import SAMPLE_RATE, Samples

TRACK: Final = 1
UNITY: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
UNDETERMINED: Final = 0x55C4
"""The language "und", five bits a letter."""

CHAPTER_UNITS: Final = 10_000_000
"""Units in a second of a chapter's start."""


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box."""
    size = 8 + sum(map(len, parts))
    return b"".join((struct.pack(">I4s", size, kind), *parts))


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def table_box(kind: bytes, numbers: "array[int]", columns: int) -> bytes:
    """Return a box that holds a counted table, given row after row."""
    return full_box(kind, counted(numbers, columns))


def counted(numbers: "array[int]", columns: int) -> bytes:
    """Return a table of 32-bit numbers behind the number of its rows, big endian."""
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return struct.pack(">I", len(numbers) // columns) + numbers.tobytes()


def file_type() -> bytes:
    """Return the box a file starts with."""
    return box(b"ftyp", b"isom", struct.pack(">I", 512), b"isom", b"iso2", b"mp41")


def movie(total: Samples, skipped: Samples, table: bytes, tags: Tags) -> bytes:
    """Return the index of a file with one sound track.

    Args:
        total: Samples that are played.
        skipped: Samples before them that are decoded and not played.
        table: The boxes that tell where each packet lies.
        tags: Title and chapters.
    """
    header = full_box(
        b"mvhd",
        struct.pack(">4I", 0, 0, SAMPLE_RATE, total),
        struct.pack(">IH10x", 0x10000, 0x100),
        UNITY,
        struct.pack(">24xI", TRACK + 1),
    )
    return box(b"moov", header, _track(total, skipped, table), _about(tags))


def _track(total: Samples, skipped: Samples, table: bytes) -> bytes:
    header = full_box(
        b"tkhd",
        struct.pack(">5I8x4H", 0, 0, TRACK, 0, total, 0, 0, 0x100, 0),
        UNITY,
        bytes(8),
        flags=3,
    )
    edit = table_box(b"elst", array("I", (total, skipped, 0x10000)), 3)
    media = box(
        b"mdia",
        full_box(
            b"mdhd", struct.pack(">4I2H", 0, 0, SAMPLE_RATE, total + skipped, UNDETERMINED, 0)
        ),
        full_box(b"hdlr", struct.pack(">I4s13x", 0, b"soun")),
        box(
            b"minf",
            full_box(b"smhd", bytes(4)),
            box(b"dinf", full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1))),
            box(b"stbl", table),
        ),
    )
    return box(b"trak", header, box(b"edts", edit), media)


def opus_entry(pre_skip: Samples) -> bytes:
    """Return what describes a mono Opus track (Opus in ISOBMFF, 4.3)."""
    config = box(b"dOps", struct.pack(">BBHIhB", 0, 1, pre_skip, SAMPLE_RATE, 0, 0))
    sound = struct.pack(">6xH8xHHHHI", 1, 1, 16, 0, 0, SAMPLE_RATE << 16)
    return full_box(b"stsd", struct.pack(">I", 1), box(b"Opus", sound, config))


def pre_roll(packets: int, needed: int) -> bytes:
    """Return what tells that a decoder needs some packets before the one it jumps to.

    Args:
        packets: Packets in the track; it holds for all.
        needed: Packets to decode first.
    """
    group = struct.pack(">4sIIh", b"roll", 2, 1, -needed)
    members = struct.pack(">4sIII", b"roll", 1, packets, 1)
    return full_box(b"sgpd", group, version=1) + full_box(b"sbgp", members)


def _about(tags: Tags) -> bytes:
    """Return title and chapters, where players look for them."""
    name = box(b"\xa9nam", box(b"data", struct.pack(">II", 1, 0), tags.title.encode()))
    kind = full_box(b"hdlr", struct.pack(">I4s4s9x", 0, b"mdir", b"appl"))
    about = [full_box(b"meta", kind, box(b"ilst", name))]
    if tags.chapters:
        about.append(_chapters(tags))
    return box(b"udta", *about)


def _chapters(tags: Tags) -> bytes:
    rows = [struct.pack(">IB", 0, len(tags.chapters))]
    for chapter in tags.chapters:
        title = chapter.title.encode()
        start = chapter.start * CHAPTER_UNITS // SAMPLE_RATE
        rows.append(struct.pack(">QB", start, len(title)) + title)
    return full_box(b"chpl", *rows, version=1)
