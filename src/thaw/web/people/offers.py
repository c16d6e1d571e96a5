"""A recovery code between being shown and being asked back; kept in memory only.

Nothing of it is written down before the person has the code on paper: a copy of the folder taken
meanwhile has nothing new in it. A process that ends in between changes nothing either, and the
person begins again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from uuid import UUID

from thaw.units import InputError
from thaw.vault.keys import DataKey, next_data_key
from thaw.vault.recovery import RecoveryCode, ask, new_code
from thaw.vault.stretch import Cost
from thaw.web.people import keyring
from thaw.web.people.passphrases import check

LIVES = timedelta(hours=1)

_MOST = 64


@dataclass(frozen=True, slots=True)
class Offer:
    """A recovery code that opens nothing yet.

    Attributes:
        old: The key that it is offered under.
        new: The key that it shall open; the same where only the code is to be new.
        wrap: The new key as a first passphrase opens it; None where only the code is to be new.
        asked: The two places that are asked back, counted from 1.
    """

    person_id: UUID
    old: DataKey = field(repr=False)
    new: DataKey = field(repr=False)
    wrap: bytes | None = field(repr=False)
    code: RecoveryCode = field(repr=False)
    asked: tuple[int, int]
    made_at: datetime

    @property
    def is_first(self) -> bool:
        """Whether a passphrase is set with it."""
        return self.wrap is not None

    def check_words(self, words: tuple[str, str]) -> None:
        """Raise unless the words are the two of the paper that are asked.

        Raises:
            InputError: ``recovery.not_these``.
        """
        if self.code.confirms(self.asked, words):
            return
        first, second = self.asked
        raise InputError(
            "recovery.not_these",
            f"These are not words {first} and {second}. Look at your paper again; nothing was "
            "changed yet.",
            {"first": first, "second": second},
        )


def offer_passphrase(
    person_id: UUID, key: DataKey, text: str, now: datetime, cost: Cost = Cost.OWN
) -> Offer:
    """Return a new key that a first passphrase opens, and the code to go with it.

    Raises:
        InputError: The passphrase would not stand, or is none at all.
        LimitError: ``vault.busy``.
        OutsideError: There is not enough memory.
    """
    check(text)
    new = next_data_key(key)
    wrap = keyring.wrapped(new, text, person_id, cost)
    return Offer(person_id, key, new, wrap, new_code(), ask(), now)


def offer_code(person_id: UUID, key: DataKey, now: datetime) -> Offer:
    """Return a code to take the place of the one there is."""
    return Offer(person_id, key, key, None, new_code(), ask(), now)


def accept(offer: Offer, words: tuple[str, str], *, data: Path) -> bool:
    """Let the code count, and the passphrase offered with it; return whether all is done.

    Raises:
        InputError: ``recovery.not_these``: the words are not the two that were asked;
            ``key.changed_meanwhile``.
        FullError: Nothing can be kept now, and nothing was changed; or as ``set_passphrase``.
    """
    offer.check_words(words)
    if offer.wrap is None:
        return keyring.change_code(offer.person_id, offer.new, offer.code)
    return keyring.set_passphrase(
        offer.person_id, offer.old, offer.new, offer.wrap, offer.code, data=data
    )


class Offers:
    """The offers that wait, one for each session."""

    def __init__(self) -> None:
        self._waiting: dict[str, Offer] = {}
        self._lock = Lock()

    def put(self, session: str, offer: Offer) -> None:
        """Keep an offer for a session, in place of one that it had."""
        with self._lock:
            self._waiting.pop(session, None)
            self._waiting[session] = offer
            while len(self._waiting) > _MOST:
                del self._waiting[next(iter(self._waiting))]

    def of(self, session: str, key: DataKey | None, now: datetime) -> Offer:
        """Return the offer of a session, if it was made under this key.

        Raises:
            InputError: ``recovery.no_offer``: there is none any more.
        """
        with self._lock:
            offer = self._waiting.get(session)
            if offer and now - offer.made_at < LIVES and offer.old == key:
                return offer
            self._waiting.pop(session, None)
        raise InputError(
            "recovery.no_offer",
            "No new recovery code waits here any more. Nothing was changed; begin again.",
        )

    def forget(self, session: str) -> None:
        """Drop what waits for a session."""
        with self._lock:
            self._waiting.pop(session, None)


WAITING = Offers()
"""The offers of this process."""
