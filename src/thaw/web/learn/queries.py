"""What the pages show of articles and of the works that their claims stand on."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from thaw.library.articles import UNVERIFIED, Article, Next
from thaw.library.evidence import How, Ledger, Work
from thaw.library.marked import Runs
from thaw.units import Problem
from thaw.web.house import House
from thaw.web.learn.pieces import Lines, Piece, piece_of

_WORDS_A_MINUTE: Final = 150
"""A slow reader's pace."""

_READ: Mapping[How, str] = {
    "abstract": "Its summary was read",
    "text": "It was read",
    "report": "Someone else's account of it was read",
    "unverified": "It was looked for and could not be read",
}

_MARKS: Mapping[How, str] = {
    "report": "Known to us from someone else's account only.",
    "unverified": "Not checked: we could not read it.",
}


@dataclass(frozen=True, slots=True)
class Shelves:
    """The list of all articles.

    Attributes:
        themes: Each heading with what stands under it.
        left_out: What is wrong with files that are not in order.
    """

    themes: tuple[tuple[str, tuple[Article, ...]], ...]
    left_out: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands behind a number; ``work`` is None where its file is missing.

    Attributes:
        number: Counted from 1.
        work: The work.
        mark: What the reader has to know of how it was checked; empty where its words were seen.
    """

    number: int
    work: Work | None
    mark: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a page shows it."""

    title: str
    summary: str
    minutes: int
    blocks: tuple[Lines, ...]
    footnotes: tuple[Footnote, ...]
    has_unverified: bool
    next_url: str
    next_words: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work as a page shows it."""

    work: Work
    read: str
    mark: str
    articles: tuple[Article, ...]


def shelves_of(house: House) -> Shelves:
    return Shelves(house.articles.by_theme(), house.articles.broken)


def page_of(house: House, name: str) -> Page:
    """Return an article.

    Raises:
        AccessError: ``article.unknown``.
        InputError: ``article.problems``.
    """
    article = house.articles.article(name)
    url, words = _next_of(house, article.next)
    return Page(
        title=article.title,
        summary=article.summary,
        minutes=max(1, round(len(article.text.split()) / _WORDS_A_MINUTE)),
        blocks=tuple(_shown(article, {each.id for each in house.articles.all()})),
        footnotes=tuple(_footnotes(article, house.ledger)),
        has_unverified=UNVERIFIED in article.text,
        next_url=url,
        next_words=words,
    )


def work_of(house: House, name: str) -> WorkPage:
    """Return a work.

    Raises:
        AccessError: ``work.unknown``.
    """
    work = house.ledger.work(name)
    how = work.checked.how
    return WorkPage(work, _READ[how], _MARKS.get(how, ""), house.articles.naming(work.id))


def _next_of(house: House, to: Next) -> tuple[str, str]:
    """Return where the button leads, and its words; the library where a practice is gone."""
    if not to.is_practice:
        return to.to, to.words
    if to.to in house.shelf.ids():
        return reverse("practice", args=[to.to]), to.words
    return reverse("library"), "Look at the practices"


def _shown(article: Article, there: Collection[str]) -> Iterator[Lines]:
    numbers = {work: number for number, work in enumerate(article.works, start=1)}
    met: set[str] = set()
    for block in article.blocks:
        pieces = (tuple(_pieces(line, numbers, met, there)) for line in block.lines)
        yield Lines(block.kind, tuple(pieces))


def _pieces(
    runs: Runs, numbers: Mapping[str, int], met: set[str], there: Collection[str]
) -> Iterator[Piece]:
    for run in runs:
        if run.kind == "claim":
            yield Piece("claim", "", numbers[run.text], is_first=run.text not in met)
            met.add(run.text)
        else:
            yield piece_of(run, there)


def _footnotes(article: Article, ledger: Ledger) -> Iterator[Footnote]:
    for number, name in enumerate(article.works, start=1):
        work = ledger.works.get(name)
        yield Footnote(number, work, _MARKS.get(work.checked.how, "") if work else "")
