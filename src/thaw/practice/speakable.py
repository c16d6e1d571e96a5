"""Check that an answer can be given to everyone, and again when the same tap comes again."""

from collections.abc import Iterator
from itertools import product
from operator import itemgetter

from thaw.practice.answers import GROUNDING, Answer
from thaw.practice.avoid import avoid_list
from thaw.practice.check import avoiders, check_lines, check_lists
from thaw.practice.parts import Level, Line, Place, Words
from thaw.practice.problems import Problems
from thaw.practice.remainder import Part, parts_of
from thaw.practice.situation import OnlyEyes, Situation
from thaw.units import Frames, Problem

_LEVELS: tuple[Level, ...] = (1, 2, 3)
_EYES: tuple[OnlyEyes, ...] = ("open", "closed")

WORDINGS = (3, 2, 1)
"""First wordings for who avoids nothing, any single term, all terms. Two are needed so that the
same tap twice in a row is not answered with the same words."""

ENTRIES = (12, 8, 4)
"""Entries of the lines that fill, for the same three: enough for a few minutes."""


def check_answer(answer: Answer, *, words: Words) -> tuple[Problem, ...]:
    """Return every problem that reading alone does not show.

    An answer has wordings enough at every level, in every posture, with open and closed eyes,
    to who avoids nothing, any one term or all of them, also where the sitting has been turned
    outward and fewer words were promised. It begins with words and ends with a rest.

    Args:
        answer: As it was read.
        words: The avoid terms there are.
    """
    problems = Problems(answer.script.file)
    _check_ways(answer, words, problems)
    _check_order(answer, problems)
    check_lines(answer.script, words, problems)
    check_lists(answer.script, problems)
    return problems.found()


def _check_ways(answer: Answer, words: Words, problems: Problems) -> None:
    """Note who has too few ways to hear it, unless nobody has more."""
    top = next((section.place for section in answer.script.sections), Place(1))
    needed = ENTRIES if answer.kind == GROUNDING else WORDINGS
    told = max(needed)
    for (terms, who), enough in zip(avoiders(words), _enough(needed, words), strict=True):
        ways, situation = min(
            ((_count(answer, one), one) for one in _situations(terms, words)),
            key=itemgetter(0),
        )
        if ways < min(enough, told):
            told = ways
            problems.error(
                top,
                "practice.few_answers",
                f"Ways in which it may begin for {who}: {ways} (level {situation.level}, "
                f"{situation.posture}, eyes {situation.eyes}). There should be {enough}.",
                "Add wordings that everyone may hear, in every posture.",
            )


def _enough(needed: tuple[int, int, int], words: Words) -> Iterator[int]:
    yield needed[0]
    yield from [needed[1]] * len(words.avoid)
    yield needed[2]


def _situations(terms: tuple[str, ...], words: Words) -> Iterator[Situation]:
    """Yield the situations that leave least, of who avoids these terms."""
    avoid = avoid_list(terms, words)
    anchor = next((phrase for phrase in words.anchors.values() if not avoid.finds(phrase)), None)
    slots = {"anchor": anchor} if anchor else {}
    for level, posture, eyes in product(_LEVELS, ("sitting", "standing", "lying", "moving"), _EYES):
        yield Situation(
            level, posture, eyes, None, slots, avoid, seed=0, outward=True, quieter=True
        )


def _count(answer: Answer, situation: Situation) -> int:
    """Return how many ways there are to begin: wordings, or entries of what fills."""
    parts = [part for part in parts_of(answer.script, situation, lambda _: Frames(1)) if part]
    if answer.kind == GROUNDING:
        return sum(len(part.plain) + len(part.optional) for part in parts)
    return next((count for part in parts for count in _first_wordings(part) if count), 0)


def _first_wordings(part: Part) -> Iterator[int]:
    return (len(wordings[0]) for _, wordings in sorted(part.said.items()))


def _check_order(answer: Answer, problems: Problems) -> None:
    for section in answer.script.sections:
        for item, is_right, what in (
            (section.items[0], isinstance(section.items[0], Line), "begins with a rest"),
            (section.items[-1], not isinstance(section.items[-1], Line), "ends with a line"),
        ):
            if not is_right:
                problems.error(
                    item.place,
                    "practice.answer_order",
                    f"{section.title} {what}.",
                    "Begin with what is said, and end with a rest: what follows needs room.",
                )
