"""The remainder: what a situation leaves of a practice, ready to be played at any length."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thaw.practice.elements import Element, Omitted, Portion, Say, Stroke, portion_of
from thaw.practice.fit import Elastic
from thaw.practice.parts import Bed, Bell, Check, Entry, Leave, Line, Practice, Rest, Section
from thaw.practice.plan import CHECK, Spot
from thaw.practice.situation import Situation
from thaw.practice.slots import fill_slots, slots_in
from thaw.practice.variants import Wordings, shuffled
from thaw.practice.ways import is_way_out
from thaw.units import FRAME, FRAMES_PER_SECOND, Frames, samples_of

LengthOf = Callable[[str], Frames]
"""Gives the length of a line, ``*emphasis*`` included, in frames."""

Size = tuple[int, int]
"""How much of a section is played: how many entries, how many of its optional lines."""

Wording = Mapping[int, str]
"""What may be said for one line: the words of each variant that is left, slots filled."""

Used = Mapping[int, Sequence[int]]
"""The variants that were heard of each line, by the line's number in its text."""

Planned = Mapping[int, Mapping[int, int]]
"""What a plan would still play: for each line of the text the entries, and their variants."""

_WHILE: Elastic = Elastic(*[Frames(8 * FRAMES_PER_SECOND)] * 3)
"""The rest after the question of a ``[check]``: time to answer, or to let it be."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a situation leaves of one section; never nothing.

    Attributes:
        section: The section.
        said: For each line, by its place among the items: what may be said with each entry.
        rests: Each rest, by its place among the items, in frames.
        plain, optional: Places of the entries that are left; (0,) and () without a list.
        optional_lines: Places, among the items, of the lines that are dropped first.
        checks: The number of each ``[check]`` among all of the text, by its place here.
        script: The text it belongs to, as a ``Spot`` names it.
        used: Variants that were heard before.
        begun: The entry and the item up to which it was heard, or None. Its entry is the
            first of ``plain``.
        in_turn: Whether entries are taken from the first on, instead of spread.
    """

    section: Section
    situation: Situation
    length_of: LengthOf
    said: dict[int, Sequence[Wording]]
    rests: Mapping[int, Elastic]
    plain: tuple[int, ...]
    optional: tuple[int, ...]
    optional_lines: tuple[int, ...]
    checks: Mapping[int, int] = field(default_factory=dict)
    script: str = ""
    used: Used = field(default_factory=dict)
    begun: tuple[int, int] | None = None
    in_turn: bool = False
    _portions: dict[Size, Portion] = field(default_factory=dict, init=False)
    _ways_out: dict[str, bool] = field(default_factory=dict)

    def with_lengths(self, length_of: LengthOf) -> "Part":
        """Return the same part with its lines as long as ``length_of`` says."""
        return replace(self, length_of=length_of)

    def after(self, entry: int, item: int) -> "Part":
        """Return what is left where it was heard up to an item of one of its entries.

        What has begun is plain: it is no longer dropped before what has not.
        """
        when = replace(self.section.when, optional=False)
        return replace(
            self,
            section=replace(self.section, when=when, from_minutes=None),
            plain=(entry, *(later for later in self.plain if later > entry)),
            optional=tuple(later for later in self.optional if later > entry),
            begun=(entry, item),
        )

    def keeping(self, planned: Planned) -> "Part":
        """Return the part with what was planned and no more: entries, optional lines, wordings.

        A wording that may not be said any more gives way to another.
        """
        rows = [item.place.line for item in self.section.items]
        entries = {entry for row in rows for entry in planned.get(row, ())}
        gone = [at for at in self.optional_lines if rows[at] not in planned]
        kept = self._with_wordings(lambda at, entry: planned.get(rows[at], {}).get(entry))
        return replace(
            kept,
            plain=tuple(entry for entry in self.plain if entry in entries or self._begins(entry)),
            optional=tuple(entry for entry in self.optional if entry in entries),
            said=kept.said | {at: [{}] * len(self.said[at]) for at in gone},
            optional_lines=tuple(at for at in self.optional_lines if at not in gone),
        )

    def again(self, times: Mapping[int, int]) -> "Part":
        """Return the part with some of its entries, all plain, none dropped for another.

        Args:
            times: The entries, in the order in which they come, and how often each was heard
                before. Wordings take turns from entry to entry and from time to time.
        """

        def chosen(at: int, entry: int) -> int | None:
            allowed = sorted(self.said[at][entry])
            if not allowed or entry not in times:
                return None
            place = self.section.items[at].place.line
            order = shuffled(f"{self.situation.seed}:{place}", len(allowed))
            return allowed[order[(entry + times[entry]) % len(order)]]

        return replace(self._with_wordings(chosen), plain=tuple(times), optional=(), in_turn=True)

    def entries_left(self) -> list[int]:
        """Return the places of all entries that are left, in order."""
        return sorted((*self.plain, *self.optional))

    def _begins(self, entry: int) -> bool:
        return self.begun is not None and self.begun[0] == entry

    def _with_wordings(self, chosen: Callable[[int, int], int | None]) -> "Part":
        """Return the part with the variants that ``chosen`` names, by item and entry."""

        def one(at: int, entry: int, wording: Wording) -> Wording:
            variant = chosen(at, entry)
            if variant is None or variant not in wording:
                return wording
            return {variant: wording[variant]}

        said: dict[int, Sequence[Wording]] = {
            at: [one(at, entry, wording) for entry, wording in enumerate(wordings)]
            for at, wordings in self.said.items()
        }
        return replace(self, said=said)

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
        if self.in_turn:
            return list(self.plain[:count])
        spread = spread_evenly(min(count, len(self.plain)), len(self.plain))
        more = self.optional[: max(count - len(self.plain), 0)]
        return sorted([*(self.plain[at] for at in spread), *more])

    def _row(self, entries: Sequence[int], dropped: Sequence[int]) -> Iterator[Element | Omitted]:
        """Yield what is played and where something is left out."""
        orders: dict[int, Wordings] = {}
        for entry in entries:
            for at, item in enumerate(self.section.items):
                if self.begun is not None and self.begun >= (entry, at):
                    continue
                match item:
                    case Line():
                        wording = {} if at in dropped else self.said[at][entry]
                        yield self._say(item, entry, wording, orders) if wording else Omitted()
                    case Rest():
                        yield self.rests[at]
                    case Bell() if "bells" not in self.situation.avoid.terms:
                        yield Stroke(item.bowl, Spot(self.script, item.place.line, entry))
                    case Leave() | Bed():
                        yield item
                    case Check() if self.situation.checks:
                        yield self._ask(item, entry, self.checks[at])
                        yield _WHILE
                    case _:  # A bell or a question that this person is spared.
                        yield Omitted()

    def _say(self, line: Line, entry: int, wording: Wording, orders: dict[int, Wordings]) -> Say:
        place, count = line.place.line, len(line.variants)
        if count > 1 and place not in orders:
            used = self.used.get(place, ())
            orders[place] = Wordings(self.situation.seed, place, count, used)
        variant = orders[place].choose(wording) if count > 1 else 0
        text = wording[variant]
        if text not in self._ways_out:
            self._ways_out[text] = is_way_out(text)
        spot = Spot(self.script, place, entry, variant)
        return Say(text, self.length_of(text), spot, self._ways_out[text])

    def _ask(self, check: Check, entry: int, number: int) -> Say:
        """Return the question of a ``[check]``; those that follow each other differ."""
        questions = self.situation.checks
        order = shuffled(f"{self.situation.seed}:{CHECK}", len(questions))
        variant = order[(number + entry) % len(questions)]
        spot = Spot(CHECK, check.place.line, entry, variant)
        text = questions[variant]
        return Say(text, self.length_of(text), spot, is_way_out(text), kind=CHECK)


