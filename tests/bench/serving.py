"""A real server, started as a person starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

THAW = Path(sys.executable).with_name("thaw")


@dataclass(frozen=True)
class Server:
    """A server that is ready.

    Attributes:
        port: Where it listens on localhost.
        pid: Its process.
        ready_s: Seconds from its start until it said so.
    """

    port: int
    pid: int
    ready_s: float


@contextmanager
def server(data: Path) -> Iterator[Server]:
    """Start ``thaw serve`` with this data folder, and end it."""
    surroundings = {**os.environ, "THAW_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [THAW, "serve", "--port", "0"], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        address = next(word for word in process.stdout.readline().split() if "://" in word)
        ready_s = time.perf_counter() - begun
        port = urlsplit(address).port
        assert port
        yield Server(port, process.pid, ready_s)
    finally:
        process.terminate()
        process.wait(timeout=20)
