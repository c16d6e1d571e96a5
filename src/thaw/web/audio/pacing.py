"""Sending sound: a burst, then a little ahead of the ear, until the listener is gone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]  # As ASGI has it: its values are of many types.
Scope = Message
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_NOTHING: Message = {"type": "http.response.body", "body": b""}


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast sound is sent.

    Attributes:
        burst: Bytes sent at once; less starves a browser that bisects (measured).
        piece: Bytes sent at a time after that.
        every_s: Seconds between two pieces.
    """

    burst: int = 512 * 1024
    piece: int = 64 * 1024
    every_s: float = 2.0


class Listener:
    """Knows when who listens has gone, or the house closes."""

    def __init__(self, receive: Receive, closing: asyncio.Event) -> None:
        self._closing = closing
        self._tasks = [
            asyncio.ensure_future(_gone(receive)),
            asyncio.ensure_future(closing.wait()),
        ]

    @property
    def is_gone(self) -> bool:
        return self._closing.is_set() or any(task.done() for task in self._tasks)

    async def wait(self, seconds: float) -> None:
        """Wait for ``seconds``, or until the listener is gone."""
        await asyncio.wait(
            self._tasks, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED
        )

    async def hear(self, sending: Awaitable[None]) -> bool:
        """Wait until ``sending`` is done, which full buffers delay; False if gone by then."""
        sent = asyncio.ensure_future(sending)
        await asyncio.wait([sent, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        if not sent.done():
            sent.cancel()
            return False
        sent.result()
        return not self.is_gone

    def leave(self) -> None:
        for task in self._tasks:
            task.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_paced(
    first: bytes,
    chunks: AsyncIterator[bytes],
    size: int,
    send: Send,
    listener: Listener,
    pace: Pace | None,
) -> None:
    """Send ``first`` and ``chunks``; without a pace as fast as they are taken.

    They are ``size`` bytes together, each ``pace.piece`` but for the last. Ends early when the
    listener is gone.
    """
    loop = asyncio.get_running_loop()
    begun, sent, chunk = loop.time(), 0, first
    while chunk:
        piece = {"type": "http.response.body", "body": chunk, "more_body": True}
        if listener.is_gone or not await listener.hear(send(piece)):
            return
        sent += len(chunk)
        # The next is read after the pause: who listens for long holds no sound meanwhile.
        del piece, chunk
        if pace and pace.burst <= sent < size:
            due = begun + ((sent - pace.burst) // pace.piece + 1) * pace.every_s
            await listener.wait(due - loop.time())
            if listener.is_gone:
                return
        # With this, ASGI waits until there is room: nothing is read for who takes nothing.
        if not await listener.hear(send({**_NOTHING, "more_body": True})):
            return
        chunk = await anext(chunks, b"")
    await send({**_NOTHING, "more_body": False})
