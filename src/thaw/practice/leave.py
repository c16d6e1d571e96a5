"""Ways out that the plan speaks: where they are needed, and only there.

At a ``[leave]`` a way out is spoken if otherwise more than the level's minutes would pass
before the next possible one, and once in the last third if there is none (clinical rule R10).
Lines of the practice that name a way out count too.
"""

from collections.abc import Iterator, Sequence
from math import sqrt

from thaw.practice.elements import MARKS, Element, Past, Say
from thaw.practice.fit import Elastic
from thaw.practice.parts import Leave, Level, Rest, Section, Words
from thaw.practice.plan import LEAVE, Spot
from thaw.practice.remainder import LengthOf, elastic_of
from thaw.practice.situation import Situation
from thaw.practice.variants import Wordings
from thaw.units import FRAMES_PER_SECOND, Seconds

MOST_MINUTES: dict[Level, int] = {1: 3, 2: 4, 3: 5}
"""Minutes that may pass without a way out, by level."""

AFTERWARDS = elastic_of(Rest(Seconds(2), Seconds(sqrt(8)), Seconds(4)))
"""The rest after a spoken way out, where none follows."""

Placed = tuple[Section, Element]
"""Something played, and the section it belongs to."""

Marks = frozenset[int]
"""Some of the marks of a row, by their number among all its marks."""


def ways_out(
    situation: Situation,
    words: Words,
    length_of: LengthOf,
    count: int,
    heard: Sequence[int] = (),
) -> tuple[Say, ...]:
    """Return what is spoken at ``count`` marks: the first way out, the second, and so on.

    None at all for a person who avoids something in every one of them.

    Args:
        situation: Says what is avoided, and the seed.
        words: Holds the ways out.
        length_of: Gives their lengths.
        count: How many are needed at most.
        heard: Those heard already, by their number among the ones that are not avoided.
    """
    lines = [line for line in words.leave if not situation.avoid.finds(line)]
    order = Wordings(situation.seed, "leave", len(lines), heard)
    chosen = [order.choose(range(len(lines))) for _ in range(count if lines else 0)]
    return tuple(
        Say(lines[at], length_of(lines[at]), Spot(LEAVE, 0, 0, at), is_way_out=True)
        for at in chosen
    )


def speak_at(row: Sequence[Placed], marks: Marks, lines: Sequence[Say]) -> Iterator[Placed]:
    """Yield ``row`` with a way out spoken at ``marks``, and a rest after it.

    Args:
        row: What is played; the marks stay in it.
        marks: Where to speak.
        lines: At least as many ways out as there are marks.
    """
    number, spoken = 0, 0
    for at, (section, element) in enumerate(row):
        yield section, element
        if isinstance(element, Leave):
            if number in marks:
                yield section, lines[spoken]
                spoken += 1
                if not _rest_follows(row, at):
                    yield section, AFTERWARDS
            number += 1


def marks_needed(
    row: Sequence[Placed], lengths: Sequence[int], spoken: Marks, level: Level
) -> Marks:
    """Return the marks at which a way out is needed besides those spoken.

    Args:
        row: What is played, with the marks.
        lengths: How long each thing in ``row`` lasts, in frames.
        spoken: Marks that are followed by a way out already.
        level: Says how long may pass without one.
    """
    points: list[tuple[int, int | None]] = []  # when; which mark, or None for a way out
    now = number = 0
    for (_, element), length in zip(row, lengths, strict=True):
        if isinstance(element, Leave):
            if number not in spoken:
                points.append((now, number))
            number += 1
        elif isinstance(element, (Say, Past)) and element.is_way_out:
            points.append((now, None))
        now += length
    limit = MOST_MINUTES[level] * 60 * FRAMES_PER_SECOND
    return _before_long_stretches(points, now, limit) or _in_last_third(points, now)


def _before_long_stretches(points: Sequence[tuple[int, int | None]], end: int, limit: int) -> Marks:
    needed: set[int] = set()
    last = 0
    following = [when for when, _ in points[1:]] + [end]
    for (when, mark), then in zip(points, following, strict=False):
        if mark is None:
            last = when
        elif last < when and then - last > limit:
            needed.add(mark)
            last = when
    return frozenset(needed)


def _in_last_third(points: Sequence[tuple[int, int | None]], end: int) -> Marks:
    late = [mark for when, mark in points if 3 * when >= 2 * end]
    if not late or None in late:
        return frozenset()
    return frozenset(mark for mark in late[:1] if mark is not None)


def _rest_follows(row: Sequence[Placed], at: int) -> bool:
    sounds = (element for _, element in row[at + 1 :] if not isinstance(element, MARKS))
    return isinstance(next(sounds, None), Elastic)
