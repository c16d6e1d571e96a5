"""Erasing everything of a person, so that nothing of it is left in the data folder."""

import re
import shutil
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, transaction

from thaw.units import ThawError
from thaw.web.database import files, sentinel
from thaw.web.database.keeping import keep
from thaw.web.database.models import Instance
from thaw.web.database.room import the_room
from thaw.web.database.scrubbing import scrub
from thaw.web.folder import TEMP
from thaw.web.people.keyring import KEY
from thaw.web.people.models import Person
from thaw.web.take.settling import ERASING, note_erasing, take_away_copies
from thaw.web.take.tables import rows_of, tables_of_a_person

_NOTE = re.compile(rb"thaw ([0-9a-f-]{36})\n")
_CACHE = "cache"


def erase(data: Path, person_id: UUID) -> None:
    """Erase everything that a person kept, and everything made of it; ended midway, it goes on.

    Where they were alone in the folder, it is then as on its first day, but for voices that were
    added. Copies that lie elsewhere are not reached by this.

    Raises:
        FullError: ``store.read_only`` and the like: nothing was erased.
        OutsideError: The rows are gone; what may be left in gaps of the file goes at the next
            start.
        OSError: The disk refused; the rest goes at the next start.
    """
    the_room().check_there()
    note_erasing(data, person_id)
    try:
        _erase(data, person_id)
    except (DatabaseError, ThawError):
        if Person.objects.filter(id=person_id).exists():  # Nothing was: all or none of the rows.
            (data / ERASING).unlink()
            _tell_again(data)
        raise


def erase_what_is_noted(data: Path) -> None:
    """Carry on an erasing that was cut off, at a start."""
    found = _NOTE.fullmatch((data / ERASING).read_bytes())
    if found:
        _erase(data, UUID(found[1].decode()))
    else:
        (data / ERASING).unlink()


def _erase(data: Path, person_id: UUID) -> None:
    (data / sentinel.INSTANCE).unlink(missing_ok=True)  # It would miss the row that goes.
    keep(lambda: _delete(person_id), grows=False)
    if not Person.objects.exists():
        _clear_folder(data)
    else:
        _tell_again(data)
    scrub()
    (data / ERASING).unlink()
    files.flush_folder(data)


def _delete(person_id: UUID) -> None:
    with transaction.atomic():
        for model in reversed(tables_of_a_person()):
            rows_of(model, person_id).delete()
        if not Person.objects.exists():
            Instance.objects.all().delete()


def _tell_again(data: Path) -> None:
    """Let the folder remember the store that it still has."""
    if row := Instance.objects.first():
        sentinel.tell(data, sentinel.Mark(row.id, row.starts))


def _clear_folder(data: Path) -> None:
    """Take away what lies beside the database, and begin to count as on the first day."""
    take_away_copies(data)
    for path in (data / KEY, data / f"{KEY}.new"):
        path.unlink(missing_ok=True)
    for name in (TEMP, _CACHE):
        shutil.rmtree(data / name, ignore_errors=True)
    sentinel.count_start(data)
