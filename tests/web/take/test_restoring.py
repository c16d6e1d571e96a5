"""Restoring: on an empty machine, over what is there, and never half."""

import io
import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from sqlcipher3 import dbapi2

from tests.exchange.backups import AT
from tests.fakes.ending import Ending
from tests.fakes.seats import FakeSeat
from tests.web.take.conftest import (
    CHEAP,
    CODE,
    NOW,
    PASSPHRASE,
    Home,
    backed_up,
    key_of,
    rows,
    texts,
    write,
)
from thaw.exchange.bundle import Head, write_bundle
from thaw.exchange.opening import Bundle, open_with_code, open_with_passphrase
from thaw.exchange.plain import Record
from thaw.units import InputError, OutsideError, SettingError
from thaw.vault.keys import DataKey
from thaw.web.database import files
from thaw.web.folder import alone_in
from thaw.web.people import keyring, sessions
from thaw.web.people.models import KeySlot, KeyState, Person, Session, Setting
from thaw.web.take import codes, settling
from thaw.web.take.restoring import Open, Restored, restore, restore_here
from thaw.web.take.tables import tables_of_a_person


def by_code(head: Head) -> DataKey:
    return open_with_code(head, CODE)


def by_passphrase(head: Head) -> DataKey:
    return open_with_passphrase(head, PASSPHRASE, least=CHEAP)


def put_back(
    home: Home, content: bytes, open_: Open = by_code, *, replace: bool = False
) -> Restored:
    """Restore into a folder that is closed for it, as the command does, and open it."""
    home.close()
    home.data.mkdir(parents=True, exist_ok=True)
    with alone_in(home.data):
        done = restore(home.data, io.BytesIO(content), open_, replace=replace)
    home.open()
    return done


def dump() -> dict[str, list[str]]:
    """Return every row of a person's tables in the store that is open."""
    return {
        model._meta.db_table: [str(row) for row in model._default_manager.order_by("pk").values()]
        for model in tables_of_a_person()
    }


def epoch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch FROM database_instance")
        (found,) = cursor.fetchall()
        return int(found[0])


def test_an_empty_machine_has_everything_again_by_the_code_alone(
    home: Home, elsewhere: Home
) -> None:
    seat = home.seat
    for number in range(30):
        write(seat, f"words {number}")
    Setting.objects.update(country="nz", look="dark")
    codes.keep_code(CODE, seat.person_id, key_of(seat), NOW)
    content, before, were = backed_up(seat), dump(), rows(seat)
    home.close()
    done = put_back(elsewhere, content)
    assert (done.person_id, done.entries, done.aside) == (seat.person_id, 30, None)
    assert elsewhere.seat == seat
    assert rows(seat) == were
    assert dump() == before
    assert epoch() == 2


def test_by_passphrase_too_and_then_it_is_locked_as_it_was(home: Home, elsewhere: Home) -> None:
    write(home.seat)
    seat = home.lock_with_passphrase()
    content, before = backed_up(seat), dump()
    home.close()
    put_back(elsewhere, content, by_passphrase)
    assert dump() == before
    assert not (elsewhere.data / "key").exists()
    assert keyring.key_beside(elsewhere.data, seat.person_id) is None
    unlock = keyring.unlock_with_passphrase
    assert unlock(seat.person_id, PASSPHRASE, CHEAP, data=elsewhere.data) == seat.key
    assert texts(seat) == ["words"]


def test_a_change_of_keys_that_was_not_finished_goes_on_where_it_is_restored(
    home: Home, elsewhere: Home
) -> None:
    write(home.seat, "sealed before")
    seat = home.lock_with_passphrase()
    KeyState.objects.update(is_unfinished=True)
    content = backed_up(seat)
    home.close()
    put_back(elsewhere, content)
    key = keyring.unlock_with_code(seat.person_id, " ".join(CODE.words), data=elsewhere.data)
    assert not keyring.is_unfinished(seat.person_id)
    assert texts(FakeSeat(seat.person_id, key)) == ["sealed before"]


def test_no_session_comes_back_and_none_stays(home: Home) -> None:
    seat = home.seat
    write(seat)
    sessions.begin(seat.person_id, seat.key, NOW)
    content = backed_up(seat)
    put_back(home, content, replace=True)
    assert not Session.objects.exists()


