"""A figure: what was measured, what it must reach, and what rivals took in the same run."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["ms", "s", "MB", "kB", "count", "a second", "times"]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another way to do the same.

    Attributes:
        value: Its median, in the figure's unit.
        times: How many times as long as ours.
        must: How many times it has to be, or None.
    """

    name: str
    value: float
    times: float
    must: float | None = None

    @property
    def is_beaten(self) -> bool:
        return self.must is None or self.times >= self.must


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured and what is asked of it; without a limit it is only told.

    Attributes:
        what: What was done.
        value: What was measured.
        limit: What it may be at most.
        how: How it was measured, in a sentence.
        least: What it must be at least.
    """

    what: str
    value: float
    unit: Unit
    limit: float | None = None
    how: str = ""
    rivals: tuple[Rival, ...] = field(default=())
    least: float | None = None

    @property
    def is_reached(self) -> bool:
        within = self.limit is None or self.value <= self.limit
        within = within and (self.least is None or self.value >= self.least)
        return within and all(rival.is_beaten for rival in self.rivals)


Work = Callable[[], object]


def seconds_for(work: Work) -> float:
    """Return how long ``work`` takes, once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median_ms(work: Work, *, times: int) -> float:
    """Return the median of ``times`` runs, in milliseconds; the first, cold one is not counted."""
    work()
    gc.collect()
    return statistics.median(seconds_for(work) for _ in range(times)) * 1000


def medians_ms(works: Mapping[str, tuple[Work, int]], *, rounds: int) -> dict[str, float]:
    """Return the median of each work in milliseconds, all measured in turn, round after round.

    Args:
        works: What to do, and how many times in a round.
        rounds: How many rounds.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work, _ in works.values():
        work()
    for _ in range(rounds):
        for name, (work, times) in works.items():
            gc.collect()
            taken[name] += [seconds_for(work) for _ in range(times)]
    return {name: statistics.median(values) * 1000 for name, values in taken.items()}


def percentile(values: list[float], percent: float) -> float:
    """Return the value that ``percent`` of the values do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]
