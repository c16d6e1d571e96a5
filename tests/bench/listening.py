"""Many who listen at once: does anyone's sound stop, how soon do jumps and pages answer."""

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

import numpy as np

from tests.bench.figure import Figure, percentile
from tests.bench.serving import Server, have_many_files, headers_of, let_in, server
from tests.bench.studio import PACE, Studio
from tests.bench.wire import Wire

LISTENING_S = 60.0
BYTES_A_SECOND = 64_000 // 8
AHEAD = 20 * BYTES_A_SECOND
"""A browser reads on until it has so much more than it played, then as fast as it plays."""

JUMPS_A_SECOND = 10
JUMP_BYTES = 64 * 1024
PAGES_A_SECOND = 10
PAGES = ("/library", "/today", "/library/thawing")


@dataclass(frozen=True)
class Crowd:
    """Who comes.

    Attributes:
        listeners: How many.
        arriving_s: Over how many seconds they arrive.
        sessions: How many browsers were let in.
        sittings: How many sittings each of those has; listeners share all of them.
    """

    listeners: int
    arriving_s: float
    sessions: int
    sittings: int


FEW = Crowd(listeners=300, arriving_s=10.0, sessions=10, sittings=30)
"""Each has a sitting of their own."""


@dataclass(frozen=True)
class Ticket:
    """A sitting: where its sound is, and the cookie that opens it."""

    path: str
    cookie: str


@dataclass
class Heard:
    """What the listeners met.

    Attributes:
        underruns: Listeners whose sound stopped.
        failed: Connections that broke or were refused.
        jumps_ms: Time to the first byte of each range asked for after the arrivals.
        first_ms: Time to each listener's first byte.
        pages_ms: Time that each page took, of one who reads meanwhile.
        idle_rss: Memory of the server before anyone came, in bytes.
        most_rss: Most memory of the server.
    """

    underruns: int = 0
    failed: int = 0
    jumps_ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    pages_ms: list[float] = field(default_factory=list)
    idle_rss: int = 0
    most_rss: int = 0


def measure(studio: Studio) -> Iterator[Figure]:
    heard = hear(studio, FEW)
    yield stopped(FEW, heard)
    yield Figure(
        f"{FEW.listeners} listeners: first byte of a range, p99",
        percentile(heard.jumps_ms, 99),
        "ms",
        50.0,
        f"{len(heard.jumps_ms)} jumps to random places after the arrivals, each a new connection",
    )
    yield memory(FEW, heard, 150.0)


def stopped(crowd: Crowd, heard: Heard) -> Figure:
    """Return whose sound stopped."""
    return Figure(
        f"{crowd.listeners:,} listeners: whose sound stopped",
        heard.underruns + heard.failed,
        "count",
        0,
        f"arriving over {crowd.arriving_s:.0f} s, then {LISTENING_S:.0f} s, in "
        f"{crowd.sessions * crowd.sittings} sittings of 15 minutes (MP4, which needs 31 kbit/s); "
        "each uses up 64 kbit/s and reads at most 20 s ahead; first bytes "
        f"{percentile(heard.first_ms, 99):.0f} ms (p99)",
    )


def memory(crowd: Crowd, heard: Heard, limit: float) -> Figure:
    """Return how much memory the listeners took."""
    return Figure(
        f"{crowd.listeners:,} listeners: memory above idle",
        (heard.most_rss - heard.idle_rss) / 1e6,
        "MB",
        limit,
        f"resident; idle {heard.idle_rss / 1e6:.0f} MB; sittings, plans and clips in memory "
        "counted in",
    )


def hear(studio: Studio, crowd: Crowd) -> Heard:
    """Let a crowd come and listen."""
    _ = studio.quarter
    with server(studio.data) as found:
        have_many_files()
        reader = headers_of(let_in(found))
        time.sleep(2)  # What is warmed up after the start belongs to the idle server.
        idle = found.rss()
        count = crowd.sessions * crowd.sittings
        studio.tell(f"Beginning {count} sittings.")
        browsers = [headers_of(let_in(found)) for _ in range(crowd.sessions)]
        with ThreadPoolExecutor(2) as pool:
            work = pool.map(
                lambda seed: _begin(found, studio, browsers[seed % len(browsers)], seed),
                range(count),
            )
            tickets = list(work)
        studio.tell(f"Listening for {crowd.arriving_s + LISTENING_S:.0f} seconds.")
        heard = asyncio.run(_listen(found, crowd, tickets, reader))
    heard.idle_rss = idle
    return heard


def _begin(found: Server, studio: Studio, browser: dict[str, str], seed: int) -> Ticket:
    """Begin a sitting as the page does; where lines of its seed are not voiced yet, wait."""
    fields = {"minutes": 15, "seconds": 0, "voice": studio.voice.name, "pace": PACE, "seed": seed}
    # Whoever sits so often on one day has two cards to read before.
    form = urlencode(fields | {"read": ["someone-first", "caution"]}, doseq=True).encode()
    while (location := asyncio.run(_sit(found, form, browser))) is None:
        time.sleep(0.5)
    return Ticket(f"/audio/{location.rpartition('/')[2]}/1.mp4", browser["Cookie"])


