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


def is_thaw_at(host: str, port: int) -> bool:
    """Return whether it is Thaw that answers there."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/leave")
        answer = connection.getresponse()
        return "thaw" in (answer.getheader("Content-Security-Policy") or "")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
