"""A sitting with a bed: what mixing adds to encoding, ranges of it, and the memory it takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np

from tests.bench.figure import Figure, seconds_for
from tests.bench.studio import Studio
from thaw.practice.beds import BEDS, BedSpan
from thaw.practice.plan import Plan
from thaw.sound.borders import borders_of
from thaw.sound.containers.packets import mixed_pieces
from thaw.sound.encode import ConstantOpus
from thaw.sound.mix import STRETCHES, Mix, forget_mixed
from thaw.sound.stream import Stream, assemble
from thaw.sound.stretch import Stretch
from thaw.sound.timeline import timeline_of
from thaw.units import Samples

PIECE = 64 * 1024
"""What the route reads at a time."""

RANGES = 30
ROUNDS = 3


def measure(studio: Studio) -> Iterator[Figure]:
    quarter, hour = studio.quarter, studio.hour
    studio.tell("Mixing a quarter of an hour, beside the encoder alone.")
    yield from (_beside_the_encoder(quarter, studio, bed) for bed in BEDS)
    studio.tell("Reading ranges of an hour with a bed.")
    for container, name in (("mp4", "MP4"), ("mp3", "MP3")):
        yield from _ranges(assemble(with_bed(hour, "sea"), studio.clips, container), name)  # type: ignore[arg-type] # One of the two.
    studio.tell("Reading an hour with a bed in a process of its own.")
    yield Figure(
        "memory that an hour with a bed adds",
        _added_mb(studio),
        "MB",
        40.0,
        "the sea, read whole in pieces of 64 KiB, above what a process has that read the same "
        "hour without a bed",
    )


def with_bed(plan: Plan, bed: str) -> Plan:
    """Return a plan with a bed under all of it."""
    return replace(plan, beds=(BedSpan(bed, Samples(0), plan.total),))


def _beside_the_encoder(plan: Plan, studio: Studio, bed: str) -> Figure:
    """Each stretch by us and then its samples by an encoder alone; the best of some rounds each.

    Processor time of the thread, since others may be at work on the machine.
    """
    plan = with_bed(plan, bed)
    mix = Mix(timeline_of(plan, studio.clips, "all"), plan.beds, 2)
    stretches = _stretches(plan, mix)
    taken = np.full((2, len(stretches)), np.inf)
    cold = np.full(len(stretches), np.inf)
    alone = ConstantOpus()
    for _ in range(ROUNDS):
        forget_mixed()
        for at, stretch in enumerate(stretches):
            cold[at] = min(cold[at], _processor_s(stretch))
            STRETCHES.clear()
            taken[0, at] = min(taken[0, at], _processor_s(stretch))
            samples = mix.frames(stretch.start, stretch.start + stretch.frames)
            begun = time.thread_time()
            alone.packets(samples)
            taken[1, at] = min(taken[1, at], time.thread_time() - begun)
    ours, encoder = taken.sum(axis=1)
    return Figure(
        f"full mix of 15 minutes ({bed})",
        ours / encoder,
        "times",
        1.1,
        f"{ours:.2f} s of processor time, the encoder alone {encoder:.2f} s; samples of lines in "
        f"memory, {cold.sum() / encoder:.2f} times where they are read from the disk",
    )


def _stretches(plan: Plan, mix: Mix) -> Sequence[Stretch]:
    pieces = mixed_pieces(mix, borders_of(plan.events, mix.total))
    return [stretch for stretch in pieces.sounds if stretch]


def _processor_s(stretch: Stretch) -> float:
    begun = time.thread_time()
    stretch.measured()
    return time.thread_time() - begun


def _ranges(stream: Stream, name: str) -> Iterator[Figure]:
    starts: list[int] = np.random.default_rng(0).integers(0, stream.size - PIECE, RANGES).tolist()
    stream.read(0, PIECE)
    cold = [min(_read_ms(stream, start, cold=True) for _ in range(ROUNDS)) for start in starts]
    cached = [min(_read_ms(stream, start) for _ in range(ROUNDS)) for start in starts]
    how = (
        f"64 KiB, as the route reads, the slowest of {RANGES} places of an hour with the sea, each "
        f"the best of {ROUNDS}"
    )
    yield Figure(f"a range with a bed, cold ({name})", max(cold), "ms", 150.0, how)
    yield Figure(f"the same, cached ({name})", max(cached), "ms", 1.0, how)


def _read_ms(stream: Stream, start: int, *, cold: bool = False) -> float:
    if cold:
        forget_mixed()
    else:
        stream.read(start, start + PIECE)
    return seconds_for(lambda: stream.read(start, start + PIECE)) * 1000


def _added_mb(studio: Studio) -> float:
    """Return how much more memory is resident while an hour with a bed is read.

    In a process that asks of glibc what the server does: to give freed memory back.
    """
    frugal = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "32768"}
    command = [sys.executable, "-m", "tests.bench.mixing", str(studio.data)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | frugal
    )
    return float(done.stdout)


def _listen(data: Path) -> float:
    """Read an hour without a bed, then with one, and return the megabytes that were added."""
    process = import_module("psutil").Process()
    studio = Studio(data, lambda _told: None)
    plan = studio.hour
    for _ in assemble(plan, studio.clips, "mp4").chunks(0, 1 << 40):
        pass
    before = most = int(process.memory_info().rss)
    for _ in assemble(with_bed(plan, "sea"), studio.clips, "mp4").chunks(0, 1 << 40):
        most = max(most, int(process.memory_info().rss))
    return (most - before) / 1e6


if __name__ == "__main__":
    sys.stdout.write(str(_listen(Path(sys.argv[1]))))
