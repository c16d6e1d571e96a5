"""Looking for words in the notes of ten years, none of which is in any index."""

import asyncio
import statistics
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.bench.figure import Figure
from tests.bench.filling import COMMON, RARE, fill
from tests.bench.serving import Server, headers_of, let_in, server
from tests.bench.studio import Studio
from tests.bench.wire import Wire

NOTES = 10_000
TIMES = 7
HIT = b"<mark>"


def measure(studio: Studio) -> Iterator[Figure]:
    studio.tell(f"Writing {NOTES} notes.")
    data = studio.data / "searching"
    fill(data, NOTES)
    with server(data) as found:
        headers = headers_of(let_in(found))
        near = _first_ms(found, headers, COMMON)
        far = _first_ms(found, headers, RARE)
    yield Figure(
        f"search in {NOTES:,} notes: first results",
        near,
        "ms",
        500.0,
        f"a word of every fiftieth note; median of {TIMES}, from the form to the first note in "
        "the answer",
    )
    yield Figure(
        f"search in {NOTES:,} notes: the oldest",
        far,
        "ms",
        500.0,
        "a word that only the oldest note has, so that every note is opened before it",
    )


def _first_ms(found: Server, headers: dict[str, str], word: str) -> float:
    """Return the median time to the first note found; the first, cold one is not counted."""
    form = urlencode({"words": word}).encode()

    async def look() -> float:
        return await Wire(found.port, headers).first("/write/search", form, HIT)

    asyncio.run(look())
    return statistics.median(asyncio.run(look()) for _ in range(TIMES)) * 1000
