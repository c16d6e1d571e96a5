"""Locking: the key leaves the session, and what was opened with it leaves the memory."""

from collections.abc import Iterable
from contextlib import suppress

from thaw.units import ThawError
from thaw.web.house import the_house
from thaw.web.people import sessions
from thaw.web.people.offers import WAITING


def lock(session: str) -> None:
    """Lock one session: its key is taken away and its sittings end, and their sound."""
    lock_each([session])


def lock_each(names: Iterable[str]) -> None:
    """Lock these sessions."""
    house, wanted = the_house(), list(names)
    if not wanted:
        return
    for name in wanted:
        house.sittings.forget_of(name)
        house.idle.rest(name)
        WAITING.forget(name)
    sessions.lock(wanted, house.idle.clocks.now())


def lock_all() -> None:
    """Lock every session that a passphrase can open again."""
    lock_each(sessions.with_passphrase())


def look_after() -> None:
    """Lock what is due, all of it when the machine slept, and end what has had its time."""
    house = the_house()
    with suppress(ThawError):  # Who asks for a page is told; here nobody is.
        if house.idle.woke():
            lock_all()
        lock_each(house.idle.due())
        end_each(house.idle.over())


def end_each(names: Iterable[str]) -> None:
    """End these sessions, and what lies in memory for them."""
    house, wanted = the_house(), list(names)
    if not wanted:
        return
    for name in wanted:
        house.sittings.forget_of(name)
        house.idle.forget(name)
        WAITING.forget(name)
    sessions.end(wanted)
