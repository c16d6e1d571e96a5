"""What a person may know before they take something along or bring it back."""

from dataclasses import dataclass
from datetime import date, datetime

from thaw.exchange.bundle import LockKind
from thaw.web.house import House
from thaw.web.people.keyring import has_passphrase
from thaw.web.people.offers import Offer, Offers
from thaw.web.people.seats import Seat
from thaw.web.sealed import key_of
from thaw.web.take.codes import locks_of
from thaw.web.take.restoring import has_entries
from thaw.web.write.days import local_day

WAITING = Offers()
"""Codes for backups that were shown and not yet asked back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for taking along.

    Attributes:
        has_passphrase: Whether backups open with a passphrase.
        has_lock: Whether a backup can be made at once.
        code_since: The day on which the code that opens backups was made, where there is one.
        has_entries: Whether a restore would put something aside.
    """

    has_passphrase: bool
    has_lock: bool
    code_since: date | None
    has_entries: bool


def standing(seat: Seat) -> Standing:
    """Return how things stand."""
    locks = locks_of(seat.person_id, key_of(seat))
    since = [lock.since for lock in locks if lock.kind == LockKind.RECOVERY]
    return Standing(
        has_passphrase=has_passphrase(seat.person_id),
        has_lock=bool(locks),
        code_since=local_day(datetime.fromisoformat(since[0])) if since else None,
        has_entries=has_entries(seat.person_id),
    )


def offer_of(house: House, seat: Seat) -> Offer:
    """Return the code that waits for this browser.

    Raises:
        InputError: ``recovery.no_offer``.
    """
    return WAITING.of(seat.session, seat.key, house.idle.clocks.now())
