"""What the library page shows: practices by what they are for, narrowed down if one likes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from thaw.practice.parts import POSTURES, Practice
from thaw.units import Problem
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.shelf import lists
from thaw.web.shelf.queries import Card, Option, card_of, options
from thaw.web.sit.queries import last_days


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the page is narrowed down by; what is empty, 0 or False narrows nothing.

    Attributes:
        minutes: How long a practice must be able to last.
        is_before: Only what was sat before.
    """

    need: str = field(default="", repr=False)
    minutes: int = 0
    posture: str = ""
    level: int = 0
    anchor: str = field(default="", repr=False)
    is_before: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything is chosen at all."""
        return self != Narrowed()


@dataclass(frozen=True, slots=True)
class Listed:
    """A practice in the list; ``sat_on`` is the last day on which it was sat, if ever."""

    card: Card
    url: str
    sat_on: date | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """What stands under one heading."""

    need: str
    words: str
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The library page.

    Attributes:
        count: How many practices are shown.
        left_out: What is wrong with files that are not in order.
        trouble: What is wrong with what stands around practices; empty where nothing is.
    """

    groups: tuple[ListedGroup, ...] = ()
    count: int = 0
    narrowed: Narrowed = Narrowed()
    needs: tuple[Option, ...] = ()
    minutes: tuple[Option, ...] = ()
    postures: tuple[Option, ...] = ()
    levels: tuple[Option, ...] = ()
    anchors: tuple[Option, ...] = ()
    left_out: tuple[Problem, ...] = ()
    trouble: str = ""


def library_of(house: House, seat: Seat, narrowed: Narrowed) -> Library:
    """Return the library as one person sees it.

    Raises:
        LockedError: The key is not at hand.
    """
    practices, sat = house.shelf.practices(), last_days(seat)
    found = [each for each in practices if _fits(house, each, narrowed, sat)]
    groups = tuple(
        ListedGroup(
            group.need,
            group.words,
            tuple(_listed(house, each, narrowed, sat) for each in group.practices),
        )
        for group in house.needs.groups(found)
    )
    return Library(
        groups=groups,
        count=len(found),
        narrowed=narrowed,
        needs=options(house.needs.words, narrowed.need),
        minutes=options({str(n): f"{n} minutes" for n in lists.ROOM_MINUTES}, narrowed.minutes),
        postures=options(_postures_among(practices), narrowed.posture),
        levels=options({str(n): words for n, words in lists.LEVELS.items()}, narrowed.level),
        anchors=options(_anchors_among(house, practices), narrowed.anchor),
        left_out=tuple(problem for each in house.shelf.broken() for problem in each.problems),
        trouble=house.needs.trouble,
    )


def _fits(house: House, practice: Practice, narrowed: Narrowed, sat: Mapping[str, date]) -> bool:
    minutes = practice.minutes
    return (
        (not narrowed.need or house.needs.meets(practice, narrowed.need))
        and (not narrowed.minutes or minutes.least <= narrowed.minutes <= minutes.most)
        and (not narrowed.posture or narrowed.posture in lists.postures_of(practice))
        and (not narrowed.level or practice.level <= narrowed.level)
        and (not narrowed.anchor or narrowed.anchor in practice.anchors)
        and (not narrowed.is_before or practice.id in sat)
    )


def _listed(
    house: House, practice: Practice, narrowed: Narrowed, sat: Mapping[str, date]
) -> Listed:
    """Return a practice in the list; its address says of what was chosen how long and how."""
    card = card_of(house, practice, minutes=narrowed.minutes or None)
    chosen = {
        "minutes": narrowed.minutes,
        "level": narrowed.level,
        "posture": narrowed.posture,
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    url = reverse("practice", args=[practice.id])
    return Listed(card, f"{url}?{query}" if query else url, sat.get(practice.id))


def _postures_among(practices: Iterable[Practice]) -> dict[str, str]:
    there = {posture for each in practices for posture in lists.postures_of(each)}
    return {posture: posture for posture in POSTURES if posture in there}


def _anchors_among(house: House, practices: Iterable[Practice]) -> dict[str, str]:
    there = {anchor for each in practices for anchor in each.anchors}
    return {name: words for name, words in house.words.anchors.items() if name in there}
