"""A person's rows as a copy that anyone can read, of one moment."""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from thaw import __version__
from thaw.exchange.export import Entry, Export, Lost, Rows
from thaw.exchange.places import put_files, zip_of
from thaw.exchange.plain import Record
from thaw.exchange.sources import MOST_ENTRIES
from thaw.units import InputError, OutsideError
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.course.models import Done
from thaw.web.database import files
from thaw.web.database.keeping import in_sentences
from thaw.web.database.rows import SealedRow
from thaw.web.days.models import Plan
from thaw.web.help.models import OwnHelp
from thaw.web.people.models import Person, Setting
from thaw.web.preferences.models import Preferences
from thaw.web.sealed import DamagedRow, Row, Seat, key_of, rows_of
from thaw.web.sit.models import Sat
from thaw.web.take.snapshot import one_moment
from thaw.web.take.tables import AnyField, plain_of
from thaw.web.today.models import Decision, Unwelcome
from thaw.web.write.models import Note

EXPORTED: Mapping[str, type[SealedRow]] = {
    "notes": Note,
    "check-ins": CheckIn,
    "check-in-ways": Way,
    "sittings": Sat,
    "preferences": Preferences,
    "decisions": Decision,
    "unwelcome": Unwelcome,
    "days": Plan,
    "help": OwnHelp,
    "course-days": Done,
}
"""The tables of a copy, by the names of their files."""

SETTINGS: Mapping[str, AnyField] = {
    field.attname: field
    for field in Setting._meta.concrete_fields
    if field.attname in ("idle_minutes", "country", "language", "look")
}
"""What a person set, by column."""

_ORDER = ("created_at", "id")
_OTHER_FILES = 2 + len(EXPORTED)


def export_to(folder: Path, seat: Seat, now: datetime) -> Export:
    """Write a copy into a folder that is not there yet, or empty; whole, or not at all.

    Raises:
        InputError: ``export.not_empty``, ``file.no_folder`` or ``file.not_allowed``.
        OutsideError: ``export.not_written``: the disk does not take it.
        LockedError: The key is not at hand.
    """
    key_of(seat)
    _check_target(folder)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=files.PRIVATE_FOLDER)
        with one_moment():
            made = _export_of(seat, now)
            put_files(part, made.files())
        _flush(part)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        files.flush_folder(folder.parent)
    except OSError as error:
        raise OutsideError(
            "export.not_written",
            f"{folder} could not be written ({error.strerror}). Make room or name another place; "
            "nothing was left there.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made


def export_zip(seat: Seat, now: datetime) -> Iterator[bytes]:
    """Return the pieces of a zip, made as they are asked for; nothing of it lies on the disk.

    Raises:
        LockedError: The key is not at hand.
        InputError: ``export.too_many``: more than a zip holds.
    """
    key_of(seat)
    with in_sentences():
        count = sum(
            model._default_manager.filter(person_id=seat.person_id).count()
            for model in EXPORTED.values()
        )
    if count > MOST_ENTRIES - _OTHER_FILES:
        raise InputError(
            "export.too_many",
            "This is more than fits in one file of this kind. Use the command thaw export, which "
            "writes a folder.",
        )
    return _pieces(seat, now)


def person_of(seat: Seat) -> Record:
    """Return since when a person is here, and what they set."""
    person = Person.objects.get(id=seat.person_id)
    setting = Setting.objects.filter(person_id=seat.person_id).values(*SETTINGS).first()
    return {"created_at": plain_of(person.created_at), "settings": setting or {}}


def _pieces(seat: Seat, now: datetime) -> Iterator[bytes]:
    with one_moment():
        yield from zip_of(_export_of(seat, now).files(), now)


def _export_of(seat: Seat, now: datetime) -> Export:
    return Export(
        {name: _rows(name, model, seat) for name, model in EXPORTED.items()},
        person=person_of(seat),
        made_at=plain_of(now),
        program=f"Thaw {__version__}",
    )


def _rows(name: str, model: type[SealedRow], seat: Seat) -> Rows:
    def rows() -> Iterator[Entry | Lost]:
        for row in rows_of(model, seat, trashed=None, order=_ORDER):
            yield _entry(name, row)

    return rows


def _entry(name: str, row: Row | DamagedRow) -> Entry | Lost:
    if isinstance(row, DamagedRow):
        since = plain_of(row.created_at) if row.created_at else None
        return Lost(name, str(row.id) if row.id else None, since)
    told = {
        "id": row.id,
        "version": row.version,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
        "trashed_at": row.trashed_at,
        **row.clear,
    }
    return Entry(name, {column: plain_of(value) for column, value in told.items()}, row.fields)


def _check_target(folder: Path) -> None:
    parent = folder.parent
    if not parent.is_dir():
        raise InputError(
            "file.no_folder", f"There is no folder {parent}. Make it first, or name another place."
        )
    if not os.access(parent, os.W_OK | os.X_OK):
        raise InputError(
            "file.not_allowed", f"Nothing may be written into {parent}. Name another place."
        )
    if folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        raise InputError(
            "export.not_empty",
            f"{folder} is there already. Name a folder that is not there yet, or an empty one.",
        )


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _flush(folder: Path) -> None:
    """Wait until a copy is on the disk; texts for people can be made again of what is."""
    for path in folder.glob("*.*"):
        files.flush_file(path)
    files.flush_folder(folder)
