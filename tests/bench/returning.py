"""kill -9, and how soon it is there again with all that was acknowledged."""

import asyncio
import time
from collections.abc import Iterator

from tests.bench.figure import Figure, percentile
from tests.bench.filling import fill
from tests.bench.saving import Page
from tests.bench.serving import headers_of, let_in, server
from tests.bench.studio import Studio
from tests.bench.wire import Wire

KILLS = 20
NOTES = 1_000


def measure(studio: Studio) -> Iterator[Figure]:
    data = studio.data / "returning"
    fill(data, NOTES)
    studio.tell(f"Killing the server {KILLS} times.")
    ready: list[float] = []
    pages: list[float] = []
    for kill in range(KILLS + 1):
        with server(data) as found:
            ready.append(found.ready_s)
            begun = time.perf_counter()
            guest = let_in(found, found.link)
            assert guest.get("/").status == 200
            pages.append(time.perf_counter() - begun)
            asyncio.run(_write(Page(Wire(found.port, headers_of(guest)))))
            if kill < KILLS:
                found.kill()
    yield Figure(
        "ready again after kill -9, p95",
        percentile(ready[1:], 95),
        "s",
        1.0,
        f"{KILLS} times, killed after twenty saves, with {NOTES:,} notes; from the command to its "
        f"address; the first page is whole {percentile(pages[1:], 50):.2f} s after that (median)",
    )


async def _write(page: Page) -> None:
    for _ in range(20):
        await page.save()
