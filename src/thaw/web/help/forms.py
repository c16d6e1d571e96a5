"""What is sent of one's own help."""

from collections.abc import Collection
from uuid import UUID

from django.http import QueryDict

from thaw.units import AccessError, InputError
from thaw.web.help.body import PARTS, Own, Part, checked, own_from

FIRST = ("nothing", "writing")
"""What a link to Help now may say of who comes: then what takes no voice stands first."""

_MOST_VERSION = 2**31 - 1


def writes_first(given: QueryDict) -> bool:
    """Return whether text and chat come before talking."""
    return given.get("from", "") in FIRST


def own_of(given: QueryDict) -> Own:
    """Return what stands in the form, whether or not it can be kept."""
    return own_from({name: given.get(name, "") for name in given})


def version_of(given: QueryDict) -> int:
    """Return the version that was changed; one that cannot be is one that nothing stands at."""
    text = given.get("version", "0")
    ours = text.isdecimal() and len(text) < len(str(_MOST_VERSION))
    return int(text) if ours else _MOST_VERSION


def country_of(given: QueryDict, countries: Collection[str]) -> str:
    """Return the country that was chosen; empty for none.

    Raises:
        InputError: ``help.country``.
    """
    return checked(Own(country=given.get("country", "")), countries).country


def parts_of(given: QueryDict) -> tuple[Part, ...]:
    """Return what is to be readable while locked.

    Raises:
        InputError: ``help.parts``: something else was sent. ``help.not_read``: something was
            chosen, and nobody said that they read what it means.
    """
    chosen = given.getlist("part")
    parts = tuple(part for part in PARTS if part in chosen)
    if len(parts) != len(chosen):
        raise InputError("help.parts", f"What can be chosen is: {', '.join(PARTS)}.")
    if parts and given.get("read") != "yes":
        raise InputError(
            "help.not_read",
            "Nothing is shown yet. Tick that you have read what it means, then choose again.",
            {"field": "read"},
        )
    return parts


def id_of(given: QueryDict) -> UUID:
    """Return what is named.

    Raises:
        AccessError: ``help.unknown``.
    """
    try:
        return UUID(given.get("kept", ""))
    except ValueError:
        raise AccessError("help.unknown", "This is not here. It may have been deleted.") from None
