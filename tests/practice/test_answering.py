"""What is promised of every sitting that answers holds for practices of every kind.

Each test takes a random practice and choices, and taps on it at random: what was heard stays,
the length stays to the sample, the way back stays, nothing avoided is said, and nothing twice in
a row (design, "Respond" and promise 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.answers import ANSWERS, EFFECTS
from tests.practice.test_promises import Sitting, is_meant, plan_of, shows, sittings
from tests.practice.words import WORDS
from thaw.practice.answers import RESPONSES
from thaw.practice.compose import lines_of
from thaw.practice.ending import PAUSE
from thaw.practice.pace import length_at
from thaw.practice.parts import Line, Practice
from thaw.practice.plan import Event, Plan, spoken
from thaw.practice.respond import Context, Reply, respond
from thaw.units import FRAME, SAMPLE_RATE, Samples

KEPT = {kind for kind, effect in EFFECTS.items() if effect not in ("shorten", "end")}
EXAMPLES = max(500, settings().max_examples)

Taps = list[tuple[float, str]]
TAPS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from((*RESPONSES, *EFFECTS))), min_size=1, max_size=6
)


@dataclass(frozen=True)
class Tap:
    """One tap on a sitting, and what came of it."""

    before: Plan
    at: Samples
    kind: str
    reply: Reply

    @property
    def after(self) -> Plan:
        return self.reply.plan

    @property
    def new(self) -> list[Event]:
        """What is heard otherwise than before the tap, in order."""
        kept = len(self.heard)
        return list(self.after.events[kept:])

    @property
    def heard(self) -> list[Event]:
        """What had begun when the tap came."""
        return [event for event in self.before.events if event.start <= self.at]


def taps_on(plan: Plan, taps: Taps, context: Context) -> Sequence[Tap]:
    """Return each tap in turn, at a share of what is then ahead."""
    made: list[Tap] = []
    at = Samples(0)
    for share, kind in taps:
        at = Samples(at + int(share * max(plan.total - at, 0)))
        made.append(Tap(plan, at, kind, respond(plan, at, kind, context)))
        plan = made[-1].after
    return made


def context_of(practice: Practice) -> Context:
    return Context(practice, ANSWERS, WORDS, length_at)


@settings(max_examples=EXAMPLES)
@given(sittings(), TAPS)
def test_no_responses_break_a_promise(sitting: Sitting, taps: Taps) -> None:
    practice, choices, _ = sitting
    plan = plan_of(practice, choices)

    for tap in taps_on(plan, taps, context_of(practice)):
        assert_it_is_whole(tap.after)
        assert_the_length_is_as_promised(tap)
        if tap.after is tap.before:
            assert tap.reply.switch == tap.before.total
            assert not tap.reply.is_spoken
            continue
        assert_what_was_heard_stays(tap)
        if tap.kind == "stop":
            assert tap.after.total == -(-tap.at // FRAME) * FRAME
            continue
        assert_the_closing_is_there(tap)
        assert_nothing_avoided_is_said(tap)
        assert_nothing_is_said_twice_in_a_row(tap)
        assert_what_follows_is_meant(tap, practice)
        if tap.reply.is_spoken:
            assert_the_answer_follows(tap)


def assert_it_is_whole(plan: Plan) -> None:
    assert not plan.events or plan.events[0].start == 0
    assert (plan.events[-1].end if plan.events else 0) == plan.total
    assert all(one.end == other.start for one, other in pairwise(plan.events))
    assert all(event.length > 0 and event.length % FRAME == 0 for event in plan.events)
    cap = max(plan.origin.rest_cap * SAMPLE_RATE, 0)
    assert all(event.length <= cap for event in plan.events if event.kind == "rest" and cap >= 0)
    assert len(plan.origin.variants) == len(list(plan.lines()))
    assert hash(plan)
    assert plan.as_json()


def assert_the_length_is_as_promised(tap: Tap) -> None:
    last = tap.before.origin.responses[-1:]
    if tap.kind == "fine" and [one.kind for one in last] == ["too-much"]:
        assert tap.after.total in (tap.before.total, last[0].total)
    elif tap.kind in KEPT:
        assert tap.after.total == tap.before.total
    elif tap.kind == "bored":
        assert tap.at <= tap.after.total <= max(tap.before.total, tap.at)


def assert_what_was_heard_stays(tap: Tap) -> None:
    *before, running = tap.heard
    assert list(tap.after.events[: len(before)]) == before
    assert tap.reply.switch >= min(tap.at, tap.before.total)
    if tap.kind != "stop":
        kept = tap.after.events[len(before)]
        if running.kind == "rest":
            assert (kept.kind, kept.start, kept.section) == ("rest", running.start, running.section)
        else:
            assert kept == running


def assert_the_closing_is_there(tap: Tap) -> None:
    closing = [event for event in tap.after.events if event.closing]
    assert any(event.kind == "say" for event in closing)
    assert closing == list(tap.after.events[-len(closing) :])


def assert_nothing_avoided_is_said(tap: Tap) -> None:
    terms = {term.partition(":")[0] for term in tap.after.origin.choices.avoid}
    for event in tap.after.lines():
        assert not any(shows(sign, event.text) for term in terms for sign in WORDS.avoid[term])
    assert not ("bells" in terms and any(event.kind == "bell" for event in tap.after.events))


def assert_nothing_is_said_twice_in_a_row(tap: Tap) -> None:
    # What the author has put twice in a row stays so; a closing of one line is never left out.
    first_new = tap.new[0].start if tap.new else tap.after.total
    closing = [event for event in tap.after.lines() if event.closing]
    meant = {(one.spot, other.spot) for one, other in pairwise(tap.before.lines())}
    for one, other in pairwise(tap.after.lines()):
        is_new = other.start >= first_new and (one.spot, other.spot) not in meant
        if is_new and not (other.closing and len(closing) == 1):
            assert spoken(one.text) != spoken(other.text), (one, other)


def assert_what_follows_is_meant(tap: Tap, practice: Practice) -> None:
    lines = {
        item.place.line: (section, item)
        for section in practice.sections
        for item in section.items
        if isinstance(item, Line)
    }
    origin = tap.after.origin
    for event in tap.new:
        if event.spot and event.spot.script == "" and event.kind == "say" and tap.reply.is_spoken:
            section, line = lines[event.spot.line]
            for when in (section.when, line.variants[event.spot.variant].when):
                assert not (origin.outward and when.inward)
                assert not (origin.quieter and when.extra)
                assert is_meant(when, practice, tap.after) or (origin.outward and when.eyes)


def assert_the_answer_follows(tap: Tap) -> None:
    at = len(tap.heard)
    running = tap.heard[-1]
    if running.kind != "rest":
        at += 1
    rest, first = tap.after.events[at - 1 : at + 1]
    assert rest.kind == "rest"
    assert rest.length >= min(PAUSE, tap.after.origin.rest_cap * SAMPLE_RATE)
    assert first.spot
    assert first.spot.script == tap.kind
    assert spoken(first.text) == tap.reply.answer[0]


@settings(max_examples=EXAMPLES // 5)
@given(sittings(), TAPS)
def test_the_same_taps_give_the_same_sitting(sitting: Sitting, taps: Taps) -> None:
    practice, choices, _ = sitting
    plan = plan_of(practice, choices)
    context = context_of(practice)

    one, other = taps_on(plan, taps, context), taps_on(plan, taps, context)

    assert one == other
    assert {spoken(event.text) for event in plan.lines()} <= set(
        lines_of(practice, choices, words=WORDS)
    )
