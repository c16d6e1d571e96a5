"""Every trajectory: what is offered on each day, and why."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.guide.shelves import SHELVES
from tests.guide.stories import Trajectory, trajectories
from thaw.guide import State, Suggestion, asks_unwelcome, suggest
from thaw.guide.taste import kind_of

ALL = trajectories()


@pytest.mark.parametrize("trajectory", ALL, ids=lambda each: each.name)
def test_a_trajectory_is_offered_what_its_story_says(trajectory: Trajectory) -> None:
    shelf = SHELVES[trajectory.shelf]
    for now, state, expected in trajectory.moments():
        found = told(suggest(state, shelf, now), state, now)
        seen = {name: found[name] for name in expected}
        assert seen == dict(expected), (trajectory.name, now, found)


@pytest.mark.parametrize("trajectory", ALL, ids=lambda each: each.name)
def test_what_is_yet_to_come_changes_nothing(trajectory: Trajectory) -> None:
    shelf, whole = SHELVES[trajectory.shelf], trajectory.whole()
    for now, state, _ in trajectory.moments():
        assert suggest(with_later(state, whole, now), shelf, now) == suggest(state, shelf, now)


def test_there_are_enough_of_them_and_each_expects_something() -> None:
    assert len(ALL) >= 30
    assert not [each.name for each in ALL if not each.story or not list(each.moments())]


def told(suggestion: Suggestion, state: State, now: datetime) -> dict[str, Any]:
    """Return a suggestion in the words of the data files."""
    practice = suggestion.practice
    return {
        "kind": kind_of(practice) if practice else "rest",
        "inward": bool(practice and practice.is_inward),
        "eyes": practice.eyes if practice else None,
        "minutes": suggestion.minutes,
        "level": suggestion.level,
        "posture": suggestion.posture,
        "reason": suggestion.reason.code,
        "others": [kind_of(offer.practice) for offer in suggestion.others],
        "others-minutes": [offer.minutes for offer in suggestion.others],
        "others-inward": any(offer.practice.is_inward for offer in suggestion.others),
        "cards": [card.code for card in suggestion.cards],
        "signposts": [sign for card in suggestion.cards for sign in card.signposts],
        "overrides": [card.override for card in suggestion.cards if card.override],
        "level-before": suggestion.before,
        "asks-longer-quiet": suggestion.asks_longer_quiet,
        "asks-unwelcome": asks_unwelcome(state, now),
        "can-be-other": suggestion.can_be_other,
        "can-be-shorter": suggestion.can_be_shorter,
    }


def with_later(state: State, whole: State, now: datetime) -> State:
    """Return a state with everything beside it that happens much later."""
    later = now + timedelta(hours=27)
    return replace(
        state,
        checkins=state.checkins + tuple(each for each in whole.checkins if each.at > later),
        sittings=state.sittings + tuple(each for each in whole.sittings if each.at > later),
        unwelcome=state.unwelcome + tuple(each for each in whole.unwelcome if each.at > later),
        decisions=state.decisions + tuple(each for each in whole.decisions if each.at > later),
    )
