"""Reading a database of which some may be damaged."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Model, QuerySet

_CHUNK = 500

Values: TypeAlias = dict[str, Any]


def has_table(name: str) -> bool:
    """Return whether the open SQLite database has this table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = %s", [name]
        )
        return bool(cursor.fetchone()[0])


def values_of(found: QuerySet[Model]) -> Iterator[Values | None]:
    """Yield each row's columns, in order; None for one in which a column is no longer what it was.

    An id that is no id, or a day that is no day, fails the whole question to the database. Then
    the rest is asked for in halves, until the row is found that does.
    """
    done = 0
    try:
        for values in found.values().iterator(_CHUNK):
            yield values
            done += 1
    except ValueError:
        for start in range(done, found.count(), _CHUNK):
            yield from _halved(found, start, start + _CHUNK)


def _halved(found: QuerySet[Model], start: int, end: int) -> Iterator[Values | None]:
    try:
        yield from list(found.values()[start:end])
    except ValueError:
        if end - start == 1:
            yield None
            return
        middle = (start + end) // 2
        yield from _halved(found, start, middle)
        yield from _halved(found, middle, end)
