"""Reading a readable copy back: row by row, and nothing of one that is not whole."""

from collections.abc import Iterator, Mapping, Sequence

from thaw.exchange.export import MANIFEST, VERSION, WHAT, Entry, entry_of
from thaw.exchange.plain import Plain, Record, read
from thaw.exchange.sources import Source, damaged
from thaw.units import InputError

_MOST_MANIFEST = 16 * 2**20
_MOST_LINE = 16 * 2**20  # A note of a million characters, each spelt in the longest way.


class Arrival:
    """A copy that arrived; its rows can be gone through as often as the source can be read.

    Attributes:
        person: Since when they are there, and their settings.
        counts: How many rows there are of each table.

    Args:
        source: Where it lies.
        tables: The tables that are known here, each with its sealed columns.

    Raises:
        InputError: ``export.foreign``, ``export.newer``, ``export.damaged`` or
            ``export.large``.
    """

    def __init__(self, source: Source, tables: Mapping[str, Sequence[str]]) -> None:
        self._source, self._tables = source, tables
        told = _manifest(source)
        self.person = _record(told.get("person"))
        self.counts = dict(_record(told.get("rows")))
        if any(
            isinstance(count, bool) or not isinstance(count, int) for count in self.counts.values()
        ):
            raise damaged()
        if not set(self.counts) <= set(tables):
            raise _newer()

    def entries(self) -> Iterator[Entry]:
        """Yield each row, in the order of its file.

        Raises:
            InputError: As the class; what was yielded before is then not to be used either.
        """
        for table, count in self.counts.items():
            found = 0
            for record in self._records(table):
                found += 1
                try:
                    yield entry_of(table, record, self._tables[table])
                except ValueError:
                    raise damaged() from None
            if found != count:
                raise damaged()

    def _records(self, table: str) -> Iterator[Record]:
        """Yield the rows of a JSON array that has one on each line."""
        lines = self._source.lines(f"{table}.json", _MOST_LINE)
        if next(lines, b"").strip() != b"[":
            raise damaged()
        ended = False
        for line in lines:
            content = line.strip()
            if ended:
                raise damaged()
            if content == b"]":
                ended = True
            else:
                yield _record(_value(content.removesuffix(b",")))
        if not ended:
            raise damaged()


def _manifest(source: Source) -> Record:
    told = _record(_value(source.whole(MANIFEST, _MOST_MANIFEST)))
    if told.get("what") != WHAT:
        raise InputError("export.foreign", "This is not a copy that Thaw made. Choose another one.")
    version = told.get("version")
    if not isinstance(version, int) or version < 1:
        raise damaged()
    if version > VERSION:
        raise _newer()
    return told


def _newer() -> InputError:
    return InputError(
        "export.newer",
        "This copy was made by a newer Thaw and holds things that this one does not know, so "
        "nothing of it was taken. Install a newer Thaw.",
    )


def _record(value: Plain) -> Record:
    if not isinstance(value, dict):
        raise damaged()
    return value


def _value(raw: bytes) -> Plain:
    try:
        return read(raw)
    except ValueError:
        raise damaged() from None
