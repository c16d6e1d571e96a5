"""Pauses and guidance: more or fewer words in the same time, which stays exact."""

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.practice.responding import context_of
from tests.practice.test_promises import LEVEL_CAPS, Sitting, intervals, plan_of, sittings
from tests.practice.words import WORDS, practice_of
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.cap import Cap
from thaw.practice.compose import compose, lines_of
from thaw.practice.fit import Elastic
from thaw.practice.links import links_of
from thaw.practice.pace import length_at
from thaw.practice.parts import Line, Practice
from thaw.practice.plan import Choices, Pauses, Plan, spoken
from thaw.practice.reach import find_at_cap
from thaw.practice.respond import respond
from thaw.practice.situation import settle
from thaw.units import FRAME, FRAMES_PER_SECOND, SAMPLE_RATE, Frames, LengthError, samples_of

PAUSES: tuple[Pauses, ...] = get_args(Pauses)
BODY = (
    "## A\n\nOne.\n\n[rest 4..40]\n\nTwo, which may go. {extra}\n\n[rest 4..40]\n\n"
    "Three.\n\n[rest 4..40]\n\n## B {each=places}\n\nAnd {places}.\n\n[rest 4..40]\n"
)
SHELF = Shelf(content_folder())


def texts(plan: Plan) -> list[str]:
    return [event.text for event in plan.lines()]


def own_lines(plan: Plan) -> set[tuple[int, int]]:
    """Return what is said of the practice's own text; a way out may be needed elsewhere."""
    return {(e.spot.line, e.spot.entry) for e in plan.lines() if e.spot and not e.spot.script}


def of_the_example(**choices: object) -> Plan:
    wanted = replace(Choices(100), **choices)  # type: ignore[arg-type]  # Fields of several kinds.
    return compose(practice_of(BODY), wanted, words=WORDS, lengths=length_at)


def elastic(least: int, usual: int, most: int) -> Elastic:
    return Elastic(Frames(least), Frames(usual), Frames(most))


RESTS = st.lists(st.integers(0, 5000), min_size=3, max_size=3).map(lambda of: elastic(*sorted(of)))


# --- Pauses ---------------------------------------------------------------------------------


@given(RESTS, st.integers(1, 5000), st.booleans())
def test_a_rest_keeps_its_bounds_and_is_usually_shorter_or_longer(
    rest: Elastic, cap: int, grows: bool
) -> None:
    by_pauses = {
        pauses: Cap(Frames(cap), Frames(cap), grows=grows, pauses=pauses).on(rest)
        for pauses in PAUSES
    }
    assert len({(each.least, each.most) for each in by_pauses.values()}) == 1
    for each in by_pauses.values():
        assert each.least <= each.usual <= each.most
    shorter, usual, longer = (by_pauses[pauses].usual for pauses in PAUSES)
    assert shorter <= usual <= longer


def test_a_usual_length_lies_between_what_it_was_and_an_end_by_the_geometric_mean() -> None:
    rest = elastic(100, 400, 900)
    wide = Frames(9000)
    assert Cap(wide, wide, pauses="shorter").on(rest) == elastic(100, 200, 900)
    assert Cap(wide, wide, pauses="longer").on(rest) == elastic(100, 600, 900)
    fixed = elastic(300, 300, 300)
    assert {Cap(wide, wide, pauses=pauses).on(fixed) for pauses in PAUSES} == {fixed}


def test_the_most_that_a_longer_pause_looks_to_is_what_the_level_allows() -> None:
    level = Frames(500)
    assert Cap(level, level, pauses="longer").on(elastic(100, 320, 2000)) == elastic(100, 400, 500)


def test_the_same_time_holds_more_words_with_shorter_pauses_and_fewer_with_longer() -> None:
    shorter, usual, longer = (of_the_example(pauses=pauses) for pauses in PAUSES)
    assert len(texts(shorter)) > len(texts(usual)) > len(texts(longer))
    assert {plan.total for plan in (shorter, usual, longer)} == {100 * SAMPLE_RATE}


