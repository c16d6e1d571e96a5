"""From a text to a plan, and fitting its rests."""

import statistics
from collections.abc import Iterator
from functools import partial
from importlib import import_module

import numpy as np

from tests.bench.figure import Figure, Rival, Work, median_ms, medians_ms
from tests.bench.studio import QUARTER, Studio
from thaw.practice.answers import ANSWERED
from thaw.practice.compose import compose
from thaw.practice.fit import Elastic, fit_rests
from thaw.practice.listening import lines_of_answers
from thaw.practice.plan import Choices
from thaw.practice.read import read_practice
from thaw.practice.respond import Context, respond
from thaw.units import FRAME, Frames, Samples

RESTS = 500


def measure(studio: Studio) -> Iterator[Figure]:
    words, clips = studio.shelf.words, studio.clips
    text = studio.shelf.text("thawing")
    chosen = Choices(QUARTER, voice=studio.voice.name)
    _ = studio.quarter  # So that every length is known.

    def plan() -> None:
        practice = read_practice(text, file="thawing.md", words=words)
        compose(practice, chosen, words=words, lengths=clips.length)

    studio.tell("Planning.")
    yield Figure(
        "text to plan, 15 minutes",
        median_ms(plan, times=30),
        "ms",
        10.0,
        "Thawing: read, checked, composed; clip lengths known",
    )
    yield _answer_figure(studio)
    yield _fit_figure(studio)


def _answer_figure(studio: Studio) -> Figure:
    studio.tell("Answering.")
    plan, words, answers = studio.quarter, studio.shelf.words, studio.shelf.answers
    practice = studio.shelf.practice("thawing")
    studio.voice_lines(lines_of_answers(practice, plan.origin.choices, answers, words))
    context = Context(practice, answers, words, studio.clips.length)
    taps = [
        (Samples(plan.total * part // 12), kind) for part in range(1, 11, 3) for kind in ANSWERED
    ]
    taken = [median_ms(partial(respond, plan, at, kind, context), times=3) for at, kind in taps]
    assert all(respond(plan, at, kind, context).is_spoken for at, kind in taps)
    return Figure(
        "new plan after a response",
        statistics.median(taken),
        "ms",
        10.0,
        f"Thawing at 15 minutes, {len(taps)} taps of every kind; "
        f"the slowest took {max(taken):.1f} ms",
    )


def _fit_figure(studio: Studio) -> Figure:
    studio.tell("Fitting, with a rival.")
    chance = np.random.default_rng(0)
    least = chance.integers(100, 500, RESTS)
    usual = least + chance.integers(0, 500, RESTS)
    most = usual + chance.integers(1, 1000, RESTS)
    rows = zip(least.tolist(), usual.tolist(), most.tolist(), strict=True)
    rests = [Elastic(Frames(a), Frames(b), Frames(c)) for a, b, c in rows]
    wanted = Samples(int(usual.sum() + (most - usual).sum() // 3) * FRAME)
    problem = _cvxpy(least, usual, most, wanted // FRAME)
    works = {
        "ours": (lambda: fit_rests(rests, spoken=Samples(0), wanted=wanted), 50),
        "cvxpy": (problem, 5),
    }
    taken = medians_ms(works, rounds=5)
    ratio = taken["cvxpy"] / taken["ours"]
    return Figure(
        f"fit {RESTS} rests",
        taken["ours"],
        "ms",
        0.2,
        "both from the same lists; ours is exact to the frame, the rival gives fractions",
        (Rival("cvxpy", taken["cvxpy"], ratio, 50),),
    )


def _cvxpy(
    least: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    usual: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    most: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    total: int,
) -> Work:
    """Return the same problem in cvxpy; every sitting's rests are others, so each is set up."""
    cp = import_module("cvxpy")

    def solve() -> None:
        lengths = cp.Variable(len(least))
        off = cp.multiply(1 / np.sqrt(most - least), lengths - usual)
        limits = [lengths >= least, lengths <= most, cp.sum(lengths) == total]
        problem = cp.Problem(cp.Minimize(cp.sum_squares(off)), limits)
        problem.solve()
        assert problem.status == "optimal"

    return solve
