"""Streams that are being listened to: assembled once, off the event loop, and bounded."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from thaw.web.sound import Stream

A = TypeVarTuple("A")
T = TypeVar("T")

_MOST = 512  # As many as sittings; each is some 15 kB.
_WORKERS = 4


class Streams:
    """What was assembled lately. Used from one event loop; the work is done in threads."""

    def __init__(self, most: int = _MOST, *, workers: int = _WORKERS) -> None:
        self._most = most
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="assemble")
        self._kept: OrderedDict[Hashable, asyncio.Future[Stream]] = OrderedDict()

    async def stream(self, key: Hashable, make: Callable[[], Stream]) -> Stream:
        """Return the stream known by ``key``; who asks meanwhile waits for the same one.

        Raises:
            ThawError: As ``make``; nothing is kept then.
        """
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = asyncio.ensure_future(self.run(make))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        try:
            return await asyncio.shield(known)
        except Exception:
            if self._kept.get(key) is known:
                del self._kept[key]
            raise

    def drop(self, is_gone: Callable[[Hashable], bool]) -> None:
        """Let go of the streams whose key says that nobody may listen any more."""
        for key in [key for key in self._kept if is_gone(key)]:
            del self._kept[key]

    async def run(self, work: Callable[[*A], T], *given: *A) -> T:
        """Return what ``work`` returns, done in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *given)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
