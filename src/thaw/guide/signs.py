"""Signs that a sitting was not good for a person, as the rules count them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from thaw.guide.state import Sat, State, Unwelcome

UNREAL: Final = "unreal"
TOO_MUCH: Final = frozenset({"too-much", UNREAL})
ANGRY: Final = "angry"
HARDER: Final = frozenset({"harder", "further"})
"""After a sitting: harder, or further away and more numb."""

_LASTED = frozenset({"next-day", "longer"})


def is_too_much(sat: Sat) -> bool:
    """Return whether it was too much, or went unreal (S2)."""
    return not TOO_MUCH.isdisjoint(sat.responses)


def is_harder(sat: Sat) -> bool:
    """Return whether it left things harder or further away (S3)."""
    return sat.felt_after in HARDER


def is_bad(sat: Sat) -> bool:
    """Return whether S2 or S3 holds for it; one sitting counts once, whatever came in it."""
    return is_too_much(sat) or is_harder(sat)


def bad_times(sittings: Sequence[Sat], since: datetime) -> list[datetime]:
    """Return when sittings with S2 or S3 were, from ``since`` on, in their order."""
    return [sat.at for sat in sittings if sat.at >= since and is_bad(sat)]


def worse_next_day(state: State, since: datetime) -> list[datetime]:
    """Return when something unwelcome was told that lasted into the next day (S6), in order."""
    return [
        each.at
        for each in state.unwelcome
        if each.at >= since and each.is_something and _is_next_day(each, state.sittings)
    ]


def _is_next_day(entry: Unwelcome, sittings: Sequence[Sat]) -> bool:
    """What is still here counts when it is told on another day than that of the sitting."""
    if entry.lasted != "still":
        return entry.lasted in _LASTED
    before = [sat.at for sat in sittings if sat.at <= entry.at]
    return bool(before) and entry.at.date() > before[-1].date()


def is_within(moment: datetime, now: datetime, *, days: int) -> bool:
    """Return whether a moment lies in the last ``days``, each of 24 hours."""
    return now - moment < timedelta(days=days)
