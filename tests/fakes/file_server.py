"""A server of files on loopback that can misbehave in the ways servers do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


@dataclass
class Files:
    """What is served, and how.

    Attributes:
        content: Path to bytes.
        ways: Path to one of ``honest``, ``no_ranges``, ``breaks_off`` (after ``breaks_at``
            bytes, once), ``more`` (no length, and more than there should be), ``wrong_range``,
            ``busy`` (503), ``shorter`` (a length that is too small), or an address to go on to.
        asked: What was asked for, with the Range header.
    """

    content: dict[str, bytes]
    ways: dict[str, str] = field(default_factory=dict)
    breaks_at: int = 1000
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""


@contextmanager
def served(files: Files) -> Iterator[Files]:
    """Serve ``files`` on a free port; its ``url`` says where."""

    class Answer(_Answer):
        shelf: ClassVar[Files] = files

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        files.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield files
        finally:
            server.shutdown()
            thread.join()


class _Answer(BaseHTTPRequestHandler):
    shelf: ClassVar[Files]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.shelf.asked.append((self.path, wanted))
        content = self.shelf.content.get(self.path)
        way = self.shelf.ways.get(self.path, "honest")
        if "://" in way:
            self._head(302, {"Location": way, "Content-Length": "0"})
        elif content is None or way == "busy":
            self.send_error(404 if content is None else 503)
        else:
            self._give(content, way, wanted)

    def _give(self, content: bytes, way: str, wanted: str | None) -> None:
        start = 0
        if wanted and way != "no_ranges":
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                self.send_error(416)
                return
        body, status, headers = content[start:], 200, {}
        if start:
            begins = start + 1 if way == "wrong_range" else start
            status = 206
            headers["Content-Range"] = f"bytes {begins}-{len(content) - 1}/{len(content)}"
        if way != "more":
            headers["Content-Length"] = str(len(body) - (5 if way == "shorter" else 0))
        self._head(status, headers)
        if way == "breaks_off":
            self.shelf.ways[self.path] = "honest"
            body = body[: self.shelf.breaks_at]
        self.wfile.write(body + (b"more" * 9 if way == "more" else b""))

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # Its name there.
        """Say nothing."""
