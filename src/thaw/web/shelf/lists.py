"""The closed lists a person chooses from."""

import secrets
from hashlib import sha256
from typing import Literal

from thaw.practice.beds import OFF
from thaw.practice.parts import Practice

Level = Literal[1, 2, 3]
Volume = Literal[1, 2, 3]

LEVELS: dict[Level, str] = {1: "first steps", 2: "steadier", 3: "spacious"}
"""The levels, and what pages call them."""

USUAL_LEVEL: Level = 2

OFFERED_MINUTES: dict[Level, int] = {1: 10, 2: 15, 3: 20}
"""Lengths are offered up to here; a practice's usual length always is."""

ROOM_MINUTES = (3, 5, 7, 10, 15, 20)
"""How much room one may have for a practice, in the library."""

PACES = tuple(range(90, 141, 5))
"""Words a minute."""

USUAL_PACE = 115
PACE_SENTENCE = f"The pace is {PACES[0]} to {PACES[-1]} words a minute, in steps of five."

MOST_SECONDS = 60 * 60
LEAST_QUIET, MOST_QUIET = 5, 90
"""The cap on silences that a person can set, in seconds."""

QUIET_SENTENCE = (
    f"The longest quiet is a whole number of seconds, from {LEAST_QUIET} to {MOST_QUIET}."
)

BEDS: dict[str, str] = {
    "": "as the practice has it",
    OFF: "none",
    "rain": "rain",
    "sea": "the sea",
    "brown": "brown noise",
}
"""What can lie under the words, and what pages call it."""

BED_SENTENCE = f"Under the words there can be: {', '.join(filter(None, BEDS))}."

VOLUMES: dict[Volume, str] = {1: "soft", 2: "usual", 3: "strong"}
"""How loud a bed is, and what pages call it."""

VOLUME_SENTENCE = "How loud is 1, 2 or 3."
VOICE_SENTENCE = "This voice is not here. Choose one of the list, or words on the screen."

ASKED = "asked-"
"""What the fields begin with that hold words for a practice's ``asks``."""

MOST_SEED = 2**31 - 1


def postures_of(practice: Practice) -> tuple[str, ...]:
    """Return the postures one can choose, moving among them where the text provides for it."""
    if practice.moving == "self" and not {"moving", "walking"} & set(practice.postures):
        return (*practice.postures, "moving")
    return practice.postures


def level_of(practice: Practice) -> Level:
    """Return the level of a sitting that nobody chose one for."""
    return max(USUAL_LEVEL, practice.level)


def volume_of(given: str | None) -> Volume | None:
    """Return the volume that a form names, or None."""
    return next((volume for volume in VOLUMES if str(volume) == given), None)


def new_seed() -> int:
    """Return a seed for a sitting to come: which wordings it will have."""
    return secrets.randbelow(MOST_SEED)


def same_seed(*parts: object) -> int:
    """Return a seed that is the same for the same parts: a page shown again stays what it was."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:4], "big") % MOST_SEED
