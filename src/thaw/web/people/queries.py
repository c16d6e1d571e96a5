"""How a session stands, for its pages."""

import math

from thaw.web.house import House
from thaw.web.people.seats import Seat


def standing(house: House, seat: Seat) -> dict[str, object]:
    """Return whether a session is locked, and the seconds until it will be; None: it will not."""
    left_s = house.idle.left_s(seat.session)
    will_be = seat.key is not None and math.isfinite(left_s)
    return {"locked": seat.key is None, "locks_in_s": round(left_s, 1) if will_be else None}