async def _sit(found: Server, form: bytes, browser: dict[str, str]) -> str | None:
    """Return the address of the sitting, or None while it is being voiced."""
    wire = Wire(found.port, browser)
    answer = await wire.ask(
        "POST", "/library/thawing/sit", form, "application/x-www-form-urlencoded"
    )
    wire.close()
    assert answer.status in (202, 303), answer.status
    return answer.location


async def _listen(
    found: Server, crowd: Crowd, tickets: list[Ticket], reader: dict[str, str]
) -> Heard:
    heard = Heard()
    begun = time.perf_counter()
    here, until = begun + crowd.arriving_s, begun + crowd.arriving_s + LISTENING_S
    delays = np.linspace(0, crowd.arriving_s, crowd.listeners).tolist()
    works = [
        _listener(found, ticket, delay, until, heard)
        for ticket, delay in zip(cycle(tickets), delays, strict=False)
    ]
    await asyncio.gather(
        *works,
        _jumps(found, tickets, (here + 1, until), heard),
        _read(found, reader, until, heard),
        _watch(found, until, heard),
    )
    return heard


async def _listener(
    found: Server, ticket: Ticket, delay: float, until: float, heard: Heard
) -> None:
    await asyncio.sleep(delay)
    try:
        underrun = await _play(found, ticket, until, heard)
    except (OSError, asyncio.IncompleteReadError, ValueError):
        heard.failed += 1
    else:
        heard.underruns += underrun


async def _play(found: Server, ticket: Ticket, until: float, heard: Heard) -> bool:
    """Listen until the end; return whether the sound ever stopped."""
    asked = time.perf_counter()
    reader, writer, size = await _ask(found, ticket, 0)
    received = len(await reader.read(JUMP_BYTES))
    begun = time.perf_counter()
    heard.first_ms.append((begun - asked) * 1000)
    stopped = False
    while (now := time.perf_counter()) < until and received < size:
        played = (now - begun) * BYTES_A_SECOND
        if received - played >= AHEAD:
            await asyncio.sleep(0.25)
            continue
        received += len(await reader.read(JUMP_BYTES))
        stopped |= received < (time.perf_counter() - begun) * BYTES_A_SECOND
    writer.close()
    return stopped


async def _ask(
    found: Server, ticket: Ticket, start: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, int]:
    """Ask for everything from ``start`` on, as a browser does; return the file's size too.

    Raises:
        ValueError: The answer is not such a range.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", found.port, limit=JUMP_BYTES)
    lines = (
        f"GET {ticket.path} HTTP/1.1",
        f"Host: localhost:{found.port}",
        f"Cookie: {ticket.cookie}",
        f"Range: bytes={start}-",
    )
    writer.write("\r\n".join((*lines, "", "")).encode())
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if " 206 " not in answer.partition("\r\n")[0]:
        raise ValueError(answer)
    size = re.search(r"content-range: bytes \d+-\d+/(\d+)", answer)
    if not size:
        raise ValueError(answer)
    return reader, writer, int(size[1])


async def _jumps(
    found: Server, tickets: list[Ticket], between: tuple[float, float], heard: Heard
) -> None:
    begin, end = between
    await asyncio.sleep(begin - time.perf_counter())
    chance = np.random.default_rng(0)
    jumps = set()
    while time.perf_counter() < end - 1:
        ticket = tickets[int(chance.integers(len(tickets)))]
        jump = asyncio.create_task(_jump(found, ticket, float(chance.random()), heard))
        jumps.add(jump)
        jump.add_done_callback(jumps.discard)
        await asyncio.sleep(1 / JUMPS_A_SECOND)
    await asyncio.gather(*jumps)


async def _jump(found: Server, ticket: Ticket, share: float, heard: Heard) -> None:
    # A sitting of a quarter is about 3.4 MB.
    start = int(share * 3_000_000)
    asked = time.perf_counter()
    try:
        reader, writer, _ = await _ask(found, ticket, start)
        await reader.readexactly(1)
        heard.jumps_ms.append((time.perf_counter() - asked) * 1000)
        await reader.readexactly(JUMP_BYTES - 1)
        writer.close()
    except (OSError, asyncio.IncompleteReadError, ValueError):
        heard.failed += 1


async def _read(found: Server, reader: dict[str, str], until: float, heard: Heard) -> None:
    """Read pages all the while, each when it is due whether or not the one before is there."""
    begun = time.perf_counter()
    pages = set()
    for number, page in enumerate(cycle(PAGES)):
        await asyncio.sleep(begun + number / PAGES_A_SECOND - time.perf_counter())
        if time.perf_counter() > until - 1:
            break
        task = asyncio.create_task(_page(Wire(found.port, reader), page, heard))
        pages.add(task)
        task.add_done_callback(pages.discard)
    await asyncio.gather(*pages)


async def _page(wire: Wire, page: str, heard: Heard) -> None:
    asked = time.perf_counter()
    answer = await wire.ask("GET", page)
    heard.pages_ms.append((time.perf_counter() - asked) * 1000)
    heard.failed += answer.status != 200
    wire.close()


async def _watch(found: Server, until: float, heard: Heard) -> None:
    while time.perf_counter() < until:
        heard.most_rss = max(heard.most_rss, found.rss())
        await asyncio.sleep(0.5)
