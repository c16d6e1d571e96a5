"""The labelled phrases of every file in this folder, and how many are met.

``python -m tests.library.search.labelled`` prints the figures and what was missed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import yaml

from thaw.library.articles import load_articles
from thaw.library.content import content_folder
from thaw.library.courses import Courses
from thaw.library.danger import Watch, load_watch
from thaw.library.entries import entries_of
from thaw.library.lexicon import load_lexicon
from thaw.library.search import Entry, Index
from thaw.library.shelf import Shelf
from thaw.library.synonyms import load_synonyms

FIRST = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """The phrases of one file."""

    file: str
    queries: tuple[tuple[str, frozenset[str]], ...]
    idioms: tuple[str, ...]
    danger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some phrases are met, and which are not."""

    what: str
    met: int
    total: int
    others: tuple[str, ...]

    @property
    def percent(self) -> float:
        return 100 * self.met / self.total if self.total else 100.0

    def __str__(self) -> str:
        return f"{self.what}: {self.met} of {self.total} ({self.percent:.1f} %)"


def files() -> list[Labelled]:
    """Return what is in this folder, sorted by name."""
    return [_read(path) for path in sorted(Path(__file__).parent.glob("*.y*ml"))]


def _read(path: Path) -> Labelled:
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    queries = (
        (str(each["query"]), frozenset(map(id_of, each["finds"])))
        for each in table.get("queries") or ()
    )
    idioms, danger = (tuple(map(str, table.get(name) or ())) for name in ("idioms", "danger"))
    return Labelled(path.name, tuple(queries), idioms, danger)


def id_of(named: object) -> str:
    """Return an id as search has it: a word may be named as it is spelt."""
    kind, _, name = str(named).partition(":")
    return f"{kind}:{name.replace(' ', '-')}"


@cache
def entries() -> tuple[Entry, ...]:
    """Return all that can be found."""
    content = content_folder()
    return tuple(
        entries_of(
            Shelf(content).practices(),
            load_articles(content).all(),
            load_lexicon(content).words.values(),
            Courses(content).courses(),
        )
    )


@cache
def index() -> Index:
    """Return the index over it."""
    return Index(entries(), load_synonyms(content_folder()))


@cache
def watch() -> Watch:
    """Return what looks for danger."""
    content = content_folder()
    return load_watch(content, load_synonyms(content).written, index().vocabulary)


def found(labelled: Labelled) -> Share:
    """Return for how many queries something expected is among the first three."""
    missed = []
    for query, finds in labelled.queries:
        first = [hit.entry.id for hit in index().find(query).hits[:FIRST]]
        if finds.isdisjoint(first):
            missed.append(f"{query!r} finds {', '.join(first) or 'nothing'}")
    total = len(labelled.queries)
    return Share("found among the first three", total - len(missed), total, tuple(missed))


def carded(labelled: Labelled) -> Share:
    """Return for how many phrases of danger the card is shown."""
    missed = tuple(each for each in labelled.danger if not watch().look(each))
    total = len(labelled.danger)
    return Share("danger shown the card", total - len(missed), total, missed)


def accused(labelled: Labelled) -> Share:
    """Return for how many idioms of numbness the card is shown."""
    shown = tuple(each for each in labelled.idioms if watch().look(each))
    return Share("idioms shown the card", len(shown), len(labelled.idioms), shown)


def _lines() -> Iterator[str]:
    for labelled in files():
        yield f"\n{labelled.file}"
        for share in (found(labelled), carded(labelled), accused(labelled)):
            yield f"  {share}"
            yield from (f"    {each}" for each in share.others)


if __name__ == "__main__":
    click.echo("\n".join(_lines()).strip())