def test_over_something_it_asks_and_then_keeps_the_old_aside(home: Home, elsewhere: Home) -> None:
    old = home.seat
    write(old, "old")
    content = backed_up(old)
    write(old, "newer")
    with pytest.raises(InputError) as refusal:
        put_back(home, content)
    assert refusal.value.code == "restore.not_empty"
    home.open()
    assert texts(home.seat) == ["old", "newer"]
    done = put_back(home, content, replace=True)
    assert texts(home.seat) == ["old"]
    assert epoch() == 2
    home.close()
    assert done.aside
    elsewhere.data = done.aside
    elsewhere.open()
    assert texts(elsewhere.seat) == ["old", "newer"]
    elsewhere.close()
    home.open()
    put_back(home, content, replace=True)
    assert epoch() == 3
    assert {path.name for path in (home.data / settling.ASIDE).iterdir()} == {"1", "2"}


def test_a_store_that_cannot_be_read_counts_as_something_and_is_kept_aside(home: Home) -> None:
    write(home.seat, "kept")
    content = backed_up(home.seat)
    home.close()
    (home.data / "thaw.sqlite3").write_bytes(b"\xa5" * 9000)
    (home.data / "thaw.sqlite3-wal").write_bytes(b"\xa5" * 90)
    with pytest.raises(InputError):
        put_back(home, content)
    done = put_back(home, content, replace=True)
    assert texts(home.seat) == ["kept"]
    assert done.aside
    assert (done.aside / "thaw.sqlite3").read_bytes() == b"\xa5" * 9000


def test_a_folder_that_is_open_is_not_restored_into(home: Home) -> None:
    with pytest.raises(SettingError) as refusal, alone_in(home.data):
        raise AssertionError
    assert refusal.value.code == "store.in_use"


@pytest.mark.parametrize("cut", [0, 5, 300, 2000, -1])
def test_a_backup_that_is_not_whole_changes_nothing(home: Home, cut: int) -> None:
    seat = home.seat
    write(seat)
    content = backed_up(seat)
    home.close()
    before = {path.name: path.read_bytes() for path in home.data.iterdir() if path.is_file()}
    with pytest.raises(InputError):
        put_back(home, content[:cut], replace=True)
    with pytest.raises(InputError):
        put_back(home, content[:-50] + bytes(50), replace=True)
    after = {path.name: path.read_bytes() for path in home.data.iterdir() if path.is_file()}
    assert after == before


def forged(seat: FakeSeat, given: Sequence[tuple[str, Record]]) -> bytes:
    """Return a backup with other rows in it, sealed as its person would."""
    out = io.BytesIO()
    lock = codes.lock_with(CODE, seat.person_id, key_of(seat), NOW)
    head = Head("f" * 32, str(seat.person_id), AT, (lock,))
    write_bundle(out, head, key_of(seat), {"epoch": 1}, given)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"table": "drawings"}, "backup.newer"),
        ({"person_id": "01890a5d-ac96-774b-bcce-b302099a8057"}, "backup.damaged"),
        ({"mood": 5}, "backup.damaged"),
        ({"version": "1"}, "backup.damaged"),
        ({"version": True}, "backup.damaged"),
        ({"version": -1}, "backup.damaged"),
        ({"body": "?"}, "backup.damaged"),
        ({"body": None}, "backup.damaged"),
        ({"day": "never"}, "backup.damaged"),
        ({"created_at": "2026-11-22T10:00:00"}, "backup.damaged"),
        ({"id": "5"}, "backup.damaged"),
        ({"twice": True}, "backup.damaged"),
        ({"nobody": True}, "backup.damaged"),
    ],
)
def test_rows_that_cannot_be_are_refused_and_nothing_is_changed(
    home: Home, change: dict[str, object], code: str
) -> None:
    seat = home.seat
    write(seat, "stays")
    given = [(table, dict(row)) for table, row in Bundle(open_(seat), key_of(seat)).rows()]
    (note,) = [row for table, row in given if table == "write_note"]
    table = str(change.pop("table", "write_note"))
    if change.pop("nobody", False):
        given = []
    elif change.pop("twice", False):
        given.append(("write_note", note))
    else:
        note.update(change)
        given = [(table if row is note else name, row) for name, row in given]
    content = forged(seat, given)
    with pytest.raises(InputError) as refusal:
        put_back(home, content, replace=True)
    assert refusal.value.code == code
    home.open()
    assert texts(home.seat) == ["stays"]
    with pytest.raises(InputError) as refusal:
        restore_here(home.data, seat.person_id, Bundle(io.BytesIO(content), key_of(seat)))
    assert refusal.value.code == code
    home.open()
    assert texts(home.seat) == ["stays"]
    assert not (home.data / settling.RESTORED).exists()


