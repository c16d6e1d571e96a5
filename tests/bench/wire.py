"""Connections that are kept open, as a browser's are, with little work of their own."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: ([^\r]*)\r\n", re.IGNORECASE)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read whole; ``location`` where it leads on."""

    status: int
    body: bytes
    location: str | None


@dataclass
class Wire:
    """One connection, opened at its first use and again where it was closed.

    Attributes:
        port: Where to, on localhost.
        headers: What is sent with everything.
    """

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> Answer:
        """Return an answer."""
        reader = await self._send(method, path, body, kind)
        status, head = await _head_of(reader)
        location = _LOCATION.search(head)
        whole = await _body_of(reader, head)
        return Answer(status, whole, location[1].decode() if location else None)

    async def first(self, path: str, form: bytes, wanted: bytes) -> float:
        """Send a form and return after how many seconds ``wanted`` was in the answer.

        Raises:
            ValueError: It never was.
        """
        begun = time.perf_counter()
        reader = await self._send("POST", path, form, "application/x-www-form-urlencoded")
        status, _ = await _head_of(reader)
        seen = b""
        while status == 200 and (part := await reader.read(_CHUNK)):
            seen += part
            if wanted in seen:
                self.close()
                return time.perf_counter() - begun
        raise ValueError(f"{status}: {seen[:200]!r}")

    def close(self) -> None:
        """Let the connection go."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _send(self, method: str, path: str, body: bytes, kind: str) -> asyncio.StreamReader:
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        told = {"Host": f"localhost:{self.port}", **self.headers}
        if body:
            told |= {"Content-Type": kind, "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {told[name]}" for name in told), "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        return reader


async def _head_of(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), head


async def _body_of(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if length := _LENGTH.search(head):
        return await reader.readexactly(int(length[1]))
    if b"transfer-encoding: chunked" not in head.lower():
        return b""  # As of 304, and of 303 without a body.
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
