"""What an effect changes for the rest of a sitting: posture, anchor, outward, fewer words."""

from dataclasses import dataclass, replace

from thaw.practice.answers import Effect
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices, Origin
from thaw.practice.situation import INWARD_ANCHORS, Situation, postures_of, settle

_ON_THE_MOVE = ("moving", "walking")


@dataclass(frozen=True, slots=True)
class Turn:
    """How a sitting goes on.

    Attributes:
        choices: The plan's, with posture and anchor as they are from now on.
        outward: Whether nothing turns inward any more.
        quieter: Whether what may be dropped for fewer words is dropped from now on.
    """

    choices: Choices
    outward: bool
    quieter: bool

    def situation(self, practice: Practice, words: Words) -> Situation:
        """Return the situation from now on; who turns outward has open eyes, and no breath."""
        settled = settle(practice, self.choices, words)
        settled = replace(settled, quieter=settled.quieter or self.quieter)
        if not self.outward:
            return settled
        slots = dict(settled.slots)
        if settled.anchor in INWARD_ANCHORS:
            del slots["anchor"]
        return replace(settled, slots=slots, eyes="open", outward=True)


def turn_before(origin: Origin) -> Turn:
    """Return how a plan has gone on until now."""
    return Turn(origin.choices, origin.outward, origin.quieter)


def turned(turn: Turn, effect: Effect, practice: Practice, words: Words) -> Turn:
    """Return how a sitting goes on after an effect.

    Where there is no moving form, or no other anchor, it goes on as before. What an answer
    ends is turned outward too: whoever goes on after all does so with open eyes.

    Args:
        turn: How it went on until now.
        effect: What was answered.
        practice: Has postures and anchors.
        words: Says which anchors are avoided.
    """
    choices = turn.choices
    match effect:
        case "move":
            return replace(turn, choices=replace(choices, posture=_moving(practice, choices)))
        case "switch-anchor":
            anchor = _next_anchor(practice, choices, words)
            return replace(turn, choices=replace(choices, anchor=anchor))
        case "quieter":
            return replace(turn, quieter=True)
        case "outward" | "end":
            if choices.anchor in INWARD_ANCHORS:
                anchor = _next_anchor(practice, choices, words)
                choices = replace(choices, anchor=anchor)
            return replace(turn, choices=choices, outward=True)
    return turn


def _moving(practice: Practice, choices: Choices) -> str | None:
    if choices.posture in _ON_THE_MOVE:
        return choices.posture
    known = postures_of(practice)
    return next((posture for posture in _ON_THE_MOVE if posture in known), choices.posture)


def _next_anchor(practice: Practice, choices: Choices, words: Words) -> str | None:
    """Return the anchor before the one in use, from the last one round again.

    A practice names its anchors so that the last one leads outside. None that lies inside or is
    avoided is taken; where there is no other, the one in use stays.
    """
    round_again = [
        anchor
        for anchor in reversed(practice.anchors)
        if anchor not in INWARD_ANCHORS and _is_free(anchor, practice, choices, words)
    ]
    if choices.anchor not in round_again:
        return next(iter(round_again), choices.anchor)
    return round_again[(round_again.index(choices.anchor) + 1) % len(round_again)]


def _is_free(anchor: str, practice: Practice, choices: Choices, words: Words) -> bool:
    return settle(practice, replace(choices, anchor=anchor), words).anchor == anchor
