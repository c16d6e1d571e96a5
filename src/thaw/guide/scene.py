"""A moment as the guide sees it: what happened, what is in force, how much, what was asked."""

from dataclasses import dataclass
from datetime import datetime

from thaw.guide.decided import Asked, asked_on_the_day
from thaw.guide.dose import Dose, dose_of
from thaw.guide.guardrail import Guard, guard_of
from thaw.guide.state import State, known_at
from thaw.guide.table import of


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a suggestion follows from, but for the shelf.

    Attributes:
        known: What happened up to now, oldest first.
        guard: What is in force.
        dose: How much.
        asked: What the person answered today.
        now: The moment, in their own time zone.
    """

    known: State
    guard: Guard
    dose: Dose
    asked: Asked
    now: datetime

    @property
    def is_night(self) -> bool:
        """Whether it is late."""
        return self.now.hour >= of("night", "from") or self.now.hour < of("night", "until")


def scene_of(state: State, now: datetime) -> Scene:
    """Return the moment ``now`` for a state whose entries may stand in any order."""
    known = known_at(state, now)
    guard = guard_of(known, now)
    dose = dose_of(known, guard, now)
    return Scene(known, guard, dose, asked_on_the_day(known, now), now)
