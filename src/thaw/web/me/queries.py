"""What a person may know of how their own is kept."""

from dataclasses import dataclass

from thaw.web.house import House
from thaw.web.people.keyring import drafts_keys, has_passphrase, is_unfinished
from thaw.web.people.models import IDLE_MINUTES, Session, Setting
from thaw.web.people.offers import WAITING, Offer
from thaw.web.people.seats import Seat
from thaw.web.sealed import key_of


@dataclass(frozen=True, slots=True)
class Privacy:
    """How a person's own is kept.

    Attributes:
        folder: Where all of it lies.
        has_passphrase: Whether it is locked at times, and not only covered.
        is_unfinished: Whether something that an older key or passphrase opens may still lie there.
        idle_minutes: How long nobody may be there before it is locked.
    """

    folder: str
    has_passphrase: bool
    is_unfinished: bool
    idle_minutes: int


def privacy_of(house: House, seat: Seat) -> Privacy:
    """Return how this person's own is kept."""
    found = Setting.objects.filter(person_id=seat.person_id)
    minutes = found.values_list("idle_minutes", flat=True).first()
    return Privacy(
        folder=str(house.data),
        has_passphrase=has_passphrase(seat.person_id),
        is_unfinished=is_unfinished(seat.person_id),
        idle_minutes=minutes or IDLE_MINUTES,
    )


def offer_of(house: House, seat: Seat) -> Offer:
    """Return the recovery code that waits for this browser.

    Raises:
        InputError: ``recovery.no_offer``.
    """
    return WAITING.of(seat.session, seat.key, house.idle.clocks.now())


def keys_of_drafts(seat: Seat) -> tuple[bytes, ...]:
    """Return what this person's browsers seal drafts with: the newest first."""
    return drafts_keys(seat.person_id, key_of(seat))


def other_sessions(seat: Seat) -> list[str]:
    """Return the other browsers of this person."""
    found = Session.objects.filter(person_id=seat.person_id).exclude(id_hash=seat.session)
    return list(found.values_list("id_hash", flat=True))
