"""Looking for what one feels, over all that the library has."""

import asyncio
import statistics
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.bench.figure import Figure, median_ms
from tests.bench.serving import Server, headers_of, let_in, server
from tests.bench.studio import Studio
from tests.bench.wire import Wire
from tests.library.search import labelled
from thaw.library.content import content_folder
from thaw.library.search import Index
from thaw.library.synonyms import load_synonyms

TIMES = 15
HIT = b"Because you wrote"
PHRASES = ("nothing is fun", "I feel dead inside", "cant sleep, lying there makes it worse")
LONG = "nothing is fun and I cannot enjoy a thing " * 240


def measure(studio: Studio) -> Iterator[Figure]:
    studio.tell("Looking for what one feels.")
    data = studio.data / "finding"
    with server(data) as found:
        headers = headers_of(let_in(found))
        pages = [_first_ms(found, headers, words) for words in PHRASES]
        long = _first_ms(found, headers, LONG)
    yield Figure(
        "find: first results",
        max(pages),
        "ms",
        30.0,
        f"the slowest of {len(PHRASES)} phrases; median of {TIMES}, from the form to the first "
        "result in the answer",
    )
    yield Figure(
        f"find: first results for {len(LONG):,} letters",
        long,
        "ms",
        None,
        f"median of {TIMES}",
    )
    yield from _in_the_library()


def _in_the_library() -> Iterator[Figure]:
    entries, synonyms = labelled.entries(), load_synonyms(content_folder())
    index, watch = labelled.index(), labelled.watch()
    queries = [query for each in labelled.files() for query, _ in each.queries]
    yield Figure(
        "find: the index made",
        median_ms(lambda: Index(entries, synonyms), times=3),
        "ms",
        None,
        f"{len(entries)} entries; once for the process",
    )
    yield Figure(
        "find: one query in the index",
        median_ms(lambda: [index.find(each) for each in queries], times=5) / len(queries),
        "ms",
        30.0,
        f"mean over {len(queries)} labelled queries",
    )
    yield Figure(
        "find: one query looked through for danger",
        median_ms(lambda: [watch.look(each) for each in queries], times=5) / len(queries),
        "ms",
        None,
        "as above",
    )
    for file in labelled.files():
        for share in (labelled.found(file), labelled.carded(file), labelled.accused(file)):
            how = f"of {share.total} ({share.percent:.1f} %), {file.file}"
            yield Figure(f"find: {share.what}", share.met, "count", None, how)


def _first_ms(found: Server, headers: dict[str, str], words: str) -> float:
    """Return the median time to the first result; the first, cold one is not counted."""
    form = urlencode({"words": words}).encode()

    async def look() -> float:
        return await Wire(found.port, headers).first("/find", form, HIT)

    asyncio.run(look())
    return statistics.median(asyncio.run(look()) for _ in range(TIMES)) * 1000
