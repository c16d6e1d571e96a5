"""What is typed to show that one may: a passphrase, or the words of a recovery code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from thaw.exchange.bundle import Head
from thaw.exchange.opening import open_with_code, open_with_passphrase
from thaw.vault.keys import DataKey
from thaw.vault.recovery import parse
from thaw.vault.stretch import Cost
from thaw.web.people import keyring
from thaw.web.people.attempts import Clock


@dataclass(frozen=True, slots=True)
class Proof:
    """What was typed: one of the two. A code counts before a passphrase."""

    passphrase: str = field(repr=False)
    code: str = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.passphrase and not self.code.strip()


def proof_of(given: Mapping[str, str]) -> Proof:
    """Return what a form holds of it."""
    return Proof(given.get("passphrase", ""), given.get("code", ""))


def asked_words(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the two words of a new code that were typed back."""
    return given.get("first", ""), given.get("second", "")


def key_of_person(
    person_id: UUID,
    proof: Proof,
    *,
    data: Path,
    cost: Cost = Cost.OWN,
    clock: Clock = timezone.now,
) -> DataKey:
    """Return a person's data key.

    Raises:
        InputError: The passphrase or code is wrong, or none was given.
        LimitError: It was tried too often just now, or too many do.
        DamageError: What is kept of the key is not as it was written.
        OutsideError: There is not enough memory.
    """
    if proof.code.strip():
        return keyring.unlock_with_code(person_id, proof.code, data=data, clock=clock)
    return keyring.unlock_with_passphrase(person_id, proof.passphrase, cost, data=data, clock=clock)


def key_of_backup(head: Head, proof: Proof, *, cost: Cost = Cost.OWN) -> DataKey:
    """Return the data key of a backup.

    Raises:
        InputError: As ``open_with_passphrase`` and ``open_with_code``; or the words are no code.
        LimitError: Too many are unlocking.
        OutsideError: There is not enough memory.
    """
    if proof.code.strip():
        return open_with_code(head, parse(proof.code))
    return open_with_passphrase(head, proof.passphrase, least=cost)
