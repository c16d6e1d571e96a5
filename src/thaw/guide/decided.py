"""What a person can decide about what is offered, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from thaw.guide.state import LEVELS, Decision, Level, State

SOMETHING_ELSE: Final = "something-else"  # With the id of the practice that was offered.
SHORTER: Final = "shorter"  # With the minutes that were offered.
NOT_TODAY: Final = "not-today"
OFFER_AGAIN: Final = "offer-again"  # Takes back what was answered earlier that day.
LEVEL: Final = "level"  # With 1, 2 or 3.
QUIET_AS_IT_IS: Final = "quiet-as-it-is"
ASKED_UNWELCOME: Final = "asked:unwelcome"
SEEN_PROFESSIONAL: Final = "seen:professional"
SEEN_REPAIR: Final = "seen:repair"
ANGER_PLAN: Final = "opened:anger-plan"


def override_of(rule: str) -> str:
    """Return the kind of decision that goes on against a rule, after reading."""
    return f"override:{rule}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person answered to what was offered today.

    Attributes:
        declined: Ids of the practices they wanted something else for.
        shorter_than: They wanted it shorter than so many minutes; None where not.
        is_not_today: Whether they said: not today.
    """

    declined: frozenset[str] = frozenset()
    shorter_than: int | None = None
    is_not_today: bool = False


def asked_on_the_day(known: State, now: datetime) -> Asked:
    """Return what was answered today, for a state that ``known_at`` gave.

    "Not today" counts until the person sits after all.
    """
    asked = Asked()
    since = known.sittings[-1].at if known.sittings else None
    for each in known.decisions:
        is_over = each.kind == NOT_TODAY and since is not None and since > each.at
        if each.at.date() == now.date() and not is_over:
            asked = _after(asked, each)
    return asked


def latest(decisions: Sequence[Decision], kind: str) -> Decision | None:
    """Return the last decision of a kind; ``decisions`` stand oldest first."""
    return next((each for each in reversed(decisions) if each.kind == kind), None)


def has_since(decisions: Sequence[Decision], kind: str, moment: datetime) -> bool:
    """Return whether a decision of this kind was made at ``moment`` or later."""
    found = latest(decisions, kind)
    return found is not None and found.at >= moment


def level_chosen(decisions: Sequence[Decision]) -> Level:
    """Return the level a person came to; 1 where they never said so."""
    for each in reversed(decisions):
        if each.kind == LEVEL:
            for level in LEVELS:
                if each.value == str(level):
                    return level
    return 1


def _after(asked: Asked, decision: Decision) -> Asked:
    declined, shorter = asked.declined, asked.shorter_than
    if decision.kind == SOMETHING_ELSE:
        return Asked(declined | {decision.value}, shorter)
    if decision.kind == SHORTER and decision.value.isdecimal() and len(decision.value) < 4:
        wanted = int(decision.value)
        return Asked(declined, wanted if shorter is None else min(wanted, shorter))
    if decision.kind == NOT_TODAY:
        return Asked(declined, shorter, is_not_today=True)
    return Asked() if decision.kind == OFFER_AGAIN else asked
