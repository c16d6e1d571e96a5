"""Beds lie under a sitting as the practice or the person says, whatever is tapped."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.practice.responding import context_of, plan_of, tapped
from tests.practice.words import practice_of
from thaw.practice.beds import BEDS, FADE, BedSpan, Change, bed_at, changes_of, spans_of
from thaw.practice.ending import closing_of, end_gently, stop_at
from thaw.practice.plan import Choices, Plan
from thaw.practice.respond import respond
from thaw.units import InputError, Samples, samples_of

TOTAL = samples_of(60)
BODY = (
    "## A\n\nOne of many.\n\n[rest 3..20]\n\n[bed rain]\n\n[rest 3..20]\n\nTwo of many.\n\n"
    "[rest 3..20]\n\n## B\n\nThree of many.\n\n[rest 3..20]\n\n[bed off]\n\nFour of many.\n\n"
    "[rest 3..20]\n\n[bed sea]\n\nFive of many.\n\n[rest 3..20]\n"
)

changes = st.lists(
    st.builds(
        lambda second, bed: Change(samples_of(second), bed),
        st.integers(0, 70),
        st.sampled_from([None, *BEDS]),
    ),
    max_size=8,
).map(lambda some: sorted(some, key=lambda change: change.at))


def span(bed: str, start: float, end: float) -> BedSpan:
    return BedSpan(bed, samples_of(start), samples_of(end - start))


def at(second: float, bed: str | None) -> Change:
    return Change(samples_of(second), bed)


def test_a_bed_that_is_turned_off_goes_slowly_from_there() -> None:
    assert spans_of([at(10, "rain"), at(20, None)], TOTAL) == (span("rain", 10, 24),)


def test_a_bed_that_goes_on_is_gone_where_the_plan_ends() -> None:
    assert spans_of([at(10, "rain")], TOTAL) == (span("rain", 10, 60),)
    assert spans_of([at(10, "rain"), at(58, None)], TOTAL) == (span("rain", 10, 60),)


def test_one_bed_gives_way_to_another_while_it_comes() -> None:
    found = spans_of([at(10, "rain"), at(20, "sea")], TOTAL)
    assert found == (span("rain", 10, 24), span("sea", 20, 60))


def test_a_bed_that_is_named_again_goes_on_as_it_is() -> None:
    again = [at(10, "rain"), at(15, "rain"), at(20, None), at(25, None)]
    assert spans_of(again, TOTAL) == (span("rain", 10, 24),)


def test_of_two_changes_at_one_moment_the_last_holds() -> None:
    assert spans_of([at(10, "rain"), at(10, None)], TOTAL) == ()
    assert spans_of([at(10, "rain"), at(10, "sea")], TOTAL) == (span("sea", 10, 60),)


def test_a_bed_that_goes_with_the_plan_does_not_come_again() -> None:
    for off in (56, 57, 58):
        assert spans_of([at(10, "rain"), at(off, None), at(59, "rain")], TOTAL) == (
            span("rain", 10, 60),
        )
    assert spans_of([at(58, "rain"), at(58, None)], TOTAL) == ()


def test_what_would_begin_after_the_end_does_not() -> None:
    assert spans_of([at(60, "rain"), at(70, "sea")], TOTAL) == ()


@given(changes)
def test_spans_tell_the_changes_they_were_made_from(some: list[Change]) -> None:
    spans = spans_of(some, TOTAL)
    assert spans_of(changes_of(spans, TOTAL), TOTAL) == spans
    for second in range(60 - FADE // 48_000):
        assert bed_at(changes_of(spans, TOTAL), samples_of(second)) == bed_at(
            some, samples_of(second)
        )


@given(changes)
def test_a_span_lies_within_the_plan_and_has_time_to_go(some: list[Change]) -> None:
    for each in spans_of(some, TOTAL):
        assert 0 <= each.start < each.end <= TOTAL
        assert each.length >= FADE or each.end == TOTAL


def event_before(plan: Plan, text: str) -> Samples:
    """Return where the rest before a line begins."""
    return next(rest.start for rest, event in pairwise(plan.events) if event.text == text)


def test_a_practice_says_where_a_bed_begins_and_goes() -> None:
    plan = plan_of(practice_of(BODY))
    rain, sea = plan.beds
    four = next(event for event in plan.events if event.text == "Four of many.")
    assert (rain.bed, sea.bed) == ("rain", "sea")
    assert rain.start == event_before(plan, "Two of many.")
    assert rain.end == four.start + FADE
    assert sea.start == next(e for e in plan.events if e.text == "Five of many.").start
    assert sea.end == plan.total


def test_a_bed_changes_nothing_else_about_a_plan() -> None:
    words = BODY.replace("[bed rain]\n\n", "").replace("[bed off]\n\n", "")
    without = plan_of(practice_of(words.replace("[bed sea]\n\n", "")))
    with_beds = plan_of(practice_of(BODY))
    assert [(e.kind, e.start, e.length) for e in with_beds.events] == [
        (e.kind, e.start, e.length) for e in without.events
    ]
    assert without.beds == ()


@pytest.mark.parametrize("bed", BEDS)
def test_a_bed_that_a_person_chose_lies_under_all_of_the_sitting(bed: str) -> None:
    plan = plan_of(practice_of(BODY), Choices(90, bed=bed))
    assert plan.beds == (BedSpan(bed, Samples(0), plan.total),)
    assert plan.as_json()["beds"] == [{"bed": bed, "start": 0, "length": plan.total}]


def test_who_wants_no_bed_hears_none() -> None:
    assert plan_of(practice_of(BODY), Choices(90, bed="off")).beds == ()


@pytest.mark.parametrize(
    "choices",
    [Choices(90, bed="wind"), Choices(90, bed_volume=4)],  # type: ignore[arg-type] # On purpose.
)
def test_an_unknown_bed_or_volume_is_an_error(choices: Choices) -> None:
    with pytest.raises(InputError) as caught:
        plan_of(practice_of(BODY), choices)
    assert caught.value.code == "choices.bed"


@pytest.mark.parametrize("kind", ["nothing", "restless", "less-talk", "bored", "unreal", "end"])
def test_a_chosen_bed_stays_until_the_end_whatever_is_tapped(kind: str) -> None:
    plan, reply = tapped(BODY, 40, kind, Choices(90, bed="sea"))
    assert reply.plan is not plan
    assert reply.plan.beds == (BedSpan("sea", Samples(0), reply.plan.total),)


@pytest.mark.parametrize("kind", ["nothing", "unreal", "too-much", "end", "stop"])
@pytest.mark.parametrize("second", range(5, 75, 7))
def test_a_tap_changes_no_bed_before_what_it_changes(kind: str, second: int) -> None:
    plan, reply = tapped(BODY, second, kind)
    before = samples_of(second)
    for moment in range(0, before, samples_of(0.5)):
        then = bed_at(changes_of(plan.beds, plan.total), Samples(moment))
        assert bed_at(changes_of(reply.plan.beds, reply.plan.total), Samples(moment)) == then
    assert all(each.end <= reply.plan.total for each in reply.plan.beds)


def test_after_an_answer_the_bed_still_goes_where_the_practice_says() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)
    two = next(event for event in plan.events if event.text == "Two of many.")
    reply = respond(plan, two.start, "nothing", context_of(practice))
    rain, *_ = reply.plan.beds
    four = next(event for event in reply.plan.events if event.text == "Four of many.")
    assert rain == (BedSpan("rain", plan.beds[0].start, Samples(four.start + FADE - rain.start)))


def test_a_gentle_end_takes_the_closing_with_the_bed_it_has() -> None:
    plan = plan_of(practice_of(BODY))
    two = next(event for event in plan.events if event.text == "Two of many.")
    ended, _ = end_gently(plan, two.start)
    closing = next(event.start for event in ended.events if event.closing)
    rain, sea = ended.beds
    assert (rain.start, rain.end) == (plan.beds[0].start, closing + FADE)
    assert (sea.bed, sea.start, sea.end) == ("sea", closing, ended.total)


def test_a_bed_that_changes_within_the_closing_still_does() -> None:
    practice = practice_of("## A\n\nOne.\n\n[bed rain]\n\n[rest 5..60]\n")
    plan = plan_of(practice, Choices(60))
    closing = next(event.start for event in plan.events if event.closing)
    inside = Samples(closing + samples_of(3))
    plan = replace(plan, beds=spans_of([at(2, "rain"), Change(inside, None)], plan.total))
    alone = closing_of(plan)
    assert alone.beds == (span("rain", 0, 3 + FADE / 48_000),)
    ended, _ = end_gently(plan, samples_of(6))
    begins = next(event.start for event in ended.events if event.closing)
    assert ended.beds[0].end == begins + samples_of(3) + FADE


def test_what_is_stopped_has_no_bed_left() -> None:
    plan = plan_of(practice_of(BODY), Choices(90, bed="rain"))
    stopped, end = stop_at(plan, samples_of(30))
    assert stopped.beds == (BedSpan("rain", Samples(0), end),)


def test_a_plan_without_a_closing_has_no_bed_in_it() -> None:
    plan = plan_of(practice_of(BODY))
    opened = replace(plan, events=tuple(e for e in plan.events if not e.closing))
    assert (closing_of(opened).beds, closing_of(opened).total) == ((), 0)


def test_a_bed_in_a_section_that_is_left_out_does_not_begin() -> None:
    body = "## A\n\nOne.\n\n[rest 3..60]\n\n## B {from=10}\n\n[bed rain]\n\nTwo.\n\n[rest 3..60]\n"
    assert plan_of(practice_of(body), Choices(60)).beds == ()