def open_(seat: FakeSeat) -> io.BytesIO:
    return io.BytesIO(backed_up(seat))


def test_a_backup_of_an_older_form_has_the_usual_in_new_columns(home: Home) -> None:
    seat = home.seat
    given = [(table, dict(row)) for table, row in Bundle(open_(seat), key_of(seat)).rows()]
    for table, row in given:
        if table == "people_setting":
            del row["look"]
    put_back(home, forged(seat, given))
    assert Setting.objects.get().look == "system"


def test_in_a_thaw_that_runs_it_takes_one_transaction(home: Home, elsewhere: Home) -> None:
    write(home.seat, "from there")
    seat = home.lock_with_passphrase()
    content = backed_up(seat)
    home.close()
    elsewhere.open()
    there = elsewhere.seat
    write(there, "here")
    sessions.begin(there.person_id, there.key, NOW)
    done = restore_here(elsewhere.data, there.person_id, Bundle(io.BytesIO(content), key_of(seat)))
    assert (done.person_id, done.entries) == (seat.person_id, 1)
    assert texts(seat) == ["from there"]
    assert [person.id for person in Person.objects.all()] == [seat.person_id]
    assert not Session.objects.exists()
    assert not (elsewhere.data / "key").exists()
    assert epoch() == 2
    elsewhere.open()
    assert keyring.has_passphrase(keyring.first_person(elsewhere.data))
    elsewhere.close()
    assert done.aside
    elsewhere.data = done.aside
    elsewhere.open()
    assert texts(elsewhere.seat) == ["here"]


def test_over_an_empty_store_that_runs_nothing_is_put_aside(home: Home, elsewhere: Home) -> None:
    seat = home.seat
    write(seat)
    content = backed_up(seat)
    home.close()
    elsewhere.open()
    bundle = Bundle(io.BytesIO(content), key_of(seat))
    assert restore_here(elsewhere.data, elsewhere.seat.person_id, bundle).aside is None
    assert elsewhere.seat == seat
    elsewhere.open()
    assert elsewhere.seat == seat


def test_nobody_takes_the_place_of_someone_else(home: Home) -> None:
    seat = home.seat
    content = backed_up(seat)
    other = Person.objects.create()
    with pytest.raises(InputError) as refusal:
        restore_here(home.data, other.id, Bundle(io.BytesIO(content), key_of(seat)))
    assert refusal.value.code == "restore.other_person"


def test_ended_anywhere_the_folder_has_the_old_store_or_the_new(
    home: Home, elsewhere: Home, tmp_path: Path
) -> None:
    write(home.seat, "new")
    content = backed_up(home.seat)
    home.close()
    with_old(elsewhere, tmp_path)
    seen, at, ending = set(), 0, None
    while ending is None or ending.came:
        at += 1
        anew(elsewhere, tmp_path)
        ending = Ending(elsewhere.data, at)
        with alone_in(elsewhere.data), ending.ending():
            restore(elsewhere.data, io.BytesIO(content), by_code, replace=True)
        seen.add(as_it_is(elsewhere))
    assert seen == {"old", "new"}
    assert at > 20


def test_ended_anywhere_while_it_runs_it_is_the_old_store_or_the_new(
    home: Home, elsewhere: Home, tmp_path: Path
) -> None:
    write(home.seat, "new")
    seat = home.seat
    content = backed_up(seat)
    home.close()
    with_old(elsewhere, tmp_path)
    seen, at, ending = set(), 0, None
    while ending is None or ending.came:
        at += 1
        anew(elsewhere, tmp_path)
        elsewhere.open()
        there = elsewhere.seat
        bundle = Bundle(io.BytesIO(content), key_of(seat))
        ending = Ending(elsewhere.data, at)
        with ending.ending():
            restore_here(elsewhere.data, there.person_id, bundle)
        elsewhere.close()
        seen.add(as_it_is(elsewhere))
    assert seen == {"old", "new"}
    assert at > 10


