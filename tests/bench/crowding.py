"""1,000 people who listen at once, and one who reads pages beside them."""

from collections.abc import Iterator

from tests.bench.figure import Figure, percentile
from tests.bench.listening import PAGES_A_SECOND, Crowd, hear, memory, stopped
from tests.bench.studio import Studio

MANY = Crowd(listeners=1_000, arriving_s=30.0, sessions=16, sittings=32)
"""As many sessions and sittings as one Thaw keeps; listeners share them."""


def measure(studio: Studio) -> Iterator[Figure]:
    heard = hear(studio, MANY)
    yield stopped(MANY, heard)
    yield memory(MANY, heard, 250.0)
    yield Figure(
        f"{MANY.listeners:,} listeners: a signed-in page beside them, p99",
        percentile(heard.pages_ms, 99),
        "ms",
        100.0,
        f"{len(heard.pages_ms)} pages, {PAGES_A_SECOND} a second from the first arrival on, each "
        f"a new connection; median {percentile(heard.pages_ms, 50):.0f} ms",
    )
