"""The pages and their sound behind a real server on loopback."""

import http.client
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from thaw.web.audio.pacing import Pace
from thaw.web.house import House
from thaw.web.server import PageServer, listen

AT_ONCE = Pace(every_s=0.0)
"""As fast as it is taken, in the usual pieces."""


@dataclass(frozen=True)
class Reply:
    """An answer, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Guest:
    """A browser of few words: keeps cookies, sends what it is told."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, self._headers(headers))
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for given in answer.headers.get_all("set-cookie") or []:
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, found, content)

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, {name.replace("_", "-"): v for name, v in headers.items()})

    def post(self, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form as one of our pages would."""
        found = re.search(rb'name="csrf" content="([^"]+)"', self.get("/help").body)
        assert found
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://localhost:{self.port}",
            "X-CSRFToken": found[1].decode(),
        }
        return self.ask("POST", path, headers, urlencode(fields).encode())

    def come_in(self, house: House) -> "Guest":
        """Open a link to what this house serves."""
        assert self.get(f"/open/{house.links.make()}").status == 303
        return self

    def sit(self) -> str:
        """Begin a sitting with words on the screen; return its id."""
        begun = self.post("/library/five-things/sit", {"voice": "none", "minutes": "3"})
        assert begun.status == 303, begun.body
        return begun.headers["location"].removeprefix("/sit/")

    def listen(self, path: str, **headers: str) -> socket.socket:
        """Ask for sound and read nothing of it yet."""
        ear = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        asked = {"Host": f"localhost:{self.port}", **self._headers(headers)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        ear.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        return ear

    def _headers(self, headers: Mapping[str, str] | None) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**({"Cookie": cookies} if cookies else {}), **(headers or {})}


@contextmanager
def serving(house: House, pace: Pace = AT_ONCE, *, look_s: float = 5) -> Iterator[Guest]:
    """Serve ``house`` on a free port, in a thread, and yield a guest who was let in."""
    ready = threading.Event()
    sockets = listen("localhost", 0)
    server = PageServer(house, ready=ready.set, pace=pace, look_s=look_s)
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    try:
        assert ready.wait(timeout=30)
        guest = Guest(sockets[0].getsockname()[1])
        guest.come_in(house)
        yield guest
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        for each in sockets:
            each.close()
    assert not thread.is_alive()


@dataclass(frozen=True)
class Place:
    """A guest with a sitting of its own, and the bytes of its sound."""

    guest: Guest
    path: str
    content: bytes

    def url(self, ext: str = "mp3") -> str:
        return f"{self.path}.{ext}"


def settle(guest: Guest) -> Place:
    """Begin a sitting and hear all of it once."""
    path = f"/audio/{guest.sit()}/1"
    return Place(guest, path, guest.get(f"{path}.mp3").body)
