"""A situation: who sits, how, and what they avoid; it decides what of a practice is meant."""

from dataclasses import dataclass, replace
from typing import Literal

from thaw.practice.avoid import AvoidList, avoid_list
from thaw.practice.beds import BEDS, OFF
from thaw.practice.parts import Conditions, Level, Practice, Words
from thaw.practice.plan import Choices, Pauses
from thaw.practice.problems import suggest
from thaw.units import InputError

OnlyEyes = Literal["open", "closed"]

INWARD_ANCHORS = frozenset({"breath", "words"})
"""Anchors inside; an answer never leads to one of them."""

LONGEST_ASKED = 60
"""Signs that a word given for one of ``asks`` may have: a few words, and a line stays a line."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a sitting's choices come to.

    Attributes:
        posture: One that the practice has; ``moving`` covers walking too.
        eyes: What is spoken for open or for closed eyes.
        anchor: Its id, or None where every anchor is avoided or there is none.
        slots: What fills the slots that are the same throughout: ``anchor`` and asked words.
        notices: Sentences about what was changed to keep to the avoid list.
        checks: What may be asked at a ``[check]``.
        outward: Whether nothing is meant any more that turns inward.
        quieter: Whether nothing is meant that may be dropped for fewer words.
        pauses: Whether rests are usually shorter or longer than the text says.
    """

    level: Level
    posture: str
    eyes: OnlyEyes
    anchor: str | None
    slots: dict[str, str]
    avoid: AvoidList
    seed: int
    notices: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    outward: bool = False
    quieter: bool = False
    pauses: Pauses = "usual"

    def suits(self, when: Conditions) -> bool:
        """Return whether something said to hold ``when`` is meant here."""
        return (
            when.level <= self.level
            and (not when.postures or self._in_posture(when.postures))
            and when.eyes in (None, self.eyes)
            and not (self.outward and when.inward)
            and not (self.quieter and when.extra)
            and not self.avoid.forbids(when)
        )

    def _in_posture(self, postures: tuple[str, ...]) -> bool:
        return self.posture in postures or (self.posture == "walking" and "moving" in postures)


def postures_of(practice: Practice) -> tuple[str, ...]:
    """Return every posture one may choose; a practice that moves by itself has ``moving``."""
    moves = practice.moving == "self" and "moving" not in practice.postures
    return (*practice.postures, "moving") if moves else practice.postures


def settle(practice: Practice, choices: Choices, words: Words) -> Situation:
    """Return the situation that ``choices`` mean for ``practice``.

    A posture or anchor that is avoided gives way to the next one, with a notice.

    Raises:
        InputError: ``choices.level``, ``choices.posture``, ``choices.anchor``,
            ``choices.asked``, ``choices.bed``, ``avoid.unknown_term``, ``avoid.silence_form``, or
            ``avoid.too_little_left`` where every posture is avoided.
    """
    if choices.level not in (1, 2, 3):
        raise InputError("choices.level", f"There is no level {choices.level}. Levels are 1 to 3.")
    _require_bed(choices)
    avoid = avoid_list(choices.avoid, words)
    posture, changed_posture = _posture(practice, choices, avoid)
    anchor, changed_anchor = _anchor(practice, choices, avoid, words)
    slots = _asked(practice, choices) | ({"anchor": words.anchors[anchor]} if anchor else {})
    return Situation(
        level=choices.level,
        posture=posture,
        eyes=_eyes(practice, posture, avoid),
        anchor=anchor,
        slots=slots,
        avoid=avoid,
        seed=choices.seed,
        notices=tuple(filter(None, (changed_posture, changed_anchor))),
        checks=tuple(line for line in words.check if not avoid.finds(line)),
        quieter=choices.guidance == "less",
        pauses=choices.pauses,
    )


def _require_bed(choices: Choices) -> None:
    known = (*BEDS, OFF)
    if choices.bed and choices.bed not in known:
        raise InputError(
            "choices.bed", f"There is no bed {choices.bed}. {suggest(choices.bed, known)}"
        )
    if choices.bed_volume not in (1, 2, 3):
        raise InputError(
            "choices.bed", f"A bed cannot be as loud as {choices.bed_volume}. Choose 1, 2 or 3."
        )


def without_avoiding(situation: Situation, practice: Practice, words: Words) -> Situation:
    """Return the situation of who avoids nothing, in the same posture, to compare with."""
    anchor = situation.anchor or next(iter(practice.anchors), None)
    spoken = {"anchor": words.anchors[anchor]} if anchor else {}
    return replace(
        situation,
        avoid=AvoidList(),
        slots=situation.slots | spoken,
        eyes=_eyes(practice, situation.posture, AvoidList()),
    )


def _posture(practice: Practice, choices: Choices, avoid: AvoidList) -> tuple[str, str]:
    known = postures_of(practice)
    if choices.posture is not None and choices.posture not in known:
        raise InputError(
            "choices.posture",
            f"This practice is not made for {choices.posture}. {suggest(choices.posture, known)}",
        )
    free = [posture for posture in known if posture not in avoid.terms]
    if not free:
        raise InputError(
            "avoid.too_little_left",
            f"{practice.title} has no posture that you do not avoid. Choose another practice.",
        )
    if choices.posture is None or choices.posture in free:
        return choices.posture or free[0], ""
    return free[0], f"{choices.posture.capitalize()} is on your avoid list; this is for {free[0]}."


def _anchor(
    practice: Practice, choices: Choices, avoid: AvoidList, words: Words
) -> tuple[str | None, str]:
    known = practice.anchors
    if choices.anchor is not None and choices.anchor not in known:
        raise InputError(
            "choices.anchor",
            f"This practice has no anchor {choices.anchor}. {suggest(choices.anchor, known)}",
        )
    free = [
        anchor
        for anchor in known
        if anchor not in avoid.terms and not avoid.finds(words.anchors[anchor])
    ]
    if choices.anchor is None or choices.anchor in free:
        return choices.anchor or next(iter(free), None), ""
    instead = f"this goes with the {free[0]}" if free else "this goes without an anchor"
    return next(iter(free), None), f"The {choices.anchor} is on your avoid list; {instead}."


def _asked(practice: Practice, choices: Choices) -> dict[str, str]:
    """Return what fills the slots of ``asks``: what was given, else what stands otherwise."""
    slots = {name: ask.otherwise for name, ask in practice.asks.items()}
    for name, given in choices.asked:
        if name not in slots:
            raise InputError(
                "choices.asked",
                f"This practice does not ask for {name}. {suggest(name, slots)}",
            )
        # One star would turn the rest of the line into emphasis.
        words = " ".join(given.replace("*", " ").split())
        if len(words) > LONGEST_ASKED:
            raise InputError(
                "choices.asked",
                f"A word for {name} may have up to {LONGEST_ASKED} signs. Give a shorter one.",
            )
        slots[name] = words or slots[name]
    return slots


def _eyes(practice: Practice, posture: str, avoid: AvoidList) -> OnlyEyes:
    """Return what to speak for: open eyes where they must or should be, else closed.

    Where a practice leaves it open, lines for closed eyes are the ones that need saying.
    """
    moving = posture in ("walking", "moving")
    if practice.eyes == "open" or moving or "closed-eyes" in avoid.terms:
        return "open"
    return "closed"