def with_old(home: Home, tmp_path: Path) -> None:
    """Make a folder with a note in it, to be copied."""
    home.open()
    write(home.seat, "old")
    home.close()
    shutil.copytree(home.data, tmp_path / "old")


def anew(home: Home, tmp_path: Path) -> None:
    """Have that folder once more."""
    shutil.rmtree(home.data)
    shutil.copytree(tmp_path / "old", home.data)


def as_it_is(home: Home) -> str:
    """Start again and return what stands there; whole, and with its key."""
    home.open()
    (text,) = texts(home.seat)
    assert not (home.data / settling.RESTORED).exists()
    write(home.seat, "later")
    home.close()
    return text


def test_a_store_without_its_key_has_it_after_the_next_start(home: Home, elsewhere: Home) -> None:
    write(home.seat, "new")
    content = backed_up(home.seat)
    home.close()
    put_back(elsewhere, content)
    key = (elsewhere.data / "key").read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM database_instance")
        instance = UUID(cursor.fetchone()[0])
    (elsewhere.data / "key").unlink()
    settling.note_restored(elsewhere.data, instance, key)
    elsewhere.open()
    assert texts(elsewhere.seat) == ["new"]
    settling.note_restored(elsewhere.data, instance, b"")
    elsewhere.open()
    assert not (elsewhere.data / "key").exists()


def test_a_note_of_a_restore_that_never_happened_is_forgotten(home: Home) -> None:
    write(home.seat)
    for note in (f"thaw {home.seat.person_id} 00ff\n", "nonsense", ""):
        (home.data / settling.RESTORED).write_text(note)
        home.open()
        assert texts(home.seat) == ["words"]
        assert not (home.data / settling.RESTORED).exists()


def test_a_disk_that_takes_nothing_leaves_what_was_there(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home.seat)
    content = backed_up(home.seat)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    home.close()
    monkeypatch.setattr(files, "flush_file", full)
    with pytest.raises(OutsideError) as refusal:
        put_back(home, content, replace=True)
    assert refusal.value.code == "restore.not_written"
    home.open()
    assert texts(home.seat) == ["words"]


def test_ten_tables_later_this_still_says_what_a_backup_is(home: Home) -> None:
    seat = home.lock_with_passphrase()
    write(seat)
    given = dict(Bundle(open_(seat), key_of(seat)).rows())
    assert set(given) == {
        *("people_person", "people_setting", "people_keyslot", "people_keystate", "write_note"),
    }
    assert json.dumps(given["write_note"]).count("words") == 0
    assert KeySlot.objects.count() == 2


def test_a_key_that_the_disk_does_not_take_is_there_after_the_next_start(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = home.seat
    write(seat)
    bundle = Bundle(open_(seat), key_of(seat))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(settling, "follow", full)
        with pytest.raises(OutsideError) as refusal:
            restore_here(home.data, seat.person_id, bundle)
    assert refusal.value.code == "restore.unfinished"
    home.open()
    assert texts(home.seat) == ["words"]
    assert epoch() == 2


def test_a_full_disk_while_it_runs_leaves_what_was_there(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = home.seat
    write(seat)
    bundle = Bundle(open_(seat), key_of(seat))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "flush_file", full)
        with pytest.raises(OutsideError) as refusal:
            restore_here(home.data, seat.person_id, bundle)
    assert refusal.value.code == "restore.not_written"
    assert texts(home.seat) == ["words"]
    home.open()


def test_a_database_of_something_else_counts_as_something(home: Home) -> None:
    content = backed_up(home.seat)
    for statement in ("CREATE TABLE letters (text)", "PRAGMA user_version = 1"):
        home.close()
        for path in home.data.glob("thaw.sqlite3*"):
            if path.is_file():
                path.unlink()
        with closing(dbapi2.connect(str(home.data / "thaw.sqlite3"))) as other:
            other.execute(statement)
        if "letters" in statement:
            with pytest.raises(InputError):
                put_back(home, content)
        else:
            put_back(home, content)
