"""A backup: of one moment, of everything, and opened again before it is called made."""

import io
import os
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from tests.web.take.conftest import CODE, NOW, Home, backed_up, key_of, write
from thaw.exchange.bundle import LockKind
from thaw.exchange.opening import Bundle, open_with_code, read_head
from thaw.units import FullError, InputError, LockedError, OutsideError
from thaw.vault.keys import new_data_key
from thaw.vault.recovery import new_code
from thaw.web import sealed
from thaw.web.database.room import ReadOnlyRoom, enter
from thaw.web.people.models import KeySlot, KeyState
from thaw.web.sealed import Seat
from thaw.web.take import backups, codes
from thaw.web.take.models import BackupCode
from thaw.web.take.snapshot import one_moment
from thaw.web.take.tables import NOT_TAKEN, tables_of_a_person
from thaw.web.write.models import Note


def test_it_holds_every_table_of_a_person_or_says_why_not(home: Home) -> None:
    del home
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    taken = {model._meta.db_table for model in tables_of_a_person()}
    assert there - {"django_migrations"} == taken | set(NOT_TAKEN)
    assert not taken & set(NOT_TAKEN)
    assert all(len(reason) > 20 for reason in NOT_TAKEN.values())


def test_without_anything_to_open_it_elsewhere_none_is_made(home: Home) -> None:
    seat = home.seat
    with pytest.raises(InputError) as refusal:
        backups.make(io.BytesIO(), seat.person_id, key_of(seat), NOW)
    assert refusal.value.code == "backup.no_lock"


def test_a_code_of_its_own_opens_it_and_those_to_come(home: Home) -> None:
    seat = home.seat
    write(seat)
    codes.keep_code(CODE, seat.person_id, key_of(seat), NOW)
    for _ in range(2):
        out = io.BytesIO()
        made = backups.make(out, seat.person_id, key_of(seat), NOW)
        assert (made.entries, made.damaged, made.unreadable) == (1, 0, 0)
        assert made.locks == (LockKind.RECOVERY,)
        head = read_head(out)
        assert open_with_code(head, CODE) == seat.key
        assert head.locks[0].since == "2026-11-22T10:00:00.000000+00:00"
    other = new_code()
    codes.keep_code(other, seat.person_id, key_of(seat), NOW)
    out = io.BytesIO()
    backups.make(out, seat.person_id, key_of(seat), NOW)
    assert open_with_code(read_head(out), other) == seat.key
    assert str(BackupCode.objects.get()) == f"backup code of {seat.person_id}"
    assert BackupCode.objects.count() == 1


def test_with_a_passphrase_it_has_both_locks_and_no_code_of_its_own(home: Home) -> None:
    codes.keep_code(new_code(), home.seat.person_id, key_of(home.seat), NOW)
    seat = home.lock_with_passphrase()
    head = read_head(io.BytesIO(backed_up(seat, new_code())))
    assert {lock.kind for lock in head.locks} == set(LockKind)
    assert open_with_code(head, CODE) == seat.key


def test_a_lock_that_is_damaged_is_not_taken_along(home: Home) -> None:
    seat = home.lock_with_passphrase()
    KeySlot.objects.filter(kind="recovery").update(wrap=b"\x01" * 324)
    head = read_head(io.BytesIO(backed_up(seat)))
    assert [lock.kind for lock in head.locks] == [LockKind.PASSPHRASE]
    KeySlot.objects.update(wrap=b"\x01" * 324)
    extra = codes.lock_with(CODE, seat.person_id, key_of(seat), NOW)
    out = io.BytesIO()
    made = backups.make(out, seat.person_id, key_of(seat), NOW, extra)
    assert made.locks == (LockKind.RECOVERY,)


def test_an_older_key_makes_none(home: Home) -> None:
    older = home.seat
    home.lock_with_passphrase()
    for key in (key_of(older), new_data_key(7)):
        with pytest.raises(LockedError):
            backups.make(io.BytesIO(), older.person_id, key, NOW)


def test_damaged_rows_are_counted_and_taken_as_they_are(home: Home) -> None:
    seat = home.seat
    write(seat, "whole")
    bad, worse = write(seat).id, write(seat).id
    Note.objects.filter(id=bad).update(body=b"\x01" * 300)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE write_note SET day = 'never' WHERE id = %s", [worse.hex])
    out = io.BytesIO()
    extra = codes.lock_with(CODE, seat.person_id, key_of(seat), NOW)
    made = backups.make(out, seat.person_id, key_of(seat), NOW, extra)
    assert (made.entries, made.damaged, made.unreadable) == (2, 1, 1)
    assert Bundle(out, key_of(seat)).check().rows["write_note"] == 2


