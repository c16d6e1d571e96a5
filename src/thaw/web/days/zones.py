"""Time zones by their names: the machine's own, and those that a person may type."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from thaw.units import InputError

_NOT_OF_A_PLACE = {"Factory", "localtime", "posixrules"}
_ELSEWHERE = "UTC"


@cache
def zone_names() -> frozenset[str]:
    """Return the name of every zone that there is."""
    return frozenset(available_timezones() - _NOT_OF_A_PLACE)


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        InputError: ``days.zone``: there is none of this name; the nearest is named.
    """
    known = {each.lower(): each for each in zone_names()}
    found = known.get(name.strip().replace(" ", "_").lower())
    if found is None:
        raise InputError("days.zone", _unknown(name.lower(), known), {"field": "zone"})
    return ZoneInfo(found)


def name_here() -> str | None:
    """Return the name of this machine's zone; None where it does not say."""
    from tzlocal import get_localzone_name

    return get_localzone_name()


def zone_here(told: Callable[[], str | None] = name_here) -> ZoneInfo:
    """Return the zone of this machine; UTC where it does not say, or says two things."""
    try:
        return zone_named(told() or _ELSEWHERE)
    except (InputError, ZoneInfoNotFoundError):
        return ZoneInfo(_ELSEWHERE)


def _unknown(name: str, known: dict[str, str]) -> str:
    cities = {each.rpartition("/")[2]: each for each in known}
    near = get_close_matches(name[:80], [*known, *cities], n=1)
    if not near:
        return "There is no time zone of this name. Write it like Europe/Berlin."
    return f"There is no time zone of this name. Is it {known[cities.get(near[0], near[0])]}?"
