"""Putting a backup back: all of it or nothing, and what was there before is kept aside.

On a folder that nobody has open, a new database is made beside the old one and takes its place
(``restore``). In a Thaw that runs, its database stays and one transaction changes what is in it
(``restore_here``). Either way the backup was gone through to its end before.
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, connection, transaction
from sqlcipher3 import dbapi2

from thaw.exchange.bundle import Counts, Head
from thaw.exchange.opening import Bundle, damaged, newer, read_head
from thaw.units import InputError, OutsideError, ThawError
from thaw.vault.beside import lay_open
from thaw.vault.keys import DataKey
from thaw.web.database import files, sentinel
from thaw.web.database.connecting import FILE
from thaw.web.database.keeping import in_sentences, keep
from thaw.web.database.models import Instance
from thaw.web.folder import TEMP, open_folder
from thaw.web.people.keyring import KEY
from thaw.web.people.models import KeySlot, Person
from thaw.web.sealed import sealed_models
from thaw.web.take.settling import follow, new_aside, note_restored, settle_restored
from thaw.web.take.tables import instance_of, tables_of_a_person

Open = Callable[[Head], DataKey]
"""Asks for what opens a backup, and returns its key."""

_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back.

    Attributes:
        aside: Where what was there before lies; None where there was nothing.
    """

    person_id: UUID
    entries: int
    aside: Path | None


def restore(data: Path, source: BinaryIO, open_: Open, *, replace: bool) -> Restored:
    """Put a backup back into a folder that the caller has alone (``folder.alone_in``).

    Args:
        data: The data folder; nothing in it is open.
        source: The backup.
        open_: Returns its key.
        replace: Whether what is there may be put aside.

    Raises:
        InputError: ``restore.not_empty``, or the backup is not whole, or not opened.
        OutsideError: The disk does not take it; what was there is there still.
    """
    head = read_head(source)
    epoch, has_rows = _looked_at(data / FILE)
    if has_rows and not replace:
        raise not_empty("Use --replace if that is meant.")
    key = open_(head)
    bundle = Bundle(source, key)
    counts = bundle.check()
    try:
        new, instance = _built(data, bundle, epoch)
        aside = _put_aside(data) if has_rows else None
        _swap(data, new, instance, _beside(bundle, counts))
    except OSError as error:
        raise _not_written() from error
    return Restored(UUID(bundle.head.person), _entries(counts), aside)


def restore_here(data: Path, person_id: UUID, bundle: Bundle) -> Restored:
    """Put a backup in the place of a person, in the store that is open.

    What was there is copied aside first. Every session of the person ends.

    Raises:
        InputError: ``backup.damaged``, or ``restore.other_person``.
        FullError: The disk does not take it; what was there is there still.
    """
    counts = bundle.check()
    _check_free_for(person_id, UUID(bundle.head.person))
    instance = uuid4()
    try:
        aside = _copied_aside(data) if has_entries(person_id) else None
        note_restored(data, instance, _beside(bundle, counts))
        (data / sentinel.INSTANCE).unlink(missing_ok=True)
        keep(lambda: _replace(person_id, bundle, instance), grows=True)
    except (OSError, DatabaseError, ThawError) as error:
        _settle_here(data)
        raise _not_written() if isinstance(error, OSError) else error from None
    _settle_here(data)
    return Restored(UUID(bundle.head.person), _entries(counts), aside)


def has_entries(person_id: UUID) -> bool:
    """Return whether a person has written anything that is still here."""
    with in_sentences():
        return any(
            model._default_manager.filter(person_id=person_id).exists() for model in sealed_models()
        )


def not_empty(advice: str) -> InputError:
    """Return the error of a folder that has something in it, while nobody said to replace it."""
    return InputError(
        "restore.not_empty",
        "Something is kept here already, so nothing was put in its place. It would be kept aside. "
        f"{advice}",
    )


def _looked_at(file: Path) -> tuple[int, bool]:
    """Return the epoch of a database that nobody has open, and whether anything is in it.

    One that cannot be read may hold anything.
    """
    if not file.exists():
        return 0, False
    try:
        with closing(dbapi2.connect(str(file), isolation_level=None)) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            tables = {row[0] for row in store.execute("SELECT name FROM sqlite_master")}
            if "database_instance" not in tables:
                return 0, bool(tables)
            row = store.execute("SELECT epoch FROM database_instance").fetchone()
            names = {model._meta.db_table for model in sealed_models()} & tables
            has_rows = any(
                store.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - ours.
                for name in names
            )
            return int(row[0]) if row else 0, has_rows
    except (dbapi2.Error, TypeError, ValueError, UnicodeDecodeError):
        return 0, True


