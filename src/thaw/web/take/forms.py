"""What is typed to bring a backup back, and to erase."""

from collections.abc import Mapping

from thaw.units import InputError
from thaw.web.take.actions import Opener

MEANT = "erase everything"
"""What must be typed before everything is erased."""


def opener_of(given: Mapping[str, str]) -> Opener:
    """Return what opens a backup, as it was typed."""
    return Opener(given.get("passphrase", ""), given.get("code", ""))


def asked_words(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the two words that were typed back."""
    return given.get("first", ""), given.get("second", "")


def is_meant(given: Mapping[str, str]) -> bool:
    """Return whether what is here may be put aside."""
    return given.get("replace") == "yes"


def check_meant(given: Mapping[str, str]) -> None:
    """Raise unless the words were typed.

    Raises:
        InputError: ``erase.not_meant``.
    """
    if " ".join(given.get("words", "").casefold().split()).strip("\"'.") != MEANT:
        raise InputError(
            "erase.not_meant", f"Nothing was erased. Type the words {MEANT} if that is meant."
        )
