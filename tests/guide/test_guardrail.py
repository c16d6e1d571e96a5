"""Single rules at their edges, and what each takes out of what is offered."""

from datetime import datetime, timedelta

import pytest

from tests.guide.shelves import BREATH, FIVE_THINGS, KIND_WISH, LONG_WISH, LYING, NIGHT, THAWING
from tests.guide.states import AT
from thaw.guide import State, in_force, suggest
from thaw.guide.cards import Card
from thaw.guide.state import CheckIn, Decision, Offered, Sat, Tastes, Unwelcome

UNREAL = State((CheckIn(AT - timedelta(hours=1), unreal=True),))
EXPOSURE = Offered("a-song", "A song", 1, 3, 3, 5, is_inward=False, themes=("exposure",))
SHUT = Offered("eyes-shut", "Eyes shut", 1, 3, 3, 5, is_inward=False, eyes="closed")


def bad(days_ago: float) -> Sat:
    return Sat(AT - timedelta(days=days_ago), "thawing", 5, 2, felt_after="harder")


def only(state: State) -> Card:
    (card,) = in_force(state, AT).cards
    return card


@pytest.mark.parametrize("practice", [THAWING, LYING, BREATH, EXPOSURE, SHUT, LONG_WISH])
def test_unreal_takes_out_body_breath_closed_eyes_exposure_and_long_kindness(
    practice: Offered,
) -> None:
    assert not in_force(UNREAL, AT).allows(practice)


@pytest.mark.parametrize("practice", [FIVE_THINGS, KIND_WISH, NIGHT])
def test_unreal_leaves_what_is_outside(practice: Offered) -> None:
    assert in_force(UNREAL, AT).allows(practice)


def test_kindness_is_short_while_things_are_unreal() -> None:
    longer = Sat(AT - timedelta(days=1), "five-things", 10)
    state = State(UNREAL.checkins, (longer,) * 6)
    assert suggest(state, [KIND_WISH], AT).minutes == 5
    assert suggest(State(sittings=state.sittings), [KIND_WISH], AT).minutes == 10


def test_nobody_lies_down_while_things_are_unreal() -> None:
    lying = State(UNREAL.checkins, tastes=Tastes(posture="lying"))
    assert suggest(lying, [NIGHT], AT).posture is None  # As it begins: standing.
    assert suggest(State(tastes=Tastes(posture="lying")), [NIGHT], AT).posture == "lying"


def test_a_practice_that_is_only_lying_is_not_offered_to_who_never_lies() -> None:
    flat = Offered("flat", "Flat", 1, 3, 3, 5, is_inward=False, postures=("lying",))
    never = State(tastes=Tastes(avoid=("lying",)))
    assert suggest(never, [flat], AT).practice is None
    moving = Offered("flat", "Flat", 1, 3, 3, 5, is_inward=False, moving=True, postures=("lying",))
    assert suggest(never, [moving], AT).posture == "moving"
    assert suggest(never, [SHUT], AT).practice == SHUT  # It names no posture at all.


def test_the_first_posture_left_is_taken_where_the_usual_one_is_avoided() -> None:
    never = State(tastes=Tastes(avoid=("standing",)))
    assert suggest(never, [NIGHT], AT).posture == "lying"


@pytest.mark.parametrize(
    ("days", "is_held"), [((1, 8), True), ((1, 8.01), False), ((6.99, 7.5), True), ((7, 8), False)]
)
def test_the_pause_holds_for_seven_days_after_two_within_seven(
    days: tuple[float, float], is_held: bool
) -> None:
    codes = in_force(State(sittings=tuple(map(bad, days))), AT).codes
    assert ("paused" in codes) == is_held


def test_a_pause_says_until_when() -> None:
    state = State(sittings=(bad(1), bad(3)))
    guard = in_force(state, AT)
    assert guard.inward_paused_until == AT + timedelta(days=6)
    assert "21 June" in guard.cards[0].reason
    assert in_force(State(), AT).inward_paused_until is None


def test_a_day_of_rest_is_no_pause_of_inward_practice() -> None:
    rest = State(unwelcome=(Unwelcome(AT - timedelta(hours=1), ("low",)),))
    assert only(rest).code == "rest-day"
    assert in_force(rest, AT).inward_paused_until is None


def test_the_stop_card_says_what_it_must() -> None:
    card = only(State(sittings=(bad(1), bad(2), bad(3))))
    assert card.reason == "These practices seem to make things harder just now."
    assert card.says[0] == "That says something about them, not about you."
    assert card.signposts[0] == "professional"
    assert card.override == "override:S6"


def test_a_lot_says_what_it_must() -> None:
    long = State(sittings=(Sat(AT - timedelta(hours=2), "five-things", 20.5),))
    card = only(long)
    assert (card.reason, *card.says) == (
        "That was a lot for one day.",
        "Movement and people are still good company.",
    )
    enough = State(sittings=(Sat(AT - timedelta(hours=2), "five-things", 20.0),))
    assert not in_force(enough, AT).cards


def test_an_override_counts_from_then_on_and_not_for_what_comes_after() -> None:
    sittings = (bad(3), bad(2))
    before = Decision(AT - timedelta(days=2, minutes=1), "override:S5")
    after = Decision(AT - timedelta(days=1), "override:S5")
    assert "paused" in in_force(State(sittings=sittings, decisions=(before,)), AT).codes
    assert "paused" not in in_force(State(sittings=sittings, decisions=(after,)), AT).codes


def test_two_taps_in_one_sitting_count_once() -> None:
    twice = Sat(
        AT - timedelta(days=1),
        "thawing",
        5,
        2,
        responses=("too-much", "unreal"),
        felt_after="further",
    )
    assert in_force(State(sittings=(twice,)), AT).codes == {"harder"}


def test_every_reason_is_one_sentence_without_blame() -> None:
    hard = (bad(1), bad(2), bad(3))
    for state in (UNREAL, State(sittings=hard), State(sittings=hard[:2])):
        for card in in_force(state, AT).held:
            assert card.reason.endswith(".")
            assert ". " not in card.reason
            said = " ".join((card.title, card.reason, *card.says)).lower()
            assert not {"!", "should", "must", "fail", "missed", "streak"} & set(said.split())


def test_what_lies_a_little_ahead_happened_now() -> None:
    ahead = State((CheckIn(AT + timedelta(hours=25), unreal=True),))
    assert only(ahead).code == "unreal-today"
    assert not in_force(State((CheckIn(AT + timedelta(hours=27), unreal=True),)), AT).cards


def test_a_level_that_is_none_is_passed_over() -> None:
    asked = (Decision(AT - timedelta(days=2), "level", "2"), Decision(AT, "level", "9"))
    assert suggest(State(decisions=asked), [FIVE_THINGS], AT).level == 2


def test_of_two_moments_the_zone_says_which_day_it_is() -> None:
    late = datetime.fromisoformat("2026-06-14T23:30:00+02:00")
    assert not in_force(State((CheckIn(late, unreal=True),)), AT).cards
