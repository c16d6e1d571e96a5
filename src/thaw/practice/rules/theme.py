"""What kind of practice a script is: some rules hold for feelings or for the body only."""

import re
from typing import Final

from thaw.practice.rules.script import Script

EMOTIONAL: Final = frozenset(
    {
        "anger",
        "anxiety",
        "compassion",
        "emotion",
        "emotions",
        "fear",
        "feeling",
        "feelings",
        "grief",
        "guilt",
        "heart",
        "joy",
        "kindness",
        "loneliness",
        "love",
        "loving-kindness",
        "mood",
        "numb",
        "numbness",
        "rage",
        "sadness",
        "savouring",
        "self-compassion",
        "shame",
    }
)
"""Themes that make a practice one about feelings."""

BODILY: Final = frozenset(
    {"body", "body-scan", "breath", "interoception", "sensations", "tension", "touch"}
)
"""Themes that make a practice one about the body."""

_NAMES_FEELINGS: Final = re.compile(r"\b(?:emotions?|emotional|feelings)\b", re.IGNORECASE)


def is_grounding(script: Script) -> bool:
    """Return whether the practice is there to bring someone back to the room."""
    return "grounding" in script.practice.themes


def is_emotional(script: Script) -> bool:
    """Return whether it is about feelings: by its themes, or because it speaks of them."""
    if EMOTIONAL & set(script.practice.themes):
        return True
    spoken = (_NAMES_FEELINGS.search(wording.text) for wording in script.wordings())
    return not is_grounding(script) and any(spoken)


def is_bodily(script: Script) -> bool:
    """Return whether it is about the body: by its themes, or because attention goes inward."""
    if BODILY & set(script.practice.themes):
        return True
    return any(when.inward for wording in script.wordings() for when in wording.conditions)
