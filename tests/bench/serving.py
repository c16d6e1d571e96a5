"""A real server, started as a person starts it, and browsers that were let in."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.serving import Guest
from thaw.web.people.links import lay, new_token

THAW = Path(sys.executable).with_name("thaw")

_FORM = re.compile(r'name="csrf" content="([^"]+)"')
_MOST_FILES = 8192


@dataclass(frozen=True)
class Server:
    """A server that is ready.

    Attributes:
        port: Where it listens on localhost.
        pid: Its process.
        ready_s: Seconds from its start until it said so.
        link: The address it said; it lets one browser in.
        data: Its data folder.
    """

    port: int
    pid: int
    ready_s: float
    link: str
    data: Path

    def rss(self) -> int:
        """Return how many bytes are resident, of its children too.

        A child that is not a program of its own yet has the server's memory and its command
        line, and would be counted as a second server.
        """
        psutil = import_module("psutil")
        process = psutil.Process(self.pid)
        own, total = process.cmdline(), int(process.memory_info().rss)
        for child in process.children(recursive=True):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                total += 0 if child.cmdline() == own else child.memory_info().rss
        return total

    def kill(self) -> None:
        """End it as a crash does."""
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def server(data: Path) -> Iterator[Server]:
    """Start ``thaw serve`` with this data folder, and end it."""
    surroundings = {**os.environ, "THAW_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [THAW, "serve", "--port", "0"], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        link = next(word for word in process.stdout.readline().split() if "://" in word)
        ready_s = time.perf_counter() - begun
        port = urlsplit(link).port
        assert port
        yield Server(port, process.pid, ready_s, link, data)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def let_in(found: Server, link: str | None = None) -> Guest:
    """Return a browser that was let in: by a link, or by one as ``thaw`` makes it meanwhile."""
    if link is None:
        token = new_token()
        lay(found.data, token)
        link = f"/open/{token}"
    guest = Guest(found.port)
    opened = guest.get(urlsplit(link).path)
    assert opened.status == 303, opened.body
    return guest


def headers_of(guest: Guest) -> dict[str, str]:
    """Return what a page of this browser sends along with what it keeps."""
    page = _FORM.search(guest.get("/help").body.decode())
    assert page
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in guest.cookies.items()),
        "Origin": f"http://localhost:{guest.port}",
        "X-CSRFToken": page[1],
    }


def have_many_files() -> None:
    """Let this process have a connection for each of a crowd; call it once the server runs.

    The server keeps the limit it was started with.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if most == resource.RLIM_INFINITY else min(_MOST_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
