"""What every page knows of the plan of days; asked of the store only where a page has a use."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.http import HttpRequest

from thaw.units import ThawError
from thaw.web.days import page, queries
from thaw.web.house import the_house

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat


@dataclass(frozen=True, slots=True)
class QuietMinute:
    """The plan of days as any page may show it; nothing where it cannot be read."""

    seat: "Seat | None"

    @property
    def wait_s(self) -> float | None:
        """The seconds until a page asks what is due; None where nothing comes."""
        if self.seat is None or self.seat.key is None:
            return None
        try:
            timed = queries.timed_of(self.seat.person_id)
            return queries.wait_of(timed, the_house().idle.clocks.now()) if timed else None
        except (ThawError, DatabaseError):
            return None

    @property
    def line(self) -> str:
        """When today's quiet minute is, in the person's words; empty for none."""
        try:
            return page.line_of(self.seat, the_house().idle.clocks.now()) if self.seat else ""
        except (ThawError, DatabaseError):  # It is locked, or cannot be read.
            return ""


def days(request: HttpRequest) -> dict[str, object]:
    """Return what of the plan of days may stand on a page."""
    return {"quiet_minute": QuietMinute(getattr(request, "seat", None))}
