"""Keeping notes as the page does: how many are durable in a second, how long one takes."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from tests.bench.figure import Figure, percentile
from tests.bench.serving import headers_of, let_in, server
from tests.bench.studio import Studio
from tests.bench.wire import Wire
from thaw.web.ids import new_id

AT_ONCE = 8
FULL_S = 10.0
STEADY_A_SECOND = 50
STEADY_S = 20.0
SENTENCE = "The light on the wall moved while I sat, and I watched it for some time. "


@dataclass
class Page:
    """A page on which someone writes: each save says a little more, then a new note begins."""

    wire: Wire
    note: UUID = field(default_factory=new_id)
    version: int = 0

    async def save(self) -> None:
        """Keep the note as it stands now; return once it is acknowledged."""
        text = SENTENCE * (1 + self.version)
        body = {"version": self.version, "text": text, "kind": "note", "day": "2026-11-22"}
        path = f"/write/notes/{self.note}"
        answer = await self.wire.ask("PUT", path, json.dumps(body).encode())
        assert answer.status == 200, answer
        self.version = json.loads(answer.body)["version"]
        if self.version == 20:
            self.note, self.version = new_id(), 0


def measure(studio: Studio) -> Iterator[Figure]:
    with server(studio.data / "saving") as found:
        headers = headers_of(let_in(found))
        pages = [Page(Wire(found.port, headers)) for _ in range(AT_ONCE)]
        studio.tell(f"Keeping as much as possible for {FULL_S:.0f} seconds.")
        rate = asyncio.run(_as_many_as_possible(pages))
        pages = [Page(Wire(found.port, headers)) for _ in range(AT_ONCE)]
        studio.tell(f"Keeping {STEADY_A_SECOND} a second for {STEADY_S:.0f} seconds.")
        taken = asyncio.run(_steadily(pages))
    yield Figure(
        "durable saves",
        rate,
        "a second",
        how=f"{AT_ONCE} pages at once, through the real server, for {FULL_S:.0f} s; each save is "
        "flushed to the disk before it is acknowledged",
        least=200.0,
    )
    yield Figure(
        f"a save at {STEADY_A_SECOND} a second, p99",
        percentile(taken, 99),
        "ms",
        100.0,
        f"{len(taken)} saves, from when each was due; median {percentile(taken, 50):.1f} ms",
    )


async def _as_many_as_possible(pages: list[Page]) -> float:
    begun = time.perf_counter()
    counts = await asyncio.gather(*(_until(page, begun + FULL_S) for page in pages))
    return sum(counts) / (time.perf_counter() - begun)


async def _until(page: Page, end: float) -> int:
    count = 0
    while time.perf_counter() < end:
        await page.save()
        count += 1
    page.wire.close()
    return count


async def _steadily(pages: list[Page]) -> list[float]:
    """Save in turn, each when it is due whether or not the one before is done."""
    begun = time.perf_counter() + 0.1
    dues = [begun + number / STEADY_A_SECOND for number in range(int(STEADY_S * STEADY_A_SECOND))]
    shares = [dues[start :: len(pages)] for start in range(len(pages))]
    taken = await asyncio.gather(*(_at(page, due) for page, due in zip(pages, shares, strict=True)))
    return [each for part in taken for each in part]


async def _at(page: Page, dues: list[float]) -> list[float]:
    taken = []
    for due in dues:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await page.save()
        taken.append((time.perf_counter() - due) * 1000)
    page.wire.close()
    return taken
