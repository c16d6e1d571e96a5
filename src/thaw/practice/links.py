"""The links of a practice in one situation, measured: how long each of them can last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from thaw.practice.cap import Cap, cap_of
from thaw.practice.chain import Link, chain_of, portions_of
from thaw.practice.draft import Draft, draft_of, draft_with_ways_out
from thaw.practice.elements import Element, Say, Stroke, join
from thaw.practice.fit import Elastic
from thaw.practice.leave import Marks, Placed, ways_out
from thaw.practice.parts import Leave, Practice, Words
from thaw.practice.score import LengthOf, Part, parts_of
from thaw.practice.situation import Situation
from thaw.units import FRAMES_PER_SECOND

_MINUTE = 60 * FRAMES_PER_SECOND


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
    """

    parts: Sequence[Part | None]
    situation: Situation
    lines: Sequence[Say]
    cap: Cap
    _rows: dict[Link, list[Placed]] = field(default_factory=dict)
    _marks: dict[Link, Marks] = field(default_factory=dict)
    _usual: dict[int, int] = field(default_factory=dict)

    def chain(self, frames: int) -> list[Link]:
        """Return the links for a sitting of so many frames."""
        return chain_of(self.parts, frames / _MINUTE)

    def row(self, link: Link) -> list[Placed]:
        """Return what a link plays, with the marks, in order."""
        if link not in self._rows:
            self._rows[link] = [
                (section, element)
                for section, elements in join(portions_of(self.parts, link))
                for element in elements
            ]
        return self._rows[link]

    def usual(self, link: Link) -> int:
        """Return how long a link lasts with every rest at its usual, in frames."""
        return sum(self._usual_of(elements) for _, elements in join(portions_of(self.parts, link)))

    def tight(self, link: Link, cap: Cap) -> Draft:
        """Return the draft with the ways out that are needed when the rests are shortest."""
        row = self.row(link)
        if link not in self._marks:
            shortest = draft_with_ways_out(row, self.lines, cap, 0, self.situation.level)
            self._marks[link] = shortest.marks
        return draft_of(row, self._marks[link], self.lines, cap)

    def draft(self, link: Link, wanted: int, cap: Cap) -> Draft | None:
        """Return the draft for ``wanted`` frames, or None where the link cannot last so long."""
        tight = self.tight(link, cap)
        if not tight.holds(wanted):
            return None
        roomy = draft_with_ways_out(self.row(link), self.lines, cap, wanted, self.situation.level)
        return roomy if roomy.holds(wanted) else tight

    def longest_rest(self, links: Sequence[Link]) -> int:
        """Return the longest that any rest of these links may be by the text, in frames."""
        rests = (
            element.most
            for link in links
            for _, element in self.row(link)
            if isinstance(element, Elastic)
        )
        return max(rests, default=0)

    def _usual_of(self, elements: tuple[Element, ...]) -> int:
        # By identity: the tuples live as long as the parts, and hashing them would be slow.
        if id(elements) not in self._usual:
            self._usual[id(elements)] = sum(map(self._usual_length, elements))
        return self._usual[id(elements)]

    def _usual_length(self, element: Element) -> int:
        match element:
            case Elastic():
                return self.cap.on(element).usual
            case Say() | Stroke():
                return element.length
            case Leave():
                return 0


def links_of(practice: Practice, situation: Situation, words: Words, length_of: LengthOf) -> Links:
    """Return the links of ``practice`` in ``situation``."""
    parts = parts_of(practice, situation, length_of)
    marks = sum(part.count_marks() for part in parts if part)
    lines = ways_out(situation, words, length_of, marks)
    return Links(parts, situation, lines, cap_of(situation))
