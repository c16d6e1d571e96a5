"""Rendering from nothing, as a person does it: one command, nothing voiced yet."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figure import Figure, seconds_for
from tests.bench.studio import Studio

THAW = Path(sys.executable).with_name("thaw")


def measure(studio: Studio) -> Iterator[Figure]:
    studio.tell("Rendering from nothing.")
    taken = [_render(studio.voice.name) for _ in range(3)]
    yield Figure(
        "cold render of Thawing at 15 minutes",
        statistics.median(taken),
        "s",
        6.0,
        f"the whole command, {studio.voice.name}, an empty data folder, {os.cpu_count()} cores",
    )


def _render(voice: str) -> float:
    with TemporaryDirectory(prefix="thaw-bench-") as folder:
        out = Path(folder) / "a.opus"
        command: list[str | Path] = [THAW, "render", "thawing", "--minutes", "15"]
        command += ["--voice", voice, "-o", out]
        surroundings = {**os.environ, "THAW_DATA": str(Path(folder) / "data")}
        return seconds_for(
            lambda: subprocess.run(command, env=surroundings, check=True, capture_output=True)
        )
