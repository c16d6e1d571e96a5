"""From a cookie to a seat: every request is judged here, and the audio route asks the same."""

from thaw.web.house import House
from thaw.web.people import keyring, sessions
from thaw.web.people.lock import end_each, lock, lock_all
from thaw.web.people.seats import Seat
from thaw.web.people.sessions import Held

_MINUTE_S = 60
_AHEAD_S = 60  # A clock may be set right by a little.


def seat_at(house: House, token: str | None, *, quiet: bool = False) -> Seat | None:
    """Return the seat that a cookie opens, its key None while locked; None where it opens none.

    Args:
        house: What the pages stand on.
        token: The cookie.
        quiet: Whether asking is no sign of a person.

    Raises:
        ThawError: The store cannot be read.
    """
    if house.idle.woke():
        lock_all()
    held = sessions.find(token) if token else None
    if held is None or token is None or _is_over(house, held):
        return None
    key = sessions.key_of(held, token)
    if key is None and not held.has_passphrase:
        key = keyring.key_beside(house.data, held.person_id)
    limit_s = held.idle_minutes * _MINUTE_S if key and held.has_passphrase else None
    _meet(house, held, limit_s, is_open=key is not None)
    if key is not None and house.idle.left_s(held.id) <= 0:
        lock(held.id)
        key = None
    elif not quiet:
        house.idle.see(held.id)
        sessions.touch(held, house.idle.clocks.now())
    return Seat(held.person_id, key, held.id)


def _is_over(house: House, held: Held) -> bool:
    """End a session that has had its time, or is from a clock that was ahead."""
    age_s = (house.idle.clocks.now() - held.created_at).total_seconds()
    if house.idle.knows(held.id):
        is_over = not house.idle.lives(held.id)
    else:
        is_over = not -_AHEAD_S <= age_s < sessions.LIFE.total_seconds()
    if is_over:
        end_each([held.id])
    return is_over


def _meet(house: House, held: Held, limit_s: float | None, *, is_open: bool) -> None:
    now = house.idle.clocks.now()
    # A clock that was set back tells nothing of how long nobody was there.
    idle_s = (now - held.seen_at).total_seconds()
    idle_s = idle_s if idle_s >= -_AHEAD_S else sessions.LIFE.total_seconds()
    age_s = max(0.0, (now - held.created_at).total_seconds())
    house.idle.meet(held.id, age_s=age_s, idle_s=idle_s, limit_s=limit_s, is_open=is_open)
