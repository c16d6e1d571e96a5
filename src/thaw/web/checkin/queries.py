"""What was said in check-ins, opened, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from thaw.units import AccessError, DamageError
from thaw.web import sealed
from thaw.web.checkin.body import Body, body_of
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.checkin.way import Liked, liked_in
from thaw.web.sealed import DamagedRow, Row, Seat
from thaw.web.write.days import today

ON_A_PAGE = 50

_ORDER = ("-created_at", "-id")


@dataclass(frozen=True, slots=True)
class CheckInEntry:
    """A check-in, opened.

    Attributes:
        day: The local date it was given on.
        at: When it was first kept.
        body: Every answer.
    """

    id: UUID
    version: int
    day: date
    at: datetime
    body: Body = field(repr=False)

    @property
    def is_unreal(self) -> bool:
        """Whether things were unreal or far away."""
        return self.body.is_unreal


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of check-ins, newest first.

    Attributes:
        unreadable: How many here are no longer as they were kept.
        before: Where the next page goes on, or empty.
    """

    entries: tuple[CheckInEntry, ...]
    unreadable: int
    before: str


def checkin_of(seat: Seat, id_: UUID) -> CheckInEntry:
    """Return a check-in.

    Raises:
        AccessError: It is not there, or not this person's.
        DamageError: It is no longer as it was kept.
    """
    return _entry(sealed.row_of(CheckIn, seat, id_))


def checkins_of(seat: Seat, since: date) -> tuple[CheckInEntry, ...]:
    """Return the check-ins of ``since`` and later, newest first; damaged ones are passed over."""
    rows = sealed.rows_of(CheckIn, seat, order=_ORDER, day__gte=since)
    return tuple(_readable(rows))


def latest_today(seat: Seat) -> CheckInEntry | None:
    """Return the last check-in of this day, if there is one."""
    rows = sealed.rows_of(CheckIn, seat, order=_ORDER, day=today())
    return next(_readable(rows), None)


def checkins_before(seat: Seat, cursor: str, *, most: int = ON_A_PAGE) -> Listing:
    """Return a page of check-ins from before ``cursor``, or the first.

    Raises:
        AccessError: ``checkin.place``: there is no such page.
    """
    last = _place_of(cursor) if cursor else UUID(int=2**128 - 1)
    # Ids begin with the time, so the later comes first.
    rows = list(islice(sealed.rows_of(CheckIn, seat, order=("-id",), id__lt=last), most + 1))
    shown = rows[:most]
    entries = tuple(_readable(iter(shown)))
    before = shown[-1].id if len(rows) > most else None
    return Listing(entries, len(shown) - len(entries), str(before or ""))


def liked_by(seat: Seat) -> Liked:
    """Return how a person likes to be asked; as usual where nothing readable was kept."""
    for row in ways_of(seat):
        try:
            return liked_in(row.fields["body"])
        except DamageError:
            continue
    return Liked()


def ways_of(seat: Seat) -> Iterator[Row]:
    """Yield the rows that say how a person likes to be asked; the last that was said first."""
    rows = sealed.rows_of(Way, seat, order=("-changed_at", "-id"))
    return (row for row in rows if isinstance(row, Row))


def _place_of(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise AccessError("checkin.place", "There is no such page of the list.") from None


def _readable(rows: Iterator[Row | DamagedRow]) -> Iterator[CheckInEntry]:
    for row in rows:
        if isinstance(row, Row):
            try:
                yield _entry(row)
            except DamageError:
                continue


def _entry(row: Row) -> CheckInEntry:
    day = row.clear["day"]
    if not isinstance(day, date):
        raise TypeError("A check-in's day is a date.")
    return CheckInEntry(row.id, row.version, day, row.created_at, body_of(row.fields["body"]))
