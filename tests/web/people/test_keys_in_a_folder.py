"""Keys in a real folder: what is left in its files, and what happens at the same moment."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from sqlcipher3 import dbapi2

from tests.fakes.ending import Ending
from tests.fakes.seats import FakeSeat
from tests.web.conftest import CHEAP, CODE, PASSPHRASE, let_in, new_visitor, seat_in, set_passphrase
from thaw.units import FullError, InputError, LockedError, OutsideError, ThawError
from thaw.vault.keys import DataKey
from thaw.vault.recovery import new_code
from thaw.vault.wraps import wrap_with_key
from thaw.web import sealed
from thaw.web.database.scrubbing import scrub
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people import keyring
from thaw.web.people.attempts import FREE
from thaw.web.people.models import KeySlot, KeyState, Person
from thaw.web.people.offers import WAITING
from thaw.web.sealed import Row
from thaw.web.write.models import Note

NEW = "seven lamps beside a winter harbour"


def person_of(house: House) -> Person:
    person = Person.objects.get()
    assert keyring.first_person(house.data) == person.id
    return person


def write(seat: FakeSeat, house: House, notes: int) -> None:
    day = house.idle.clocks.now().date()
    for number in range(notes):
        sealed.create(Note, seat, new_id(), {"body": f"note {number}".encode()}, day=day)


def seat_beside(house: House) -> FakeSeat:
    person = person_of(house)
    return FakeSeat(person.id, keyring.key_beside(house.data, person.id))


def in_files(data: Path, *secrets: bytes) -> list[str]:
    """Return the files of a folder in which one of these is."""
    return [
        path.name
        for path in data.rglob("*")
        if path.is_file() and any(secret in path.read_bytes() for secret in secrets)
    ]


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Do all of it in threads; return what each returned, or the error it ended with."""
    answers: list[object] = [None] * len(tasks)
    start = threading.Barrier(len(tasks))

    def run(place: int) -> None:
        start.wait(timeout=30)
        try:
            answers[place] = tasks[place]()
        except ThawError as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def opened(house: House, text: str = PASSPHRASE) -> DataKey:
    person_id = Person.objects.get().id
    return keyring.unlock_with_passphrase(
        person_id, text, CHEAP, data=house.data, clock=house.idle.clocks.now
    )


def test_a_first_passphrase_leaves_nothing_that_the_old_key_opens(house: House) -> None:
    seat = seat_beside(house)
    write(seat, house, 20)
    scrub()
    assert seat.key is not None
    older = [bytes(body) for body in Note.objects.values_list("body", flat=True)]
    assert in_files(house.data, *older) == ["thaw.sqlite3"]
    assert in_files(house.data, seat.key.secret) == ["key"]
    set_passphrase(house)
    assert in_files(house.data, *older, seat.key.secret) == []
    assert in_files(house.data, opened(house).secret) == []


def test_a_changed_passphrase_leaves_nothing_that_the_older_one_opens(house: House) -> None:
    set_passphrase(house)
    person_id, key = person_of(house).id, opened(house)
    wrap = keyring.wrapped(key, NEW, person_id, CHEAP)
    changes: tuple[Callable[[], bool], ...] = (
        lambda: keyring.change_passphrase(person_id, key, wrap),
        lambda: keyring.change_code(person_id, key, new_code()),
    )
    for change in changes:
        scrub()
        older = [bytes(wrap) for wrap in KeySlot.objects.values_list("wrap", flat=True)]
        assert change()
        still = [bytes(wrap) for wrap in KeySlot.objects.values_list("wrap", flat=True)]
        gone = [wrap for wrap in older if wrap not in still]
        assert len(gone) == 1
        assert in_files(house.data, *gone) == []


def test_while_someone_reads_for_long_the_passphrase_counts_and_the_rest_waits(
    house: House,
) -> None:
    seat = seat_beside(house)
    write(seat, house, 3)
    reading, may_end = threading.Event(), threading.Event()

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM write_note")
            reading.set()
            may_end.wait(timeout=60)
            cursor.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=read)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    thread.start()
    assert reading.wait(timeout=30)
    try:
        with pytest.raises(AssertionError):  # It says that not all is done.
            set_passphrase(house)
    finally:
        may_end.set()
        thread.join(timeout=30)
    assert keyring.has_passphrase(seat.person_id)
    assert keyring.is_unfinished(seat.person_id)
    key = opened(house)
    assert not keyring.is_unfinished(seat.person_id)
    assert not (house.data / "key").exists()
    rows = list(sealed.rows_of(Note, FakeSeat(seat.person_id, key)))
    assert len([row for row in rows if isinstance(row, Row)]) == 3


def test_a_seat_with_the_older_key_is_locked_out_while_all_is_sealed_anew(house: House) -> None:
    seat = seat_beside(house)
    write(seat, house, 3)
    answers: list[str] = []

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "write_note"') and not answers:
            answers.append("")
            with pytest.raises(LockedError):
                write(seat, house, 1)
            with pytest.raises(LockedError):
                sealed.trash(Note, seat, list(Note.objects.values_list("id", flat=True)))
            page = let_in(house, new_visitor()).get("/me")
            answers.append(str(page.status_code))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        set_passphrase(house)
    assert answers == ["", "423"]
    assert Note.objects.count() == 3


