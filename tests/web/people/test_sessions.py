"""Sessions as they are kept: from many threads, and where nothing can be written."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import let_in, new_visitor, seat_in, set_passphrase, unlock
from tests.web.serving import Guest, serving
from thaw.vault.keys import new_data_key, next_data_key
from thaw.web import folder as folders
from thaw.web.database.connecting import to_read
from thaw.web.database.room import ReadOnlyRoom, enter
from thaw.web.folder import Folder
from thaw.web.house import House
from thaw.web.people import lock as locking
from thaw.web.people import sessions
from thaw.web.people.models import Person, Session
from thaw.web.person import cookie_name


@pytest.fixture
def frozen(store: Folder, house: House) -> Iterator[House]:
    """A house whose store can be read, and not written, not even in a copy."""
    room = folders.the_folder()
    assert room
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with ExitStack() as undo:
        folders._point(to_read(store.file), undo)
        enter(ReadOnlyRoom())
        yield house
    enter(room._room)


def test_who_comes_to_a_store_that_takes_no_writing_is_let_in(
    frozen: House, clocks: FakeClocks
) -> None:
    client = let_in(frozen, new_visitor())
    assert client.get("/library").status_code == 200
    clocks.wait(minutes=5)
    assert client.get("/library").status_code == 200
    assert not Session.objects.exists()
    clocks.wait(minutes=12 * 60)
    assert client.get("/library").status_code == 401
    assert client.get("/library").status_code == 401


def test_a_session_is_locked_where_nothing_can_be_written(
    locked: Client, frozen: House, clocks: FakeClocks
) -> None:
    client = let_in(frozen, new_visitor())
    assert client.get("/").status_code == 423
    seat = seat_in(frozen, client)
    sessions.give_key(
        client.cookies[cookie_name(frozen.data)].value, seat.person_id, new_data_key(2)
    )
    assert client.get("/").status_code == 200
    assert seat.session in sessions.with_passphrase()
    clocks.wait(minutes=10)
    locking.look_after()
    assert client.get("/").status_code == 423
    assert locked.get("/").status_code == 423


def test_a_session_of_before_is_locked_and_ended_in_memory(
    locked: Client, house: House, store: Folder, clocks: FakeClocks
) -> None:
    client = unlock(locked)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with ExitStack() as undo:
        folders._point(to_read(store.file), undo)
        assert client.get("/").status_code == 200
        seat = seat_in(house, client)
        locking.lock(seat.session)
        assert client.get("/").status_code == 423
        assert sessions.end_all(seat.person_id) == [seat.session]
        assert client.get("/").status_code == 401
        assert sessions.with_passphrase() == []
    clocks.wait(minutes=1)


def test_a_key_that_is_no_longer_the_persons_opens_nothing(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    assert seat.key
    set_passphrase(house)
    token = seated.cookies[cookie_name(house.data)].value
    sessions.give_key(token, seat.person_id, seat.key)  # The older one.
    assert seat_in(house, seated).key is None
    sessions.give_key(token, seat.person_id, next_data_key(seat.key))
    assert seat_in(house, seated).key


def test_a_row_that_is_damaged_is_a_locked_session(locked: Client, house: House) -> None:
    client = unlock(locked)
    Session.objects.update(sealed_key=b"damaged")
    assert client.get("/").status_code == 423
    assert seat_in(house, unlock(client)).key


def test_the_key_of_one_session_is_not_anothers(locked: Client, house: House) -> None:
    client = unlock(locked)
    other = let_in(house, new_visitor())
    sealed = Session.objects.exclude(sealed_key=None).get().sealed_key
    Session.objects.update(sealed_key=sealed)
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 423


def test_ending_all_of_a_person_leaves_others(seated: Client, house: House) -> None:
    other = Person.objects.create()
    token = sessions.begin(other.id, new_data_key(), house.idle.clocks.now())
    seat = seat_in(house, seated)
    assert sessions.end_all(seat.person_id) == [seat.session]
    assert seated.get("/").status_code == 401
    held = sessions.find(token)
    assert held
    assert held.person_id == other.id


def test_what_has_had_its_time_is_dropped_when_the_next_comes_in(
    seated: Client, house: House, clocks: FakeClocks
) -> None:
    del seated
    clocks.now += timedelta(hours=13)
    let_in(house, new_visitor())
    assert Session.objects.count() == 1


def test_many_at_once_note_that_they_are_there_and_nobody_waits_for_long(
    house: House, clocks: FakeClocks
) -> None:
    statuses: list[int] = []

    def look(guest: Guest) -> None:
        for _ in range(5):
            clocks.wait(minutes=2)
            statuses.append(guest.get("/help").status)
            statuses.append(guest.get("/lock").status)
            statuses.append(guest.get("/unlock").status)

    with serving(house) as first:
        guests = [first, *(Guest(first.port).come_in(house) for _ in range(7))]
        threads = [threading.Thread(target=look, args=(guest,)) for guest in guests * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert set(statuses) == {200, 303}
    assert len(statuses) == 16 * 15


def test_a_store_that_takes_no_writing_is_unlocked_to_be_read(
    locked: Client, frozen: House
) -> None:
    assert locked.get("/").status_code == 423
    assert locked.post("/unlock", {"passphrase": "wrong"}).status_code == 422
    assert unlock(locked).get("/library").status_code == 200
    other = unlock(let_in(frozen, new_visitor()))
    assert other.get("/library").status_code == 200
