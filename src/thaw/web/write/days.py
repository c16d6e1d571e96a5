"""Days and months as a person lives them."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime

from thaw.units import AccessError, InputError

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Between these a clock may be wrong and a day still be one."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKS = Calendar()  # Weeks begin on Monday (ISO 8601).


def today() -> date:
    """Return the date on this machine, which is the person's own."""
    return local_day(datetime.now(UTC))


def local_day(moment: datetime) -> date:
    """Return the date that a moment had on this machine."""
    return moment.astimezone().date()


def day_of(text: str) -> date:
    """Return the day that is named, as ``2026-11-22``.

    Raises:
        InputError: ``note.day``.
    """
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise InputError("note.day", "This is no day. Write it like 2026-11-22.", {"field": "day"})
    return day


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return max(self.days())

    @property
    def before(self) -> "Month | None":
        """The month before this one; None where time begins."""
        return _month(self.year * 12 + self.month - 2)

    @property
    def after(self) -> "Month | None":
        """The month after this one; None where time ends."""
        return _month(self.year * 12 + self.month)

    def days(self) -> list[date]:
        return [day for week in self.weeks() for day in week if day is not None]

    def weeks(self) -> list[list[date | None]]:
        """Return the weeks, Monday first; None where a day is of another month."""
        return [
            [date(self.year, self.month, day) if day else None for day in week]
            for week in _WEEKS.monthdayscalendar(self.year, self.month)
        ]

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def month_of(text: str) -> Month:
    """Return the month that an address names, as ``2026-11``.

    Raises:
        AccessError: ``note.month``.
    """
    try:
        day = day_of(f"{text}-01")
    except InputError:
        raise no_such_time() from None
    return Month(day.year, day.month)


def no_such_time() -> AccessError:
    """Return the error of a day or a month that no calendar has."""
    return AccessError("note.month", "There is no such day or month here.")


def _month(number: int) -> Month | None:
    month = Month(number // 12, number % 12 + 1)
    return month if FIRST.year <= month.year <= LAST.year else None
