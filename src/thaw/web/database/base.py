"""Django's SQLite backend, standing on the SQLite that ``sqlcipher3`` brings along.

The system's own SQLite may be one that loses commits (see ``versions``); this one is the same
on every machine. Django looks for this module and for ``DatabaseWrapper`` by these names.
"""

import datetime as dt
import decimal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from django.db.backends.sqlite3 import base as django_base
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped] # Not in stubs.
    register as register_functions,
)
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

Untyped: TypeAlias = Any  # sqlcipher3 ships no types.


def text_of(raw: bytes) -> str:
    """Return text as it was kept; damaged text too, so that one row does not hide all others."""
    return raw.decode("utf-8", "replace")


# Django registers these with the module of the standard library only.
dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", lambda raw: parse_date(text_of(raw)))
dbapi2.register_converter("time", lambda raw: parse_time(text_of(raw)))
dbapi2.register_converter("datetime", lambda raw: parse_datetime(text_of(raw)))
dbapi2.register_converter("timestamp", lambda raw: parse_datetime(text_of(raw)))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(dt.date, django_base.adapt_date)
dbapi2.register_adapter(dt.datetime, django_base.adapt_datetime)


@contextmanager
def damage_named() -> Iterator[None]:
    """Let a database whose very errors cannot be read be called damaged."""
    try:
        yield
    except UnicodeDecodeError as error:
        damaged = dbapi2.DatabaseError("what SQLite says of this database is no text")
        damaged.sqlite_errorcode = dbapi2.SQLITE_CORRUPT
        raise damaged from error


class Cursor(dbapi2.Cursor):  # type: ignore[misc] # sqlcipher3 ships no types.
    """A cursor that takes Django's ``%s`` and ``%(name)s``."""

    convert_query = django_base.SQLiteCursorWrapper.convert_query

    def execute(
        self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> Untyped:
        with damage_named():
            if params is None:
                return super().execute(query)
            names = list(params) if isinstance(params, Mapping) else None
            return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Untyped:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)


class DatabaseWrapper(django_base.DatabaseWrapper):
    """Django's own wrapper, with connections and errors of ``sqlcipher3``."""

    Database = dbapi2
    init_commands: list[str]  # Set by Django, and not in its stubs.

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Untyped:
        with damage_named():
            return self._connected(conn_params)

    def _connected(self, conn_params: dict[str, Any]) -> Untyped:
        connection = dbapi2.connect(**conn_params)
        connection.text_factory = text_of
        register_functions(connection)
        for command in ("PRAGMA foreign_keys = ON", "PRAGMA legacy_alter_table = OFF"):
            connection.execute(command)
        for command in self.init_commands:
            connection.execute(command)
        return connection

    def get_database_version(self) -> tuple[int, ...]:
        return tuple(dbapi2.sqlite_version_info)

    def create_cursor(self, name: str | None = None) -> Untyped:
        del name
        return self.connection.cursor(factory=Cursor)
