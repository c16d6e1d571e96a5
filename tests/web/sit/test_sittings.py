"""Sittings in memory: whose they are, how they change, how many are kept."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.practice.answers import ANSWERS
from tests.practice.words import WORDS, practice_of
from thaw.practice.plan import Choices, Event, Origin, Plan
from thaw.units import AccessError, Samples
from thaw.vault.session import new_token
from thaw.web.own import Own
from thaw.web.sit.body import Tap
from thaw.web.sit.sittings import OtherRevisionError, Revision, Sitting, Sittings, Texts, Told

if TYPE_CHECKING:
    from thaw.web.sound import Audible

PLAN = Plan(
    "five-things",
    "Five things",
    "en",
    Samples(48_000),
    (Event("rest", Samples(0), Samples(48_000), "Arriving"),),
    Origin("", Choices(1), 0, (), 20.0),
)
TEXTS = Texts(practice_of("## A\n\nOne.\n\n[rest 5..50]\n"), WORDS, ANSWERS)
ANN, BEN = new_token(), new_token()


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def other(number: int) -> Plan:
    return replace(PLAN, total=Samples(48_000 * number))


def to(plan: Plan, audible: "Audible" = "all") -> Callable[[Sitting], Sitting]:
    """Return a change to this state, whatever was there."""
    return lambda sitting: sitting.holding(plan, audible)


def numbers_of(sitting: Sitting) -> list[int]:
    """Return every revision that can be asked for, as far as this test goes."""
    found = []
    for number in range(1, sitting.latest_number + 1):
        with suppress(AccessError):
            found.append(sitting.revision(number).number)
    return found


def test_a_sitting_is_found_by_whose_it_is() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    assert sittings.sitting(begun.id, ANN) == begun
    assert begun.held == Revision(1, PLAN, "all")


def test_another_person_finds_nothing_and_learns_nothing() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    said = set()
    for name, person in ((begun.id, BEN), ("unknown", ANN), (begun.id, "")):
        with pytest.raises(AccessError) as refused:
            sittings.sitting(name, person)
        said.add((refused.value.code, refused.value.message))
    assert len(said) == 1


@given(st.integers(1, 40))
def test_no_two_sittings_share_an_id_and_none_can_be_guessed(many: int) -> None:
    sittings = Sittings(Clock())
    ids = {sittings.begin(ANN, PLAN, TEXTS).id for _ in range(many)}
    assert len(ids) == many
    # Six bits a character: 192 bits.
    assert {len(name) for name in ids} == {32}


def test_a_change_makes_a_new_revision_and_keeps_the_old() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    changed = sittings.change(begun.id, ANN, to(other(2)))
    assert numbers_of(changed) == [1, 2]
    assert changed.revision(1).plan == PLAN
    assert changed.held.plan == other(2)
    assert begun.held.plan == PLAN


def test_a_change_that_changes_nothing_makes_no_revision() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    assert sittings.change(begun.id, ANN, to(PLAN)) == begun


def test_nobody_changes_the_sitting_of_another() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    with pytest.raises(AccessError):
        sittings.change(begun.id, BEN, to(other(2)))
    assert sittings.sitting(begun.id, ANN) == begun


def test_a_revision_that_never_was_is_not_there() -> None:
    begun = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    with pytest.raises(AccessError):
        begun.revision(2)


def test_only_the_latest_revisions_are_kept() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    for number in range(2, 30):
        begun = sittings.change(begun.id, ANN, to(other(number)))
    assert numbers_of(begun) == list(range(14, 30))


def test_a_sitting_nobody_asks_for_is_forgotten() -> None:
    clock = Clock()
    sittings = Sittings(clock, keep_s=100)
    first, second = (sittings.begin(ANN, PLAN, TEXTS) for _ in range(2))
    clock.now = 90
    sittings.sitting(first.id, ANN)
    clock.now = 150
    sittings.sitting(first.id, ANN)
    with pytest.raises(AccessError):
        sittings.sitting(second.id, ANN)


def test_one_person_cannot_crowd_out_another() -> None:
    sittings = Sittings(Clock(), most=10, most_of_one=3)
    bens = sittings.begin(BEN, PLAN, TEXTS)
    anns = [sittings.begin(ANN, PLAN, TEXTS) for _ in range(20)]
    assert sittings.sitting(bens.id, BEN) == bens
    for sitting in anns[-3:]:
        assert sittings.sitting(sitting.id, ANN) == sitting
    with pytest.raises(AccessError):
        sittings.sitting(anns[-4].id, ANN)


def test_all_together_are_bounded_and_the_longest_untouched_goes_first() -> None:
    sittings = Sittings(Clock(), most=3, most_of_one=3)
    people = [new_token() for _ in range(4)]
    begun = [sittings.begin(person, PLAN, TEXTS) for person in people[:3]]
    sittings.sitting(begun[0].id, people[0])
    sittings.begin(people[3], PLAN, TEXTS)
    assert sittings.sitting(begun[0].id, people[0]) == begun[0]
    with pytest.raises(AccessError):
        sittings.sitting(begun[1].id, people[1])


def test_threads_changing_one_sitting_lose_no_change() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    heard: tuple[Audible, ...] = ("all", "bells", "nothing")

    def change(turn: int) -> None:
        for step in range(50):
            sittings.change(begun.id, ANN, to(other(turn * 50 + step + 2), heard[step % 3]))

    threads = [threading.Thread(target=change, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sittings.sitting(begun.id, ANN).held.number == 201


def test_a_proposal_is_held_only_once_it_was_taken() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)
    proposed = sittings.change(begun.id, ANN, lambda sitting: sitting.proposing(other(2), ()))
    assert (proposed.held.plan, proposed.revision(2).plan) == (PLAN, other(2))
    taken = sittings.change(begun.id, ANN, lambda sitting: sitting.taking(2))
    assert (taken.held.number, taken.held.plan) == (2, other(2))
    assert taken.revision(1).plan == PLAN


def test_taking_twice_is_taking_once_and_what_was_held_before_stays_behind() -> None:
    sitting = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    taken = sitting.proposing(other(2), ()).taking(2)
    assert taken.taking(2) == taken
    assert taken.taking(1) == taken


def test_a_proposal_that_was_superseded_is_not_taken_but_can_be_fetched_a_little_longer() -> None:
    sitting = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    twice = sitting.proposing(other(2), ()).proposing(other(3), ())
    assert numbers_of(twice) == [1, 2, 3]
    for late in (twice, twice.taking(3)):
        with pytest.raises(OtherRevisionError) as refused:
            late.taking(2)
        assert refused.value.sitting == late
    assert numbers_of(twice.taking(3)) == [1, 3]


def test_what_never_was_proposed_is_not_taken() -> None:
    sitting = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    for number in (0, -1, 2, 10**6):
        with pytest.raises(AccessError):
            sitting.taking(number)


def test_proposals_that_nobody_takes_are_bounded() -> None:
    sitting = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    for number in range(2, 100):
        sitting = sitting.proposing(other(number), (Tap(1.0, "nothing"),))
    assert numbers_of(sitting) == [1, 96, 97, 98, 99]


def test_what_was_told_is_remembered_for_a_while() -> None:
    sitting = Sittings(Clock()).begin(ANN, PLAN, TEXTS)
    taps = [uuid4() for _ in range(100)]
    for tap in taps:
        sitting = sitting.telling(Told(tap, "nothing", 1, 1, Samples(0)))
    assert [sitting.was_told(tap) for tap in taps] == [False] * 36 + [True] * 64


def test_a_change_does_not_bring_back_what_was_forgotten_meanwhile() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)

    def change(sitting: Sitting) -> Sitting:
        sittings.forget_of(ANN)
        return sitting.holding(other(2), "all")

    with pytest.raises(AccessError):
        sittings.change(begun.id, ANN, change)
    assert not sittings.is_there(begun.id)


def test_a_change_that_fails_keeps_what_was_and_holds_nobody_up() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, TEXTS)

    def change(sitting: Sitting) -> Sitting:
        raise OtherRevisionError(sitting)

    with pytest.raises(OtherRevisionError):
        sittings.change(begun.id, ANN, change)
    assert sittings.change(begun.id, ANN, to(other(2))).held.number == 2


def test_one_sitting_that_changes_slowly_holds_up_no_other() -> None:
    sittings = Sittings(Clock())
    slow, quick = (sittings.begin(ANN, PLAN, TEXTS) for _ in range(2))

    def change(sitting: Sitting) -> Sitting:
        sittings.change(quick.id, ANN, to(other(2)))
        return sitting

    sittings.change(slow.id, ANN, change)
    assert sittings.sitting(quick.id, ANN).held.number == 2


def test_what_is_a_persons_own_is_gone_with_the_sitting() -> None:
    clock = Clock()
    sittings = Sittings(clock, most=2, most_of_one=1, keep_s=10)

    def begin(session: str) -> Own:
        own = Own(Choices(180, asked=(("being", "Zora"),)))
        sittings.begin(session, PLAN, TEXTS, own=own)
        return own

    crowded, locked = begin(ANN), begin(ANN)
    assert (crowded.is_gone, locked.is_gone) == (True, False)
    sittings.forget_of(ANN)
    assert locked.is_gone
    old = begin(ANN)
    clock.now = 20
    assert sittings.latest_of(ANN) is None
    assert old.is_gone
    first = begin(new_token())
    begin(new_token())
    begin(new_token())
    assert first.is_gone


def test_how_long_ago_a_sitting_began_never_goes_backwards_past_nothing() -> None:
    clock = Clock()
    sittings = Sittings(clock)
    begun = sittings.begin(ANN, PLAN, TEXTS)
    clock.now = 12.5
    assert sittings.passed_s(begun) == 12.5
    clock.now = -1
    assert sittings.passed_s(begun) == 0
