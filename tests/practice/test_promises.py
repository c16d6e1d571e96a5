"""What is promised of every plan holds for practices of every kind (design, promises 1 and 2).

Each test takes a random text and random choices, and holds a plan against the words of the
practice language: "Avoid", "Fit", "Level" and "Plan".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.practice.texts import PRACTICE_TEXTS, TERMS
from tests.practice.words import WORDS
from thaw.practice.compose import compose, lines_of, reach
from thaw.practice.ending import closing_of, end_gently
from thaw.practice.pace import length_at
from thaw.practice.parts import Conditions, Entry, Line, Practice, Section, Variant
from thaw.practice.plan import Choices, Event, Plan, spoken
from thaw.practice.read import read_practice
from thaw.units import FRAME, SAMPLE_RATE, InputError, LengthError, Samples

LEVEL_CAPS = {1: 20, 2: 45, 3: 90}


def read(text: str) -> Practice:
    return read_practice(text, file="a-text.md", words=WORDS)


def plan_of(practice: Practice, choices: Choices) -> Plan:
    return compose(practice, choices, words=WORDS, lengths=length_at)


def intervals(practice: Practice, choices: Choices) -> Sequence[tuple[int, int]]:
    """Return the reachable lengths in whole seconds."""
    found = reach(practice, choices, words=WORDS, lengths=length_at)
    return [(first // SAMPLE_RATE, last // SAMPLE_RATE) for first, last in found]


@dataclass(frozen=True)
class Draw:
    """What a sitting is drawn from: numbers that are taken as far as they reach."""

    text: str
    level: Literal[1, 2, 3]
    posture: int
    anchor: int
    terms: list[str]
    silence: str
    seed: int
    interval: int
    second: int

    def sitting(self) -> "Sitting":
        """Return a practice, choices it can be played with, and its text."""
        practice = read(self.text)
        postures = [None, *practice.postures, *(["moving"] if practice.moving == "self" else [])]
        anchors = [None, *practice.anchors]
        choices = Choices(
            60,
            level=self.level,
            posture=postures[self.posture % len(postures)],
            anchor=anchors[self.anchor % len(anchors)],
            avoid=tuple(self.silence if term == "silence" else term for term in self.terms),
            seed=self.seed,
        )
        try:
            reachable = intervals(practice, choices)
        except InputError as error:
            assert error.code == "avoid.too_little_left"  # noqa: PT017 - any other is a fault
            reachable = []
        assume(reachable)
        first, last = reachable[self.interval % len(reachable)]
        seconds = first + self.second % (last - first + 1)
        return practice, replace(choices, seconds=seconds), self.text


def sittings(terms: st.SearchStrategy[list[str]] | None = None) -> st.SearchStrategy["Sitting"]:
    """Practices with choices that they can be played with, at any length they can have."""
    return st.builds(
        Draw,
        text=PRACTICE_TEXTS,
        level=st.sampled_from((1, 2, 3)),
        posture=st.integers(0, 5),
        anchor=st.integers(0, 3),
        terms=st.lists(st.sampled_from(TERMS), max_size=2, unique=True) if terms is None else terms,
        silence=st.sampled_from(["silence", "silence:5", "silence:60"]),
        seed=st.integers(0, 5),
        interval=st.integers(0, 3),
        second=st.integers(0, 3600),
    ).map(Draw.sitting)


Sitting = tuple[Practice, Choices, str]


# --- Fit, and promise 1: the length ---------------------------------------------------------


@given(sittings())
def test_a_plan_lasts_exactly_as_long_as_wanted(sitting: Sitting) -> None:
    practice, choices, _ = sitting

    plan = plan_of(practice, choices)

    assert plan.total == choices.seconds * SAMPLE_RATE
    assert plan.events[0].start == 0
    assert plan.events[-1].end == plan.total
    assert all(one.end == other.start for one, other in pairwise(plan.events))
    assert all(event.length > 0 and event.length % FRAME == 0 for event in plan.events)
    assert_rests_keep_to_the_cap(plan)
    assert_what_is_unusual_is_said(practice, plan)


def assert_rests_keep_to_the_cap(plan: Plan) -> None:
    choices, cap = plan.origin.choices, plan.origin.rest_cap
    asked = [
        int(term.partition(":")[2] or 15) for term in choices.avoid if term.startswith("silence")
    ]
    assert all(event.length <= cap * SAMPLE_RATE for event in plan.events if event.kind == "rest")
    assert cap <= min(asked, default=600)
    raised = cap > min([LEVEL_CAPS[choices.level], *asked])
    assert raised == any("silences" in notice for notice in plan.origin.notices)


def assert_what_is_unusual_is_said(practice: Practice, plan: Plan) -> None:
    least, most = practice.minutes.least * 60, practice.minutes.most * 60
    is_usual = least <= plan.origin.choices.seconds <= most
    assert is_usual != any("minutes" in notice for notice in plan.origin.notices)


@given(sittings(), st.integers(1, 3700))
def test_a_length_is_played_or_the_nearest_on_each_side_are_named(
    sitting: Sitting, seconds: int
) -> None:
    practice, choices, _ = sitting
    reachable = intervals(practice, choices)
    wanted = replace(choices, seconds=seconds)

    try:
        plan = plan_of(practice, wanted)
    except LengthError as error:
        shorter = max((last for _, last in reachable if last < seconds), default=None)
        longer = min((first for first, _ in reachable if first > seconds), default=None)
        named = [
            None if near is None else near // SAMPLE_RATE for near in (error.shorter, error.longer)
        ]
        assert named == [shorter, longer]
        for near in (shorter, longer):
            if near is not None:
                assert plan_of(practice, replace(choices, seconds=near)).total
    else:
        assert any(first <= seconds <= last for first, last in reachable)
        assert plan.total == seconds * SAMPLE_RATE


@given(sittings())
def test_what_is_played_is_a_link_of_the_chain(sitting: Sitting) -> None:
    practice, choices, _ = sitting
    played = Played(practice, plan_of(practice, choices))

    loops = [played.entries(section) for section in played.loops()]
    later = [section for section in practice.sections if section.from_minutes]

    # From sections come before further entries, and those before what is optional.
    if any(taken > 1 for _, taken in loops) or played.has_optional():
        assert all(
            played.plays(section)
            for section in later
            if not section.when.optional and played.may_play(section)
        )
    if played.has_optional():
        assert all(taken == len(plain) for plain, taken in loops)
    # The loops in turn: none is ahead of an earlier one, nor by more than one of a later one.
    for (plain, taken), (later_plain, later_taken) in pairwise(loops):
        assert taken >= min(later_taken, len(plain))
        assert taken <= later_taken + 1 or later_taken == len(later_plain)
    # No section begins before its minute.
    assert all(choices.seconds >= 60 * (s.from_minutes or 0) for s in later if played.plays(s))
    for section in played.loops():
        assert_entries_are_evenly_spread(played, section)


def assert_entries_are_evenly_spread(played: "Played", section: Section) -> None:
    places = played.entry_places(section)
    plain, _ = played.entries(section)
    gaps = [other - one for one, other in pairwise(places)]
    assert all(gap > 0 for gap in gaps)
    assert not gaps or max(gaps) - min(gaps) <= 1
    assert places[0] == 0
    assert len(places) == 1 or places[-1] == len(plain) - 1


# --- Plan, and promise 2: the same again ----------------------------------------------------


@given(sittings())
def test_the_same_choices_give_the_same_plan(sitting: Sitting) -> None:
    practice, choices, text = sitting

    plan, again = plan_of(practice, choices), plan_of(read(text), choices)

    assert plan == again
    assert hash(plan) == hash(again)
    assert plan.as_json() == again.as_json()
    assert_wordings_take_turns(plan)
    texts = lines_of(practice, choices, words=WORDS)
    assert {spoken(event.text) for event in plan.lines()} <= set(texts)
    assert len(texts) == len(set(texts))


def assert_wordings_take_turns(plan: Plan) -> None:
    turns: dict[int, list[int]] = {}
    for line, variant in plan.origin.variants:
        turns.setdefault(line, []).append(variant)
    for line, used in turns.items():
        count = len(set(used))
        if line and count > 1:
            assert all(one != other for one, other in pairwise(used))
            rounds = range(0, len(used) - count + 1, count)
            assert all(len(set(used[at : at + count])) == count for at in rounds)


# --- Avoid, and what holds only sometimes ---------------------------------------------------


@given(sittings())
def test_nothing_avoided_is_spoken_and_nothing_that_is_not_meant(sitting: Sitting) -> None:
    practice, choices, _ = sitting

    plan = plan_of(practice, choices)

    terms = {term.partition(":")[0] for term in choices.avoid}
    for event in plan.lines():
        assert not any(shows(sign, event.text) for term in terms for sign in WORDS.avoid[term])
    assert not ("bells" in terms and any(event.kind == "bell" for event in plan.events))
    assert plan.origin.choices.posture not in terms
    assert plan.origin.choices.anchor not in terms
    for section, variant, event in Played(practice, plan).said():
        for when in (section.when, variant.when):
            assert is_meant(when, practice, plan), (event, when)


@given(sittings(st.just([])), st.lists(st.sampled_from(TERMS), min_size=1, unique=True))
def test_too_little_left_is_refused_and_enough_is_played(
    sitting: Sitting, terms: list[str]
) -> None:
    practice, choices, _ = sitting
    avoiding = replace(choices, avoid=tuple(terms))
    try:
        reachable = intervals(practice, avoiding)
    except InputError as error:
        assert error.code == "avoid.too_little_left"  # noqa: PT017 - one of two ways
        return
    least = practice.minutes.least * 60
    assert any(first <= least <= last for first, last in reachable)
    plan = plan_of(practice, replace(avoiding, seconds=least))
    assert any(event.closing and event.kind == "say" for event in plan.events)


# --- Two ways out ---------------------------------------------------------------------------


@given(sittings(), st.floats(0, 1))
def test_a_gentle_end_is_the_closing_and_nothing_new(sitting: Sitting, share: float) -> None:
    practice, choices, _ = sitting
    plan = plan_of(practice, choices)
    at = Samples(int(share * plan.total))

    ended, differs = end_gently(plan, at)

    closing = [(event.kind, event.text, event.length) for event in closing_of(plan).events]
    assert [(e.kind, e.text, e.length) for e in ended.events if e.closing] == closing
    assert ended.events[-1].end == ended.total
    assert all(one.end == other.start for one, other in pairwise(ended.events))
    assert heard_until(differs, plan) == heard_until(differs, ended)
    assert differs >= min(at, plan.total)


def heard_until(at: int, plan: Plan) -> list[tuple[int, str, str]]:
    """Return what starts before ``at``, rests that meet taken as one."""
    heard = [(event.start, event.kind, event.text) for event in plan.events if event.start < at]
    return [
        event
        for before, event in pairwise([(0, "", ""), *heard])
        if not before[1] == event[1] == "rest"
    ]


# --- What the tests go by -------------------------------------------------------------------


def shows(sign: str, text: str) -> bool:
    """Return whether ``text`` holds ``sign`` as whole words, whatever stands between them."""
    between = r"[\W_]+".join(map(re.escape, sign.split()))
    return bool(re.search(rf"(?<!\w){between}(?!\w)", text.replace("*", ""), re.IGNORECASE))


def is_meant(when: Conditions, practice: Practice, plan: Plan) -> bool:
    """Return whether a condition holds for the choices a plan was made with."""
    choices = plan.origin.choices
    terms = {term.partition(":")[0] for term in choices.avoid}
    moves = choices.posture in ("walking", "moving")
    must_open = practice.eyes == "open" or moves or "closed-eyes" in terms
    postures = {choices.posture} | ({"moving"} if choices.posture == "walking" else set())
    return (
        when.level <= choices.level
        and (not when.postures or not postures.isdisjoint(when.postures))
        and (when.eyes is None or (when.eyes == "open") == must_open)
        and terms.isdisjoint(when.avoid)
    )


class Played:
    """A plan led back to the text it was made from."""

    def __init__(self, practice: Practice, plan: Plan) -> None:
        self.practice, self.plan = practice, plan
        self.lines = {
            item.place.line: (section, item)
            for section in practice.sections
            for item in section.items
            if isinstance(item, Line)
        }

    def said(self) -> Iterator[tuple[Section, Variant, Event]]:
        """Yield every line from the text that is spoken, with where it comes from."""
        for (number, variant), event in zip(
            self.plan.origin.variants, self.plan.lines(), strict=True
        ):
            if number:
                section, line = self.lines[number]
                yield section, line.variants[variant], event

    def plays(self, section: Section) -> bool:
        return any(one is section for one, _, _ in self.said())

    def may_play(self, section: Section) -> bool:
        """Return whether a section holds here and its first line cannot be left out."""
        minutes = self.plan.total / SAMPLE_RATE / 60
        first = section.items[0]
        assert isinstance(first, Line)
        left = self.left(section)
        return (
            is_meant(section.when, self.practice, self.plan)
            and (section.from_minutes or 0) <= minutes
            and bool(left)
            and all(self.may_say(first.variants[0], entry) for entry in left)
        )

    def left(self, section: Section) -> list[Entry]:
        """Return the entries of a section's list that are meant and not avoided."""
        entries = self.practice.lists[section.each] if section.each else (Entry(""),)
        return [
            entry
            for entry in entries
            if is_meant(entry.when, self.practice, self.plan) and self.may_hear(entry.text)
        ]

    def may_hear(self, text: str) -> bool:
        terms = {term.partition(":")[0] for term in self.plan.origin.choices.avoid}
        return not any(shows(sign, text) for term in terms for sign in WORDS.avoid[term])

    def may_say(self, variant: Variant, entry: Entry) -> bool:
        anchor = WORDS.anchors.get(self.plan.origin.choices.anchor or "", "")
        text = variant.text.replace("{anchor}", anchor).replace("{places}", entry.text)
        text = text.replace("{others}", entry.text)
        has_anchor = bool(anchor) or "{anchor}" not in variant.text
        return has_anchor and self.may_hear(text)

    def loops(self) -> list[Section]:
        """Return the plain loops that are played and whose entries can be counted."""
        return [
            section
            for section in self.practice.sections
            if section.each
            and not section.when.optional
            and self.may_play(section)
            and self.plays(section)
            and f"{{{section.each}}}" in self.first_text(section)
            and any(not entry.when.optional for entry in self.left(section))
        ]

    @staticmethod
    def first_text(section: Section) -> str:
        first = section.items[0]
        assert isinstance(first, Line)
        return first.variants[0].text

    def entry_places(self, section: Section) -> list[int]:
        """Return the places, among the plain entries left, of those that are played."""
        plain = [entry for entry in self.left(section) if not entry.when.optional]
        first = section.items[0]
        texts = [
            event.text
            for (number, _), event in zip(self.plan.origin.variants, self.plan.lines(), strict=True)
            if number == first.place.line
        ]
        found = [
            [at for at, entry in enumerate(plain) if f"and {entry.text}." in text] for text in texts
        ]
        return [places[0] for places in found if places]

    def entries(self, section: Section) -> tuple[list[Entry], int]:
        """Return the plain entries that are left, and how many of them are played."""
        plain = [entry for entry in self.left(section) if not entry.when.optional]
        return plain, len(self.entry_places(section))

    def has_optional(self) -> bool:
        """Return whether an optional section is played."""
        return any(section.when.optional for section, _, _ in self.said())
