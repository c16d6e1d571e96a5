"""Opening a backup: by passphrase or by code, part by part, and not one row of a damaged one."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from thaw.exchange.bundle import (
    FRAME,
    MAGIC,
    MOST_HEAD,
    MOST_PART,
    PREFIX,
    VERSION,
    Counts,
    Head,
    Kind,
    Lock,
    LockKind,
    Seal,
    in_raw,
)
from thaw.exchange.plain import Plain, Record, read
from thaw.units import DamageError, InputError
from thaw.vault.keys import DataKey
from thaw.vault.recovery import RecoveryCode
from thaw.vault.seal import open_sealed
from thaw.vault.stretch import Cost
from thaw.vault.wraps import unwrap_with_code, unwrap_with_passphrase


def read_head(source: BinaryIO) -> Head:
    """Return what stands clear at the beginning of a backup.

    Raises:
        InputError: ``backup.foreign``, ``backup.newer``, ``backup.cut_off`` or
            ``backup.damaged``.
    """
    return _head(source)[0]


def open_with_passphrase(head: Head, passphrase: str, *, least: Cost) -> DataKey:
    """Return the data key of a backup.

    Raises:
        InputError: The passphrase is wrong, or the backup knows none
            (``backup.no_passphrase``), or it is damaged.
        LimitError: Too many are unlocking.
        OutsideError: There is not enough free memory.
    """
    for lock in _locks(head, LockKind.PASSPHRASE):
        try:
            return unwrap_with_passphrase(lock.wrap, passphrase, person=head.person, least=least)
        except DamageError:
            raise damaged() from None
    raise InputError(
        "backup.no_passphrase",
        "This backup was made without a passphrase. It opens with its recovery code.",
    )


def open_with_code(head: Head, code: RecoveryCode) -> DataKey:
    """Return the data key of a backup.

    Raises:
        InputError: It is another code, the backup knows none (``backup.no_code``), or it is
            damaged.
    """
    for lock in _locks(head, LockKind.RECOVERY):
        try:
            return unwrap_with_code(lock.wrap, code, person=head.person)
        except DamageError:
            raise damaged() from None
    raise InputError(
        "backup.no_code", "This backup has no recovery code. It opens with its passphrase."
    )


class Bundle:
    """A backup with its key; its rows can be gone through as often as wanted.

    Nothing of it is to be used before ``check`` has returned: only then is it known to be whole.

    Attributes:
        head: What stands clear.
        key: The data key.
        about: What the restorer should know first.

    Raises:
        InputError: ``backup.damaged``, or as ``read_head``.
    """

    def __init__(self, source: BinaryIO, key: DataKey) -> None:
        self._source, self.key = source, key
        self._told = Counts({}, 0)
        self.head = _head(source)[0]
        _, raw = next(self._parts())  # The first is about all others, or there is none.
        self.about = _mapping(raw)

    def check(self) -> Counts:
        """Open every part, compare the counts, and return them.

        Raises:
            InputError: ``backup.damaged`` or ``backup.cut_off``.
        """
        counts: dict[str, int] = {}
        for table, _ in self.rows():
            counts[table] = counts.get(table, 0) + 1
        return Counts(counts, self._told.parts)

    def rows(self) -> Iterator[tuple[str, Record]]:
        """Yield each row with its table's name, in the order in which they were written.

        Raises:
            InputError: As ``check``; what was yielded before is then not to be used either.
        """
        counts: dict[str, int] = {}
        for number, (kind, raw) in enumerate(self._parts(), 1):
            if kind == Kind.ROWS:
                for table, row in _lines(raw):
                    counts[table] = counts.get(table, 0) + 1
                    yield table, row
            if kind == Kind.END:
                self._told = _counts(raw)
                if self._told != Counts(counts, number):
                    raise damaged()

    def _parts(self) -> Iterator[tuple[Kind, bytes]]:
        """Yield each part, opened; the last is the end, and nothing stands behind it."""
        head, begins = _head(self._source)
        by = Seal.of(self.key, head.person, begins)
        place, number = self._source.tell(), 0
        while True:
            self._source.seek(place)
            kind, sealed = _frame(self._source)
            place = self._source.tell()
            if (number == 0) != (kind == Kind.ABOUT):
                raise damaged()
            yield kind, _opened(by, kind, number, sealed)
            number += 1
            if kind == Kind.END:
                break
        self._source.seek(place)
        if self._source.read(1):
            raise damaged()


def damaged() -> InputError:
    """Return the error of a backup that does not hold together."""
    return InputError(
        "backup.damaged",
        "This backup is damaged, so nothing of it was used. Try another copy of it, or an older "
        "backup.",
    )


def newer() -> InputError:
    """Return the error of a backup that holds what this Thaw does not know."""
    return InputError(
        "backup.newer",
        "This backup was made by a newer Thaw, and this one cannot read it. Install a newer Thaw.",
    )


def _cut_off() -> InputError:
    return InputError(
        "backup.cut_off",
        "This backup ends too early, so nothing of it was used. Copy the whole file again, or "
        "take an older backup.",
    )


def _head(source: BinaryIO) -> tuple[Head, bytes]:
    """Return the head, and all bytes up to its end; the source then stands behind it."""
    source.seek(0)
    magic = source.read(len(MAGIC))
    if magic != MAGIC:
        raise _cut_off() if magic and MAGIC.startswith(magic) else _foreign()
    prefix = source.read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        raise _cut_off()
    version, length = PREFIX.unpack(prefix)
    if version > VERSION:
        raise newer()
    if length > MOST_HEAD:
        raise damaged()
    raw = source.read(length)
    if len(raw) < length:
        raise _cut_off()
    return _head_of(_mapping(raw)), magic + prefix + raw


def _foreign() -> InputError:
    return InputError("backup.foreign", "This file is not a backup of Thaw. Choose another one.")


def _head_of(told: Record) -> Head:
    try:
        locks = tuple(
            Lock(LockKind(lock["kind"]), in_raw(lock["wrap"]), str(lock["since"]))
            for lock in told["locks"]
        )
        texts = (told["id"], told["person"], told["made_at"])
    except (KeyError, TypeError, ValueError):
        raise damaged() from None
    if not all(isinstance(text, str) for text in texts):
        raise damaged()
    return Head(*texts, locks)


def _locks(head: Head, kind: LockKind) -> Iterator[Lock]:
    return (lock for lock in head.locks if lock.kind == kind)


def _frame(source: BinaryIO) -> tuple[Kind, bytes]:
    raw = source.read(FRAME.size)
    if len(raw) < FRAME.size:
        raise _cut_off()
    kind, length = FRAME.unpack(raw)
    if kind not in tuple(Kind) or length > MOST_PART:
        raise damaged()
    sealed = source.read(length)
    if len(sealed) < length:
        raise _cut_off()
    return Kind(kind), sealed


def _opened(by: Seal, kind: Kind, number: int, sealed: bytes) -> bytes:
    try:
        return open_sealed(by.key, sealed, by.where(kind, number))
    except (DamageError, struct.error):
        raise damaged() from None


def _lines(raw: bytes) -> Iterator[tuple[str, Record]]:
    for line in raw.splitlines():
        match _value(line):
            case [str() as table, dict() as row]:
                yield table, row
            case _:
                raise damaged()


def _counts(raw: bytes) -> Counts:
    told = _mapping(raw)
    rows, parts = told.get("rows"), told.get("parts")
    if not isinstance(rows, dict) or not isinstance(parts, int):
        raise damaged()
    return Counts(rows, parts)


def _mapping(raw: bytes) -> Record:
    value = _value(raw)
    if not isinstance(value, dict):
        raise damaged()
    return value


def _value(raw: bytes) -> Plain:
    try:
        return read(raw)
    except ValueError:
        raise damaged() from None
