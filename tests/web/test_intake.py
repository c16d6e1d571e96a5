"""Files that come in: through the disk, from who may, one at a time, and nothing stays of them."""

import asyncio
import os
import threading
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving import Guest, serving
from tests.web.take.conftest import NOW, texts, write
from thaw.vault.recovery import new_code
from thaw.vault.session import SessionKey
from thaw.web.audio.pacing import Message, Receive, Scope, Send
from thaw.web.house import House
from thaw.web.intake import Intake, nameless_file, takes
from thaw.web.people import keyring, sessions
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name
from thaw.web.take import backups, codes, exports

BORDER = "x" * 40


def cookie_in(house: House) -> str:
    """Return the cookie of a browser that was let in, and has seen a page."""
    person_id = keyring.first_person(house.data)
    key = keyring.key_beside(house.data, person_id)
    token = sessions.begin(person_id, key, house.idle.clocks.now())
    session = SessionKey.of(token).id_hash.hex()
    house.idle.meet(session, age_s=0, idle_s=0, limit_s=None, is_open=True)
    return token


def seat_of(house: House) -> Seat:
    person_id = keyring.first_person(house.data)
    return Seat(person_id, keyring.key_beside(house.data, person_id), "")


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with how much came, as a page would have it."""
    size, is_more = 0, True
    while is_more:
        message = await receive()
        size += len(message.get("body", b""))
        is_more = message.get("more_body", False)
    told = dict(scope["headers"]).get(b"content-length", b"none")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"%d of %s" % (size, told)})


def sent(
    house: House, *pieces: Message, length: str | None, cookie: str | None = None, most: int = 10**6
) -> tuple[int, bytes]:
    """Return what is answered to what is sent."""
    token = cookie_in(house) if cookie is None else cookie
    headers = [(b"cookie", f"{cookie_name(house.data)}={token}".encode())]
    headers += [(b"content-length", length.encode())] if length is not None else []
    scope: dict[str, Any] = {"method": "POST", "path": "/me/take/import", "headers": headers}
    answer: list[Message] = []
    waiting = list(pieces)

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        answer.append(message)

    asyncio.run(Intake(lambda: house, echo, most=most)(scope, receive, send))
    if not answer:
        return 0, b""
    return answer[0]["status"], answer[1]["body"]


def piece(size: int, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": b"x" * size, "more_body": more}


def test_only_files_for_two_addresses_are_taken() -> None:
    assert takes({"method": "POST", "path": "/me/take/restore"})
    assert takes({"method": "POST", "path": "/me/take/import"})
    assert not takes({"method": "GET", "path": "/me/take/import"})
    assert not takes({"method": "POST", "path": "/me/take/import/"})
    assert not takes({"method": "POST", "path": "/write"})


def test_all_of_it_is_there_before_a_page_is_asked(house: House) -> None:
    pieces = [piece(300_000), piece(300_000), piece(5, more=False)]
    assert sent(house, *pieces, length="600005") == (200, b"600005 of 600005")
    assert not [path.name for path in house.data.iterdir() if path.name.startswith("tmp")]


def test_who_has_no_open_session_sends_nothing(house: House) -> None:
    assert sent(house, length="600005", cookie="") == (200, b"0 of 0")
    assert sent(house, length=None, cookie="x" * 43) == (200, b"0 of 0")


@pytest.mark.parametrize(
    ("length", "status"),
    [(None, 411), ("", 411), ("-5", 411), ("9" * 40, 411), ("٣", 411), ("1000001", 413)],
)
def test_what_is_too_large_or_does_not_say_is_refused(
    house: House, length: str | None, status: int
) -> None:
    if length and not length.isascii():
        length = length.encode().decode("latin-1")
    assert sent(house, length=length)[0] == status


def test_what_the_disk_has_no_room_for_is_refused(house: House) -> None:
    assert sent(house, length=str(10**17), most=10**18)[0] == 507


def test_a_sender_who_leaves_or_sends_more_than_they_said_gets_nothing(house: House) -> None:
    gone: Message = {"type": "http.disconnect"}
    assert sent(house, piece(50), gone, length="100") == (0, b"")
    assert sent(house, piece(150), piece(1, more=False), length="100", most=120) == (0, b"")


def test_one_file_at_a_time(house: House) -> None:
    cookie = cookie_in(house)
    headers = [
        (b"cookie", f"{cookie_name(house.data)}={cookie}".encode()),
        (b"content-length", b"9"),
    ]
    scope: dict[str, Any] = {"method": "POST", "path": "/me/take/import", "headers": headers}
    statuses: list[int] = []

    async def both() -> None:
        intake = Intake(lambda: house, echo, most_waiting=0)
        begun, goes_on = asyncio.Event(), asyncio.Event()

        async def slowly() -> Message:
            begun.set()
            await goes_on.wait()
            return piece(9, more=False)

        async def at_once() -> Message:
            return piece(9, more=False)

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        first = asyncio.create_task(intake(scope, slowly, send))
        await begun.wait()
        await intake(scope, at_once, send)
        goes_on.set()
        await first
        await intake(scope, at_once, send)

    asyncio.run(both())
    assert statuses == [429, 200, 200]


def test_who_comes_second_waits_for_the_first(house: House) -> None:
    cookie = cookie_in(house)
    headers = [
        (b"cookie", f"{cookie_name(house.data)}={cookie}".encode()),
        (b"content-length", b"9"),
    ]
    scope: dict[str, Any] = {"method": "POST", "path": "/me/take/import", "headers": headers}
    statuses: list[int] = []

    async def receive() -> Message:
        return piece(0, more=False)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def many() -> None:
        intake = Intake(lambda: house, echo)
        await asyncio.gather(*(intake(scope, receive, send) for _ in range(4)))

    asyncio.run(many())
    assert statuses == [200] * 4


def test_a_file_without_a_name_is_on_the_disk_of_the_folder_where_it_can_be(
    house: House, tmp_path: Path
) -> None:
    before = set(house.data.iterdir())
    with nameless_file(house.data) as file:
        file.write(b"words")
        assert set(house.data.iterdir()) == before
        assert os.fstat(file.fileno()).st_dev == house.data.stat().st_dev
    with nameless_file(tmp_path / "nowhere") as file:
        file.write(b"words")


def form(content: bytes, fields: Mapping[str, str]) -> tuple[str, bytes]:
    """Return a form with a file in it, as a browser sends it."""
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    begin = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    parts += [begin.encode(), content, f"\r\n--{BORDER}--\r\n".encode()]
    return f"multipart/form-data; boundary={BORDER}", b"".join(parts)


def bring(guest: Guest, house: House, path: str, content: bytes, **fields: str) -> tuple[int, str]:
    """Send a file to a server, and return what it answers."""
    guest.cookies[cookie_name(house.data)] = cookie_in(house)
    guest.cookies["thaw_csrf"] = "a" * 32
    kind, body = form(content, {**fields, "csrfmiddlewaretoken": "a" * 32})
    headers = {"Content-Type": kind, "Origin": f"http://localhost:{guest.port}"}
    reply = guest.ask("POST", path, headers, body)
    return reply.status, reply.body.decode()


def test_a_large_backup_comes_through_a_real_server(house: House) -> None:
    seat = seat_of(house)
    for number in range(40):
        write(seat, f"{number} " + "words " * 8000)
    code = new_code()
    out = BytesIO()
    assert seat.key
    lock = codes.lock_with(code, seat.person_id, seat.key, NOW)
    backups.make(out, seat.person_id, seat.key, NOW, lock)
    assert len(out.getvalue()) > 2_000_000
    with serving(house) as guest:
        words = " ".join(code.words)
        status, page = bring(guest, house, "/me/take/restore", out.getvalue(), code=words)
        assert (status, "kept aside" in page) == (422, True)
        fields = {"code": words, "replace": "yes"}
        status, page = bring(guest, house, "/me/take/restore", out.getvalue(), **fields)
        assert (status, "40 entries are here again" in page) == (200, True)
    assert len(texts(seat)) == 40


def test_a_copy_comes_through_a_real_server_and_pages_answer_meanwhile(house: House) -> None:
    seat = seat_of(house)
    for number in range(300):
        write(seat, f"{number} " + os.urandom(4000).hex())
    copy = b"".join(exports.export_zip(seat, NOW))
    assert len(copy) > 1_000_000
    with serving(house) as guest:
        done: list[tuple[int, str]] = []
        sender = threading.Thread(
            target=lambda: done.append(bring(guest, house, "/me/take/import", copy))
        )
        sender.start()
        other = Guest(guest.port)
        assert all(other.get("/help").status == 200 for _ in range(10))
        sender.join(timeout=60)
        ((status, page),) = done
        assert (status, "Here already: 300" in page) == (200, True)


def test_without_a_session_a_file_is_answered_like_any_page(house: House) -> None:
    with serving(house) as guest:
        kind, body = form(b"x" * 200_000, {})
        headers = {"Content-Type": kind, "Origin": f"http://localhost:{guest.port}"}
        stranger = Guest(guest.port)
        assert stranger.ask("POST", "/me/take/import", headers, body[:100]).status == 401
