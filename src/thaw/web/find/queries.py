"""What the page of the search box shows, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from thaw.library.danger import Kind
from thaw.library.help import Help, HelpText
from thaw.library.search import Entry, Hit
from thaw.library.search import Kind as EntryKind
from thaw.web.house import House

FIRST = 3
"""So many stand by themselves, whatever they are."""

NOTHING = "nothing"
"""The saying of the map that takes nothing for an answer."""

_TITLES: Mapping[EntryKind, str] = {
    "practice": "More to do",
    "article": "More to read",
    "word": "More words",
    "course": "A course",
}
_KINDS: Mapping[EntryKind, str] = {
    "practice": "A practice",
    "article": "A text to read",
    "word": "A word",
    "course": "A course",
}


@dataclass(frozen=True, slots=True)
class Result:
    """Something found, as a page shows it; ``because`` is private."""

    kind: str
    title: str
    gist: str
    not_for: str
    url: str
    because: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """More of one kind."""

    title: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Help that comes first: a text, and others that may be meant as well.

    Attributes:
        is_overdose: Whether something may have been taken, so that there is no time to read.
    """

    text: HelpText
    more: tuple[HelpText, ...]
    is_overdose: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What was found.

    Attributes:
        card: Help that comes first, where it may be needed.
        nearest: The first few.
        groups: The others, by kind.
        is_nothing: Whether nothing was the answer.
    """

    card: Card | None
    nearest: tuple[Result, ...]
    groups: tuple[Group, ...]
    is_nothing: bool


def page_of(house: House, words: str) -> Page:
    """Return what fits what was asked for."""
    found = house.finder.find(words)
    kinds = house.finder.kinds_in(words)
    # Beside help that may be needed, a shade of meaning is no help.
    hits = tuple(hit for hit in found.hits if not kinds or hit.entry.kind != "word")
    nearest, others = hits[:FIRST], hits[FIRST:]
    return Page(
        card=_card(house.help, kinds) if kinds else None,
        nearest=tuple(map(_result, nearest)),
        groups=tuple(_groups(others)),
        is_nothing=not words or NOTHING in found.meant,
    )


def _groups(hits: tuple[Hit, ...]) -> list[Group]:
    by_kind: dict[EntryKind, list[Result]] = {}
    for hit in hits:
        by_kind.setdefault(hit.entry.kind, []).append(_result(hit))
    return [Group(_TITLES[kind], tuple(results)) for kind, results in by_kind.items()]


def _result(hit: Hit) -> Result:
    entry = hit.entry
    return Result(
        _KINDS[entry.kind], entry.title, entry.summary, entry.not_for, _url(entry), hit.because
    )


def _url(entry: Entry) -> str:
    if entry.kind == "course":
        return f"{reverse('courses')}#{entry.name}"
    return reverse(entry.kind, args=[entry.name])


def _card(help_: Help, kinds: tuple[Kind, ...]) -> Card:
    texts: Mapping[Kind, HelpText] = {
        "overdose": help_.now,
        "afraid": help_.afraid,
        "thoughts": help_.thoughts,
        "hurt": help_.hurt,
    }
    first, *others = (texts[kind] for kind in kinds)
    return Card(first, tuple(others), is_overdose=kinds[0] == "overdose")