def _built(data: Path, bundle: Bundle, epoch: int) -> tuple[Path, UUID]:
    """Make a database of the backup in a folder of its own, whole on the disk."""
    folder = data / TEMP / "restored"
    shutil.rmtree(folder, ignore_errors=True)
    with closing(open_folder(folder)):
        instance = uuid4()
        keep(lambda: _fill(bundle, instance, epoch), grows=True)
    file = folder / FILE
    if any(file.with_name(file.name + ending).exists() for ending in _LOGS):
        raise OSError("the log could not be written back")
    files.flush_file(file)
    return file, instance


def _fill(bundle: Bundle, instance: UUID, epoch: int) -> None:
    with transaction.atomic():
        _put_rows(bundle)
        _put_instance(bundle, instance, epoch, starts=0)


def _replace(person_id: UUID, bundle: Bundle, instance: UUID) -> None:
    with transaction.atomic():
        before = Instance.objects.first() or Instance()
        Person.objects.filter(id__in=(person_id, UUID(bundle.head.person))).delete()
        _put_rows(bundle)
        _put_instance(bundle, instance, before.epoch, starts=before.starts)


def _put_instance(bundle: Bundle, instance: UUID, epoch: int, *, starts: int) -> None:
    told = bundle.about.get("epoch")
    epoch = max(epoch, told if isinstance(told, int) else 0) + 1
    Instance.objects.all().delete()
    Instance.objects.create(id=instance, epoch=epoch, starts=starts)


def _put_rows(bundle: Bundle) -> None:
    """Put every row of a backup into its table, as it was."""
    models = {model._meta.db_table: model for model in tables_of_a_person()}
    try:
        for table, record in bundle.rows():
            if table not in models:
                raise newer()
            name = "id" if models[table] is Person else "person_id"
            if record.get(name) != bundle.head.person:
                raise damaged()
            instance_of(models[table], record).save_base(raw=True, force_insert=True)
    except (ValueError, IntegrityError):
        raise damaged() from None
    if not Person.objects.filter(id=bundle.head.person).exists():
        raise damaged()


def _beside(bundle: Bundle, counts: Counts) -> bytes:
    """Return what is to lie beside a restored store: its key, where no passphrase opens it."""
    has_slots = KeySlot._meta.db_table in counts.rows
    return b"" if has_slots else lay_open(bundle.key, person=bundle.head.person)


def _entries(counts: Counts) -> int:
    tables = {model._meta.db_table for model in sealed_models()}
    return sum(count for table, count in counts.rows.items() if table in tables)


def _put_aside(data: Path) -> Path:
    """Let what is there lie in a folder of its own too; it stays until it is replaced."""
    aside = new_aside(data)
    for name in (FILE, *(FILE + ending for ending in _LOGS), KEY):
        if (data / name).exists():
            shutil.copy2(data / name, aside / name)
            files.flush_file(aside / name)
    files.flush_folder(aside)
    return aside


def _copied_aside(data: Path) -> Path:
    """Copy the store that is open, as it is now, into a folder of its own."""
    aside = new_aside(data)
    files.make_private_file(aside / FILE)
    with in_sentences(writing=True), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(aside / FILE)])
    files.flush_file(aside / FILE)
    if (data / KEY).exists():
        files.write_whole(aside / KEY, (data / KEY).read_bytes())
    files.flush_folder(aside)
    return aside


def _swap(data: Path, new: Path, instance: UUID, key: bytes) -> None:
    """Let the new database take the place of the old one; ended anywhere, it is either of them."""
    note_restored(data, instance, key)
    (data / sentinel.INSTANCE).unlink(missing_ok=True)
    for ending in _LOGS:  # Of a database that cannot be read; else they were written back.
        (data / (FILE + ending)).unlink(missing_ok=True)
    files.put_in_place(new, data / FILE)
    follow(data)
    shutil.rmtree(new.parent, ignore_errors=True)


def _settle_here(data: Path) -> None:
    try:
        settle_restored(data)
        if row := Instance.objects.first():
            sentinel.tell(data, sentinel.Mark(row.id, row.starts))
    except OSError as error:
        raise OutsideError(
            "restore.unfinished",
            "The backup is back, but the disk did not take its key yet. Make some room on the "
            "disk, then end Thaw and start it again.",
        ) from error


def _check_free_for(person_id: UUID, other: UUID) -> None:
    """Let nobody take the place of someone else."""
    if other != person_id and Person.objects.filter(id=other).exists():
        raise InputError(
            "restore.other_person", "This backup belongs to someone else here, so it was not used."
        )


def _not_written() -> OutsideError:
    return OutsideError(
        "restore.not_written",
        "The disk did not take the backup, so nothing was changed. Make some room on the disk, "
        "then try again.",
    )
