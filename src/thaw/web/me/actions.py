"""Setting, changing and taking away what opens a person's own."""

from thaw.vault.keys import DataKey
from thaw.web.database.keeping import keep
from thaw.web.house import House
from thaw.web.me import queries
from thaw.web.me.queries import offer_of
from thaw.web.people import keyring, lock, offers, sessions
from thaw.web.people.models import Setting
from thaw.web.people.offers import WAITING
from thaw.web.people.passphrases import check
from thaw.web.people.proof import Proof, key_of_person
from thaw.web.people.seats import Seat
from thaw.web.sealed import key_of


def set_idle(seat: Seat, minutes: int) -> None:
    """Lock after so many minutes in which nobody was there."""
    kept = {"idle_minutes": minutes}
    keep(
        lambda: Setting.objects.update_or_create(person_id=seat.person_id, defaults=kept),
        grows=False,
    )


def offer_passphrase(house: House, seat: Seat, text: str) -> None:
    """Make a first passphrase ready, and a recovery code with it; neither counts yet."""
    now = house.idle.clocks.now()
    key = key_of(seat)
    WAITING.put(seat.session, offers.offer_passphrase(seat.person_id, key, text, now, house.cost))


def offer_code(house: House, seat: Seat, proof: Proof) -> None:
    """Make another recovery code ready for who shows what opens now."""
    key = _proven(house, seat, proof)
    WAITING.put(seat.session, offers.offer_code(seat.person_id, key, house.idle.clocks.now()))


def accept(house: House, seat: Seat, words: tuple[str, str], cookie: str) -> None:
    """Let what was offered count, and let this browser go on with the key there is then.

    Every other browser of the person is locked by a first passphrase.

    Raises:
        InputError: The words are not those that were asked, or nothing is offered any more.
        FullError: The disk takes no more; the sentence says what counts.
    """
    offer = offer_of(house, seat)
    offers.accept(offer, words, data=house.data)
    WAITING.forget(seat.session)
    if offer.is_first:
        sessions.give_key(cookie, seat.person_id, offer.new)
        lock.lock_each(queries.other_sessions(seat))


def change_passphrase(house: House, seat: Seat, proof: Proof, text: str) -> None:
    """Let another passphrase open, for who shows what opens now."""
    check(text)
    key = _proven(house, seat, proof)
    wrap = keyring.wrapped(key, text, seat.person_id, house.cost)
    keyring.change_passphrase(seat.person_id, key, wrap)


def remove_passphrase(house: House, seat: Seat, proof: Proof) -> None:
    """Let anyone open who has the folder, for who shows what opens now."""
    keyring.remove_passphrase(seat.person_id, _proven(house, seat, proof), data=house.data)


def _proven(house: House, seat: Seat, proof: Proof) -> DataKey:
    """Return the key that was opened once more.

    Raises:
        InputError: The passphrase or code is wrong, or none was given.
        LimitError: It was tried too often just now, or too many do.
        OutsideError: There is not enough memory.
    """
    clock = house.idle.clocks.now
    return key_of_person(seat.person_id, proof, data=house.data, cost=house.cost, clock=clock)
