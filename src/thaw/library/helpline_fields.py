"""The fields of a helpline's file, each read with what it has to be; what is not so is told."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from thaw.library.content import read_table

Tell = Callable[[str, str, str], None]
"""Takes the record, the field and the reason of what cannot be used."""

W = TypeVar("W", bound=str)

_MOST = 160
_CODE = re.compile(r"[a-z]{2}|other")
_NUMBER = re.compile(r"\+?[0-9](?: ?[0-9]){1,18}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


def site_of(address: str) -> str:
    """Return the site of an address, as a person reads it."""
    return urlsplit(address).netloc.removeprefix("www.")


def given_in(path: Path, tell: Tell) -> "Given":
    """Return what stands in a file.

    Raises:
        SettingError: ``content.unreadable``, where it is no table at all.
    """
    return Given(read_table(path), "", tell)


class Given:
    """A table of a file, read field by field; ``end`` names those that nobody asked for.

    Each reader returns what stands there, or nothing of its kind (an empty text, None) once it
    was told.

    Attributes:
        is_broken: Whether anything of it was told.
    """

    def __init__(self, table: object, record: str, tell: Tell) -> None:
        self._table: dict[str, object] = {}
        self._record, self._tell = record, tell
        self._asked: set[str] = set()
        self.is_broken = False
        if isinstance(table, dict) and all(isinstance(name, str) for name in table):
            self._table = table
        else:
            self.tell("", "it is missing" if table is None else "it is not a table of names")

    def tell(self, field: str, reason: str) -> None:
        """Say that a field cannot be used."""
        self.is_broken = True
        self._tell(self._record, field, reason)

    def has(self, name: str) -> bool:
        """Return whether the field is there."""
        return name in self._table

    def end(self) -> None:
        """Tell of every field that is not of this kind of table."""
        for name in sorted(set(self._table) - self._asked):
            self.tell(name, "there is no such field")

    def words(self, name: str) -> str:
        """Return a line of text."""
        value = self._get(name)
        if isinstance(value, str) and value.strip() == value != "" and len(value) <= _MOST:
            return value
        return self._none(name, value, f"it is a line of up to {_MOST} letters")

    def code(self, name: str) -> str:
        """Return the code of a country."""
        value = self._get(name)
        if isinstance(value, str) and _CODE.fullmatch(value):
            return value
        return self._none(name, value, "it is two small letters (ISO 3166-1), or other; quote no")

    def number(self, name: str) -> str:
        """Return a number that can be dialled, as it is written."""
        value = self._get(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return value
        return self._none(
            name, value, "it is digits with single spaces, in quotes: without them 000 is 0"
        )

    def page(self, name: str) -> str:
        """Return the address of a page that a person may be led to."""
        return self._address(name, "https")

    def source(self, name: str) -> str:
        """Return the address of a page that something was read on; old copies are of ``http``."""
        return self._address(name, "https", "http")

    def one_of(self, name: str, known: tuple[W, ...]) -> W | None:
        """Return a word of a closed list."""
        value = self._get(name)
        found = next((word for word in known if word == value), None)
        if found is None:
            self._none(name, value, f"it is one of: {', '.join(known)}")
        return found

    def some_of(self, name: str, known: tuple[W, ...]) -> tuple[W, ...]:
        """Return words of a closed list, each once."""
        values = self._listed(name)
        found = tuple(word for word in known if word in values)
        if len(found) != len(values) or not found:
            self._none(name, values or None, f"each is one of: {', '.join(known)}, and once")
        return found

    def list_of_words(self, name: str) -> tuple[str, ...]:
        """Return lines of text, one at least."""
        values = self._listed(name)
        if values and all(isinstance(value, str) and value.strip() for value in values):
            return tuple(map(str, values))
        self._none(name, values or None, "it is a list of words")
        return ()

    def numbers(self, name: str, *, may_be_empty: bool) -> tuple[str, ...] | None:
        """Return numbers that can be dialled; None where they cannot be used."""
        values = self._listed(name)
        numbers = [value for value in values if isinstance(value, str) and _NUMBER.fullmatch(value)]
        if len(numbers) == len(values) and self.has(name) and (numbers or may_be_empty):
            return tuple(numbers)
        self._none(
            name, values or None, "it is a list of numbers, in quotes: without them 000 is 0"
        )
        return None

    def day(self, name: str) -> date | None:
        """Return a day."""
        value = self._get(name)
        if type(value) is date:
            return value
        self._none(name, value, "it is a day, as 2026-11-22")
        return None

    def day_or_unknown(self, name: str) -> date | None:
        """Return a day; None where it is said to be unknown."""
        return None if self._get(name) == "unknown" else self.day(name)

    def record(self, name: str) -> "Given":
        """Return a table in this one; what is wrong in it is wrong here."""

        def tell(record: str, field: str, reason: str) -> None:
            del record
            self.tell(f"{name}.{field}" if field else name, reason)

        return Given(self._get(name), self._record, tell)

    def records(self, name: str) -> Iterator["Given"]:
        """Yield the tables of a list; each breaks by itself."""
        for number, table in enumerate(self._listed(name), 1):
            called = table.get("name") if isinstance(table, dict) else None
            yield Given(table, f"{called or 'record'} ({name} {number})", self._tell)

    def _address(self, name: str, *schemes: str) -> str:
        value = self._get(name)
        if isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value:
            parts = urlsplit(value)
            if parts.scheme in schemes and _HOST.fullmatch(parts.netloc):
                return value
        return self._none(name, value, f"it is an address that begins with {schemes[0]}://")

    def _get(self, name: str) -> object:
        self._asked.add(name)
        return self._table.get(name)

    def _listed(self, name: str) -> list[object]:
        value = self._get(name)
        if value is None or isinstance(value, list):
            return value or []
        self.tell(name, "it is not a list")
        return []

    def _none(self, name: str, value: object, reason: str) -> str:
        self.tell(name, "it is missing" if value is None else reason)
        return ""
