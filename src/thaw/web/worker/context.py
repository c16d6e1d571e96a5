"""How the door stands, for every page: scripts cover and lock by it, and the header shows it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from thaw.web.house import the_house
from thaw.web.people.models import IDLE_MINUTES
from thaw.web.people.queries import standing

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat

_MINUTE_S = 60


def door(request: HttpRequest) -> dict[str, object]:
    """Return how the door stands for who asks, and the minutes until nobody seems to be there.

    ``closed``: nobody was let in, or it does not matter here. ``locked``: it is. ``locks``: it is
    open and can be locked. ``covers``: it is open, and without a passphrase pages can only be
    covered.
    """
    seat: Seat | None = getattr(request, "seat", None)
    if seat is None:
        return {"door": "closed", "idle_minutes": IDLE_MINUTES}
    if seat.key is None:
        return {"door": "locked", "idle_minutes": IDLE_MINUTES}
    left_s = standing(the_house(), seat)["locks_in_s"]
    if not isinstance(left_s, float):
        return {"door": "covers", "idle_minutes": IDLE_MINUTES}
    return {"door": "locks", "idle_minutes": max(1, round(left_s / _MINUTE_S))}
