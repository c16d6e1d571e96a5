"""Wordings: the seed chooses, and none comes again before all have been used."""

from itertools import pairwise

import pytest

from thaw.practice.remainder import spread_evenly
from thaw.practice.variants import Wordings, shuffled
from thaw.practice.ways import is_way_out


def test_an_order_follows_from_its_name_alone() -> None:
    # Written down, so that it stays the same on every machine and with every Python.
    assert shuffled("0:19:0", 3) == (0, 1, 2)
    assert shuffled("1:19:0", 3) == (1, 0, 2)
    assert shuffled("7:40:0", 6) == (4, 5, 1, 3, 0, 2)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("count", [2, 3, 5])
def test_no_wording_comes_again_before_all_have_been_used(seed: int, count: int) -> None:
    wordings = Wordings(seed, 12, count)

    used = [wordings.choose(range(count)) for _ in range(4 * count)]

    for at in range(0, len(used), count):
        assert sorted(used[at : at + count]) == list(range(count))
    assert all(one != other for one, other in pairwise(used))


def test_where_only_some_may_be_said_they_take_turns() -> None:
    wordings = Wordings(0, 12, 3)

    used = [wordings.choose({0, 2}) for _ in range(6)]

    assert sorted(used[:2]) == sorted(used[2:4]) == sorted(used[4:]) == [0, 2]


@pytest.mark.parametrize("seed", range(9))
def test_what_was_heard_before_is_taken_into_account(seed: int) -> None:
    wordings = Wordings(seed, 12, 4)
    first = [wordings.choose(range(4)) for _ in range(6)]

    later = Wordings(seed, 12, 4, first)

    assert [later.choose(range(4)) for _ in range(6)] == [
        wordings.choose(range(4)) for _ in range(6)
    ]


def test_a_wording_that_is_there_no_more_was_never_heard() -> None:
    assert Wordings(0, 12, 2, [5, 1]).choose(range(2)) == 0


def test_a_single_wording_is_said_each_time() -> None:
    wordings = Wordings(0, 12, 1)

    assert [wordings.choose({0}) for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("count", "among", "places"),
    [
        (1, 5, [0]),
        (2, 5, [0, 4]),
        (3, 5, [0, 2, 4]),
        (4, 5, [0, 1, 3, 4]),
        (5, 5, [0, 1, 2, 3, 4]),
        (3, 10, [0, 5, 9]),
        (0, 0, []),
    ],
)
def test_entries_are_spread_evenly_first_and_last_among_them(
    count: int, among: int, places: list[int]
) -> None:
    assert spread_evenly(count, among) == places


@pytest.mark.parametrize(
    "text",
    ["You can stop whenever you like.", "If you want, end it here.", "This may end; or you pause."],
)
def test_a_line_that_lets_one_go_is_a_way_out(text: str) -> None:
    assert is_way_out(text)


@pytest.mark.parametrize(
    "text",
    ["The end of the street.", "Stop. You are here.", "You can go on.", "Look at the ending."],
)
def test_a_word_of_leaving_alone_is_no_way_out(text: str) -> None:
    assert not is_way_out(text)


def test_a_wording_that_is_never_allowed_lets_no_other_come_twice_in_a_row() -> None:
    for seed in range(200):
        order = Wordings(seed, 7, 3)

        said = [order.choose({0, 1}) for _ in range(8)]

        assert all(one != other for one, other in pairwise(said))
