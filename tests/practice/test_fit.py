"""Rests are fitted exactly, within their bounds, and no better fit exists."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, minimize

from thaw.practice.fit import Elastic, fit_rests
from thaw.units import FRAME, Frames, LengthError, Samples


@st.composite
def elastics(draw: st.DrawFn, *, most: int = 4500) -> Elastic:
    least = draw(st.integers(0, most))
    longest = draw(st.integers(least, most))
    return Elastic(Frames(least), Frames(draw(st.integers(least, longest))), Frames(longest))


@st.composite
def fits(draw: st.DrawFn, *, rests: int = 60, most: int = 4500) -> tuple[list[Elastic], int]:
    """Some rests, some of them alike, and a total that they allow, in frames."""
    kinds = draw(st.lists(elastics(most=most), min_size=1, max_size=rests))
    row = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=rests))
    total = draw(st.integers(sum(rest.least for rest in row), sum(rest.most for rest in row)))
    return row, total


def fitted(rests: list[Elastic], total: int) -> list[int]:
    lengths = fit_rests(rests, spoken=Samples(0), wanted=Samples(total * FRAME))
    assert all(length % FRAME == 0 for length in lengths)
    return [length // FRAME for length in lengths]


def cost(rest: Elastic, length: int) -> Fraction:
    """The weighted squared distance from the usual; of a fixed rest there is none."""
    play = rest.most - rest.least
    return Fraction((length - rest.usual) ** 2, play) if play else Fraction(0)


@given(fits())
def test_rests_add_up_and_stay_within_their_bounds(fit: tuple[list[Elastic], int]) -> None:
    rests, total = fit

    lengths = fitted(rests, total)

    assert sum(lengths) == total
    assert all(
        rest.least <= length <= rest.most for rest, length in zip(rests, lengths, strict=True)
    )


@given(fits())
def test_no_frame_would_be_better_in_another_rest(fit: tuple[list[Elastic], int]) -> None:
    # For a sum of convex costs with one total this means that no fit at all is better.
    rests, total = fit
    pairs = list(zip(rests, fitted(rests, total), strict=True))

    saved = [cost(rest, x) - cost(rest, x - 1) for rest, x in pairs if x > rest.least]
    added = [cost(rest, x + 1) - cost(rest, x) for rest, x in pairs if x < rest.most]

    assert not saved or not added or max(saved) <= min(added)


@given(fits(rests=3, most=9))
def test_trying_every_fit_finds_none_that_is_better(fit: tuple[list[Elastic], int]) -> None:
    rests, total = fit
    rests, total = rests[:4], total if len(rests) <= 4 else sum(rest.usual for rest in rests[:4])
    ranges = [range(rest.least, rest.most + 1) for rest in rests]

    best = min(
        sum(map(cost, rests, lengths)) for lengths in product(*ranges) if sum(lengths) == total
    )

    assert sum(map(cost, rests, fitted(rests, total))) == best


def solved_by_scipy(rests: list[Elastic], total: int) -> list[float]:
    """The best fit in real numbers, by sequential quadratic programming."""
    least, usual, most = (np.array(column, dtype=np.float64) for column in zip(*rests, strict=True))
    play = most - least

    def distance(x: NDArray[np.float64]) -> float:
        return float(((x - usual) ** 2 / play).sum())

    def slope(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return 2 * (x - usual) / play

    solved = minimize(
        distance,
        x0=least + play * (total - least.sum()) / play.sum(),
        jac=slope,
        bounds=Bounds(least, most),
        constraints=LinearConstraint(np.ones((1, len(rests))), total, total),
        method="SLSQP",
        options={"ftol": 1e-9, "maxiter": 500},
    )
    return [float(length) for length in solved.x]


@pytest.mark.parametrize("seed", range(20))
def test_a_solver_of_another_kind_finds_the_same(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rests = []
    for _ in range(chance.integers(2, 9)):
        least, usual, most = sorted(chance.integers(100, 4500, 3).tolist())
        rests.append(Elastic(Frames(least), Frames(usual), Frames(most + 50)))
    total = int(
        chance.integers(sum(rest.least for rest in rests), sum(rest.most for rest in rests))
    )

    pairs = zip(solved_by_scipy(rests, total), fitted(rests, total), strict=True)

    # Real numbers against whole frames: each is within a frame of the other.
    assert max(abs(theirs - ours) for theirs, ours in pairs) <= 1.01


def test_a_rest_that_may_give_more_gives_more() -> None:
    rests = [
        Elastic(Frames(100), Frames(200), Frames(300)),
        Elastic(Frames(100), Frames(200), Frames(700)),
    ]

    assert fitted(rests, 440) == [210, 230]


def test_of_rests_that_are_alike_the_earlier_get_the_odd_frames() -> None:
    assert fitted([Elastic(Frames(0), Frames(50), Frames(100))] * 4, 202) == [51, 51, 50, 50]


def test_without_rests_only_the_spoken_length_fits() -> None:
    assert fit_rests([], spoken=Samples(9600), wanted=Samples(9600)) == []
    with pytest.raises(LengthError) as caught:
        fit_rests([], spoken=Samples(9600), wanted=Samples(10560))
    assert (caught.value.shorter, caught.value.longer) == (9600, None)


def test_a_length_that_the_rests_do_not_allow_names_the_nearest() -> None:
    rests = [Elastic(Frames(10), Frames(20), Frames(30))]

    for wanted, shorter, longer in ((9, None, 10), (31, 30, None)):
        with pytest.raises(LengthError) as caught:
            fit_rests(rests, spoken=Samples(960), wanted=Samples((wanted + 1) * FRAME))
        error = caught.value
        assert error.shorter == (None if shorter is None else (shorter + 1) * FRAME)
        assert error.longer == (None if longer is None else (longer + 1) * FRAME)
