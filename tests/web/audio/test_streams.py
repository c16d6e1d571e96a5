"""Streams are assembled once, off the event loop, and bounded."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest

from tests.fakes.sounding import BytesStream
from thaw.units import OutsideError
from thaw.web.audio.streams import Streams
from thaw.web.sound import Stream


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 20))


def test_who_asks_for_the_same_meanwhile_gets_the_same() -> None:
    made: list[str] = []
    go = threading.Event()

    def make() -> Stream:
        go.wait(timeout=10)
        made.append(threading.current_thread().name)
        return BytesStream(b"sound")

    async def ask() -> None:
        streams = Streams()
        both = [asyncio.ensure_future(streams.stream("a", make)) for _ in range(2)]
        await asyncio.sleep(0)
        go.set()
        first, second = await asyncio.gather(*both)
        assert first is second
        assert await streams.stream("a", make) is first
        streams.close()

    run(ask())
    assert len(made) == 1
    assert made[0] != threading.main_thread().name


def test_the_one_longest_unused_makes_room() -> None:
    made: list[str] = []

    async def ask() -> None:
        streams = Streams(most=2)

        async def get(name: str) -> None:
            def make() -> Stream:
                made.append(name)
                return BytesStream(name.encode())

            await streams.stream(name, make)

        for name in ("a", "b", "a", "c", "a", "b"):
            await get(name)
        streams.close()

    run(ask())
    assert made == ["a", "b", "c", "b"]


def test_a_failure_is_told_and_not_kept() -> None:
    async def ask() -> None:
        streams = Streams()

        def fail() -> Stream:
            raise OutsideError("clip.gone", "A line is gone.")

        with pytest.raises(OutsideError):
            await streams.stream("a", fail)
        assert (await streams.stream("a", lambda: BytesStream(b"x"))).size == 1
        streams.close()

    run(ask())


def test_who_stops_asking_does_not_stop_it_for_others() -> None:
    go = threading.Event()

    def make() -> Stream:
        go.wait(timeout=10)
        return BytesStream(b"sound")

    async def ask() -> None:
        streams = Streams()
        gone, stays = (asyncio.ensure_future(streams.stream("a", make)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        go.set()
        assert (await stays).size == 5
        streams.close()

    run(ask())
