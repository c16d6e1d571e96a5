"""What is typed to set, change and show what opens a person's own."""

from collections.abc import Mapping

from thaw.units import InputError
from thaw.vault.stretch import settled

IDLE_CHOICES = (1, 2, 5, 10, 15, 30, 60)
"""Minutes that can be chosen."""


def chosen_passphrase(given: Mapping[str, str]) -> str:
    """Return a passphrase that was typed twice.

    Raises:
        InputError: ``passphrase.differs``; or it is empty, too long or came through broken.
    """
    text, again = given.get("new", ""), given.get("again", "")
    # What no character stands for arrives so; two broken texts would be one and the same.
    if "\ufffd" in text:
        raise InputError(
            "vault.passphrase_unreadable",
            "A character of this passphrase came through broken. Type it again.",
        )
    if not again or settled(text) != settled(again):
        raise InputError(
            "passphrase.differs", "The two are not the same. Type both once more.", {"field": "new"}
        )
    return text


def chosen_minutes(given: Mapping[str, str]) -> int:
    """Return how long nobody may be there before it locks.

    Raises:
        InputError: ``choice.unknown``.
    """
    for minutes in IDLE_CHOICES:
        if given.get("idle_minutes") == str(minutes):
            return minutes
    raise InputError(
        "choice.unknown",
        f"Here you can choose {', '.join(map(str, IDLE_CHOICES))} minutes.",
        {"field": "idle_minutes"},
    )
