"""300 people who listen at once: does anyone's sound stop, how soon does a jump answer."""

import asyncio
import http.client
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from urllib.parse import urlencode

import numpy as np

from tests.bench.figure import Figure, percentile
from tests.bench.serving import Server, server
from tests.bench.studio import PACE, Studio

LISTENERS = 300
ARRIVING_S = 10.0
LISTENING_S = 60.0
BYTES_A_SECOND = 64_000 // 8
AHEAD = 20 * BYTES_A_SECOND
"""A browser reads on until it has so much more than it played, then as fast as it plays."""

JUMPS_A_SECOND = 10
JUMP_BYTES = 64 * 1024

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Ticket:
    """One person's sitting: where its sound is, and the cookie that opens it."""

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
        most_rss: Most memory of the server, in bytes.
    """

    underruns: int = 0
    failed: int = 0
    jumps_ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    most_rss: int = 0


def measure(studio: Studio) -> Iterator[Figure]:
    _ = studio.quarter
    with server(studio.data) as found:
        _page(found, "/library")
        time.sleep(2)  # What is warmed up after the start belongs to the idle server.
        idle = _rss(found)
        studio.tell(f"Beginning {LISTENERS} sittings.")
        with ThreadPoolExecutor(2) as pool:
            tickets = list(pool.map(lambda seed: _begin(found, studio, seed), range(LISTENERS)))
        studio.tell(f"Listening for {ARRIVING_S + LISTENING_S:.0f} seconds.")
        heard = asyncio.run(_listen(found, tickets))
    yield Figure(
        f"{LISTENERS} listeners: whose sound stopped",
        heard.underruns + heard.failed,
        "count",
        0,
        f"arriving over {ARRIVING_S:.0f} s, then {LISTENING_S:.0f} s, each with a sitting of 15 "
        "minutes of their own (MP4, which needs 31 kbit/s); each uses up 64 kbit/s and reads at "
        "most 20 s ahead; first bytes "
        f"{percentile(heard.first_ms, 99):.0f} ms (p99)",
    )
    yield Figure(
        f"{LISTENERS} listeners: first byte of a range, p99",
        percentile(heard.jumps_ms, 99),
        "ms",
        50.0,
        f"{len(heard.jumps_ms)} jumps to random places after the arrivals, each a new connection",
    )
    yield Figure(
        f"{LISTENERS} listeners: memory above idle",
        (heard.most_rss - idle) / 1e6,
        "MB",
        150.0,
        f"resident; idle {idle / 1e6:.0f} MB; sittings, plans and clips in memory counted in",
    )


def _rss(found: Server) -> int:
    process = import_module("psutil").Process(found.pid)
    each = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in each)


def _page(found: Server, path: str) -> tuple[str, str]:
    """Return a page and the cookies it sets."""
    connection = http.client.HTTPConnection("localhost", found.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, (path, answer.status)
    set_cookies = answer.headers.get_all("Set-Cookie") or []
    connection.close()
    return text, "; ".join(cookie.partition(";")[0] for cookie in set_cookies)


def _begin(found: Server, studio: Studio, seed: int) -> Ticket:
    """Begin a sitting as the page does; where lines of its seed are not voiced yet, wait."""
    text, cookie = _page(found, "/library/thawing")
    token = TOKEN.search(text)
    assert token
    fields = {"minutes": 15, "seconds": 0, "voice": studio.voice.name, "pace": PACE, "seed": seed}
    form = urlencode({**fields, "csrfmiddlewaretoken": token[1]})
    while (location := _post(found, form, cookie)) is None:
        time.sleep(0.5)
    return Ticket(f"/audio/{location.rpartition('/')[2]}/1.mp4", cookie)


def _post(found: Server, form: str, cookie: str) -> str | None:
    """Return the address of the sitting, or None while it is being voiced."""
    connection = http.client.HTTPConnection("localhost", found.port, timeout=60)
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://localhost:{found.port}",
    }
    connection.request("POST", "/library/thawing/sit", form, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status in (202, 303), answer.status
    return answer.headers["Location"]


async def _listen(found: Server, tickets: list[Ticket]) -> Heard:
    heard = Heard()
    until = time.perf_counter() + ARRIVING_S + LISTENING_S
    delays = np.linspace(0, ARRIVING_S, len(tickets)).tolist()
    works = [
        _listener(found, ticket, delay, until, heard)
        for ticket, delay in zip(tickets, delays, strict=True)
    ]
    await asyncio.gather(*works, _jumps(found, tickets, until, heard), _watch(found, until, heard))
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


async def _jumps(found: Server, tickets: list[Ticket], until: float, heard: Heard) -> None:
    await asyncio.sleep(ARRIVING_S + 1)
    chance = np.random.default_rng(0)
    jumps = set()
    while time.perf_counter() < until - 1:
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


async def _watch(found: Server, until: float, heard: Heard) -> None:
    while time.perf_counter() < until:
        heard.most_rss = max(heard.most_rss, _rss(found))
        await asyncio.sleep(0.5)
