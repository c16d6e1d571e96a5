"""The rule on the way back: R12."""

import re
from collections.abc import Iterator
from typing import Final

from thaw.practice.parts import Place
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.wording import Wording
from thaw.units import SAMPLE_RATE

_GROUNDS: Final = {
    "look": r"look(?:s|ing)?",
    "see": r"see(?:s|ing)?",
    "room": r"room",
    "feet": r"feet|foot",
    "floor": r"floor",
    "chair": r"chair",
    "hands": r"hands?",
    "stretch": r"stretch(?:es|ing)?",
    "move": r"mov(?:e|es|ing)",
    "name": r"nam(?:e|es|ing)",
    "next": r"next",
}
_GROUND: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{word}>{form})" for word, form in _GROUNDS.items()) + r")\b",
    re.IGNORECASE,
)
_ATTENTION: Final = re.compile(
    r"\b(?:(?P<inside>breath(?:s|e|ing)?|in-breath|out-breath|heart(?:beat)?|chest|belly|inside|"
    rf"inward)|{'|'.join(_GROUNDS.values())}|eyes|sounds?|hear|listen|light|colours?|door|window|"
    r"walls?|ground|air|arms?|fingers?|toes?)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 3
_LEAST_S: Final = 45
_LEAST_SHORT_S: Final = 30
_SHORT_S: Final = 180


def judge_closing(script: Script) -> Iterator[Finding]:
    """Yield a way back that is too short, does not lead outward, or ends inside (R12)."""
    place = next((section.place for section in script.sections if section.closing), script.top)
    for posture in script.postures:
        lines = [heard.wordings for heard in script.heard[posture] if heard.said.section.closing]
        grounds = {ground for wordings in lines for ground in _common_grounds(wordings)}
        if len(grounds) < _FEWEST:
            yield Finding(
                place,
                f"The way back names {len(grounds)} of the things that bring someone back"
                f" ({posture}).",
                "Look around the room, feel the feet or the chair, stretch or move, and name what"
                " comes next.",
            )
        yield from _ends_inside(lines)
    yield from _too_short(script, place)


def _common_grounds(wordings: tuple[Wording, ...]) -> set[str]:
    """Return what every wording of a line names."""
    named = (
        {str(found.lastgroup) for found in _GROUND.finditer(wording.text)} for wording in wordings
    )
    return set.intersection(*named)


def _ends_inside(lines: list[tuple[Wording, ...]]) -> Iterator[Finding]:
    """Yield where the last thing that attention goes to in the closing is inside."""
    for wordings in reversed(lines):
        last = [(wording, list(_ATTENTION.finditer(wording.text))) for wording in wordings]
        for wording, found in last:
            if found and found[-1]["inside"]:
                yield Finding(
                    wording.place(found[-1].start()),
                    f"“{found[-1].group()}” is where the way back ends, and that is inside.",
                    "End outside: with what can be seen, heard, touched, or done next.",
                )
        if all(found for _, found in last):
            return


def _too_short(script: Script, place: Place) -> Iterator[Finding]:
    for sitting in script.sittings:
        closing = sum(event.length for event in sitting.plan.events if event.closing)
        is_short = sitting.plan.total < _SHORT_S * SAMPLE_RATE
        least = _LEAST_SHORT_S if is_short else _LEAST_S
        if closing < least * SAMPLE_RATE:
            yield Finding(
                place,
                f"The way back lasts {closing / SAMPLE_RATE:.0f} s in {sitting.name}.",
                f"Give it {least} s or more, with longer rests or another line.",
            )


RULES: Final = (Rule("R12", "error", "A way back that grounds", judge_closing),)
