"""Serving the pages on this machine, from the first socket to the last listener."""

import asyncio
import contextlib
import ctypes
import errno
import gc
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from thaw.units import SettingError, ThawError

if TYPE_CHECKING:
    from thaw.web.audio.pacing import Pace
    from thaw.web.gate import Gate
    from thaw.web.house import House

LOOPBACK = ("localhost", "127.0.0.1", "::1")

_BACKLOG = 1024
_UNSENT = 16 * 1024  # Bytes for one browser beside those that the system holds.
_OWN_PAGES = 32 * 1024  # Bytes from which on memory is the system's own again once freed.
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # As malloc.h of glibc names them.
_LOOKS_FOR_CYCLES = (10_000, 10, 50)
"""Python's own (700, 10, 10) looks through all that is kept every few seconds while many come, and
everyone waits for it: a quarter of a second with 512 sittings (ADR 0053)."""

_TRIES = 20
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_LOOK_S = 5  # So long a page may stand open after its time, or after the machine woke up.
_GRACE_S = 1  # Listeners are let go at once; a page takes milliseconds.


def serve(
    host: str, port: int, data: Path, open_browser: bool, ready: Callable[[str], None]
) -> None:
    """Serve the pages until SIGINT or SIGTERM; ``ready`` gets a link to them once they are there.

    Args:
        host: ``localhost``, or one of its two addresses.
        port: Where to listen; 0 takes any port that is free.
        data: The data folder; it is there and can be written.
        open_browser: Whether to open the link, too.
        ready: Called once, with a link that lets one browser in.

    Raises:
        SettingError: The host is not this machine, the port cannot be had, or the front end
            is not built.
    """
    _give_memory_back()
    gc.set_threshold(*_LOOKS_FOR_CYCLES)
    with contextlib.ExitStack() as open_until_the_end:
        sockets = [open_until_the_end.enter_context(each) for each in listen(host, port)]
        used = sockets[0].getsockname()[1]
        os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
        from thaw.web import asgi  # noqa: F401 - It sets Django up, which the folder needs.
        from thaw.web.folder import open_folder
        from thaw.web.house import House

        folder = open_until_the_end.enter_context(contextlib.closing(open_folder(data)))
        house = House(folder.data)

        def be_ready() -> None:
            open_until_the_end.enter_context(_found_by_others(house, used))
            link = link_to(house, used)
            ready(link)
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
            folder.watch()

        PageServer(house, ready=be_ready).run(sockets)