def parts_of(
    practice: Practice, situation: Situation, length_of: LengthOf
) -> tuple[Part | None, ...]:
    """Return what ``situation`` leaves of each section; None where it leaves nothing.

    Sections that answer a response are no part of a plan and are passed over.
    """
    played = [section for section in practice.sections if section.response is None]
    checks = [item for section in played for item in section.items if isinstance(item, Check)]
    numbers = {check.place.line: number for number, check in enumerate(checks)}
    return tuple(part_of(section, practice, situation, length_of, numbers) for section in played)


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


def part_of(
    section: Section,
    practice: Practice,
    situation: Situation,
    length_of: LengthOf,
    numbers: Mapping[int, int],
) -> Part | None:
    """Return what ``situation`` leaves of a section; None where it leaves nothing.

    Args:
        section: One of the practice's.
        practice: Holds its lists.
        situation: Says what is meant, and what is avoided.
        length_of: Gives the lengths of lines.
        numbers: The number of each ``[check]``, by its line in the text.
    """
    if section.closing:
        # No answer takes the way back away, whatever it is tagged with.
        situation = replace(situation, outward=False, quieter=False)
    if not situation.suits(section.when):
        return None
    entries = practice.lists[section.each] if section.each else (Entry(""),)
    left = [at for at, entry in enumerate(entries) if _is_left(entry, situation)]
    lines = {at: item for at, item in enumerate(section.items) if isinstance(item, Line)}
    said: dict[int, Sequence[Wording]] = {
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
        checks={
            at: numbers[item.place.line]
            for at, item in enumerate(section.items)
            if isinstance(item, Check)
        },
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
