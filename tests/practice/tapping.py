"""Tap on a sitting at random, and hold what comes of it against what is promised.

What was heard stays, the length stays to the sample, the way back stays, nothing avoided is said,
and nothing twice in a row (design, "Respond" and promise 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

from tests.conftest import DEEP
from tests.practice.test_promises import is_meant, shows
from thaw.practice.answers import RESPONSES
from thaw.practice.ending import PAUSE
from thaw.practice.parts import Line, Practice, Words
from thaw.practice.plan import Event, Plan, spoken
from thaw.practice.respond import Context, Reply, respond
from thaw.units import FRAME, SAMPLE_RATE, Samples

EXAMPLES = 20_000 if DEEP else 500

Taps = list[tuple[float, str]]
TAPS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from((*RESPONSES, *RESPONSES[:-2]))),
    min_size=1,
    max_size=6,
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


def assert_promises(tap: Tap, context: Context) -> None:
    """Hold what came of a tap against everything that is promised."""
    assert_it_is_whole(tap.after)
    assert_the_length_is_as_promised(tap, context)
    if tap.after is tap.before:
        assert tap.reply.switch == tap.before.total
        assert not tap.reply.is_spoken
        return
    assert_what_was_heard_stays(tap)
    if tap.kind == "stop":
        assert tap.after.total == -(-tap.at // FRAME) * FRAME
        return
    assert_the_closing_is_there(tap, context)
    assert_nothing_avoided_is_said(tap, context.words)
    assert_nothing_is_said_twice_in_a_row(tap)
    if tap.reply.is_spoken:
        assert_what_follows_is_meant(tap, context.practice)
        assert_the_answer_follows(tap)


def assert_it_is_whole(plan: Plan) -> None:
    assert not plan.events or plan.events[0].start == 0
    assert (plan.events[-1].end if plan.events else 0) == plan.total
    assert all(one.end == other.start for one, other in pairwise(plan.events))
    assert all(event.length > 0 and event.length % FRAME == 0 for event in plan.events)
    # What a stop has cut stands as a rest, be it a bell or a line.
    is_cut = [one.kind for one in plan.origin.responses[-1:]] == ["stop"]
    rests = [event for event in plan.events[: -1 if is_cut else None] if event.kind == "rest"]
    assert all(rest.length <= plan.origin.rest_cap * SAMPLE_RATE for rest in rests)
    assert len(plan.origin.variants) == len(list(plan.lines()))
    assert hash(plan)
    assert plan.as_json()


def assert_the_length_is_as_promised(tap: Tap, context: Context) -> None:
    answer = context.answers.by_kind.get(tap.kind)
    last = tap.before.origin.responses[-1:]
    if tap.kind == "fine" and [one.kind for one in last] == ["too-much"]:
        assert tap.after.total in (tap.before.total, last[0].total)
    elif answer and answer.effect not in ("shorten", "end"):
        assert tap.after.total == tap.before.total
    elif answer and answer.effect == "shorten":
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


def assert_the_closing_is_there(tap: Tap, context: Context) -> None:
    closing = [event for event in tap.after.events if event.closing]
    assert any(event.kind == "say" for event in closing)
    assert closing == list(tap.after.events[-len(closing) :])
    answer = context.answers.by_kind.get(tap.kind)
    if answer is None or answer.effect in ("continue", "switch-anchor", "shorten"):
        before, after = (_closing_of(plan, context.practice) for plan in (tap.before, tap.after))
        lines = [spoken(event.text) for event in tap.after.lines() if not event.closing]
        # What was said just before it is not said again.
        assert {text for line, text in before.items() if line not in after} <= {*lines[-1:]}


def _closing_of(plan: Plan, practice: Practice) -> dict[int, str]:
    """Return what of the closing may not be left out, by line of the text."""
    optional = {
        line.place.line
        for section in practice.sections
        for line in section.items
        if isinstance(line, Line)
        and all(
            variant.when.optional
            for variant in line.variants
            if is_meant(variant.when, practice, plan)
        )
    }
    said = (event for event in plan.lines() if event.closing)
    return {
        event.spot.line: spoken(event.text)
        for event in said
        if event.spot and not event.spot.script and event.spot.line not in optional
    }


def assert_nothing_avoided_is_said(tap: Tap, words: Words) -> None:
    terms = {term.partition(":")[0] for term in tap.after.origin.choices.avoid}
    for event in tap.after.lines():
        assert not any(shows(sign, event.text) for term in terms for sign in words.avoid[term])
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
        if event.spot and event.spot.script == "" and event.kind == "say":
            section, line = lines[event.spot.line]
            for when in (section.when, line.variants[event.spot.variant].when):
                assert event.closing or not (origin.outward and when.inward)
                assert event.closing or not (origin.quieter and when.extra)
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
