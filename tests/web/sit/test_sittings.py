"""Sittings in memory: whose they are, how they change, how many are kept."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.practice.plan import Choices, Event, Origin, Plan
from thaw.units import AccessError, Samples
from thaw.vault.session import new_token
from thaw.web.sit.sittings import Revision, Sittings

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
ANN, BEN = new_token(), new_token()


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def other(number: int) -> Plan:
    return replace(PLAN, total=Samples(48_000 * number))


def to(plan: Plan, audible: "Audible") -> Callable[[Revision], tuple[Plan, "Audible"]]:
    """Return a change to this state, whatever was there."""
    return lambda _: (plan, audible)


def test_a_sitting_is_found_by_whose_it_is() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    assert sittings.sitting(begun.id, ANN) == begun
    assert begun.latest == Revision(1, PLAN, "all")


def test_another_person_finds_nothing_and_learns_nothing() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    said = set()
    for name, person in ((begun.id, BEN), ("unknown", ANN), (begun.id, "")):
        with pytest.raises(AccessError) as refused:
            sittings.sitting(name, person)
        said.add((refused.value.code, refused.value.message))
    assert len(said) == 1


@given(st.integers(1, 40))
def test_no_two_sittings_share_an_id_and_none_can_be_guessed(many: int) -> None:
    sittings = Sittings(Clock())
    ids = {sittings.begin(ANN, PLAN, "all").id for _ in range(many)}
    assert len(ids) == many
    # Six bits a character: 192 bits.
    assert {len(name) for name in ids} == {32}


def test_a_change_makes_a_new_revision_and_keeps_the_old() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    changed = sittings.revise(begun.id, ANN, lambda latest: (other(2), latest.audible))
    assert [revision.number for revision in changed.revisions] == [1, 2]
    assert changed.revision(1).plan == PLAN
    assert changed.latest.plan == other(2)
    assert begun.latest.plan == PLAN


def test_a_change_that_changes_nothing_makes_no_revision() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    assert sittings.revise(begun.id, ANN, lambda latest: (latest.plan, "all")) == begun


def test_nobody_changes_the_sitting_of_another() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    with pytest.raises(AccessError):
        sittings.revise(begun.id, BEN, lambda latest: (other(2), latest.audible))
    assert sittings.sitting(begun.id, ANN) == begun


def test_a_revision_that_never_was_is_not_there() -> None:
    begun = Sittings(Clock()).begin(ANN, PLAN, "all")
    with pytest.raises(AccessError):
        begun.revision(2)


def test_only_the_latest_revisions_are_kept() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    for number in range(2, 30):
        begun = sittings.revise(begun.id, ANN, to(other(number), "all"))
    numbers = [revision.number for revision in begun.revisions]
    assert numbers == list(range(14, 30))


def test_a_sitting_nobody_asks_for_is_forgotten() -> None:
    clock = Clock()
    sittings = Sittings(clock, keep_s=100)
    first, second = (sittings.begin(ANN, PLAN, "all") for _ in range(2))
    clock.now = 90
    sittings.sitting(first.id, ANN)
    clock.now = 150
    sittings.sitting(first.id, ANN)
    with pytest.raises(AccessError):
        sittings.sitting(second.id, ANN)


def test_one_person_cannot_crowd_out_another() -> None:
    sittings = Sittings(Clock(), most=10, most_of_one=3)
    bens = sittings.begin(BEN, PLAN, "all")
    anns = [sittings.begin(ANN, PLAN, "all") for _ in range(20)]
    assert sittings.sitting(bens.id, BEN) == bens
    for sitting in anns[-3:]:
        assert sittings.sitting(sitting.id, ANN) == sitting
    with pytest.raises(AccessError):
        sittings.sitting(anns[-4].id, ANN)


def test_all_together_are_bounded_and_the_longest_untouched_goes_first() -> None:
    sittings = Sittings(Clock(), most=3, most_of_one=3)
    people = [new_token() for _ in range(4)]
    begun = [sittings.begin(person, PLAN, "all") for person in people[:3]]
    sittings.sitting(begun[0].id, people[0])
    sittings.begin(people[3], PLAN, "all")
    assert sittings.sitting(begun[0].id, people[0]) == begun[0]
    with pytest.raises(AccessError):
        sittings.sitting(begun[1].id, people[1])


def test_threads_changing_one_sitting_lose_no_change() -> None:
    sittings = Sittings(Clock())
    begun = sittings.begin(ANN, PLAN, "all")
    heard: tuple[Audible, ...] = ("all", "bells", "nothing")

    def change(turn: int) -> None:
        for step in range(50):
            sittings.revise(begun.id, ANN, to(other(turn * 50 + step + 2), heard[step % 3]))

    threads = [threading.Thread(target=change, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sittings.sitting(begun.id, ANN).latest.number == 201
