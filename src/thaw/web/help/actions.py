"""Keeping what one has for help, and letting some of it be read while locked."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from thaw.units import AccessError
from thaw.web import sealed
from thaw.web.database.keeping import keep as keep_change
from thaw.web.database.scrubbing import scrub
from thaw.web.help.body import Own, Part, sealed_of
from thaw.web.help.models import OwnHelp, ShownHelp
from thaw.web.help.queries import Kept, everything_of, shown_of
from thaw.web.ids import new_id
from thaw.web.people.models import Setting
from thaw.web.people.seats import Seat
from thaw.web.sealed import key_of

_CODE_LETTERS = 2


def keep(seat: Seat, version: int, own: Own) -> None:
    """Keep one's own help, as a change of what stood at ``version`` (0: nothing yet).

    Raises:
        ConflictError: It was changed meanwhile.
        FullError, LockedError: As ``thaw.web.sealed``.
    """
    newest = everything_of(seat).newest
    fields = {"body": sealed_of(own)}
    if newest is None:
        sealed.create(OwnHelp, seat, new_id(), fields)
    else:
        sealed.save(OwnHelp, seat, newest.id, version, fields)
    _show_again(seat, own)


def keep_country(seat: Seat, country: str) -> None:
    """Keep the country alone.

    Raises:
        As ``keep``.
    """
    newest = everything_of(seat).newest
    own = replace(newest.own if newest else Own(), country=country)
    keep(seat, newest.version if newest else 0, own)


def use(seat: Seat, id_: UUID) -> None:
    """Let another of what is kept count from now on.

    Raises:
        AccessError: ``help.unknown``: it is not there, or not this person's.
    """
    chosen = _of_id(seat, id_)
    sealed.save(OwnHelp, seat, id_, chosen.version, {"body": sealed_of(chosen.own)})
    _show_again(seat, chosen.own)


def show_while_locked(seat: Seat, parts: Collection[Part]) -> None:
    """Let these parts be read while locked, and no others; what was shown before is written over.

    Raises:
        LockedError: The key is not at hand.
    """
    key_of(seat)
    newest = everything_of(seat).newest
    shown = (newest.own if newest else Own()).only(parts)
    keep_change(lambda: _put(seat.person_id, shown), grows=bool(parts))
    scrub()


def _show_again(seat: Seat, own: Own) -> None:
    """Let the clear copy follow what was changed, where there is one; nothing of before is left."""
    before = shown_of(seat.person_id)
    after = own.only(before.filled())
    if after != before:
        keep_change(lambda: _put(seat.person_id, after), grows=False)
        scrub()


def _put(person_id: UUID, shown: Own) -> None:
    """Write the clear copy: words in a table of their own, the country among the settings."""
    words = shown.only(["person", "plan"])
    country = shown.country if len(shown.country) == _CODE_LETTERS else ""
    with transaction.atomic():
        ShownHelp.objects.filter(person_id=person_id).delete()
        if not words.is_empty:
            ShownHelp.objects.create(person_id=person_id, text=sealed_of(words).decode())
        if not Setting.objects.filter(person_id=person_id).update(country=country) and country:
            Setting.objects.create(person_id=person_id, country=country)


def _of_id(seat: Seat, id_: UUID) -> Kept:
    everything = everything_of(seat)
    for kept in (everything.newest, *everything.others):
        if kept and kept.id == id_:
            return kept
    raise AccessError("help.unknown", "This is not here. It may have been deleted.")
