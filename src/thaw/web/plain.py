"""Answers that Django does not make: headers, and sentences as plain text."""

from collections.abc import Mapping, Sequence

from thaw.web import policy
from thaw.web.audio.pacing import Scope, Send


def headers_of(scope: Scope) -> Mapping[str, str]:
    """Return the headers of a request, names in lower case; the last of a name counts."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def say(
    send: Send, status: int, sentence: str, extra: Mapping[str, str] | None = None
) -> None:
    """Answer with one sentence."""
    body = f"{sentence}\n".encode()
    headers = [
        *policy.headers(),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        *(extra or {}).items(),
    ]
    await start(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def start(send: Send, status: int, headers: Sequence[tuple[str, str]]) -> None:
    """Begin an answer."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
