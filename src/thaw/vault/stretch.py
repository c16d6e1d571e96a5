"""From a passphrase to a secret: slow and large on purpose (Argon2id, RFC 9106).

Each guess costs who guesses the same memory and time. So that a crowd at the door cannot take
the machine's memory, at most two of these run in a process at once, and a large one alone.
"""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from thaw.units import InputError, OutsideError
from thaw.vault.keys import KEY_BYTES
from thaw.vault.slots import Slots

LONGEST = 1000
"""The most characters that a passphrase may have."""

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs.

    Attributes:
        memory_kib: Memory, in KiB.
        passes: How often that memory is gone through.
        lanes: How many processors may share the work.
    """

    OWN: ClassVar["Cost"]
    """For oneself: 256 MiB, three times."""
    HOST: ClassVar["Cost"]
    """For a host of many: 64 MiB, three times."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        # The upper bounds keep a forged file from taking all memory or an hour.
        if not (
            1 <= self.lanes <= 8
            and 1 <= self.passes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1 << 20
        ):
            raise ValueError("Argon2 takes 1 to 16 passes, 1 to 8 lanes, 8 KiB a lane to 1 GiB.")

    def is_weaker_than(self, least: "Cost") -> bool:
        """Return whether a guess takes less memory or fewer passes than at ``least``."""
        return self.memory_kib < least.memory_kib or self.passes < least.passes


Cost.OWN = Cost(256 << 10, passes=3, lanes=2)
Cost.HOST = Cost(64 << 10, passes=3, lanes=1)

_SLOTS = Slots(2, waiting=16)


def stretch(passphrase: str, salt: bytes, cost: Cost, *, slots: Slots = _SLOTS) -> bytes:
    """Return the 32 bytes that follow from a passphrase.

    Takes one of the two places of this process, or both when it needs more memory than
    ``Cost.HOST``; waits for them.

    Raises:
        InputError: The passphrase is empty, too long or holds half a character.
        LimitError: Too many wait already.
        OutsideError: There is not enough free memory.
    """
    secret = settled(passphrase)
    places = 2 if cost.memory_kib > Cost.HOST.memory_kib else 1
    with slots.take(places):
        try:
            return argon2id(secret, salt, cost)
        except HashingError:
            raise OutsideError(
                "vault.no_memory",
                "There is not enough free memory to unlock. Close something and try again.",
                retryable=True,
            ) from None


def settled(passphrase: str) -> bytes:
    """Return a passphrase as the bytes it always has, on whatever keyboard it was typed.

    Different ways to write the same character become one (NFKC, Unicode Standard Annex 15),
    and space around it is dropped, which phones add unasked.

    Raises:
        InputError: It is empty, too long or holds half a character.
    """
    if len(passphrase) > LONGEST:
        raise InputError(
            "vault.passphrase_too_long",
            f"A passphrase has at most {LONGEST} characters. Use a shorter one.",
            {"most": LONGEST},
        )
    # Asked, not tried: the error of a failed encoding would carry the passphrase.
    if any("\ud800" <= character <= "\udfff" for character in passphrase):
        raise InputError(
            "vault.passphrase_unreadable",
            "A character of this passphrase came through broken. Type it again.",
        )
    text = unicodedata.normalize("NFKC", passphrase).strip()
    if not text:
        raise InputError("vault.passphrase_empty", "The passphrase is empty. Type it in.")
    return text.encode()


def argon2id(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes by Argon2id, version 1.3 (RFC 9106)."""
    passes, memory_kib, lanes = cost.passes, cost.memory_kib, cost.lanes
    return hash_secret_raw(secret, salt, passes, memory_kib, lanes, KEY_BYTES, Type.ID)
