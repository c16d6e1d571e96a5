"""Making a backup: of one moment, opened again and counted before it is called made."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from thaw import __version__
from thaw.exchange.bundle import Counts, Head, Lock, LockKind, write_bundle
from thaw.exchange.opening import Bundle, damaged
from thaw.exchange.plain import Record
from thaw.units import DamageError, InputError, LockedError, OutsideError
from thaw.vault.keys import DataKey
from thaw.web.database import files
from thaw.web.database.models import Instance
from thaw.web.database.rows import SealedRow
from thaw.web.people.keyring import is_unfinished
from thaw.web.people.models import Person
from thaw.web.sealed import fields_opened
from thaw.web.take.codes import locks_of
from thaw.web.take.snapshot import one_moment
from thaw.web.take.tables import plain_of, record_of, tables_of_a_person, values_in


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        entries: How many rows of what a person wrote.
        damaged: How many of them do not open; they are in it as they are.
        unreadable: How many rows could not even be read, and are not in it.
        locks: What opens it.
    """

    counts: Counts
    entries: int
    damaged: int
    unreadable: int
    locks: tuple[LockKind, ...]


def make(
    out: BinaryIO, person_id: UUID, key: DataKey, now: datetime, extra: Lock | None = None
) -> Made:
    """Write a backup of everything a person has; ``extra`` is a lock that is kept nowhere else.

    Raises:
        InputError: ``backup.no_lock``: nothing would open it elsewhere; a code must be made first.
        LockedError: The key is no longer the person's.
        OutsideError, DamageError: The store cannot be read.
    """
    with one_moment():
        _check_newest(person_id, key)
        locks = locks_of(person_id, key, extra)
        if not locks:
            raise _no_lock()
        head = Head(uuid4().hex, str(person_id), plain_of(now), locks)
        reading = _Reading(person_id, key)
        counts = write_bundle(out, head, key, _about(), reading.rows())
    out.flush()
    kinds = tuple(lock.kind for lock in locks)
    return Made(counts, reading.entries, reading.damaged, reading.unreadable, kinds)


def check(source: BinaryIO, key: DataKey, made: Made) -> None:
    """Open a backup again, all of it, and compare it with what was put into it.

    Raises:
        InputError: ``backup.damaged``: it is not what was written.
    """
    if Bundle(source, key).check() != made.counts:
        raise damaged()


class _Reading:
    """Goes through a person's rows once, and counts what it meets."""

    def __init__(self, person_id: UUID, key: DataKey) -> None:
        self._person_id, self._key = person_id, key
        self._awaits_key = is_unfinished(person_id)
        self.entries = self.damaged = self.unreadable = 0

    def rows(self) -> Iterator[tuple[str, Record]]:
        for model in tables_of_a_person():
            for values in values_in(model, self._person_id):
                if values is None:
                    self.unreadable += 1
                    continue
                if issubclass(model, SealedRow):
                    self.entries += 1
                    self.damaged += self._is_damaged(model, values)
                yield model._meta.db_table, record_of(values)

    def _is_damaged(self, model: type[SealedRow], values: Record) -> bool:
        if values["key_version"] != self._key.version:
            return not self._awaits_key  # Else it is still to be sealed anew, wherever it is then.
        try:
            fields_opened(model, self._key, values)
        except DamageError:
            return True
        return False


def _about() -> Record:
    epoch = Instance.objects.values_list("epoch", flat=True).first()
    return {"made_by": f"Thaw {__version__}", "epoch": epoch or 1}


def _check_newest(person_id: UUID, key: DataKey) -> None:
    if not Person.objects.filter(id=person_id, key_version=key.version).exists():
        raise LockedError.usual()


def _no_lock() -> InputError:
    return InputError(
        "backup.no_lock",
        "Nothing would open this backup elsewhere yet. Make a recovery code for it first.",
    )


def make_file(
    path: Path,
    person_id: UUID,
    key: DataKey,
    now: datetime,
    extra: Lock | None = None,
    *,
    overwrite: bool = False,
) -> Made:
    """Write a backup to a file of that name: first beside it, checked, then in its place.

    Raises:
        InputError: ``backup.exists``, or as ``make``.
        OutsideError: ``backup.not_written``: the disk does not take it.
    """
    if path.exists() and not overwrite:
        raise _exists(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            made = make(out, person_id, key, now, extra)
            os.fsync(out.fileno())
        with part.open("rb") as again:
            check(again, key, made)
        _put_in_place(part, path, overwrite=overwrite)
    except OSError as error:
        raise OutsideError(
            "backup.not_written",
            f"{path} could not be written ({error.strerror}). Make room or name another place; "
            "nothing was changed.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _put_in_place(part: Path, path: Path, *, overwrite: bool) -> None:
    """Give a backup its name; what came there meanwhile is not written over unasked."""
    if not overwrite:
        try:
            os.link(part, path)
        except FileExistsError:
            raise _exists(path) from None
        except OSError:  # Sticks are often of a kind that knows no second name for a file.
            if path.exists():
                raise _exists(path) from None
            part.replace(path)
    else:
        part.replace(path)
    files.flush_folder(path.parent)


def _exists(path: Path) -> InputError:
    return InputError(
        "backup.exists",
        f"{path} is there already, and was left as it is. Name another file, or use --overwrite.",
    )
