"""The links of a practice in one situation, measured: how long each of them can last."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from thaw.practice.cap import Cap, cap_of
from thaw.practice.chain import Link, chain_of, portions_of
from thaw.practice.draft import Draft, draft_of, draft_with_ways_out
from thaw.practice.elements import HEARD, Element, Say, join
from thaw.practice.fit import Elastic
from thaw.practice.leave import AFTERWARDS, Marks, Placed, ways_out
from thaw.practice.parts import Leave, Practice, Words
from thaw.practice.remainder import LengthOf, Part, parts_of
from thaw.practice.situation import Situation
from thaw.units import FRAMES_PER_SECOND

_MINUTE = 60 * FRAMES_PER_SECOND


class Span(NamedTuple):
    """How long something can last, in frames, and how many marks are in it."""

    least: int
    usual: int
    most: int
    marks: int


class _Tight(NamedTuple):
    """The ways out that a link needs at its shortest, and what they add to its bounds."""

    marks: Marks
    least: int
    most: int


@dataclass(slots=True)
class Links:
    """The chain of a practice in one situation; remembers what it measured.

    A link can last from the least to the most of its rests, together with the ways out that
    it needs when its rests are shortest. Where it is longer it may need more of them, and
    finds room for them as its rests give way.

    Attributes:
        parts: What the situation leaves of each section.
        situation: Who sits, how, and what they avoid.
        lines: The ways out to speak, in this order.
        cap: The cap on rests that the situation begins with.
        guess: Gives the length that a line may have, voiced or not.
    """

    parts: Sequence[Part | None]
    situation: Situation
    lines: Sequence[Say]
    cap: Cap
    guess: LengthOf
    _rows: dict[Link, list[Placed]] = field(default_factory=dict)
    _tight: dict[Link, _Tight] = field(default_factory=dict)
    _spans: dict[tuple[int, int], Span] = field(default_factory=dict)

    def chain(self, frames: int) -> list[Link]:
        """Return the links for a sitting of so many frames."""
        return chain_of(self.parts, frames / _MINUTE)

    def guessed(self) -> "Links":
        """Return the same links with every line as long as it is guessed to be."""
        parts = [part and part.with_lengths(self.guess) for part in self.parts]
        return Links(parts, self.situation, self.lines, self.cap, self.guess)

    def row(self, link: Link) -> list[Placed]:
        """Return what a link plays, with the marks, in order."""
        if link not in self._rows:
            self._rows[link] = [
                (section, element)
                for section, elements in join(portions_of(self.parts, link))
                for element in elements
            ]
        return self._rows[link]

    def span(self, link: Link, cap: Cap) -> Span:
        """Return how long a link can last while no way out is spoken at its marks."""
        joined = join(portions_of(self.parts, link))
        return total_of([self._span_of(elements, cap) for _, elements in joined])

    def widest(self, link: Link, cap: Cap) -> tuple[int, int]:
        """Return bounds that a link is surely within; cheaper than ``bounds``."""
        span = self.span(link, cap)
        longest = max((line.length for line in self.lines), default=0) + AFTERWARDS.most
        return span.least, span.most + span.marks * longest

    def bounds(self, link: Link, cap: Cap) -> tuple[int, int]:
        """Return the least and the most that a link can last, in frames."""
        span, tight = self.span(link, cap), self._tight_of(link)
        return span.least + tight.least, span.most + tight.most

    def draft(self, link: Link, wanted: int, cap: Cap) -> Draft:
        """Return a link that can last ``wanted`` frames with the ways out it then needs.

        Args:
            link: One whose bounds hold ``wanted``.
            wanted: In frames.
            cap: The cap on rests.
        """
        row = self.row(link)
        draft = draft_with_ways_out(row, self.lines, cap, wanted, self.situation.level)
        if draft.least <= wanted <= draft.most:
            return draft
        return draft_of(row, self._tight_of(link).marks, self.lines, cap)

    def _tight_of(self, link: Link) -> _Tight:
        if link not in self._tight:
            # A raised cap changes nothing here: it leaves the least of every rest alone, and
            # the rest after a way out is shorter than any cap that is ever raised.
            draft = draft_with_ways_out(
                self.row(link), self.lines, self.cap, 0, self.situation.level
            )
            span = self.span(link, self.cap)
            self._tight[link] = _Tight(
                draft.marks, draft.least - span.least, draft.most - span.most
            )
        return self._tight[link]

    def _span_of(self, elements: tuple[Element, ...], cap: Cap) -> Span:
        # By identity: the tuples live as long as the parts, and hashing them would be slow.
        key = id(elements), cap.raised
        if key not in self._spans:
            self._spans[key] = span_of(elements, cap)
        return self._spans[key]


def links_of(
    practice: Practice,
    situation: Situation,
    words: Words,
    length_of: LengthOf,
    guess: LengthOf | None = None,
) -> Links:
    """Return the links of ``practice`` in ``situation``; without ``guess``, nothing is guessed."""
    parts = parts_of(practice, situation, length_of)
    marks = sum(part.count_marks() for part in parts if part)
    lines = ways_out(situation, words, length_of, marks)
    return Links(parts, situation, lines, cap_of(situation), guess or length_of)


def span_of(elements: Sequence[Element], cap: Cap) -> Span:
    """Return how long some elements can last while no way out is spoken at their marks."""
    rests = [cap.on(element) for element in elements if isinstance(element, Elastic)]
    spoken = sum([element.length for element in elements if isinstance(element, HEARD)])
    marks = sum([isinstance(element, Leave) for element in elements])
    least, usual, most = map(sum, zip(*rests, strict=True)) if rests else (0, 0, 0)
    return Span(spoken + least, spoken + usual, spoken + most, marks)


def total_of(spans: Sequence[Span]) -> Span:
    """Return how long all of it can last, one after another."""
    return Span(*map(sum, zip(*spans, strict=True))) if spans else Span(0, 0, 0, 0)
