"""What a database file holds, read without Thaw's folder around it."""

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlcipher3 import dbapi2

from tests.crash.steps import KEY, Found
from thaw.web.sealed import fields_opened
from thaw.web.write.models import Note

_TIMES = ("created_at", "changed_at", "trashed_at")


class BrokenError(Exception):
    """A database that does not hold together."""


def notes_in(file: Path) -> tuple[dict[UUID, Found], tuple[str, int] | None]:
    """Return every note, opened, and the folder's own row.

    Raises:
        BrokenError: The database does not hold together.
    """
    try:
        with closing(dbapi2.connect(str(file))) as database:
            return _read(database)
    except dbapi2.DatabaseError as error:
        raise BrokenError(str(error)) from error


def _read(database: Any) -> tuple[dict[UUID, Found], tuple[str, int] | None]:
    _check(database)
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    if "database_instance" not in tables:
        return {}, None
    instance = database.execute("SELECT id, starts FROM database_instance").fetchone()
    return _notes(database) if "write_note" in tables else {}, instance


def _check(database: Any) -> None:
    for pragma in ("integrity_check", "foreign_key_check"):
        said = database.execute(f"PRAGMA {pragma}").fetchall()
        if said not in ([("ok",)], []):
            raise BrokenError(said)


def _notes(database: Any) -> dict[UUID, Found]:
    cursor = database.execute("SELECT * FROM write_note")
    columns = [column[0] for column in cursor.description]
    rows = [_values(dict(zip(columns, row, strict=True))) for row in cursor]
    notes = {values["id"]: _found(values) for values in rows}
    if len(notes) != len(rows):
        raise BrokenError("a note is there twice")
    return notes


def _values(raw: dict[str, Any]) -> dict[str, Any]:
    times = {name: _moment(raw[name]) for name in _TIMES}
    ids = {name: UUID(raw[name]) for name in ("id", "person_id")}
    return raw | times | ids | {"day": dt.date.fromisoformat(raw["day"])}


def _moment(raw: str | None) -> dt.datetime | None:
    return None if raw is None else dt.datetime.fromisoformat(raw).replace(tzinfo=dt.UTC)


def _found(values: dict[str, Any]) -> Found:
    body = fields_opened(Note, KEY, values)["body"]
    return Found(values["version"], body.decode(), values["trashed_at"] is not None)
