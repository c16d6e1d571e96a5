"""The closed lists a person chooses from."""

import secrets
from typing import Literal

from thaw.practice.parts import Practice

Level = Literal[1, 2, 3]

LEVELS: dict[Level, str] = {1: "first steps", 2: "steadier", 3: "spacious"}
"""The levels, and what pages call them."""

USUAL_LEVEL: Level = 2

OFFERED_MINUTES: dict[Level, int] = {1: 10, 2: 15, 3: 20}
"""Lengths are offered up to here; a practice's usual length always is."""

PACES = tuple(range(90, 141, 5))
"""Words a minute."""

USUAL_PACE = 115
PACE_SENTENCE = f"The pace is {PACES[0]} to {PACES[-1]} words a minute, in steps of five."

MOST_SECONDS = 60 * 60
LEAST_QUIET, MOST_QUIET = 5, 90
"""The cap on silences that a person can set, in seconds."""

MOST_SEED = 2**31 - 1


def postures_of(practice: Practice) -> tuple[str, ...]:
    """Return the postures one can choose, moving among them where the text provides for it."""
    if practice.moving == "self" and not {"moving", "walking"} & set(practice.postures):
        return (*practice.postures, "moving")
    return practice.postures


def level_of(practice: Practice) -> Level:
    """Return the level of a sitting that nobody chose one for."""
    return max(USUAL_LEVEL, practice.level)


def new_seed() -> int:
    """Return a seed for a sitting to come: which wordings it will have."""
    return secrets.randbelow(MOST_SEED)
