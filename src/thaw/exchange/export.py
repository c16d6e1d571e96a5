"""A copy that anyone can read: JSON for programs, Markdown for people, a manifest over both.

It is open: whoever has it reads it. It has no keys in it and needs none.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from thaw.exchange.bundle import in_raw, in_text
from thaw.exchange.markdown import note_as_markdown
from thaw.exchange.plain import Plain, Record, read, written

WHAT = "thaw export"
VERSION = 1
MANIFEST = "manifest.json"
README = "README.md"

TEXT, BASE64 = ".text", ".base64"
"""Endings of a column's name where its content is no JSON of ours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, opened.

    Attributes:
        table: The name of its file, such as ``notes``.
        clear: What stands clear in it, by column; ``id`` and ``version`` among them.
        fields: What is sealed in it, by column.
    """

    table: str
    clear: Record = field(repr=False)
    fields: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that does not open any more: named, so that nobody takes the copy for all there was."""

    table: str
    id: str | None
    created_at: str | None

    def in_words(self) -> str:
        """Return what can be said of it."""
        since = f" of {self.created_at[:10]}" if self.created_at else ""
        return f"{self.table}: {self.id or 'an entry without a name'}{since}"


Rows: TypeAlias = Callable[[], Iterable[Entry | Lost]]
"""Gives the rows of one table, oldest first, and the same ones whenever it is asked."""


File: TypeAlias = tuple[str, Iterable[bytes]]
"""A name, in which ``/`` stands for folders, and what is in it, to be read before the next."""


class Export:
    """Everything a person has, as files.

    Attributes:
        rows: How many rows of each table were written; whole once all files are.
        lost: Those that do not open; they stand in the manifest too.

    Args:
        tables: What there is, by name.
        person: Since when they are here, and their settings.
        made_at: Now, as ISO 8601.
        program: What writes this, with its version.
    """

    def __init__(
        self, tables: Mapping[str, Rows], *, person: Record, made_at: str, program: str
    ) -> None:
        self._tables, self._person = tables, person
        self._made_at, self._program = made_at, program
        self.rows: dict[str, int] = {}
        self.lost: list[Lost] = []

    def files(self) -> Iterator[File]:
        """Yield every file; the manifest comes last, so that a copy without it is not whole."""
        for table, rows in self._tables.items():
            yield f"{table}.json", self._array(table, rows())
            yield from _readable_files(rows())
        yield README, [_readme(self.rows, self.lost).encode()]
        yield MANIFEST, [json.dumps(self._manifest(), ensure_ascii=False, indent=2).encode(), b"\n"]

    def _array(self, table: str, rows: Iterable[Entry | Lost]) -> Iterator[bytes]:
        """Yield a JSON array with a row on each line, so that it can be read row by row."""
        self.rows[table] = 0
        yield b"["
        for row in rows:
            if isinstance(row, Lost):
                self.lost.append(row)
                continue
            yield (b",\n" if self.rows[table] else b"\n") + written(record_of(row))
            self.rows[table] += 1
        yield b"\n]\n"

    def _manifest(self) -> Record:
        return {
            "what": WHAT,
            "version": VERSION,
            "made_at": self._made_at,
            "made_by": self._program,
            "person": self._person,
            "rows": self.rows,
            "damaged": [
                {"table": each.table, "id": each.id, "created_at": each.created_at}
                for each in self.lost
            ],
        }


def record_of(entry: Entry) -> Record:
    """Return a row as it stands in its table's file; ``entry_of`` gives the same row back."""
    record: dict[str, Plain] = dict(entry.clear)
    for name, content in entry.fields.items():
        ending, value = _readable(content)
        record[name + ending] = value
    return record


def entry_of(table: str, record: Record, sealed: Sequence[str]) -> Entry:
    """Return the row that a record stands for.

    Args:
        table: Its table.
        record: As it was read.
        sealed: The names of the columns that are sealed.

    Raises:
        ValueError: A column is missing, or not as we write it.
    """
    clear, fields = dict(record), {}
    for name in sealed:
        (ending,) = [each for each in ("", TEXT, BASE64) if name + each in clear]
        fields[name] = _content(ending, clear.pop(name + ending))
    return Entry(table, clear, fields)


def _readable(content: bytes) -> tuple[str, Plain]:
    """Return content in the most readable way in which no byte of it is lost."""
    try:
        value = read(content)
        if written(value) == content and not isinstance(value, str):
            return "", value
    except ValueError:
        pass
    try:
        return TEXT, content.decode("utf-8")
    except UnicodeDecodeError:
        return BASE64, in_text(content)


def _content(ending: str, value: Plain) -> bytes:
    if not ending:
        return written(value)
    match value:
        case str():
            return value.encode() if ending == TEXT else in_raw(value)
    raise ValueError("a text was expected")


def _readable_files(rows: Iterable[Entry | Lost]) -> Iterator[File]:
    """Yield each note as a text, named by its day; what lies in the trash apart."""
    of_day: dict[str, int] = {}
    for row in rows:
        body = record_of(row).get("body") if isinstance(row, Entry) else None
        if not isinstance(row, Entry) or not isinstance(body, dict) or "day" not in row.clear:
            continue
        folder = "trash" if row.clear.get("trashed_at") else row.table
        name = f"{folder}/{row.clear['day']}"
        of_day[name] = of_day.get(name, 0) + 1
        number = f"-{of_day[name]}" if of_day[name] > 1 else ""
        text = note_as_markdown(date.fromisoformat(row.clear["day"]), body)
        yield f"{name}{number}.md", [text.encode()]


def _readme(counts: Mapping[str, int], lost: Sequence[Lost]) -> str:
    held = "\n".join(f"- `{name}.json`: {count} entries" for name, count in counts.items())
    text = (
        "# A copy to read\n\n"
        "Everything that was kept, without a lock: whoever has these files can read them.\n\n"
        "The folders hold a text for each entry, by day; `trash` holds what lay in the trash. "
        "The same, with times and versions, stands in:\n\n"
        f"{held}\n\n"
        f"`{MANIFEST}` says when this was made, and in which form. `thaw import` takes all of it "
        "back.\n"
    )
    if not lost:
        return text
    names = "\n".join(f"- {each.in_words()}" for each in lost)
    return f"{text}\n## Not here\n\nThese are damaged and could not be read:\n\n{names}\n"
