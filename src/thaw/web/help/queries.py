"""What a person keeps for when they need help, opened, and what of it shows while locked."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import DatabaseError

from thaw.library.helplines import ShownCountry, shown_on
from thaw.units import DamageError, ThawError
from thaw.web import sealed
from thaw.web.database.keeping import in_sentences
from thaw.web.help.body import Own, Part, own_in
from thaw.web.help.models import OwnHelp, ShownHelp
from thaw.web.house import House
from thaw.web.people.models import Setting
from thaw.web.people.seats import Seat
from thaw.web.sealed import Row

_NEWEST_FIRST = ("-changed_at", "-id")


@dataclass(frozen=True, slots=True)
class Kept:
    """One's own help as it is kept, and what to name so that it can be changed."""

    id: UUID
    version: int
    own: Own = field(repr=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept for help.

    Attributes:
        newest: What counts; None where nothing was kept.
        others: What a copy brought that was taken in; nothing of it is thrown away.
        damaged: How many can no longer be read.
    """

    newest: Kept | None
    others: tuple[Kept, ...]
    damaged: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What of one's own stands on Help now.

    Attributes:
        who: ``open``: all of it, and it can be changed. ``locked``: what one lets be read then.
            ``nobody``: nobody is known here.
        own: What is shown.
        shown: What can be read while locked.
        is_damaged: Whether something can no longer be read.
    """

    who: Literal["open", "locked", "nobody"] = "nobody"
    own: Own = field(default=Own(), repr=False)
    shown: frozenset[Part] = frozenset()
    is_damaged: bool = False


def everything_of(seat: Seat) -> Everything:
    """Return all that a person keeps for help.

    Raises:
        LockedError: The key is not at hand.
    """
    kept: list[Kept] = []
    damaged = 0
    for row in sealed.rows_of(OwnHelp, seat, order=_NEWEST_FIRST):
        found = _kept(row) if isinstance(row, Row) else None
        if found is None:
            damaged += 1
        else:
            kept.append(found)
    others = tuple(each for each in kept[1:] if not each.own.is_empty)
    return Everything(kept[0] if kept else None, others, damaged)


def shown_of(person_id: UUID) -> Own:
    """Return what a person lets be read while locked; empty unless they said so."""
    with in_sentences():
        text = ShownHelp.objects.filter(person_id=person_id).values_list("text", flat=True).first()
        found = Setting.objects.filter(person_id=person_id)
        country = found.values_list("country", flat=True).first()
    try:
        own = own_in(text.encode()) if text else Own()
    except DamageError:
        own = Own()
    return replace(own, country=country or "")


def mine_of(seat: Seat | None, *, is_covered: bool = False) -> Mine:
    """Return what of one's own stands on Help now; whatever fails, Help now is there without it.

    Under a cover stands what is there while locked.
    """
    if seat is None:
        return Mine()
    try:
        shown = shown_of(seat.person_id)
        if seat.key is None or is_covered:
            return Mine("locked", shown, shown.filled())
        found = everything_of(seat)
    except (ThawError, DatabaseError):
        return Mine()
    own = found.newest.own if found.newest else Own()
    return Mine("open", own, shown.filled(), is_damaged=found.damaged > 0)


def countries_on(house: House) -> tuple[ShownCountry, ...]:
    """Return the countries as they are to be shown on the day that it is here."""
    return shown_on(house.countries, today(house))


def today(house: House) -> date:
    """Return the day on this machine."""
    return house.idle.clocks.now().astimezone().date()


def country_ids(house: House) -> Collection[str]:
    """Return every country that can be picked."""
    return frozenset(country.id for country in house.countries)


def _kept(row: Row) -> Kept | None:
    try:
        return Kept(row.id, row.version, own_in(row.fields["body"]))
    except DamageError:
        return None
