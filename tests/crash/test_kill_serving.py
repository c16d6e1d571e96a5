"""kill -9 of the real server while four pages keep notes: nothing acknowledged is lost."""

import json
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from queue import Empty, Queue
from random import Random
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2

from tests.bench.serving import headers_of, let_in, server
from tests.web.serving import Guest
from thaw.web.ids import id_at

PAGES = 4


def id_of(number: int) -> UUID:
    return id_at(1_795_000_000_000 + number, number)


def text_of(number: int) -> str:
    return f"note {number} " + "word " * (number * 37 % 400) + "end"


class Keeping:
    """Notes that are to be kept, and those whose keeping was acknowledged."""

    def __init__(self, count: int) -> None:
        self.waiting: Queue[int] = Queue()
        self.acknowledged: set[int] = set()
        self.enough = threading.Event()
        self.until = count
        for number in range(count):
            self.waiting.put(number)

    def keep(self, guest: Guest, headers: Mapping[str, str]) -> None:
        """Keep one after another, until all are kept or nobody answers."""
        with suppress(OSError, HTTPException, Empty):
            while True:
                self._keep_next(guest, {**headers, "Content-Type": "application/json"})

    def _keep_next(self, guest: Guest, headers: Mapping[str, str]) -> None:
        number = self.waiting.get_nowait()
        body = {"version": 0, "text": text_of(number), "kind": "note", "day": "2026-11-22"}
        path, raw = f"/write/notes/{id_of(number)}", json.dumps(body).encode()
        try:
            answer = guest.ask("PUT", path, headers, raw)
        except (OSError, HTTPException):
            self.waiting.put(number)  # Nobody said that it is kept, so it is sent again.
            raise
        assert answer.status == 200, answer
        self.acknowledged.add(number)
        if len(self.acknowledged) >= self.until:
            self.enough.set()


def run_until(data: Path, keeping: Keeping, until: int) -> None:
    """Let pages keep notes, and kill the server once so many are acknowledged."""
    keeping.until, keeping.enough = until, threading.Event()
    with server(data) as found:
        guest = let_in(found)
        headers = headers_of(guest)
        pages = [threading.Thread(target=keeping.keep, args=(guest, headers)) for _ in range(PAGES)]
        for page in pages:
            page.start()
        keeping.enough.wait(60)
        found.kill()
        for page in pages:
            page.join(60)


def run_through(data: Path, count: int, kills: int) -> None:
    """Keep ``count`` notes with so many kills on the way, and look at what is there."""
    chance, keeping = Random(count), Keeping(count)  # noqa: S311 - nothing is kept secret by it.
    for at in sorted(chance.sample(range(1, count), kills)):
        run_until(data, keeping, at)
        assert notes_of(data) >= len(keeping.acknowledged)
    run_until(data, keeping, count)
    assert keeping.acknowledged == set(range(count))
    with server(data) as found:
        guest = let_in(found)
        wrong = [number for number in range(count) if not is_whole(guest, number)]
    assert not wrong
    assert notes_of(data) == count


def is_whole(guest: Guest, number: int) -> bool:
    page = guest.get(f"/write/notes/{id_of(number)}")
    return page.status == 200 and text_of(number) in page.body.decode()


def notes_of(data: Path) -> int:
    """Return how many notes there are, in a store that holds together."""
    with closing(dbapi2.connect(str(data / "thaw.sqlite3"))) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(store.execute("SELECT count(*) FROM write_note").fetchone()[0])


def test_a_killed_server_goes_on_where_it_was(thaw_data: Path) -> None:
    run_through(thaw_data, 60, 2)


@pytest.mark.deep
def test_twenty_kills_of_the_server_over_a_thousand_notes_lose_nothing(thaw_data: Path) -> None:
    run_through(thaw_data, 1000, 20)