def test_two_who_unlock_what_is_unfinished_both_go_on_rightly(house: House) -> None:
    seat = seat_beside(house)
    write(seat, house, 50)
    assert seat.key is not None
    set_passphrase(house)
    key = opened(house)
    # As it is when the process ended in the middle.
    wrap = wrap_with_key(seat.key, key, person=str(seat.person_id))
    KeyState.objects.update(older=wrap, is_unfinished=True)
    sealed.reseal(seat.person_id, key, seat.key)
    Person.objects.update(key_version=key.version)
    (house.data / "key").write_bytes(b"the older key")
    assert at_once(*[lambda: opened(house)] * 4) == [key] * 4
    rows = list(sealed.rows_of(Note, FakeSeat(seat.person_id, key)))
    assert len([row for row in rows if isinstance(row, Row)]) == 50
    assert not (house.data / "key").exists()


def test_of_sixteen_wrong_ones_at_once_only_a_few_are_judged(house: House) -> None:
    set_passphrase(house)
    answers = at_once(*[lambda: opened(house, NEW)] * 16)
    codes = [answer.code for answer in answers if isinstance(answer, ThawError)]
    assert codes.count("vault.wrong_passphrase") == FREE
    assert codes.count("unlock.wait") == 16 - FREE


def test_sixteen_right_ones_at_once_all_get_in(house: House) -> None:
    set_passphrase(house)
    answers = at_once(*[lambda: opened(house)] * 16)
    assert not [answer for answer in answers if isinstance(answer, ThawError)]


def test_a_folder_that_takes_no_writing_still_opens(house: House) -> None:
    set_passphrase(house)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            opened(house)
            with pytest.raises(InputError):
                opened(house, NEW)
        finally:
            cursor.execute("PRAGMA query_only = OFF")


class FullDisk:
    """A disk that takes nothing more from the statement ``after`` those that begin so."""

    def __init__(self, write: str, after: int = 0) -> None:
        self._write, self._left = write, after

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(self._write):
            self._left -= 1
            if self._left < 0:
                cause = dbapi2.OperationalError("database or disk is full")
                cause.sqlite_errorcode = dbapi2.SQLITE_FULL
                raise OperationalError from cause
        return execute(sql, params, many, context)


def test_a_disk_that_is_full_before_a_first_passphrase_changes_nothing(house: House) -> None:
    seat = seat_beside(house)
    with (
        connection.execute_wrapper(FullDisk('UPDATE "people_person"')),
        pytest.raises(FullError) as refused,
    ):
        set_passphrase(house)
    assert refused.value.code == "store.full"
    assert keyring.key_beside(house.data, seat.person_id) == seat.key
    set_passphrase(house)


def test_a_disk_that_is_full_in_the_middle_loses_nothing(house: House) -> None:
    seat = seat_beside(house)
    write(seat, house, 3)
    with connection.execute_wrapper(FullDisk('UPDATE "write_note"', 1)):
        for ask in (lambda: set_passphrase(house), lambda: opened(house)):
            with pytest.raises(FullError) as refused:
                ask()
            assert refused.value.code == "key.half_sealed"
    key = opened(house)
    rows = list(sealed.rows_of(Note, FakeSeat(seat.person_id, key)))
    assert len([row for row in rows if isinstance(row, Row)]) == 3
    assert not keyring.is_unfinished(seat.person_id)


def test_a_key_that_cannot_be_laid_beside_changes_nothing(house: House) -> None:
    set_passphrase(house)
    person_id, key = person_of(house).id, opened(house)
    with (
        Ending(house.data, 1, OSError("no room")).ending(),
        pytest.raises(FullError, match="nothing was changed"),
    ):
        keyring.remove_passphrase(person_id, key, data=house.data)
    assert keyring.has_passphrase(person_id)
    assert opened(house) == key


def test_a_passphrase_that_cannot_be_removed_leaves_no_key_beside(house: House) -> None:
    set_passphrase(house)
    person_id, key = person_of(house).id, opened(house)
    with (
        connection.execute_wrapper(FullDisk('DELETE FROM "people_keyslot"')),
        pytest.raises(FullError),
    ):
        keyring.remove_passphrase(person_id, key, data=house.data)
    assert not (house.data / "key").exists()
    assert opened(house) == key


def test_what_could_not_be_cleared_is_cleared_at_the_next_unlock(house: House) -> None:
    set_passphrase(house)
    person_id, key = person_of(house).id, opened(house)
    wrap = keyring.wrapped(key, NEW, person_id, CHEAP)
    with connection.execute_wrapper(FullDisk("VACUUM")):
        assert not keyring.change_passphrase(person_id, key, wrap)
        assert opened(house, NEW) == key
        assert keyring.is_unfinished(person_id)
        with pytest.raises(OutsideError, match="not finished"):
            keyring.remove_passphrase(person_id, key, data=house.data)
    assert opened(house, NEW) == key
    assert not keyring.is_unfinished(person_id)


def test_locking_drops_a_recovery_code_that_waits(house: House) -> None:
    set_passphrase(house)
    browser = let_in(house, new_visitor())
    browser.post("/unlock", {"passphrase": PASSPHRASE})
    browser.post("/me/privacy/code", {"code": " ".join(CODE.words)})
    assert browser.get("/me/privacy/words").status_code == 200
    seat = seat_in(house, browser)
    browser.post("/lock")
    with pytest.raises(InputError) as gone:
        WAITING.of(seat.session, seat.key, house.idle.clocks.now())
    assert gone.value.code == "recovery.no_offer"