@given(sittings())
def test_what_can_be_reached_is_the_same_with_all_pauses_and_exact(sitting: Sitting) -> None:
    practice, choices, _ = sitting
    reachable = intervals(practice, choices)
    for pauses in PAUSES:
        chosen = replace(choices, pauses=pauses)
        assert intervals(practice, chosen) == reachable
        plan = plan_of(practice, chosen)
        assert plan.total == choices.seconds * SAMPLE_RATE == plan.events[-1].end
        assert all(one.end == other.start for one, other in pairwise(plan.events))
        assert plan == plan_of(practice, chosen)
        assert plan.origin.choices.pauses == pauses
        longest = max((e.length for e in plan.events if e.kind == "rest"), default=0)
        assert longest <= plan.origin.rest_cap * SAMPLE_RATE


@given(sittings())
def test_shorter_pauses_never_choose_less_to_say_and_longer_ones_never_more(
    sitting: Sitting,
) -> None:
    practice, choices, _ = sitting
    plans = [plan_of(practice, replace(choices, pauses=pauses)) for pauses in PAUSES]
    if all(plan.origin.rest_cap <= LEVEL_CAPS[choices.level] for plan in plans):
        shorter, usual, longer = (plan.origin.link for plan in plans)
        assert shorter >= usual >= longer


# --- Guidance -------------------------------------------------------------------------------


@given(sittings(), st.sampled_from(PAUSES))
def test_with_less_guidance_nothing_is_said_that_may_be_dropped(
    sitting: Sitting, pauses: Pauses
) -> None:
    practice, choices, _ = sitting
    chosen = replace(choices, guidance="less", pauses=pauses)
    plan = plan_of(practice, chosen)
    assert plan.total == choices.seconds * SAMPLE_RATE
    assert plan == plan_of(practice, chosen)
    assert {spoken(text) for text in texts(plan)} <= set(lines_of(practice, chosen, words=WORDS))
    if not is_all_needed(practice, plan):
        assert_nothing_extra(practice, plan)


@given(sittings(), st.integers(1, 3700))
def test_with_less_guidance_no_length_is_lost(sitting: Sitting, seconds: int) -> None:
    practice, choices, _ = sitting
    wanted = replace(choices, seconds=seconds, guidance="less")
    reachable = intervals(practice, wanted)
    for first, last in intervals(practice, choices):
        assert any(least <= first and last <= most for least, most in reachable)
    try:
        plan = plan_of(practice, wanted)
    except LengthError:
        assert not any(least <= seconds <= most for least, most in reachable)
    else:
        assert plan.total == seconds * SAMPLE_RATE
        assert any(least <= seconds <= most for least, most in reachable)


