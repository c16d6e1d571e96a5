"""Keep every Python process of the tests on this machine.

Python imports a module of this name at its start; ``tests/conftest.py`` puts this folder on
``PYTHONPATH`` for the processes that tests start, and calls ``stay_on_loopback`` for its own.
An audit hook sees what every library does and cannot be taken away again.
"""

import ipaddress
import sys
from collections.abc import Callable

NAMES = frozenset({"", "localhost", "ip6-localhost"})


class LeftLoopbackError(RuntimeError):
    """A test, or something it started, tried to reach another machine."""


def is_loopback(host: object) -> bool:
    """Return whether ``host`` is this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
    if name in NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback


def _watch_address(event: str, address: object) -> None:
    # A path or an abstract name (AF_UNIX) stays on the machine by itself.
    if isinstance(address, tuple) and not is_loopback(address[0]):
        raise LeftLoopbackError(f"{event} to {address[0]}: tests may only reach loopback.")


def _watch_name(event: str, host: object) -> None:
    if not is_loopback(host):
        raise LeftLoopbackError(f"{event} of {host}: tests may only look up loopback.")


# For each audit event of the socket module: who judges it, and which argument is judged.
WATCHED: dict[str, tuple[Callable[[str, object], None], int]] = {
    "socket.connect": (_watch_address, 1),
    "socket.sendto": (_watch_address, 1),
    "socket.sendmsg": (_watch_address, 1),
    "socket.getaddrinfo": (_watch_name, 0),
    "socket.gethostbyname": (_watch_name, 0),
}


def _judge(event: str, arguments: tuple[object, ...]) -> None:
    watched = WATCHED.get(event)
    if watched:
        judge, place = watched
        judge(event, arguments[place])


def stay_on_loopback() -> None:
    """Refuse every connection and look-up that would leave the machine, from now on."""
    sys.addaudithook(_judge)


if __name__ == "sitecustomize":
    stay_on_loopback()
