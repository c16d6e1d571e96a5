"""Onward: the ways to go on after an answer, measured, and the one that keeps to a length.

As with the links of a practice (``links``, ``reach``), but each row begins with what was heard,
and no line is said that was said just before.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from thaw.practice.ahead import Ahead
from thaw.practice.cap import Cap
from thaw.practice.chain import portions_of
from thaw.practice.draft import Draft, draft_of, draft_with_ways_out
from thaw.practice.echo import without_echoes
from thaw.practice.elements import Element, Say, join
from thaw.practice.heard import Heard
from thaw.practice.leave import AFTERWARDS, Placed
from thaw.practice.links import Span, span_of, total_of
from thaw.practice.parts import Level, Section
from thaw.practice.remainder import LengthOf

Room = Literal["usual", "some"]
"""When there is room for more. ``usual``: as in a sitting that begins, where every rest may have
its usual length. ``some``: to the middle between least and usual, rests give way to an answer
before anything is left out. For what fills there is room as in a sitting that begins."""

_OPENING = 0
"""No element has this identity."""


@dataclass(slots=True)
class Onward:
    """The ways to go on; remembers what it measured.

    Attributes:
        opening: What was heard, and the answer.
        ahead: What may follow.
        heard: Tells which line was heard last.
        lines: The ways out to speak.
        cap: The cap on rests.
        level: Says how long may pass without a way out.
        guess: Gives the length that a line may have, voiced or not.
    """

    opening: Sequence[Placed]
    ahead: Ahead
    heard: Heard
    lines: Sequence[Say]
    cap: Cap
    level: Level
    guess: LengthOf
    _spans: dict[int, Span] = field(default_factory=dict, init=False)
    _rows: dict[int, list[Placed]] = field(default_factory=dict, init=False)
    _shortest: dict[int, Draft] = field(default_factory=dict, init=False)

    def growing(self) -> "Onward":
        """Return the same ways with rests that may grow to the level's cap."""
        return replace(self, cap=self.cap.growing())

    def guessed(self) -> "Onward":
        """Return the same ways with every line ahead as long as it is guessed to be."""
        parts = [part and part.with_lengths(self.guess) for part in self.ahead.parts]
        return replace(self, ahead=replace(self.ahead, parts=parts))

    def span(self, number: int) -> Span:
        """Return about how long a way can last: without ways out, and with every echo."""
        joined = [self._span_of(elements) for _, elements in self._joined(number)]
        return total_of([self._opening(), *joined])

    def comfort(self, number: int, room: Room) -> int:
        """Return the length from which on there is room for a way to go on."""
        span = self.span(number)
        if room == "usual" or number >= self.ahead.unfilled:
            return span.usual
        return (span.least + span.usual) // 2

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the least and the most that a way can last, in frames."""
        draft = self._at_least(number)
        return draft.least, draft.most

    def draft(self, number: int, wanted: int) -> Draft:
        """Return a way that can last ``wanted`` frames, with the ways out it then needs."""
        row = self.row(number)
        draft = draft_with_ways_out(row, self.lines, self.cap, wanted, self.level)
        return draft if draft.least <= wanted <= draft.most else self._at_least(number)

    def at_its_usual(self, number: int) -> tuple[Draft, int]:
        """Return a way as it lasts when every rest has its usual length, and how long that is."""
        draft = draft_of(self.row(number), frozenset(), self.lines, self.cap)
        return draft, draft.spoken + sum(rest.usual for rest in draft.rests)

    def row(self, number: int) -> list[Placed]:
        """Return what is played, the past first."""
        if number not in self._rows:
            joined = (
                (section, element)
                for section, elements in self._joined(number)
                for element in elements
            )
            row = [*self.opening, *joined]
            self._rows[number] = without_echoes(row, self.heard.said, self.heard.repeats)
        return self._rows[number]

    def _joined(self, number: int) -> Iterator[tuple[Section, tuple[Element, ...]]]:
        portions = portions_of(self.ahead.parts, self.ahead.links[number])
        return join(portions, after_rest=True)

    def _opening(self) -> Span:
        if _OPENING not in self._spans:
            elements = [element for _, element in self.opening]
            self._spans[_OPENING] = span_of(elements, self.cap)
        return self._spans[_OPENING]

    def _at_least(self, number: int) -> Draft:
        if number not in self._shortest:
            row = self.row(number)
            self._shortest[number] = draft_with_ways_out(row, self.lines, self.cap, 0, self.level)
        return self._shortest[number]

    def _span_of(self, elements: tuple[Element, ...]) -> Span:
        # By identity: the tuples live as long as the parts, and hashing them would be slow.
        key = id(elements)
        if key not in self._spans:
            self._spans[key] = span_of(elements, self.cap)
        return self._spans[key]


def find_draft(onward: Onward, wanted: int, room: Room) -> Draft | None:
    """Return the way to go on that makes a sitting last ``wanted`` frames; None where none can.

    The longest way for which there is room, or else the nearest whose bounds hold the length;
    where every one is too long, plain sections go, from the end.

    Args:
        onward: The ways to go on.
        wanted: The length of the whole sitting.
        room: When there is room for more.
    """
    for number in _by_fitness(onward, wanted, room):
        if _may_last(onward, number, wanted):
            least, most = onward.bounds(number)
            if least <= wanted <= most:
                return onward.draft(number, wanted)
    return None


def find_nearest(onward: Onward, wanted: int, most: int) -> tuple[Draft, int] | None:
    """Return the way whose length can be nearest to ``wanted`` frames, and that length.

    Args:
        onward: The ways to go on.
        wanted: The length of the whole sitting that would be best.
        most: No longer than this.
    """
    best: tuple[int, int] | None = None
    for number in range(len(onward.ahead.links)):
        shortest, longest = onward.bounds(number)
        length = min(max(wanted, shortest), longest)
        if length <= most and (best is None or abs(length - wanted) <= abs(best[1] - wanted)):
            best = number, length
    return (onward.draft(*best), best[1]) if best else None


def _by_fitness(onward: Onward, wanted: int, room: Room) -> Iterator[int]:
    """Yield the numbers of the ways, the one to take first in front."""
    whole, end = onward.ahead.whole, len(onward.ahead.links)
    first = max(_longest(onward, wanted, room), whole)
    yield first
    yield from sorted(
        (number for number in range(whole, end) if number != first),
        key=lambda number: (abs(onward.comfort(number, room) - wanted), -number),
    )
    yield from reversed(range(whole))


def _longest(onward: Onward, wanted: int, room: Room) -> int:
    """Return the last way for which there is room; one below the whole ones where there is none.

    Guessed lengths lead close to the place, and only from there on lines are measured, so that
    few of them need a voice before the plan is known.
    """
    guessed = onward.guessed()
    whole, end = onward.ahead.whole, len(onward.ahead.links)
    numbers = range(whole, end)

    def is_guessed_too_long(number: int) -> bool:
        return guessed.comfort(number, room) > wanted

    longest = whole + bisect_left(numbers, 1, key=is_guessed_too_long) - 1
    while longest >= whole and onward.comfort(longest, room) > wanted:
        longest -= 1
    while longest + 1 < end and onward.comfort(longest + 1, room) <= wanted:
        longest += 1
    return longest


def _may_last(onward: Onward, number: int, wanted: int) -> bool:
    """Return whether a way can last so long as far as its span tells, which is soon asked."""
    span = onward.span(number)
    way_out = max((line.length for line in onward.lines), default=0) + AFTERWARDS.most
    return span.least <= wanted <= span.most + span.marks * way_out