def is_all_needed(practice: Practice, plan: Plan) -> bool:
    """Return whether a length cannot be had without what may be dropped, at the level's cap."""
    choices = plan.origin.choices
    situation = settle(practice, choices, WORDS)
    links = links_of(practice, situation, WORDS, lambda text: Frames(length_at(text) // FRAME))
    return find_at_cap(links, choices.seconds * FRAMES_PER_SECOND) is None


def assert_nothing_extra(practice: Practice, plan: Plan) -> None:
    may_go = {
        (item.place.line, number)
        for section in practice.sections
        if not section.closing
        for item in section.items
        if isinstance(item, Line)
        for number, variant in enumerate(item.variants)
        if section.when.extra or variant.when.extra
    }
    said = {(e.spot.line, e.spot.variant) for e in plan.lines() if e.spot and not e.spot.script}
    assert not may_go & said


def test_what_is_dropped_makes_room_for_quiet_and_not_for_other_lines() -> None:
    usual, less = (of_the_example(guidance=guidance) for guidance in ("usual", "less"))
    assert texts(less) == [text for text in texts(usual) if "may go" not in text]
    assert len(texts(less)) < len(texts(usual))
    assert less.total == usual.total


@pytest.mark.parametrize("practice", SHELF.practices(), ids=lambda practice: practice.id)
def test_less_guidance_never_says_more_in_the_library(practice: Practice) -> None:
    for minutes in range(practice.minutes.least, practice.minutes.most + 1):
        for level in (1, 2, 3):
            wanted = Choices(minutes * 60, level=level)
            usual, less = (
                compose(practice, choices, words=SHELF.words, lengths=length_at)
                for choices in (wanted, replace(wanted, guidance="less"))
            )
            assert less.total == usual.total
            assert own_lines(less) <= own_lines(usual)
            assert len(texts(less)) <= len(texts(usual))


def test_other_lines_come_where_rests_cannot_grow() -> None:
    stiff = (
        "## A\n\nOne.\n\n[rest 4]\n\nTwo, which may go, and is long enough to be missed. {extra}"
        "\n\n[rest 4]\n\n## B {optional}\n\nThree.\n\n[rest 4..8]\n"
    )
    practice = practice_of(stiff)
    lengths = [intervals(practice, Choices(60, guidance=g)) for g in ("usual", "less")]
    (first, _), (_, last) = lengths[0][0], lengths[1][-1]
    plans = [plan_of(practice, Choices(s, guidance="less")) for s in range(first, last + 1)]
    assert any("Three." in texts(plan) for plan in plans)
    usual = [plan_of(practice, Choices(s)) for s in range(first, last + 1)]
    assert any(
        "Three." in texts(one) and "Three." not in texts(other)
        for one, other in zip(plans, usual, strict=True)
    )


def test_what_may_be_dropped_is_said_where_the_length_needs_it() -> None:
    body = (
        "## A\n\nOne.\n\n[rest 4..8]\n\n## B {extra}\n\nTwo, which may go.\n\n[rest 30]\n\n"
        "Three, which may go.\n\n[rest 30]\n"
    )
    practice = practice_of(body)
    (_, little), (_, most) = intervals(practice, Choices(60, guidance="less"))
    assert not any("may go" in text for text in texts(plan_of(practice, less_of(little))))
    assert any("may go" in text for text in texts(plan_of(practice, less_of(most))))
    with pytest.raises(LengthError):
        plan_of(practice, less_of(little + 1))


def test_nothing_lasts_longer_than_an_hour_with_less_guidance_either() -> None:
    body = "## A\n\n" + "One.\n\n[rest 20..90]\n\n" * 60
    practice = practice_of(body)
    assert plan_of(practice, replace(less_of(3600), level=3)).total == 3600 * SAMPLE_RATE
    with pytest.raises(LengthError):
        plan_of(practice, replace(less_of(3601), level=3))


def less_of(seconds: int) -> Choices:
    return Choices(seconds, guidance="less")


def test_a_sitting_may_be_shorter_than_all_of_the_guidance_takes() -> None:
    body = "## A\n\nOne.\n\n[rest 4..8]\n\nTwo, which may go. {extra}\n\n[rest 4..8]\n"
    practice = practice_of(body)
    (first, _), *_ = intervals(practice, Choices(60, guidance="less"))
    with pytest.raises(LengthError):
        plan_of(practice, Choices(first))
    assert plan_of(practice, Choices(first, guidance="less")).total == first * SAMPLE_RATE


# --- While it plays -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["nothing", "restless", "less-talk", "sleepy"])
@pytest.mark.parametrize("pauses", PAUSES)
def test_an_answer_keeps_pauses_and_guidance(kind: str, pauses: Pauses) -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice, Choices(100, guidance="less", pauses=pauses))
    reply = respond(plan, samples_of(12), kind, context_of(practice))
    assert reply.is_spoken
    assert reply.plan.total == plan.total
    assert (reply.plan.origin.choices.guidance, reply.plan.origin.choices.pauses) == (
        "less",
        pauses,
    )
    assert_nothing_extra(practice, reply.plan)
    assert reply.plan.origin.quieter == (kind == "less-talk")