def _give_memory_back() -> None:
    """Let memory that was freed be anyone's, where the C library is glibc.

    It would keep a heap for each thread, with room in it for all the sound that thread ever read
    at once; for a thousand listeners that is as much again as they hold (ADR 0053).
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, _OWN_PAGES)


def link_to(house: "House", port: int) -> str:
    """Return a link that lets one browser in, once."""
    return f"http://localhost:{port}/open/{house.links.make()}"


@contextlib.contextmanager
def _found_by_others(house: "House", port: int) -> Iterator[None]:
    """Let ``thaw`` find what runs here."""
    from thaw.web.people.links import tell_ended, tell_running

    house.links.forget_old()
    tell_running(house.data, port)
    try:
        yield
    finally:
        tell_ended(house.data)
        house.links.close()


def listen(host: str, port: int) -> list[socket.socket]:
    """Return sockets bound to ``port`` on both addresses of this machine that it has.

    A browser may take either for ``localhost``, so both are ours or none is.

    Raises:
        SettingError: ``host.not_this_machine``, ``port.taken`` or ``port.refused``.
    """
    if host not in LOOPBACK:
        raise SettingError(
            "host.not_this_machine",
            f"Thaw answers only on this machine until it has accounts, so it cannot use {host}. "
            "Leave --host out, or use --host localhost.",
        )
    if not 0 <= port < 2**16:
        raise refusal_of(port, "ports are 0 to 65535")
    for _ in range(_TRIES):
        try:
            return _bind_both(port)
        except OSError as error:
            refusal = error
            if port or error.errno != errno.EADDRINUSE:
                break
    if refusal.errno != errno.EADDRINUSE:
        raise refusal_of(port, refusal.strerror or "no reason is known") from refusal
    raise SettingError(
        "port.taken",
        f"Port {port} is taken by another program, or by Thaw with another data folder. Choose "
        "another port with thaw serve --port.",
        {"port": port},
    ) from refusal


def refusal_of(port: int, why: str) -> SettingError:
    """Return the error of a port that cannot be had for another reason than being taken."""
    return SettingError(
        "port.refused",
        f"Thaw cannot use port {port} ({why}). Choose another with --port.",
        {"port": port},
    )


def _bind_both(port: int) -> list[socket.socket]:
    first = _bind(socket.AF_INET, "127.0.0.1", port)
    try:
        return [first, *_bind_newer(first.getsockname()[1])]
    except OSError:
        first.close()
        raise


def _bind_newer(port: int) -> list[socket.socket]:
    """Bind the IPv6 loopback, where this machine has one."""
    try:
        return [_bind(socket.AF_INET6, "::1", port)]
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return []
        raise


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Elsewhere it would let two programs share a port.
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((address, port))
        # Binding alone does not show that another program listens there.
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


class PageServer(uvicorn.Server):
    """uvicorn with our application; lets listeners go when it ends, and ends without a signal.

    Raises:
        SettingError: ``assets.missing``, where the front end is not built.
    """

    def __init__(
        self,
        house: "House",
        *,
        ready: Callable[[], None],
        pace: "Pace | None" = None,
        look_s: float = _LOOK_S,
    ) -> None:
        from thaw.web.asgi import make_application
        from thaw.web.assets import check_built
        from thaw.web.house import furnish

        check_built()
        furnish(house)
        _let_in_the_first(house)
        application, self._sound = make_application(pace)
        self._house, self._ready = house, ready
        self._ends, self._look_s = threading.Event(), look_s
        super().__init__(_config_of(application))

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()
        threading.Thread(target=_warm, args=(self._house,), name="warm").start()
        watched = (self._ends, self._look_s)
        threading.Thread(target=_watch, args=watched, name="door", daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ends.set()
        self._sound.close()
        self._house.close()
        await super().shutdown(sockets)
        # Who does not read what was sent would keep the connection, and the process, open.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {name: signal.signal(name, self.handle_exit) for name in _SIGNALS}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)


class _Connection(HttpToolsProtocol):
    """A connection that holds little of what is not taken: a thousand may listen slowly."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # As uvicorn has it.
        transport.set_write_buffer_limits(high=_UNSENT)
        super().connection_made(transport)


def _config_of(application: "Gate") -> uvicorn.Config:
    return uvicorn.Config(
        application,
        log_config=None,
        access_log=False,  # It would name sittings.
        lifespan="off",
        ws="none",
        http=_Connection,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_S,
    )


def _let_in_the_first(house: "House") -> None:
    """Make the first person where there is none, and look whether their key is there.

    Raises:
        SettingError: ``key.missing`` or ``key.damaged``.
    """
    from thaw.web.people import attempts, sessions
    from thaw.web.people.keyring import first_person

    attempts.forget_unwritten()
    sessions.forget_unwritten()
    first_person(house.data)


def _watch(ends: threading.Event, look_s: float) -> None:
    """Lock what nobody is at, until ``ends``."""
    from django.db import connection

    from thaw.web.people.lock import look_after

    while not ends.wait(look_s):
        look_after()
    connection.close()


def _warm(house: "House") -> None:
    """Read and import what the first page needs, before it is asked for."""
    from thaw.web.shelf.queries import cards

    with contextlib.suppress(ThawError):  # The page that needs it says so.
        cards(house)
        _ = house.avoid_names, house.help, house.countries, house.sound.voices()
        house.sound.warm()
    gc.freeze()  # What is here now stays; it need not be looked through again.
