"""The tag an MP3 file starts with: ID3v2.4, chapters after the ID3v2 Chapter Frame Addendum."""

import struct

from thaw.sound.tags import Chapter, Tags
from thaw.units import SAMPLE_RATE

UTF_8 = b"\x03"
NOWHERE = 0xFFFFFFFF
"""A place in bytes that is not given: the time counts."""

TOP_AND_ORDERED = 0b11


def id3(tags: Tags) -> bytes:
    """Return the tag of a file."""
    frames = [_title(tags.title)]
    if tags.chapters:
        frames.append(_contents(len(tags.chapters)))
        frames += [_chapter(number, chapter) for number, chapter in enumerate(tags.chapters)]
    body = b"".join(frames)
    return struct.pack(">3sBBB4s", b"ID3", 4, 0, 0, _syncsafe(len(body))) + body


def _frame(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">4s4sH", kind, _syncsafe(len(body)), 0) + body


def _syncsafe(number: int) -> bytes:
    """Return a number in four bytes of seven bits, none of which looks like a frame's start."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _title(title: str) -> bytes:
    return _frame(b"TIT2", UTF_8 + title.encode())


def _name(number: int) -> bytes:
    return f"c{number}".encode() + b"\0"


def _contents(count: int) -> bytes:
    names = b"".join(map(_name, range(count)))
    return _frame(b"CTOC", b"toc\0" + struct.pack(">BB", TOP_AND_ORDERED, count) + names)


def _chapter(number: int, chapter: Chapter) -> bytes:
    start, end = (samples * 1000 // SAMPLE_RATE for samples in (chapter.start, chapter.end))
    place = struct.pack(">4I", start, end, NOWHERE, NOWHERE)
    return _frame(b"CHAP", _name(number) + place + _title(chapter.title))
