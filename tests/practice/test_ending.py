"""Ending gently leads into the closing at the next end of a line."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.practice.words import WORDS, practice_of
from thaw.practice.compose import compose
from thaw.practice.ending import PAUSE, closing_of, end_gently
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices, Plan
from thaw.units import Samples, samples_of


@pytest.fixture(scope="module")
def plan() -> Plan:
    practice = practice_of(
        "## A\n\n[bell]\n\nOne two three four five.\n\nSix seven eight nine.\n\n"
        "[rest 10..30]\n\nTen eleven.\n\n[rest 1]\n\nTwelve.\n\n[rest 10..30]\n"
    )
    return compose(practice, Choices(60), words=WORDS, lengths=length_at)


def closing_start(plan: Plan) -> int:
    return next(event.start for event in plan.events if event.closing)


def test_a_line_is_heard_to_its_end(plan: Plan) -> None:
    line = plan.events[1]

    ended, differs = end_gently(plan, Samples(line.start + 960))

    assert ended.events[:2] == plan.events[:2]
    assert (ended.events[2].kind, ended.events[2].length) == ("rest", PAUSE)
    assert closing_start(ended) == line.end + PAUSE
    assert differs == line.end


def test_a_bell_is_heard_to_its_end(plan: Plan) -> None:
    ended, differs = end_gently(plan, Samples(0))

    assert closing_start(ended) == samples_of(8) + PAUSE
    assert differs == samples_of(8)


def test_a_rest_is_cut_where_it_is(plan: Plan) -> None:
    rest = plan.events[3]
    at = Samples(rest.start + samples_of(5) + 7)

    ended, differs = end_gently(plan, at)

    assert closing_start(ended) == differs == rest.start + samples_of(5.02)


def test_a_rest_is_never_shorter_than_a_breath_before_the_closing(plan: Plan) -> None:
    rest = plan.events[3]

    ended, differs = end_gently(plan, Samples(rest.start))

    assert closing_start(ended) == differs == rest.start + PAUSE


def test_a_short_rest_grows_and_differs_where_it_would_have_ended(plan: Plan) -> None:
    rest = next(event for event in plan.events if event.length == samples_of(1))

    ended, differs = end_gently(plan, rest.start)

    assert differs == rest.end
    assert closing_start(ended) == rest.start + PAUSE


def test_in_the_closing_nothing_changes(plan: Plan) -> None:
    at = Samples(closing_start(plan) + 960)

    assert end_gently(plan, at) == (plan, plan.total)


def test_a_sitting_that_ended_gently_is_whole(plan: Plan) -> None:
    for at in range(0, plan.total, 31_337):
        ended, _ = end_gently(plan, Samples(at))

        assert ended.events[0].start == 0
        assert all(one.end == other.start for one, other in pairwise(ended.events))
        assert ended.events[-1].end == ended.total
        assert [event.text for event in ended.events if event.closing] == [
            event.text for event in plan.events if event.closing
        ]


def test_where_the_closing_follows_anyway_nothing_differs() -> None:
    practice = practice_of("## A\n\nOne.\n\n[rest 10..60]\n\nTwo.\n\n[rest 1.5]\n")
    plan = compose(practice, Choices(60), words=WORDS, lengths=length_at)

    ended, differs = end_gently(plan, plan.events[2].start)

    assert ended == plan
    assert differs == plan.total


def test_a_closing_alone_begins_at_once(plan: Plan) -> None:
    closing = closing_of(plan)

    assert closing.events[0].start == 0
    assert {event.closing for event in closing.events} == {True}
    assert closing.total == closing.events[-1].end == plan.total - closing_start(plan)


def test_a_closing_can_be_ended_no_more_gently(plan: Plan) -> None:
    closing = closing_of(plan)

    assert end_gently(closing, Samples(0)) == (closing, closing.total)


def test_without_a_closing_there_is_nothing_to_end_with(plan: Plan) -> None:
    bare = replace(plan, events=tuple(event for event in plan.events if not event.closing))

    assert end_gently(bare, Samples(0)) == (bare, bare.total)
    assert (closing_of(bare).events, closing_of(bare).total) == ((), 0)