def test_one_that_was_not_written_as_it_should_be_is_noticed(home: Home) -> None:
    seat = home.seat
    write(seat)
    out = io.BytesIO()
    extra = codes.lock_with(CODE, seat.person_id, key_of(seat), NOW)
    made = backups.make(out, seat.person_id, key_of(seat), NOW, extra)
    backups.check(out, key_of(seat), made)
    write(seat)
    other = backups.make(io.BytesIO(), seat.person_id, key_of(seat), NOW, extra)
    with pytest.raises(InputError, match="damaged"):
        backups.check(out, key_of(seat), other)
    out.truncate(out.tell() - 40)
    with pytest.raises(InputError):
        backups.check(out, key_of(seat), made)


def test_what_is_read_is_of_one_moment_and_saves_go_on_meanwhile(home: Home) -> None:
    seat = home.seat
    write(seat, "before")

    def save() -> None:
        write(seat, "meanwhile")
        sealed.trash(Note, seat, [row.id for row in sealed.rows_of(Note, seat) if row.id])
        connections["default"].close()

    with one_moment():
        first = list(Note.objects.values_list("id", "trashed_at"))
        other = threading.Thread(target=save)
        other.start()
        other.join(timeout=30)
        assert not other.is_alive()
        assert list(Note.objects.values_list("id", "trashed_at")) == first
    assert Note.objects.filter(trashed_at__isnull=False).count() == 2


def test_a_moment_ends_with_what_goes_wrong_in_it(home: Home) -> None:
    with pytest.raises(ZeroDivisionError), one_moment():
        _ = 1 / 0
    write(home.seat)
    with transaction.atomic(), one_moment():  # It is of one moment already.
        assert Note.objects.count() == 1


def make_file(seat: Seat, path: Path, *, overwrite: bool = False) -> backups.Made:
    """Make a backup in a file."""
    extra = codes.lock_with(CODE, seat.person_id, key_of(seat), NOW)
    return backups.make_file(path, seat.person_id, key_of(seat), NOW, extra, overwrite=overwrite)


def test_a_backup_has_its_name_once_it_is_whole(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "one.bin"
    make_file(home.seat, path)
    first = path.read_bytes()
    with pytest.raises(InputError) as refusal:
        make_file(home.seat, path)
    assert refusal.value.code == "backup.exists"
    make_file(home.seat, path, overwrite=True)
    assert path.read_bytes() != first
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["one.bin"]


@pytest.mark.parametrize("knows_links", [True, False])
def test_what_came_there_meanwhile_is_left(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows_links: bool
) -> None:
    seat, path = home.seat, tmp_path / "one.bin"

    def check(*_: object) -> None:
        path.write_text("mine")

    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not knows_links:
        monkeypatch.setattr(os, "link", link)
        make_file(seat, tmp_path / "other.bin")
        assert (tmp_path / "other.bin").stat().st_size > 1000
    monkeypatch.setattr(backups, "check", check)
    with pytest.raises(InputError) as refusal:
        make_file(seat, path)
    assert refusal.value.code == "backup.exists"
    assert path.read_text() == "mine"


def test_a_disk_that_takes_nothing_is_said(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    seat = home.seat
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError) as refusal:
        make_file(seat, tmp_path / "one.bin")
    monkeypatch.undo()
    assert refusal.value.code == "backup.not_written"
    assert not [each for each in tmp_path.iterdir() if each.is_file()]


def test_while_keys_are_changed_what_waits_for_the_new_one_is_not_called_damaged(
    home: Home,
) -> None:
    write(home.seat)
    seat = home.lock_with_passphrase()
    Note.objects.update(key_version=1)
    for is_unfinished, damaged in ((True, 0), (False, 1)):
        KeyState.objects.update(is_unfinished=is_unfinished)
        out = io.BytesIO()
        assert backups.make(out, seat.person_id, key_of(seat), NOW).damaged == damaged


def test_where_nothing_can_be_kept_a_code_can_still_open_a_backup(home: Home) -> None:
    seat = home.seat
    write(seat)
    enter(ReadOnlyRoom())
    with pytest.raises(FullError):
        codes.keep_code(CODE, seat.person_id, key_of(seat), NOW)
    assert open_with_code(read_head(io.BytesIO(backed_up(seat))), CODE) == seat.key
