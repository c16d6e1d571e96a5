"""The remainder: what a situation leaves of a practice, ready to be played at any length."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thaw.practice.elements import Element, Omitted, Portion, Say, Stroke, portion_of
from thaw.practice.fit import Elastic
from thaw.practice.parts import Bell, Check, Entry, Leave, Line, Practice, Rest, Section
from thaw.practice.situation import Situation
from thaw.practice.slots import fill_slots, slots_in
from thaw.practice.variants import Wordings
from thaw.practice.ways import is_way_out
from thaw.units import FRAME, Frames, samples_of

LengthOf = Callable[[str], Frames]
"""Gives the length of a line, ``*emphasis*`` included, in frames."""

Size = tuple[int, int]
"""How much of a section is played: how many entries, how many of its optional lines."""

Wording = Mapping[int, str]
"""What may be said for one line: the words of each variant that is left, slots filled."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a situation leaves of one section; never nothing.

    Attributes:
        section: The section.
        said: For each line, by its place among the items: what may be said with each entry.
        rests: Each rest, by its place among the items, in frames.
        plain, optional: Places of the entries that are left; (0,) and () without a list.
        optional_lines: Places, among the items, of the lines that are dropped first.
    """

    section: Section
    situation: Situation
    length_of: LengthOf
    said: Mapping[int, Sequence[Wording]]
    rests: Mapping[int, Elastic]
    plain: tuple[int, ...]
    optional: tuple[int, ...]
    optional_lines: tuple[int, ...]
    _portions: dict[Size, Portion] = field(default_factory=dict)
    _says: dict[tuple[int, int, str], Say] = field(default_factory=dict)

    def with_lengths(self, length_of: LengthOf) -> "Part":
        """Return the same part with its lines as long as ``length_of`` says."""
        return replace(self, length_of=length_of, _portions={}, _says={})

    def count_lines(self) -> int:
        """Return how many lines are spoken when all of it is played."""
        return sum(bool(wording) for wordings in self.said.values() for wording in wordings)

    def count_marks(self) -> int:
        """Return how many marks for a way out there are when all of it is played."""
        entries = len(self.plain) + len(self.optional)
        return entries * sum(isinstance(item, Leave) for item in self.section.items)

    def portion(self, size: Size) -> Portion:
        """Return the section with so many entries and optional lines."""
        if size not in self._portions:
            entries, optional_lines = size
            dropped = self.optional_lines[optional_lines:]
            row = list(self._row(self.entries(entries), dropped))
            self._portions[size] = portion_of(self.section, row)
        return self._portions[size]

    def entries(self, count: int) -> list[int]:
        """Return the places of ``count`` entries: plain ones spread, then optional ones."""
        spread = spread_evenly(min(count, len(self.plain)), len(self.plain))
        more = self.optional[: max(count - len(self.plain), 0)]
        return sorted([*(self.plain[at] for at in spread), *more])

    def _row(self, entries: Sequence[int], dropped: Sequence[int]) -> Iterator[Element | Omitted]:
        """Yield what is played and where something is left out."""
        orders: dict[int, Wordings] = {}
        for entry in entries:
            for at, item in enumerate(self.section.items):
                match item:
                    case Line():
                        wording = {} if at in dropped else self.said[at][entry]
                        yield self._say(item, wording, orders) if wording else Omitted()
                    case Rest():
                        yield self.rests[at]
                    case Bell() if "bells" not in self.situation.avoid.terms:
                        yield Stroke(item.bowl)
                    case Leave():
                        yield item
                    case Bell() | Check():
                        yield Omitted()

    def _say(self, line: Line, wording: Wording, orders: dict[int, Wordings]) -> Say:
        place = line.place.line
        if len(line.variants) > 1 and place not in orders:
            orders[place] = Wordings(self.situation.seed, place, len(line.variants))
        variant = orders[place].choose(wording) if len(line.variants) > 1 else 0
        text = wording[variant]
        key = place, variant, text
        if key not in self._says:
            self._says[key] = Say(text, self.length_of(text), place, variant, is_way_out(text))
        return self._says[key]


def parts_of(
    practice: Practice, situation: Situation, length_of: LengthOf
) -> tuple[Part | None, ...]:
    """Return what ``situation`` leaves of each section; None where it leaves nothing.

    Sections that answer a response are no part of a plan and are passed over.
    """
    return tuple(
        _part_of(section, practice, situation, length_of)
        for section in practice.sections
        if section.response is None
    )


def elastic_of(rest: Rest) -> Elastic:
    """Return a rest in whole frames."""
    least, usual, most = (
        Frames(samples_of(seconds) // FRAME) for seconds in (rest.least, rest.usual, rest.most)
    )
    return Elastic(least, usual, most)


def spread_evenly(count: int, among: int) -> list[int]:
    """Return ``count`` of the numbers below ``among``, evenly spread, first and last in it."""
    if count == 1:
        return [0]
    # Rounded to the nearest, halves up, in whole numbers.
    return [(2 * at * (among - 1) + count - 1) // (2 * (count - 1)) for at in range(count)]


def _part_of(
    section: Section, practice: Practice, situation: Situation, length_of: LengthOf
) -> Part | None:
    if not situation.suits(section.when):
        return None
    entries = practice.lists[section.each] if section.each else (Entry(""),)
    left = [at for at, entry in enumerate(entries) if _is_left(entry, situation)]
    lines = {at: item for at, item in enumerate(section.items) if isinstance(item, Line)}
    said = {
        at: [
            _wording(line, section.each, entry, situation) if place in left else {}
            for place, entry in enumerate(entries)
        ]
        for at, line in lines.items()
    }
    if not left or (said and not any(any(wordings) for wordings in said.values())):
        return None
    return Part(
        section=section,
        situation=situation,
        length_of=length_of,
        said=said,
        rests={
            at: elastic_of(item) for at, item in enumerate(section.items) if isinstance(item, Rest)
        },
        plain=tuple(at for at in left if not entries[at].when.optional),
        optional=tuple(at for at in left if entries[at].when.optional),
        optional_lines=tuple(
            at for at, line in lines.items() if any(said[at]) and _is_optional(line, situation)
        ),
    )


def _is_left(entry: Entry, situation: Situation) -> bool:
    return situation.suits(entry.when) and not situation.avoid.finds(entry.text)


def _is_optional(line: Line, situation: Situation) -> bool:
    return all(variant.when.optional for variant in line.variants if situation.suits(variant.when))


def _wording(line: Line, each: str | None, entry: Entry, situation: Situation) -> Wording:
    """Return what may be said for ``line`` with this entry in its slot."""
    slots = situation.slots | {each: entry.text} if each else situation.slots
    said: dict[int, str] = {}
    for index, variant in enumerate(line.variants):
        if situation.suits(variant.when) and slots_in(variant.text) <= slots.keys():
            text = fill_slots(variant.text, slots)
            if not situation.avoid.finds(text):
                said[index] = text
    return said
