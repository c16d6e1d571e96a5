"""How soon the server is there."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figure import Figure
from tests.bench.serving import let_in, server
from tests.bench.studio import Studio


def measure(studio: Studio) -> Iterator[Figure]:
    studio.tell("Starting the server.")
    starts = [_start() for _ in range(5)]
    yield Figure(
        "server start to ready",
        statistics.median(ready for ready, _ in starts),
        "s",
        1.0,
        "from the command to its address; the first page is whole "
        f"{statistics.median(page for _, page in starts):.2f} s after that",
    )


def _start() -> tuple[float, float]:
    with TemporaryDirectory(prefix="thaw-bench-") as folder, server(Path(folder)) as found:
        begun = time.perf_counter()
        assert let_in(found, found.link).get("/").status == 200
        return found.ready_s, time.perf_counter() - begun
