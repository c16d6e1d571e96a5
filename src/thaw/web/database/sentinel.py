"""Whether this database belongs to this folder.

The file ``instance`` and one row of the database say the same: an id, and how often the folder
was opened. A folder whose database is gone, was taken from elsewhere or is older than the folder
remembers is not opened as if nothing were: an empty start looks like everything was lost, and is
soon written over.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection, transaction

from thaw.units import SettingError
from thaw.web.database.files import write_whole
from thaw.web.database.reading import has_table
from thaw.web.database.room import damaged_store

INSTANCE = "instance"

_FORM = re.compile(r"thaw ([0-9a-f-]{36}) (\d{1,18})\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What both say: the folder's id, and how often it was opened."""

    id: UUID
    starts: int


def check_there(data: Path, file: Path) -> None:
    """Let no database be begun in a folder that had one.

    Raises:
        SettingError: ``store.missing``.
    """
    if not file.exists() and (data / INSTANCE).exists():
        raise _missing(data)


def check_belongs(data: Path) -> None:
    """Compare the folder with the database that is open; before anything is written to it.

    Raises:
        SettingError: ``store.missing``, ``store.foreign``, ``store.older`` or
            ``store.instance``.
    """
    told, kept = _told_by(data), _kept()
    if told is None:
        return
    if kept is None:
        raise _missing(data)
    if kept.id != told.id:
        raise SettingError(
            "store.foreign",
            f"The store in {data} belongs to another folder. Put the right thaw.sqlite3 back; if "
            f"this is the right one, delete {data / INSTANCE}.",
        )
    if kept.starts < told.starts:
        raise SettingError(
            "store.older",
            f"The store in {data} is older than the folder remembers, so something may be "
            "missing in it. Put the newer thaw.sqlite3 back; if this is the right one, delete "
            f"{data / INSTANCE}.",
        )


def count_start(data: Path) -> Mark:
    """Count that the folder is opened, in the database first; give it its id the first time."""
    from thaw.web.database.models import Instance

    with transaction.atomic():
        row = Instance.objects.first() or Instance(id=uuid4())
        row.starts += 1
        row.save()
    mark = Mark(row.id, row.starts)
    tell(data, mark)
    return mark


def tell(data: Path, mark: Mark) -> None:
    """Let the folder remember this mark; for who put the database there on purpose, too."""
    write_whole(data / INSTANCE, f"thaw {mark.id} {mark.starts}\n".encode())


def _missing(data: Path) -> SettingError:
    return SettingError(
        "store.missing",
        f"{data} had a store, and it is not there. Put thaw.sqlite3 back, or restore a backup. To "
        f"begin empty, delete {data / INSTANCE}.",
    )


def _told_by(data: Path) -> Mark | None:
    try:
        text = (data / INSTANCE).read_text("ascii", "replace")
    except FileNotFoundError:
        return None
    found = _FORM.fullmatch(text)
    if found is None:
        raise SettingError(
            "store.instance",
            f"{data / INSTANCE} is damaged. If the thaw.sqlite3 beside it is the right one, delete "
            "that file.",
        )
    return Mark(UUID(found[1]), int(found[2]))


def _kept() -> Mark | None:
    if not has_table("database_instance"):
        return None
    with connection.cursor() as cursor:  # By name: the table may be of another age than the code.
        cursor.execute("SELECT id, starts FROM database_instance")
        row = cursor.fetchone()
    try:
        return Mark(UUID(row[0]), int(row[1])) if row else None
    except (AttributeError, TypeError, ValueError):
        raise damaged_store() from None
