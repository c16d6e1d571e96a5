"""How fast sound is sent, and when sending ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from thaw.web.audio.pacing import Listener, Message, Pace, send_paced

SLOW = Pace(burst=4, piece=2, every_s=1000)
QUICK = Pace(burst=4, piece=2, every_s=0)


class Ear:
    """A listener's end of a connection."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.gone = asyncio.Event()
        self.heard_two = asyncio.Event()
        self.asked_first = False

    async def receive(self) -> Message:
        if not self.asked_first:
            self.asked_first = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if asks_for_room(message):
            return
        self.heard.append(message["body"])
        if len(self.heard) == 2:
            self.heard_two.set()


def asks_for_room(message: Message) -> bool:
    """Return whether nothing is sent, and more is to come."""
    return not message["body"] and bool(message["more_body"])


async def pieces(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def heard(pace: Pace | None, then: Callable[[Ear, asyncio.Event], Awaitable[None]]) -> list[bytes]:
    """Return what reaches an ear before ``then`` ends the waiting."""

    async def listen() -> list[bytes]:
        ear, closing = Ear(), asyncio.Event()
        listener = Listener(ear.receive, closing)
        chunks = pieces(b"cd", b"ef", b"gh")
        sending = asyncio.ensure_future(send_paced(b"ab", chunks, 8, ear.send, listener, pace))
        await then(ear, closing)
        await asyncio.wait_for(sending, 10)
        listener.leave()
        return ear.heard

    return asyncio.run(listen())


async def nothing(ear: Ear, closing: asyncio.Event) -> None:
    del ear, closing


async def leave(ear: Ear, closing: asyncio.Event) -> None:
    del closing
    await ear.heard_two.wait()
    ear.gone.set()


async def close(ear: Ear, closing: asyncio.Event) -> None:
    await ear.heard_two.wait()
    closing.set()


def test_everything_is_sent_in_order_and_then_ended() -> None:
    assert heard(QUICK, nothing) == [b"ab", b"cd", b"ef", b"gh", b""]
    assert heard(None, nothing) == [b"ab", b"cd", b"ef", b"gh", b""]


def test_after_the_burst_sending_waits_and_stops_when_the_listener_leaves() -> None:
    assert heard(SLOW, leave) == [b"ab", b"cd"]


def test_sending_stops_when_the_house_closes() -> None:
    assert heard(SLOW, close) == [b"ab", b"cd"]


def test_each_piece_after_the_burst_has_a_time_of_its_own() -> None:
    waits: list[float] = []

    class Counting(Listener):
        async def wait(self, seconds: float) -> None:
            waits.append(seconds)

    async def listen() -> None:
        ear = Ear()
        listener = Counting(ear.receive, asyncio.Event())
        await send_paced(b"ab", pieces(b"cd", b"ef", b"gh"), 8, ear.send, listener, SLOW)
        listener.leave()

    asyncio.run(listen())
    assert [round(wait, -1) for wait in waits] == [1000, 2000]


def test_a_listener_whose_buffers_are_full_holds_only_its_own_sending() -> None:
    async def listen() -> list[str]:
        order: list[str] = []
        full = asyncio.Event()

        async def slow(message: Message) -> None:
            await full.wait()
            order.extend([] if asks_for_room(message) else ["slow"])

        async def swift(message: Message) -> None:
            order.extend([] if asks_for_room(message) else ["swift"])

        ears = Ear(), Ear()
        listeners = [Listener(ear.receive, asyncio.Event()) for ear in ears]
        first = asyncio.ensure_future(send_paced(b"ab", pieces(), 2, slow, listeners[0], QUICK))
        await send_paced(b"ab", pieces(b"cd"), 4, swift, listeners[1], QUICK)
        full.set()
        await first
        for listener in listeners:
            listener.leave()
        return order

    assert asyncio.run(listen()) == ["swift", "swift", "swift", "slow", "slow"]


def test_nothing_more_is_read_for_who_has_not_taken_the_last() -> None:
    async def listen() -> list[str]:
        done: list[str] = []
        asked, room = asyncio.Event(), asyncio.Event()

        async def send(message: Message) -> None:
            if asks_for_room(message):
                done.append("asked")
                asked.set()
                await room.wait()

        async def chunks() -> AsyncIterator[bytes]:
            done.append("read")
            yield b"cd"

        listener = Listener(Ear().receive, asyncio.Event())
        sending = asyncio.ensure_future(send_paced(b"ab", chunks(), 4, send, listener, QUICK))
        await asked.wait()
        assert done == ["asked"]
        room.set()
        await sending
        listener.leave()
        return done

    assert asyncio.run(listen())[:2] == ["asked", "read"]
