"""The gate: the outermost layer, which every request passes, sound and pages alike.

It answers only to names of this machine, leads to the one origin ``http://localhost:PORT``,
and refuses what another site's page asks for (a resource isolation policy by the Fetch
Metadata headers). What it says itself is plain text with every header that pages have.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from thaw.web.audio.pacing import Message, Receive, Scope, Send
from thaw.web.intake import takes
from thaw.web.person import is_from_here
from thaw.web.place import place_of
from thaw.web.plain import headers_of, say

logger = logging.getLogger("thaw.web")

App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")

CANONICAL = "localhost"
MOST_BODY = 64 * 1024
"""Bytes of the largest form or JSON that is taken."""

MOST_NOTE = 4 * 1024 * 1024
"""Bytes of the largest note: 1 MiB of text, as a form writes it in three bytes for one."""

_NOTES = "/write/"
_TOO_MUCH = "This is too much at once. Load the page again."
_TOO_LONG = (
    "This is more than one note can hold. It is still on the page: take some of it out, or make "
    "two notes of it."
)

_OTHER_NAMES = ("127.0.0.1", "[::1]")


class Gate:
    """Lets in what is meant for us: ``/audio/`` and samples to ``sound``, the rest to ``pages``.

    Args:
        pages: Answers every page.
        sound: Answers what ``is_sound``.
        is_sound: Whether a path is sound.
        slow: Who answers what is sent to addresses that begin so, in place of ``pages``: it may
            take seconds, as unlocking does on purpose, and shall hold up no page.
        files: Answers what brings a file (``thaw.web.intake``).
    """

    def __init__(
        self,
        pages: App,
        sound: App,
        is_sound: Callable[[str], bool],
        slow: Mapping[str, App] | None = None,
        files: App | None = None,
    ) -> None:
        self._pages, self._sound, self._is_sound = pages, sound, is_sound
        self._slow, self._files = dict(slow or {}), files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        name, port = _host(scope)
        if name not in (CANONICAL, *_OTHER_NAMES):
            await say(send, 421, "Thaw answers at http://localhost only. Open that address.")
        elif not scope["query_string"].isascii():
            await say(send, 400, "This address could not be read. Go back and try again.")
        elif not _may_ask(scope["method"], headers):
            await say(send, 403, "Another site asked for this page. Open Thaw by its address.")
        elif name != CANONICAL:
            await _lead_home(scope, send, port)
        else:
            await self._let_in(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; what fails unforeseen is answered here and named in the log."""
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if self._is_sound(scope["path"]):
                await self._sound(scope, receive, send_on)
            elif self._files and takes(scope):
                await self._files(scope, receive, send_on)
            else:
                await self._page(scope, receive, send_on)
        except Exception as error:  # noqa: BLE001 - the outermost layer: nothing passes.
            # Without the traceback, whose last line may hold private words.
            logger.error("An answer failed (%s). Please report.", place_of(error))  # noqa: TRY400
            if not begun:
                await say(send, 500, "Something in Thaw broke, and it is not your doing.")

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for a page once what was sent is there: a slow sender holds no thread."""
        path = scope["path"]
        is_note = path.startswith(_NOTES)
        body = await _body_of(receive, MOST_NOTE if is_note else MOST_BODY)
        if body is None:
            await say(send, 413, _TOO_LONG if is_note else _TOO_MUCH)
            return
        parts = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive_at_once() -> Message:
            return next(parts, None) or await receive()

        await self._who_answers(scope["method"], path)(scope, receive_at_once, send)

    def _who_answers(self, method: str, path: str) -> App:
        slow = (app for begin, app in self._slow.items() if path.startswith(begin))
        return next(slow, self._pages) if method == "POST" else self._pages


async def _body_of(receive: Receive, most: int) -> bytes | None:
    """Return what was sent, whole; None where it is cut off or more than ``most`` bytes."""
    body, is_more = b"", True
    while is_more:
        message = await receive()
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if message["type"] == "http.disconnect" or len(body) > most:
            return None
    return body


def _host(scope: Scope) -> tuple[str, str]:
    """Return the name asked for and its port, with its colon or empty; one Host, or no name."""
    hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    return (found[1], found[2] or "") if found else ("", "")


def _may_ask(method: str, headers: Mapping[str, str]) -> bool:
    """Return whether our own page or a person asks, or a link elsewhere opens a page."""
    opens = headers.get("sec-fetch-mode") == "navigate"
    opens = opens and headers.get("sec-fetch-dest") == "document" and method in ("GET", "HEAD")
    return opens or is_from_here(headers)


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
