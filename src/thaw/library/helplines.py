"""Emergency numbers by country: only those that were confirmed, never guessed.

A country that is not there is served by ``other``: one's own emergency number, and the
directory that ``content/help/lines.md`` names.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from thaw.library.content import read_table, unreadable

Status = Literal["confirmed"]
"""How well a number is known. Numbers known less well are not shown, so there is one."""

ELSEWHERE = "other"
"""The id of "Another country", which has no number of its own."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country one can pick, and what to call there.

    Attributes:
        id: ISO 3166-1 alpha-2 in lower case, or ``other``.
        name: Its name in English.
        emergency: Emergency numbers, the usual one first; empty for ``other``.
        status: How well the numbers are known.
    """

    id: str
    name: str
    emergency: tuple[str, ...]
    status: Status


def load_helplines(folder: Path) -> tuple[Country, ...]:
    """Return every country of ``helplines/`` by name, "Another country" last.

    Raises:
        SettingError: ``content.unreadable``, where a file is not as it should be.
    """
    countries = [
        country
        for path in sorted((folder / "helplines").glob("*.yaml"))
        for country in _countries(path)
    ]
    return tuple(sorted(countries, key=lambda country: (country.id == ELSEWHERE, country.name)))


def _countries(path: Path) -> list[Country]:
    table = read_table(path)
    names, numbers = table.get("countries"), table.get("emergency")
    if not isinstance(names, dict) or not isinstance(numbers, list):
        raise unreadable(path, "it needs countries and emergency numbers")
    if table.get("status") != "confirmed":
        raise unreadable(path, "its numbers are not confirmed")
    if not all(isinstance(number, str) for number in numbers):
        raise unreadable(path, "a number without quotes loses its zeros")
    return [
        Country(str(code), str(name), tuple(numbers), "confirmed") for code, name in names.items()
    ]
