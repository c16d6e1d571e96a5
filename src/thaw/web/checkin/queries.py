"""What was said in check-ins, opened, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.checkin.body import Body, body_of
from thaw.web.checkin.models import CheckIn
from thaw.web.sealed import DamagedRow, Row, Seat
from thaw.web.write.days import today

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
