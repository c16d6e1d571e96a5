"""What is typed to bring a backup back, and to erase."""

from collections.abc import Mapping

from thaw.units import InputError

MEANT = "erase everything"
"""What must be typed before everything is erased."""


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
