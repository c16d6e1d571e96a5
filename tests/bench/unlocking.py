"""Sixteen browsers that unlock at once, and someone who reads pages meanwhile."""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.bench.figure import Figure, percentile
from tests.bench.filling import PASSPHRASE, set_passphrase
from tests.bench.serving import Server, headers_of, let_in, server
from tests.bench.studio import Studio
from tests.bench.wire import Wire

AT_ONCE = 16
A_SECOND = 20
PAGES = ("/library", "/", "/write/list")
FORM = urlencode({"passphrase": PASSPHRASE}).encode()
FORM_KIND = "application/x-www-form-urlencoded"


def measure(studio: Studio) -> Iterator[Figure]:
    data = studio.data / "unlocking"
    studio.tell("Setting a passphrase.")
    set_passphrase(data)
    with server(data) as found:
        reader = let_in(found)
        assert reader.post("/unlock", {"passphrase": PASSPHRASE}).status == 303
        wires = [Wire(found.port, headers_of(let_in(found))) for _ in range(AT_ONCE)]
        studio.tell(f"Unlocking {AT_ONCE} times at once.")
        idle, most, taken, lasted = asyncio.run(_unlock(found, wires, headers_of(reader)))
    yield Figure(
        f"{AT_ONCE} unlocks at once: memory above idle",
        (most - idle) / 1e6,
        "MB",
        300.0,
        f"resident, looked at 50 times a second; idle {idle / 1e6:.0f} MB; all {AT_ONCE} were "
        f"open after {lasted:.1f} s",
    )
    yield Figure(
        f"{AT_ONCE} unlocks at once: other pages, p99",
        percentile(taken, 99),
        "ms",
        250.0,
        f"{len(taken)} pages of one who is signed in, {A_SECOND} a second from when each was due; "
        f"median {percentile(taken, 50):.0f} ms",
    )


async def _unlock(
    found: Server, wires: list[Wire], reader: dict[str, str]
) -> tuple[int, int, list[float], float]:
    for page in PAGES:
        await _read(found, reader, page)
    await asyncio.sleep(2)  # What is warmed up after the start belongs to the idle server.
    idle, most = found.rss(), 0
    begun = time.perf_counter()
    waiting = asyncio.gather(*(wire.ask("POST", "/unlock", FORM, FORM_KIND) for wire in wires))
    pages: list[asyncio.Task[float]] = []
    while not waiting.done():
        pages.append(asyncio.create_task(_read(found, reader, PAGES[len(pages) % len(PAGES)])))
        due = begun + len(pages) / A_SECOND
        while (now := time.perf_counter()) < due:
            most = max(most, found.rss())
            await asyncio.sleep(min(0.02, due - now))
    lasted = time.perf_counter() - begun
    assert [answer.status for answer in await waiting] == [303] * AT_ONCE
    return idle, most, await asyncio.gather(*pages), lasted


async def _read(found: Server, headers: dict[str, str], page: str) -> float:
    """Return how many milliseconds a page takes, on a connection of its own."""
    begun = time.perf_counter()
    wire = Wire(found.port, headers)
    answer = await wire.ask("GET", page)
    assert answer.status == 200, (page, answer)
    wire.close()
    return (time.perf_counter() - begun) * 1000
