"""Changes of a data folder that take more than one file: carried on or undone at the next start.

What a restore puts in place is a database and, without a passphrase, a key beside it. No file
system changes two files at once. So a note is laid down first: which store it is for, and its key.
If that store stands there, the key follows; if not, the restore never happened. Erasing
lays down a note too, and is then carried on to its end.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.db import connection

from thaw.units import OutsideError, SettingError
from thaw.web.database import files
from thaw.web.database.moving import BEFORE
from thaw.web.database.reading import has_table
from thaw.web.people.keyring import KEY

RESTORED = "thaw.sqlite3.restored"
ERASING = "thaw.sqlite3.erasing"
ASIDE = "thaw.sqlite3.aside"
"""Where what was there before a restore lies, each in a data folder of its own."""

_NOTE = re.compile(rb"thaw ([0-9a-f-]{36}) ([0-9a-f]*)\n")


def note_restored(data: Path, instance: UUID, key: bytes) -> None:
    """Say that the store of this id is about to stand here, with this beside it, or nothing."""
    files.write_whole(data / RESTORED, f"thaw {instance} {key.hex()}\n".encode())


def note_erasing(data: Path, person_id: UUID) -> None:
    """Say that everything of a person is about to be erased."""
    files.write_whole(data / ERASING, f"thaw {person_id}\n".encode())


def settle(data: Path) -> None:
    """Carry on, or forget, what a process that was ended left; the database is open.

    Raises:
        SettingError: ``store.not_settled``: the disk does not take it.
    """
    try:
        settle_restored(data)
        if (data / ERASING).exists():
            from thaw.web.take.erasing import erase_what_is_noted

            with suppress(OutsideError):  # Gaps of the file are left for another start.
                erase_what_is_noted(data)
    except OSError as error:
        raise SettingError(
            "store.not_settled",
            f"A change of {data} was cut off, and the disk does not take the rest of it. Make "
            "some room, then try again.",
        ) from error


def settle_restored(data: Path) -> None:
    """Let the key follow the store that stands here, or forget a restore that did not happen."""
    note = data / RESTORED
    if not note.exists():
        return
    found = _NOTE.fullmatch(note.read_bytes())
    if found and UUID(found[1].decode()) == _instance():
        follow(data)
    else:
        note.unlink()
        files.flush_folder(data)


def follow(data: Path) -> None:
    """Let the key that was noted lie beside the data, or none; the store stands there."""
    note = data / RESTORED
    found = _NOTE.fullmatch(note.read_bytes())
    if found and found[2]:
        files.write_whole(data / KEY, bytes.fromhex(found[2].decode()))
    else:
        (data / KEY).unlink(missing_ok=True)
    note.unlink()
    files.flush_folder(data)


def _instance() -> UUID | None:
    if not has_table("database_instance"):
        return None
    with connection.cursor() as cursor:  # By name: the table may be of another age than the code.
        cursor.execute("SELECT id FROM database_instance")
        row = cursor.fetchone()
    try:
        return UUID(row[0]) if row else None
    except (AttributeError, TypeError, ValueError):
        return None


def new_aside(data: Path) -> Path:
    """Make a folder for what is put aside, in a place that nothing has."""
    parent = data / ASIDE
    parent.mkdir(mode=files.PRIVATE_FOLDER, exist_ok=True)
    taken = {path.name for path in parent.iterdir()}
    folder = parent / next(name for name in _numbers() if name not in taken)
    folder.mkdir(mode=files.PRIVATE_FOLDER)
    return folder


def take_away_copies(data: Path) -> None:
    """Take away every older copy of the store that lies in the folder."""
    shutil.rmtree(data / ASIDE, ignore_errors=True)
    for path in (data / BEFORE, data / f"{BEFORE}.new", data / RESTORED):
        path.unlink(missing_ok=True)
    files.flush_folder(data)


def _numbers() -> Iterator[str]:
    number = 1
    while True:
        yield str(number)
        number += 1
