"""Erasing everything: nothing of it is left in the folder, and then it is as on the first day."""

import base64
import io
import shutil
from pathlib import Path

import pytest
from django.db import connection

from tests.fakes.ending import Ending
from tests.fakes.seats import FakeSeat
from tests.web.take.conftest import CODE, NOW, Home, backed_up, key_of, texts, write
from thaw.exchange.opening import Bundle, open_with_code, read_head
from thaw.units import FullError, SettingError
from thaw.vault.keys import new_data_key
from thaw.web.database.room import ReadOnlyRoom, enter
from thaw.web.people import keyring, sessions
from thaw.web.people.models import KeySlot, Person, Session, Setting
from thaw.web.take import erasing, settling
from thaw.web.take.erasing import erase
from thaw.web.take.restoring import restore_here
from thaw.web.write.models import Note


def traces(data: Path, *secrets: bytes) -> list[str]:
    """Return every file that holds one of these, as it is or in letters."""
    spelt = [
        form for each in secrets for form in (each, each.hex().encode(), base64.b64encode(each))
    ]
    return [
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in spelt)
    ]


def test_nothing_is_left_and_it_is_as_on_the_first_day(home: Home) -> None:
    seat = home.seat
    for number in range(60):
        write(seat, f"words {number}" * 50)
    bundle = Bundle(io.BytesIO(backed_up(seat)), key_of(seat))
    restore_here(home.data, seat.person_id, bundle)
    home.open()
    seat = home.seat
    sessions.begin(seat.person_id, seat.key, NOW)
    sealed = [bytes(body) for body in Note.objects.values_list("body", flat=True)]
    ids = [id_.bytes for id_ in Note.objects.values_list("id", flat=True)]
    secrets = [key_of(seat).secret, seat.person_id.hex.encode(), str(seat.person_id).encode()]
    secrets += [body[40:80] for body in sealed] + [id_.hex().encode() for id_ in ids]
    for name in ("temp/left", "cache/clips/ab", "voices/cori", "before.sqlite3.new", "ballast"):
        (home.data / name).parent.mkdir(parents=True, exist_ok=True)
        (home.data / name).write_bytes(b"there")
    assert {"thaw.sqlite3", "key"} < set(traces(home.data, *secrets))
    erase(home.data, seat.person_id)
    assert traces(home.data, *secrets) == []
    left = {path.name for path in home.data.iterdir()}
    assert left <= {
        *("thaw.sqlite3", "thaw.sqlite3-wal", "thaw.sqlite3-shm", "lock", "instance", "voices"),
        "ballast",
    }
    assert not any(model.objects.exists() for model in (Person, KeySlot, Session, Setting, Note))
    assert (home.data / "instance").read_text().endswith(" 1\n")
    home.open()
    assert home.seat.person_id != seat.person_id
    assert home.seat.key != seat.key
    assert texts(home.seat) == []
    write(home.seat)


def test_a_passphrase_and_its_code_go_too(home: Home) -> None:
    seat = home.lock_with_passphrase()
    write(seat)
    wraps = [bytes(wrap) for wrap in KeySlot.objects.values_list("wrap", flat=True)]
    assert traces(home.data, *wraps)
    erase(home.data, seat.person_id)
    assert not traces(home.data, *wraps)
    home.open()
    assert not keyring.has_passphrase(home.seat.person_id)


def test_a_backup_kept_elsewhere_still_opens(home: Home) -> None:
    seat = home.seat
    write(seat, "kept elsewhere")
    content = backed_up(seat)
    erase(home.data, seat.person_id)
    key = open_with_code(read_head(io.BytesIO(content)), CODE)
    home.open()
    restore_here(home.data, home.seat.person_id, Bundle(io.BytesIO(content), key))
    assert texts(FakeSeat(seat.person_id, key)) == ["kept elsewhere"]


def test_someone_else_in_the_store_keeps_theirs(home: Home) -> None:
    seat = home.seat
    other = FakeSeat(Person.objects.create().id, new_data_key())
    write(seat)
    write(other, "theirs")
    erase(home.data, seat.person_id)
    assert texts(other) == ["theirs"]
    assert (home.data / "key").exists()
    assert not (home.data / settling.ERASING).exists()


def test_where_nothing_can_be_written_nothing_is_erased(home: Home) -> None:
    seat = home.seat
    write(seat)
    enter(ReadOnlyRoom())
    with pytest.raises(FullError):
        erase(home.data, seat.person_id)
    assert texts(seat) == ["words"]
    assert not (home.data / settling.ERASING).exists()


def test_ended_anywhere_it_goes_on_at_the_next_start(home: Home, tmp_path: Path) -> None:
    write(home.seat, "words " * 99)
    (home.data / "cache").mkdir()
    settling.new_aside(home.data).joinpath("thaw.sqlite3").write_bytes(b"old")
    seat = home.seat
    (body,) = (bytes(body) for body in Note.objects.values_list("body", flat=True))
    secrets = (key_of(seat).secret, body[40:90])
    home.close()
    shutil.copytree(home.data, tmp_path / "old")
    at, ending, stayed = 0, None, 0
    while ending is None or ending.came:
        at += 1
        shutil.rmtree(home.data)
        shutil.copytree(tmp_path / "old", home.data)
        home.open()
        ending = Ending(home.data, at)
        with ending.ending():
            erase(home.data, seat.person_id)
        home.open()
        if Person.objects.filter(id=seat.person_id).exists():
            stayed += 1
            assert texts(seat) == ["words " * 99]
        else:
            assert traces(home.data, *secrets) == []
            assert not (home.data / settling.ASIDE).exists()
        assert not (home.data / settling.ERASING).exists()
    assert stayed <= 1
    assert at > 8


def test_a_note_of_an_erasing_that_makes_no_sense_erases_nothing(home: Home) -> None:
    write(home.seat)
    (home.data / settling.ERASING).write_text("everything")
    home.open()
    assert texts(home.seat) == ["words"]
    assert not (home.data / settling.ERASING).exists()


def test_a_reader_in_the_way_leaves_the_rest_for_the_next_start(home: Home) -> None:
    seat = home.seat
    write(seat)
    settling.note_erasing(home.data, seat.person_id)
    home.open()
    assert not Person.objects.filter(id=seat.person_id).exists()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA freelist_count")
        assert cursor.fetchone()[0] == 0


def test_a_disk_that_refuses_leaves_everything_or_says_so_at_the_start(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = home.seat
    write(seat)

    def refused(*_: object) -> None:
        raise FullError("store.full", "The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_delete", refused)
        with pytest.raises(FullError):
            erase(home.data, seat.person_id)
    assert texts(seat) == ["words"]
    assert not (home.data / settling.ERASING).exists()
    home.open()
    assert texts(seat) == ["words"]
    settling.note_erasing(home.data, seat.person_id)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "take_away_copies", full)
        with pytest.raises(SettingError) as refusal:
            home.open()
    assert refusal.value.code == "store.not_settled"
    home.open()
    assert not (home.data / settling.ERASING).exists()
    assert home.seat.person_id != seat.person_id
