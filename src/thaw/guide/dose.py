"""How much: the level and the minutes of what is suggested."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from thaw.guide.decided import LEVEL, QUIET_AS_IT_IS, has_since, latest, level_chosen
from thaw.guide.guardrail import Guard
from thaw.guide.signs import is_bad, is_within
from thaw.guide.state import LEVELS, Level, Offered, State
from thaw.guide.table import of


@dataclass(frozen=True, slots=True)
class Dose:
    """How much to suggest.

    Attributes:
        level: The level to sit at.
        before: The level from before a gap, one tap away; None where there is none.
        learned: The minutes of the last sittings; None while suggestions are first or gentle.
        most: No suggestion is longer, in minutes.
        is_early: Whether there were so few sittings that outward ones come first.
        is_first: Whether there was no sitting yet.
        is_gap: Whether it begins again after a gap.
    """

    level: Level
    before: Level | None
    learned: int | None
    most: int
    is_early: bool
    is_first: bool
    is_gap: bool

    def minutes(self, practice: Offered, guard: Guard, shorter_than: int | None) -> int | None:
        """Return how long to offer a practice for; None where it cannot be so short.

        Args:
            practice: What is offered.
            guard: What is in force.
            shorter_than: The person asked for less than so many minutes.
        """
        least, most = of("dose", "gentle_least"), self.most
        wanted = min(max(practice.usual if self.learned is None else self.learned, least), most)
        if shorter_than is not None:
            wanted = min(wanted, (shorter_than + 1) // 2)
        found = min(max(wanted, practice.least), guard.most_minutes(practice))
        if found < practice.least or found > self.most:
            return None
        return None if shorter_than is not None and found >= shorter_than else found


def dose_of(known: State, guard: Guard, now: datetime) -> Dose:
    """Return how much to suggest, for a state that ``known_at`` gave."""
    chosen, count = level_chosen(known.decisions), len(known.sittings)
    is_gap = _is_gap(known, now)
    level = chosen
    if is_gap:
        level = LEVELS[0]
    elif guard.is_gentle:
        level = LEVELS[max(0, LEVELS.index(chosen) - of("S3", "levels_lower"))]
    is_short = is_gap or guard.is_gentle or count < of("dose", "first")
    most = of("dose", "gentle_most") if is_short else most_minutes(level)
    return Dose(
        level=level,
        before=chosen if is_gap and chosen != level else None,
        learned=None if is_short else _learned(known),
        most=most,
        is_early=count < of("dose", "outward_first"),
        is_first=count == 0,
        is_gap=is_gap,
    )


def most_minutes(level: Level) -> int:
    """Return the longest suggestion at a level, in minutes."""
    return min(of("dose", "most"), of("dose", f"most_level_{level}"))


def asks_longer_quiet(known: State, guard: Guard, now: datetime) -> bool:
    """Return whether "Longer quiet between the words?" is asked (S13).

    Six sittings of the last thirty days since the level was chosen, none of them with S2 or S3,
    nothing unwelcome in that time (S7), nothing in force, no gap, and no "no" lately.
    """
    window = of("S13", "window")
    changed = latest(known.decisions, LEVEL)
    lately = [sat for sat in known.sittings if is_within(sat.at, now, days=window)]
    since = [sat for sat in lately if changed is None or sat.at > changed.at]
    came = [
        each
        for each in known.unwelcome
        if each.is_something and is_within(each.at, now, days=window)
    ]
    again = now - timedelta(days=of("S13", "asked_again"))
    return (
        level_chosen(known.decisions) < max(LEVELS)
        and len(since) >= of("S13", "sittings")
        and not any(map(is_bad, lately))
        and not came
        and not guard.held
        and not _is_gap(known, now)
        and not has_since(known.decisions, QUIET_AS_IT_IS, again)
    )


def _is_gap(known: State, now: datetime) -> bool:
    if not known.sittings:
        return False
    return (now.date() - known.sittings[-1].at.date()).days > of("S13", "gap")


def _learned(known: State) -> int:
    lately = known.sittings[-of("dose", "recent") :]
    return round(median(sat.minutes for sat in lately))
