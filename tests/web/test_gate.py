"""The gate: names of this machine only, one origin, nobody else's page."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.web import policy
from thaw.web.audio.pacing import Message, Receive, Scope, Send
from thaw.web.gate import MOST_NOTE, Gate

Headers = list[tuple[bytes, bytes]]


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    body = (await receive())["body"]
    if scope["path"] == "/breaks-late":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"].startswith("/breaks"):
        raise RuntimeError("private words")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-by", b"pages")]})
    await send({"type": "http.response.body", "body": body})


async def sound(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-by", b"sound")]})
    await send({"type": "http.response.body", "body": b""})


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-by", b"slow")]})
    await send({"type": "http.response.body", "body": b""})


def sent(scope: Scope, *received: Message) -> list[Message]:
    """Return what the gate sends for a scope."""
    messages: list[Message] = []
    waiting = list(received) or [{"type": "http.request"}]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        messages.append(message)

    gate = Gate(pages, sound, lambda path: path.startswith("/audio/"), {"/unlock": slow})
    asyncio.run(gate(scope, receive, send))
    return messages


def answer(
    path: str = "/", *, method: str = "GET", query: bytes = b"", headers: Headers | None = None
) -> tuple[int, dict[str, str]]:
    """Return the status and the headers of an answer."""
    scope: dict[str, Any] = {  # As ASGI has it.
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(b"host", b"localhost:8427")] if headers is None else headers,
    }
    start = sent(scope)[0]
    return start["status"], {n.decode(): v.decode() for n, v in start["headers"]}


def host(name: str) -> Headers:
    return [(b"host", name.encode("latin-1"))]


@pytest.mark.parametrize("name", ["localhost", "localhost:8427", "LOCALHOST:9000", "localhost:1"])
def test_our_own_name_is_let_in_at_any_port(name: str) -> None:
    status, headers = answer(headers=host(name))
    assert (status, headers["x-by"]) == (200, "pages")


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("127.0.0.1", "http://localhost"),
        ("127.0.0.1:8427", "http://localhost:8427"),
        ("[::1]:8427", "http://localhost:8427"),
    ],
)
def test_an_address_of_this_machine_leads_to_the_one_origin(name: str, home: str) -> None:
    status, headers = answer("/library/a b", query=b"x=1", headers=host(name))
    assert (status, headers["location"]) == (307, f"{home}/library/a%20b?x=1")
    assert answer("/audio/x/1.mp4", headers=host(name))[0] == 307
    assert answer(method="POST", headers=host(name))[0] == 421


@pytest.mark.parametrize(
    "name",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:8427",
        "localhost:8427@evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "127.1",
        "0.0.0.0",  # noqa: S104 - asked for, not bound.
        "[::]",
        "[::ffff:127.0.0.1]",
        "localhost.",
        "localhost:",
        "localhost:84270000",
        "localhost:x",
        "localhost,evil.example",
        " localhost",
        "http://localhost",
        "",
    ],
)
def test_any_other_name_is_refused(name: str) -> None:
    for path in ("/", "/audio/x/1.mp4", "/static/dist/app.css"):
        status, headers = answer(path, headers=host(name))
        assert status == 421
        assert "x-by" not in headers
        assert headers["content-security-policy"] == policy.policy_text()


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_no_made_up_name_gets_in(name: str) -> None:
    status, _ = answer(headers=host(name))
    assert status == 421


@pytest.mark.parametrize("headers", [[], host("localhost") + host("evil.example"), host("a") * 2])
def test_there_must_be_just_one_name(headers: Headers) -> None:
    assert answer(headers=headers)[0] == 421


def fetched(site: str, mode: str = "", dest: str = "") -> Headers:
    """Return the headers a browser adds to say who asks for what."""
    said = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]
    return host("localhost") + [(n.encode(), v.encode()) for n, v in said if v]


@pytest.mark.parametrize("site", ["same-origin", "none"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_our_own_pages_may_ask_for_anything(site: str, method: str) -> None:
    assert answer(method=method, headers=fetched(site, "cors", "empty"))[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("method", "mode", "dest"),
    [
        ("GET", "no-cors", "audio"),
        ("GET", "no-cors", "image"),
        ("GET", "cors", "empty"),
        ("GET", "navigate", "iframe"),
        ("GET", "navigate", "object"),
        ("GET", "", ""),
        ("POST", "navigate", "document"),
        ("POST", "cors", "empty"),
        ("DELETE", "cors", "empty"),
    ],
)
def test_another_sites_page_gets_nothing(site: str, method: str, mode: str, dest: str) -> None:
    for path in ("/library", "/audio/x/1.mp4"):
        status, headers = answer(path, method=method, headers=fetched(site, mode, dest))
        assert status == 403
        assert "x-by" not in headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_from_elsewhere_may_open_a_page(site: str) -> None:
    assert answer(headers=fetched(site, "navigate", "document"))[0] == 200


def test_an_address_that_cannot_be_read_is_a_sentence() -> None:
    assert answer(query=b"x=\xff")[0] == 400


def test_sound_has_a_way_of_its_own() -> None:
    assert answer("/audio/x/1.mp4")[1]["x-by"] == "sound"


def test_what_takes_seconds_holds_up_no_page() -> None:
    assert answer("/unlock", method="POST")[1]["x-by"] == "slow"
    assert answer("/unlock")[1]["x-by"] == "pages"
    assert answer("/library", method="POST")[1]["x-by"] == "pages"


def test_what_breaks_is_a_calm_answer_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    status, headers = answer("/breaks")
    assert status == 500
    assert headers["content-security-policy"] == policy.policy_text()
    assert "RuntimeError" in caplog.text
    assert "private words" not in caplog.text
    assert "/breaks" not in caplog.text


def test_what_breaks_in_the_middle_is_cut_off() -> None:
    scope = {"type": "http", "method": "GET", "path": "/breaks-late", "query_string": b""}
    assert len(sent(scope | {"headers": host("localhost")})) == 1


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_what_is_sent_in_parts_reaches_a_page_whole() -> None:
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b""}
    scope |= {"headers": host("localhost")}
    parts = [part(b"ab", more=True), part(b"", more=True), part(b"c", more=False)]
    assert sent(scope, *parts)[-1]["body"] == b"abc"


def test_too_much_at_once_is_refused_before_any_page_is_asked() -> None:
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b""}
    scope |= {"headers": host("localhost")}
    parts = [part(b"x" * 40_000, more=True)] * 3
    assert sent(scope, *parts)[0]["status"] == 413


def test_a_note_may_be_longer_than_any_other_form_and_has_an_end() -> None:
    scope = {"type": "http", "method": "PUT", "path": "/write/notes/x", "query_string": b""}
    scope |= {"headers": host("localhost")}
    assert sent(scope, part(b"x" * MOST_NOTE, more=False))[0]["status"] == 200
    refused = sent(scope, part(b"x" * (MOST_NOTE + 1), more=False))
    assert refused[0]["status"] == 413
    assert b"still on the page" in refused[1]["body"]


def test_who_goes_while_sending_asks_for_nothing() -> None:
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b""}
    scope |= {"headers": host("localhost")}
    messages = sent(scope, part(b"ab", more=True), {"type": "http.disconnect"})
    assert messages[0]["status"] == 413


def test_a_server_may_say_that_it_begins_and_ends() -> None:
    begins, ends = {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}
    assert sent({"type": "lifespan"}, begins, ends) == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
    ]


def test_other_protocols_are_closed() -> None:
    assert sent({"type": "websocket"}) == [{"type": "websocket.close", "code": 1000}]
