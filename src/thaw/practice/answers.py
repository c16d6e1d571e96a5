"""What is answered to a tap: a few lines, and what they do to the rest of a sitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from thaw.practice.parts import Practice

Effect = Literal["continue", "switch-anchor", "move", "outward", "quieter", "shorten", "end"]
"""What an answer does to the rest of a sitting (docs/explanation/answering.md)."""

EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)

RESPONSES: Final = (
    *("nothing", "restless", "sleepy", "frustrated", "wandering", "bored", "angry", "pain"),
    *("tears", "memory", "too-much", "unreal", "less-talk", "fine", "end", "stop"),
)
"""Every kind of response a person can give."""

END: Final = "end"
STOP: Final = "stop"
TOO_MUCH: Final = "too-much"
FINE: Final = "fine"

ANSWERED: Final = tuple(kind for kind in RESPONSES if kind not in (END, STOP))
"""The kinds that have words for an answer; the way out has none of its own."""

GROUNDING: Final = "grounding"
"""The script of the lines that fill what an answer has turned outward."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that answers one kind of response.

    Attributes:
        kind: One of ``ANSWERED``; ``grounding`` for the lines that fill.
        effect: What it does to the rest of a sitting.
        script: Its lines and rests; as a practice it has every anchor and posture, and
            neither length nor closing.
    """

    kind: str
    effect: Effect
    script: Practice


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer there is.

    Attributes:
        by_kind: One for each of ``ANSWERED``.
        grounding: The lines that fill what was turned outward.
    """

    by_kind: Mapping[str, Answer]
    grounding: Answer
