"""An answer as it is spoken: its wordings chosen, put in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thaw.practice.answers import Answer
from thaw.practice.elements import Say, join
from thaw.practice.fit import Elastic
from thaw.practice.heard import Heard
from thaw.practice.leave import AFTERWARDS, Placed
from thaw.practice.parts import Leave, Practice
from thaw.practice.plan import spoken
from thaw.practice.remainder import LengthOf, Part, Wording, part_of, parts_of
from thaw.practice.situation import Situation


@dataclass(frozen=True, slots=True)
class Speech:
    """An answer put in a row.

    Attributes:
        row: What is heard; it ends with a rest. Empty where nothing of it may be said now.
        texts: Its lines, without emphasis; also where all of it was said a moment ago.
    """

    row: Sequence[Placed] = ()
    texts: tuple[str, ...] = ()


def speech_of(
    answer: Answer, practice: Practice, situation: Situation, length_of: LengthOf, heard: Heard
) -> Speech:
    """Return an answer as it is spoken; empty where nothing of it may be said here.

    The practice's own answer is taken where it has something to say. Wordings take turns with
    those of earlier answers, and the first is never what was said last.

    Args:
        answer: What is answered to the response everywhere.
        practice: May have an answer of its own.
        situation: Who hears it, how, and what they avoid.
        length_of: Gives the lengths of lines.
        heard: What was heard.
    """
    texts: tuple[str, ...] = ()
    own = _own(answer.kind, practice, situation, length_of)
    for parts in (own, parts_of(answer.script, situation, length_of)):
        said = [_primed(part, answer.kind, heard) for part in parts if part]
        if row := _row(_not_again(said, heard.said)):
            return Speech(row, _texts(row))
        texts = texts or _texts(_row(said))
    return Speech(texts=texts)


def _texts(row: Sequence[Placed]) -> tuple[str, ...]:
    return tuple(spoken(element.text) for _, element in row if isinstance(element, Say))


def _own(
    kind: str, practice: Practice, situation: Situation, length_of: LengthOf
) -> list[Part | None]:
    return [
        part_of(section, practice, situation, length_of, {})
        for section in practice.sections
        if section.response == kind
    ]


def _primed(part: Part, kind: str, heard: Heard) -> Part:
    return replace(part, script=kind, used=heard.used(kind))


def _not_again(parts: Sequence[Part], said: str) -> list[Part]:
    """Return the parts without what was said last among the wordings of the first line."""
    lines = [
        (number, at)
        for number, part in enumerate(parts)
        for at, wordings in sorted(part.said.items())
        if any(wordings)
    ]
    if not lines:
        return []
    number, at = lines[0]
    part = parts[number]
    others = [_others(wording, said) for wording in part.said[at]]
    first = replace(part, said=part.said | {at: others})
    return [*parts[:number], first, *parts[number + 1 :]] if any(others) else []


def _others(wording: Wording, said: str) -> Wording:
    return {variant: text for variant, text in wording.items() if spoken(text) != said}


def _row(parts: Sequence[Part]) -> list[Placed]:
    """Return what is heard; nothing where there is nothing to say.

    At its end stands a rest, and a mark: a way out may be needed here, as others may go.
    """
    portions = [part.portion((1, len(part.optional_lines))) for part in parts]
    row: list[Placed] = [
        (section, element)
        for section, elements in join(portions, after_rest=True)
        for element in elements
    ]
    if not row:
        return []
    section, last = row[-1]
    rest = [] if isinstance(last, Elastic) else [(section, AFTERWARDS)]
    return [*row, *rest, (section, Leave(section.place))]
