"""The browser of the one who sits at this machine, where there is one."""

import http.client
import os
import sys
import webbrowser


def has_browser() -> bool:
    """Return whether a page can be shown: on Linux that takes a display."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_page(address: str) -> None:
    """Open ``address`` in the browser, if there is one."""
    if has_browser():
        webbrowser.open(address)


def status_of(host: str, port: int, path: str) -> int | None:
    """Return how a page is answered, without asking for its text; None where nobody answers."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("HEAD", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
