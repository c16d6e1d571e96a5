"""The bench says no where a figure or a rival is missed, and names what it can measure."""

import subprocess
import sys

from tests.bench.figure import Figure, Rival, median_ms, medians_ms, percentile


def test_a_figure_is_reached_at_its_limit_and_missed_above() -> None:
    assert Figure("x", 1.0, "ms", 1.0).is_reached
    assert not Figure("x", 1.1, "ms", 1.0).is_reached
    assert Figure("x", 99, "ms").is_reached
    assert Figure("x", 200, "a second", least=200).is_reached
    assert not Figure("x", 199, "a second", least=200).is_reached


def test_a_figure_is_missed_where_a_rival_is_too_near() -> None:
    near, far = Rival("near", 5, 5.0, 10), Rival("far", 20, 20.0, 10)
    told = Rival("told", 1, 1.0)
    assert Figure("x", 1, "ms", 1, "", (far, told)).is_reached
    assert not Figure("x", 1, "ms", 1, "", (far, near)).is_reached


def test_each_work_is_done_as_often_as_asked_and_once_before() -> None:
    done: list[str] = []
    taken = medians_ms(
        {"a": (lambda: done.append("a"), 2), "b": (lambda: done.append("b"), 1)}, rounds=2
    )
    assert done == ["a", "b", *["a", "a", "b"] * 2]
    assert set(taken) == {"a", "b"}
    assert median_ms(lambda: done.clear(), times=3) >= 0


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert (percentile(values, 50), percentile(values, 99), percentile(values, 100)) == (
        51,
        100,
        100,
    )


def test_the_bench_names_what_it_measures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    for name in (
        *(
            "assembly",
            "planning",
            "ranges",
            "mixing",
            "rendering",
            "starting",
            "listening",
            "crowding",
        ),
        *("responding", "saving", "searching", "unlocking", "returning", "restoring", "checking"),
        *("finding", "shelving"),
    ):
        assert name in done.stdout
