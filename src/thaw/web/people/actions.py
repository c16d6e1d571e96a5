"""Coming in, locking and unlocking."""

from thaw.vault.keys import DataKey
from thaw.web.house import House
from thaw.web.people import keyring, sessions
from thaw.web.people.entry import seat_at
from thaw.web.people.lock import end_each, lock_each
from thaw.web.people.proof import Proof, key_of_person
from thaw.web.people.seats import Seat


def enter(house: House, link: str, cookie: str | None) -> str | None:
    """Let in who has a link, or who was let in before; return the token for the cookie."""
    is_good = house.links.take(link)
    if cookie and seat_at(house, cookie) is not None:
        return cookie
    if not is_good:
        return None
    person_id = keyring.first_person(house.data)
    key = keyring.key_beside(house.data, person_id)
    now = house.idle.clocks.now()
    sessions.forget_old(now)
    token = sessions.begin(person_id, key, now)
    seat_at(house, token)  # From here on no clock on the wall is asked how long it has been there.
    return token


def lock(seat: Seat) -> bool:
    """Lock a session and return whether it is; without a passphrase there is nothing to lock."""
    if not keyring.has_passphrase(seat.person_id):
        return False
    lock_each([seat.session])
    return True


def unlock(house: House, seat: Seat, cookie: str, proof: Proof) -> str:
    """Open a session and return the token for its cookie, which is a new one.

    Raises:
        InputError: The passphrase or code is wrong, or none was given.
        LimitError: It was tried too often just now, or too many do.
        DamageError: What is kept of the key is not as it was written.
        OutsideError: There is not enough memory.
    """
    clock = house.idle.clocks.now
    key = key_of_person(seat.person_id, proof, data=house.data, cost=house.cost, clock=clock)
    return _renewed(house, seat, cookie, key)


def _renewed(house: House, seat: Seat, cookie: str, key: DataKey) -> str:
    """Let a session go on under another name: who has the cookie of before has nothing."""
    before = sessions.find(cookie)
    now = house.idle.clocks.now()
    token = sessions.begin(seat.person_id, key, now, since=before.created_at if before else now)
    house.idle.rename(seat.session, sessions.name_of(token))
    seat_at(house, token)
    end_each([seat.session])
    return token
