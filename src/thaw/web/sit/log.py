"""Writing the sitting log: one row for a sitting, changed by whoever has something to say."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from uuid import UUID

from thaw.units import AccessError, ConflictError
from thaw.web import sealed
from thaw.web.sealed import Row, Seat
from thaw.web.sit.body import Body, body_of, sealed_of
from thaw.web.sit.models import Sat

_TRIES = 5
"""The player, the page after a sitting and a second tab may write at once."""

Change = Callable[[Body], Body]


def keep(seat: Seat, id_: UUID, day: date, first: Callable[[], Body], change: Change) -> Row:
    """Keep what ``change`` makes of a sitting's row.

    Args:
        seat: Whose log.
        id_: The sitting's ``sat_id``.
        day: When it began.
        first: Gives what a row that is not there yet begins with.
        change: Gives what is kept.

    Raises:
        ConflictError: Others kept changing it.
        AccessError, FullError, LockedError, DamageError: As ``thaw.web.sealed``.
    """
    try:
        return alter(seat, id_, change)
    except AccessError:
        fields = {"body": sealed_of(change(first()))}
    try:
        return sealed.create(Sat, seat, id_, fields, day=day)
    except ConflictError:  # Someone else was first.
        return alter(seat, id_, change)


def alter(seat: Seat, id_: UUID, change: Change) -> Row:
    """Keep what ``change`` makes of a row that is there; nothing is written where it is the same.

    Raises:
        AccessError: It is not there, or not this person's.
        ConflictError: Others kept changing it.
        FullError, LockedError, DamageError: As ``thaw.web.sealed``.
    """
    for _ in range(_TRIES - 1):
        with suppress(ConflictError):
            return _alter(seat, id_, change)
    return _alter(seat, id_, change)


def _alter(seat: Seat, id_: UUID, change: Change) -> Row:
    row = sealed.row_of(Sat, seat, id_)
    fields = {"body": sealed_of(change(body_of(row.fields["body"])))}
    if fields == row.fields:
        return row
    return sealed.save(Sat, seat, id_, row.version, fields)
