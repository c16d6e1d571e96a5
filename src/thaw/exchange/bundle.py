"""A backup's file: rows in sealed parts, behind a head that says what opens them.

The head carries the data key, wrapped by what its person knows. Each part is sealed for its
number, its kind and this very head, and the last one counts them all: a part that was left out,
changed places or came from another backup does not open, and one that was cut off is missed.
"""

import base64
import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import BinaryIO

from thaw.exchange.plain import Record, written
from thaw.vault.keys import DataKey, derive
from thaw.vault.seal import Where, seal

MAGIC = b"thaw backup\n"
VERSION = 1

PREFIX = struct.Struct(">HI")
"""Behind the magic: the form's version, and the length of the head."""

FRAME = struct.Struct(">BI")
"""Before each part: its kind, and the length of what is sealed."""

MOST_HEAD = 64 * 1024
MOST_PART = 64 * 2**20
MOST_PLAIN = MOST_PART - 1024
_FULL_PART = 256 * 1024  # A part is closed once it has this many bytes.
_PLACE = "exchange: backup"  # A colon, as no table has one.


class Kind(IntEnum):
    """What a part holds."""

    ABOUT = 1
    ROWS = 2
    END = 3


class LockKind(StrEnum):
    """What opens a lock."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not one of them.
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Lock:
    """The data key, wrapped (``thaw.vault.wraps``), and since when it is so."""

    kind: LockKind
    wrap: bytes = field(repr=False)
    since: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands clear at the beginning of a backup.

    Attributes:
        id: 32 hexadecimal characters, of this backup alone.
        person: Whose it is, as the wraps are bound to it.
        made_at: When, as ISO 8601.
        locks: What opens it; at least one.
    """

    id: str
    person: str
    made_at: str
    locks: tuple[Lock, ...]

    def in_bytes(self) -> bytes:
        """Return magic, prefix and head as they stand in the file."""
        locks = [
            {"kind": lock.kind.value, "since": lock.since, "wrap": in_text(lock.wrap)}
            for lock in self.locks
        ]
        about = {"id": self.id, "person": self.person, "made_at": self.made_at, "locks": locks}
        raw = written(about)
        return MAGIC + PREFIX.pack(VERSION, len(raw)) + raw


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each table, and in how many parts."""

    rows: dict[str, int]
    parts: int


@dataclass(frozen=True, slots=True)
class Seal:
    """What the parts of one backup are sealed with, and to what they are bound."""

    key: DataKey
    person: str
    head: str

    @classmethod
    def of(cls, key: DataKey, person: str, head: bytes) -> "Seal":
        """Return the seal of a backup that begins with these bytes."""
        part_key = DataKey(key.version, derive(key, "backup"))
        return cls(part_key, person, hashlib.sha256(head).hexdigest())

    def where(self, kind: Kind, number: int) -> Where:
        """Return the one place of a part; ``number`` counts from 0."""
        return Where(_PLACE, kind.name.lower(), f"{self.head} {number}", self.person)


def write_bundle(
    out: BinaryIO, head: Head, key: DataKey, about: Record, rows: Iterable[tuple[str, Record]]
) -> Counts:
    """Write a backup and return what is in it.

    Args:
        out: Where to; it is not closed.
        head: What stands clear.
        key: The data key that the locks of ``head`` open.
        about: What the restorer should know first, sealed.
        rows: Each with its table's name, and its values as JSON has them.
    """
    raw = head.in_bytes()
    if len(raw) > MOST_HEAD or not head.locks:
        raise ValueError("A backup has locks, and not too many.")
    out.write(raw)
    seal_ = Seal.of(key, head.person, raw)
    counts: dict[str, int] = {}
    number = _put(out, seal_, Kind.ABOUT, 0, written(about))
    for part in _in_parts(rows, counts):
        number = _put(out, seal_, Kind.ROWS, number, part)
    closing = Counts(counts, number + 1)
    _put(out, seal_, Kind.END, number, written({"rows": closing.rows, "parts": closing.parts}))
    return closing


def in_text(raw: bytes | memoryview) -> str:
    """Return bytes as they stand in JSON."""
    return base64.b64encode(raw).decode("ascii")


def in_raw(text: str) -> bytes:
    """Return the bytes that ``in_text`` wrote.

    Raises:
        ValueError: It is something else.
    """
    return base64.b64decode(text, validate=True)


def _put(out: BinaryIO, by: Seal, kind: Kind, number: int, plain: bytes) -> int:
    """Write one part and return the number of the next."""
    if len(plain) > MOST_PLAIN:
        raise ValueError("A row is larger than a part may be.")
    sealed = seal(by.key, plain, by.where(kind, number))
    out.write(FRAME.pack(kind, len(sealed)) + sealed)
    return number + 1


def _in_parts(rows: Iterable[tuple[str, Record]], counts: dict[str, int]) -> Iterator[bytes]:
    """Yield rows as lines, many to a part: ``[table, {column: value}]``; count them on the way."""
    part = bytearray()
    for table, row in rows:
        counts[table] = counts.get(table, 0) + 1
        part += written([table, row]) + b"\n"
        if len(part) >= _FULL_PART:
            yield bytes(part)
            part.clear()
    if part:
        yield bytes(part)
