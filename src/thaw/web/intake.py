"""Taking in what is larger than any form: a backup or a copy that someone brings along.

It comes to a file without a name, on the disk of the data folder, before any page is asked: a slow
sender holds no thread, a large file no memory, and nothing is left of it when Thaw ends. Only who
has an open session may send one, and one at a time.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import IO

from django.http import parse_cookie

from thaw.vault.session import SessionKey
from thaw.web.audio.pacing import Message, Receive, Scope, Send
from thaw.web.house import House
from thaw.web.person import cookie_name
from thaw.web.plain import headers_of, say

App = Callable[[Scope, Receive, Send], Awaitable[None]]

PATHS = frozenset({"/me/take/restore", "/me/take/import"})

MOST_FILE = 2**30
"""Bytes of the largest file that a page takes; the commands have no such limit."""

_COPIES = 2  # The request as it came, and the file that was in it.
_SPARE = 64 * 2**20
_PIECE = 256 * 1024


class Intake:
    """Answers what is sent to ``PATHS``, by ``pages`` once all of it is there.

    Args:
        house: What the pages stand on.
        pages: Answers once the file is there.
        most: Bytes of the largest file.
        most_waiting: So many may wait while another file comes in.
    """

    def __init__(
        self,
        house: Callable[[], House],
        pages: App,
        *,
        most: int = MOST_FILE,
        most_waiting: int = 4,
    ) -> None:
        self._house, self._pages, self._most = house, pages, most
        self._turn, self._waiting, self._most_waiting = asyncio.Lock(), 0, most_waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        house, headers = self._house(), headers_of(scope)
        length = _length_of(headers)
        if not _is_open(house, headers):
            await self._pages(_without_body(scope), _nothing, send)
        elif length is None:
            await say(send, 411, "Thaw needs to know how large this file is. Try another browser.")
        elif length > self._most:
            await say(send, 413, _too_large(self._most))
        elif not _has_room(house.data, length):
            await say(send, 507, "There is not enough room on the disk for this. Make some first.")
        elif self._turn.locked() and self._waiting >= self._most_waiting:
            await say(send, 429, "Another file is just coming in. Try again when it is there.")
        else:
            await self._take_in_turn(house, scope, receive, send)

    async def _take_in_turn(self, house: House, scope: Scope, receive: Receive, send: Send) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            with nameless_file(house.data) as file:
                if await _is_whole(file, receive, self._most):
                    file.seek(0)
                    await self._pages(scope, _from(file), send)
        finally:
            self._turn.release()


def takes(scope: Scope) -> bool:
    """Return whether a request may bring a file."""
    return scope["method"] == "POST" and scope["path"] in PATHS


def nameless_file(data: Path) -> IO[bytes]:
    """Return a new file on the data folder's disk that is gone once it is closed."""
    try:
        return tempfile.TemporaryFile(dir=data)
    except OSError:  # A folder that can only be read: it goes where others' go.
        return tempfile.TemporaryFile()


async def _is_whole(file: IO[bytes], receive: Receive, most: int) -> bool:
    """Write what is sent to a file; return whether the sender stayed to the end."""
    is_more, size = True, 0
    while is_more:
        message = await receive()
        body = message.get("body", b"")
        size += len(body)
        if message["type"] == "http.disconnect" or size > most:
            return False
        if body:
            await asyncio.to_thread(file.write, body)
        is_more = message.get("more_body", False)
    return True


def _from(file: IO[bytes]) -> Receive:
    async def receive() -> Message:
        piece = await asyncio.to_thread(file.read, _PIECE)
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    return receive


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _without_body(scope: Scope) -> Scope:
    """Return a request as if nothing had been sent along."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    return {**scope, "headers": [*kept, (b"content-length", b"0")]}


def _is_open(house: House, headers: Mapping[str, str]) -> bool:
    """Return whether who sends has an open session, as far as the memory knows."""
    cookie = parse_cookie(headers.get("cookie", "")).get(cookie_name(house.data), "")
    return house.idle.is_open(SessionKey.of(cookie).id_hash.hex())


def _length_of(headers: Mapping[str, str]) -> int | None:
    told = headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else None


def _has_room(data: Path, length: int) -> bool:
    return shutil.disk_usage(data).free >= length * _COPIES + _SPARE


def _too_large(most: int) -> str:
    return (
        f"This file is larger than a page can take ({most // 2**20} MB). Use the command thaw "
        "restore or thaw import."
    )
