"""What is still ahead of a sitting from a moment on, and the chain of ways to go on with it.

The chain of the rest is that of any practice (``chain``), with two more stages. Before its first
link come those in which plain sections are left out, from the end; after its last one, where a
sitting was turned outward, those with more and more lines that fill.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thaw.practice.answers import GROUNDING
from thaw.practice.chain import Link, chain_of
from thaw.practice.heard import Heard
from thaw.practice.parts import Bell, Check, Line, Practice, Section
from thaw.practice.plan import Event
from thaw.practice.remainder import LengthOf, Part, Planned, Size, parts_of
from thaw.practice.situation import Situation
from thaw.units import FRAMES_PER_SECOND

_MINUTE = 60 * FRAMES_PER_SECOND
_USUAL_FILL = 8 * FRAMES_PER_SECOND
"""A line that fills can last longer than this, with its rest."""

Round = Sequence[Part]
"""The sections of a text that fills, each of its entries once."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The ways to go on.

    Attributes:
        parts: First what fills, then what is left of each section.
        links: The ways, each with a little more than the one before; the first is the closing.
        whole: The number of the first in which no plain section is left out.
        unfilled: How many of them hold nothing that fills; those come first.
    """

    parts: Sequence[Part | None]
    links: Sequence[Link]
    whole: int
    unfilled: int


def parts_ahead(
    practice: Practice, situation: Situation, length_of: LengthOf, heard: Heard
) -> tuple[Part | None, ...]:
    """Return what ``situation`` leaves of each section that was not heard to its end."""
    parts = parts_of(practice, situation, length_of)
    if heard.spot is None:
        return parts
    played = [section for section in practice.sections if section.response is None]
    at, item = _find(played, heard.spot.line)
    used = heard.used("")
    ahead = [replace(part, used=used) if part else None for part in parts[at:]]
    if ahead[0] is not None:
        ahead[0] = ahead[0].after(heard.spot.entry, item)
    return (*[None] * at, *ahead)


def still_planned(
    parts: Sequence[Part | None], ahead: Sequence[Event], before: Sequence[Part | None]
) -> tuple[Part | None, ...]:
    """Return of ``parts`` what the plan would have played, and nothing besides.

    What the situation left nothing of before is new, and stays: the moving form of a section.

    Args:
        parts: What is left of each section.
        ahead: What the plan would have played.
        before: What was left of each section in the situation until now.
    """
    planned: dict[int, dict[int, int]] = {}
    for event in ahead:
        if (spot := event.spot) and spot.is_in_practice:
            planned.setdefault(spot.line, {})[spot.entry] = spot.variant
    return tuple(
        _kept(part, planned) if part and old else part
        for part, old in zip(parts, before, strict=True)
    )


def filling(
    script: Practice, situation: Situation, length_of: LengthOf, heard: Heard, frames: int
) -> Sequence[Round]:
    """Return the sections of a text that fills, again and again, enough for so many frames.

    In each round every entry comes once, in the first those that were heard least. An entry
    that comes again is said otherwise.
    """
    parts = [
        replace(part, script=GROUNDING)
        for part in parts_of(script, situation, length_of)
        if part and part.said
    ]
    times = [_times(part, heard.entries(GROUNDING)) for part in parts]
    rounds: list[Round] = []
    count = 0
    while parts and count * _USUAL_FILL < frames:
        least = [min(some.values()) for some in times]
        due = [
            {entry: number for entry, number in some.items() if rounds or number == fewest}
            for some, fewest in zip(times, least, strict=True)
        ]
        rounds.append([part.again(some) for part, some in zip(parts, due, strict=True)])
        count += sum(map(len, due))
        times = [
            {entry: number + (entry in now) for entry, number in some.items()}
            for some, now in zip(times, due, strict=True)
        ]
    return rounds


def ways_on(parts: Sequence[Part | None], rounds: Sequence[Round], frames: int) -> Ahead:
    """Return the ways to go on in a sitting of so many frames.

    Args:
        parts: What is left of each section.
        rounds: What may fill, round by round; within one, its sections take turns.
        frames: How long the whole sitting is: a section may hold only from some minutes on.
    """
    chain = chain_of(parts, frames / _MINUTE)
    shortened = list(_shortened(chain[0], parts))
    fill = [part for some in rounds for part in some]
    links = [(None,) * len(fill) + link for link in (*shortened, *chain)]
    filled = (sizes + chain[-1] for sizes in _filled(rounds, len(fill)))
    return Ahead(
        parts=(*fill, *parts),
        links=[*links, *filled],
        whole=len(shortened),
        unfilled=len(links),
    )


def _filled(rounds: Sequence[Round], count: int) -> Iterator[Link]:
    sizes: list[Size | None] = [None] * count
    start = 0
    for some in rounds:
        for turn in range(1, max((len(part.plain) for part in some), default=0) + 1):
            for at, part in enumerate(some, start):
                if turn <= len(part.plain):
                    sizes[at] = (turn, 0)
                    yield tuple(sizes)
        start += len(some)


def _times(part: Part, heard: Mapping[int, Mapping[int, int]]) -> Mapping[int, int]:
    """Return how often each entry of a section was heard."""
    first = next(item for item in part.section.items if isinstance(item, Line))
    counts = heard.get(first.place.line, {})
    return {entry: counts.get(entry, 0) for entry in part.entries_left()}


def _shortened(first: Link, parts: Sequence[Part | None]) -> Iterator[Link]:
    """Yield the first link with plain sections left out from the end, the closing alone first."""
    plain = [
        at
        for at, (size, part) in enumerate(zip(first, parts, strict=True))
        if size and part and not part.section.closing
    ]
    for count in range(len(plain)):
        gone = plain[count:]
        yield tuple(None if at in gone else size for at, size in enumerate(first))


def _find(sections: Sequence[Section], line: int) -> tuple[int, int]:
    """Return in which section, and at which of its items, a line of the text stands."""
    return next(
        (at, number)
        for at, section in enumerate(sections)
        for number, item in enumerate(section.items)
        if item.place.line == line
    )


def _kept(part: Part, planned: Planned) -> Part | None:
    places = [
        item.place.line for item in part.section.items if isinstance(item, (Line, Bell, Check))
    ]
    if not places:
        return part  # Rests alone leave no trace in a plan.
    kept = part.keeping(planned)
    return kept if kept.plain or kept.optional else None
