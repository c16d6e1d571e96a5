"""What holds for every state: whatever happened, and in whatever order it is told."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guide.shelves import LATER
from tests.guide.states import AT, felts, ids, shelves, states
from thaw.guide import Suggestion, asks_unwelcome, in_force, suggest
from thaw.guide.decided import asked_on_the_day
from thaw.guide.signs import is_bad, is_too_much
from thaw.guide.state import CheckIn, Offered, Sat, State, known_at
from thaw.guide.taste import kind_of

MANY = settings(suppress_health_check=[HealthCheck.too_slow])


def offered(suggestion: Suggestion) -> list[Offered]:
    """Return everything that a suggestion has a button for."""
    others = [offer.practice for offer in suggestion.others]
    return [*filter(None, [suggestion.practice]), *others]


@MANY
@given(states(), shelves, st.lists(felts, min_size=8, max_size=8))
def test_no_score_changes_anything(
    state: State, shelf: tuple[Offered, ...], scores: list[int | None]
) -> None:
    pairs = zip(state.checkins, scores, strict=False)
    other = replace(state, checkins=tuple(replace(each, felt=felt) for each, felt in pairs))
    assert suggest(other, shelf, AT) == suggest(state, shelf, AT)
    assert in_force(other, AT) == in_force(state, AT)
    assert asks_unwelcome(other, AT) == asks_unwelcome(state, AT)


@MANY
@given(states(overridden=False), shelves)
def test_nothing_inward_is_offered_while_a_rule_says_so(
    state: State, shelf: tuple[Offered, ...]
) -> None:
    known = known_at(state, AT)
    today = [sat for sat in known.sittings if sat.at.date() == AT.date()]
    bad = [sat.at for sat in known.sittings if is_bad(sat)]
    is_held = (
        any(map(is_too_much, today))
        or any("angry" in sat.responses for sat in today)
        or any(each.unreal for each in known.checkins if each.at.date() == AT.date())
        or sum(each.unreal for each in known.checkins[-5:]) >= 2
        or any(
            late - early <= timedelta(days=7) and AT - late < timedelta(days=7)
            for early, late in pairwise(bad)
        )
        or sum(AT - at <= timedelta(days=14) for at in bad) >= 3
    )
    if is_held:
        assert not [each.id for each in offered(suggest(state, shelf, AT)) if each.is_inward]


@MANY
@given(states(), shelves)
def test_today_and_anger_give_no_way_to_inward_practice_on_that_day(
    state: State, shelf: tuple[Offered, ...]
) -> None:
    today = [sat for sat in known_at(state, AT).sittings if sat.at.date() == AT.date()]
    if any(is_too_much(sat) or "angry" in sat.responses for sat in today):
        assert not [each.id for each in offered(suggest(state, shelf, AT)) if each.is_inward]


@MANY
@given(states(), shelves, st.randoms(use_true_random=False))
def test_the_same_things_give_the_same_suggestion_in_any_order(
    state: State, shelf: tuple[Offered, ...], chance: random.Random
) -> None:
    def mixed(entries: tuple[Sat, ...]) -> tuple[Sat, ...]:
        return tuple(chance.sample(entries, len(entries)))

    moments = [each.at for each in state.sittings]
    if len(set(moments)) < len(moments):
        return  # Of two things at one moment, the one told last came last.
    other = replace(state, sittings=mixed(state.sittings))
    other_shelf = tuple(chance.sample(shelf, len(shelf)))
    assert suggest(other, other_shelf, AT) == suggest(state, shelf, AT)


@MANY
@given(states(), shelves)
def test_what_lies_ahead_is_left_out(state: State, shelf: tuple[Offered, ...]) -> None:
    later = AT + timedelta(days=300)
    wrong = replace(
        state,
        checkins=(*state.checkins, CheckIn(later, unreal=True)),
        sittings=(Sat(later, "thawing", 20, 20, responses=("too-much",)), *state.sittings),
    )
    assert suggest(wrong, shelf, AT) == suggest(state, shelf, AT)


@MANY
@given(states(), shelves)
def test_a_suggestion_is_whole(state: State, shelf: tuple[Offered, ...]) -> None:
    found = suggest(state, shelf, AT)
    buttons = [each.id for each in offered(found)]
    assert len(set(buttons)) == len(buttons)
    assert set(buttons) <= ids(shelf)
    assert found.reason.sentence.endswith(".")
    assert "!" not in found.reason.sentence
    assert len(found.others) <= 2
    assert (found.practice is None) == (found.minutes == 0)
    if found.practice is not None:
        assert found.practice.least <= found.minutes <= min(20, found.practice.most)
        assert found.practice.level <= found.level
        if found.posture not in (None, "moving", "walking"):
            assert found.posture in found.practice.postures
            assert found.posture not in state.tastes.avoid


@MANY
@given(states(), shelves)
def test_what_was_answered_today_is_heard(state: State, shelf: tuple[Offered, ...]) -> None:
    asked = asked_on_the_day(known_at(state, AT), AT)
    found = suggest(state, shelf, AT)
    if asked.is_not_today:
        assert found.practice is None
    if found.practice is not None:
        assert found.practice.id not in asked.declined
        assert asked.shorter_than is None or found.minutes < asked.shorter_than


@MANY
@given(states())
def test_two_others_of_other_kinds_stand_beside_it(state: State) -> None:
    found = suggest(state, LATER, AT)
    kinds = [kind_of(practice) for practice in offered(found)]
    if not found.cards and found.practice is not None and found.before is None:
        assert len(found.others) == 2
        assert len(set(kinds)) == 3


@MANY
@given(states(), shelves)
def test_a_caution_says_why_and_only_where_something_is_held(
    state: State, shelf: tuple[Offered, ...]
) -> None:
    guard = in_force(state, AT)
    for practice in shelf:
        assert bool(guard.caution(practice)) == (not guard.allows(practice))
