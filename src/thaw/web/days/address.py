"""The address of a calendar: a secret that finds one row, and opens the words in it.

Who has the address may read the calendar, locked or not; it is kept where only its person can
read it. The store has what follows from it, and that leads back to nothing.
"""

import re
import secrets
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from thaw.units import DamageError
from thaw.vault.keys import KEY_BYTES, DataKey, derive_from
from thaw.vault.seal import Where, open_sealed, seal

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Address:
    """What follows from a token.

    Attributes:
        token_hash: Finds the row, and tells nothing of the token.
        key: Seals and opens the words; never kept.
    """

    token_hash: str
    key: DataKey = field(repr=False)

    @classmethod
    def of(cls, token: str) -> Self:
        """Return what follows from a token that we made."""
        raw = token.encode()
        key = DataKey(1, derive_from(raw, "calendar words"))
        return cls(derive_from(raw, "calendar address").hex(), key)

    def sealed(self, words: str, person_id: UUID) -> bytes:
        """Return words so that this address opens them."""
        return seal(self.key, words.encode(), self._where(person_id))

    def opened(self, sealed: bytes | memoryview, person_id: UUID) -> str | None:
        """Return the words; None where they are not as they were sealed."""
        try:
            return open_sealed(self.key, sealed, self._where(person_id)).decode()
        except DamageError:
            return None

    def _where(self, person_id: UUID) -> Where:
        return Where("days_feed", "words", self.token_hash, str(person_id))


def new_token() -> str:
    """Return what nobody guesses: 256 random bits, in 43 characters that an address may have."""
    return secrets.token_urlsafe(KEY_BYTES)


def address_of(text: str) -> Address | None:
    """Return what follows from a token that anyone may send; None for what none can be."""
    return Address.of(text) if _TOKEN.fullmatch(text) else None
