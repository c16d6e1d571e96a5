"""The gate: the outermost layer, which every request passes, sound and pages alike.

It answers only to names of this machine, leads to the one origin ``http://localhost:PORT``,
and refuses what another site's page asks for (a resource isolation policy by the Fetch
Metadata headers). What it says itself is plain text with every header that pages have.
"""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from thaw.web.audio.pacing import Receive, Scope, Send
from thaw.web.plain import headers_of, say

App = Callable[[Scope, Receive, Send], Awaitable[None]]

CANONICAL = "localhost"
_OTHER_NAMES = ("127.0.0.1", "[::1]")


class Gate:
    """Lets in what is meant for us: ``/audio/`` and samples to ``sound``, the rest to ``pages``."""

    def __init__(self, pages: App, sound: App, is_sound: Callable[[str], bool]) -> None:
        self._pages, self._sound, self._is_sound = pages, sound, is_sound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        name, port = _host(headers.get("host", ""))
        if name not in (CANONICAL, *_OTHER_NAMES):
            await say(send, 421, "Thaw answers at http://localhost only. Open that address.")
        elif not scope["query_string"].isascii():
            await say(send, 400, "This address could not be read. Go back and try again.")
        elif not _is_from_here(scope["method"], headers):
            await say(send, 403, "Another site asked for this page. Open Thaw by its address.")
        elif name != CANONICAL:
            await _lead_home(scope, send, port)
        else:
            app = self._sound if self._is_sound(scope["path"]) else self._pages
            await app(scope, receive, send)


def _host(header: str) -> tuple[str, str]:
    """Return the name and the port of a Host header, the port with its colon or empty."""
    name, colon, port = header.lower().rpartition(":")
    if colon and port.isdigit():
        return name, f":{port}"
    return header.lower(), ""


def _is_from_here(method: str, headers: Mapping[str, str]) -> bool:
    """Return whether our own page asks, or a person who opens an address.

    Browsers that do not send ``Sec-Fetch-Site`` are held by the cookie's SameSite, the
    check of forms and Cross-Origin-Resource-Policy.
    """
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    opens = headers.get("sec-fetch-mode") == "navigate"
    return opens and method in ("GET", "HEAD") and headers.get("sec-fetch-dest") == "document"


async def _lead_home(scope: Scope, send: Send, port: str) -> None:
    home = f"http://{CANONICAL}{port}"
    if scope["method"] not in ("GET", "HEAD"):
        await say(send, 421, f"Thaw answers at {home} only. Open that address.")
        return
    query = scope["query_string"].decode("ascii")
    target = home + quote(scope["path"], safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")
    await say(send, 307, f"Thaw is at {home}.", {"Location": target})


async def _live(receive: Receive, send: Send) -> None:
    """Answer the two events of a server's life; what begins and ends is in ``server``."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
