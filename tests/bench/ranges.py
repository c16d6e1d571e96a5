"""Any part of an hour, and the index of a quarter."""

import gc
import statistics
import tracemalloc
from collections.abc import Iterator

import numpy as np

from tests.bench.figure import Figure, seconds_for
from tests.bench.studio import Studio
from thaw.practice.plan import Plan
from thaw.sound.stream import Container, Stream, assemble

RANGE = 256 * 1024
RANGES = 300


def measure(studio: Studio) -> Iterator[Figure]:
    hour, quarter = studio.hour, studio.quarter
    studio.each_clip(hour, studio.clips)
    studio.tell("Reading ranges of an hour.")
    for container, name in (("opus", "Ogg Opus"), ("mp4", "MP4")):
        stream = assemble(hour, studio.clips, container)  # type: ignore[arg-type] # One of the two.
        slowest = max(_medians_ms(stream))
        yield Figure(
            f"any 256 KiB of 60 minutes ({name})",
            slowest,
            "ms",
            0.5,
            f"the slowest of {RANGES} random ranges of {stream.size / 1e6:.0f} MB, each the "
            "median of 5",
        )
        yield Figure(
            f"memory for it ({name})",
            _peak_mb(hour, studio, container),  # type: ignore[arg-type] # As above.
            "MB",
            2.0,
            "most held at a time while the sitting is assembled and the ranges are read, above "
            "the clips in memory (tracemalloc)",
        )
    index = assemble(quarter, studio.clips, "mp4").read(0, 1 << 18).index(b"mdat") + 4
    yield Figure("MP4 index at 15 minutes", index / 1000, "kB", 100.0)


def _starts(stream: Stream) -> list[int]:
    starts: list[int] = np.random.default_rng(0).integers(0, stream.size - RANGE, RANGES).tolist()
    return starts


def _medians_ms(stream: Stream) -> Iterator[float]:
    for start in _starts(stream):
        stream.read(start, start + RANGE)
        taken = [seconds_for(lambda at=start: stream.read(at, at + RANGE)) for _ in range(5)]  # type: ignore[misc] # A default binds the loop's value.
        yield statistics.median(taken) * 1000


def _peak_mb(plan: Plan, studio: Studio, container: Container) -> float:
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    stream = assemble(plan, studio.clips, container)
    for start in _starts(stream):
        stream.read(start, start + RANGE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - before) / 1e6
