"""Rows of a person's own: kept, changed, trashed, sealed anew, and nobody else's."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.fakes.seats import FakeSeat, new_seat
from thaw.units import (
    AccessError,
    ConflictError,
    DamageError,
    InputError,
    LimitError,
    LockedError,
)
from thaw.vault.keys import next_data_key
from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.sealed import DamagedRow, Row
from thaw.web.write.models import Note

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 29)


@pytest.fixture
def seat() -> FakeSeat:
    return new_seat()


def written(seat: FakeSeat, text: str = "A grey day.", id_: UUID | None = None) -> Row:
    """Keep a note and return it."""
    return sealed.create(Note, seat, id_ or new_id(), {"body": text.encode()}, day=DAY)


def saved(seat: FakeSeat, row: Row, text: str, version: int | None = None) -> Row:
    """Save another text over a note."""
    fields = {"body": text.encode()}
    return sealed.save(Note, seat, row.id, version or row.version, fields)


def change(row: Row, **columns: Any) -> None:
    """Change a row behind the back of who keeps it."""
    assert Note.objects.filter(id=row.id).update(**columns) == 1


def test_what_was_kept_is_read_again(seat: FakeSeat) -> None:
    row = written(seat)
    assert sealed.row_of(Note, seat, row.id) == row
    assert (row.version, row.clear["day"], row.trashed_at) == (1, DAY, None)


def test_nothing_that_was_written_stands_in_the_row(seat: FakeSeat) -> None:
    row = written(seat, "A word like no other: quincunx")
    kept = Note.objects.get(id=row.id)
    assert b"quincunx" not in bytes(kept.body)


def test_a_row_asked_for_twice_is_there_once(seat: FakeSeat) -> None:
    row = written(seat)
    assert written(seat, id_=row.id) == row
    assert Note.objects.count() == 1


def test_an_id_of_ones_own_with_other_words_keeps_both(seat: FakeSeat) -> None:
    row = written(seat, "first")
    with pytest.raises(ConflictError) as refused:
        written(seat, "second", row.id)
    told = refused.value
    assert (told.code, told.status) == ("row.exists", 409)
    assert (told.yours, told.theirs, told.version) == ("second", "first", 1)


def test_an_id_of_someone_else_looks_like_none(seat: FakeSeat) -> None:
    theirs = written(new_seat())
    for ask in (
        lambda: written(seat, id_=theirs.id),
        lambda: saved(seat, theirs, "mine"),
        lambda: sealed.row_of(Note, seat, theirs.id),
        lambda: sealed.trash(Note, seat, [theirs.id]),
        lambda: sealed.row_of(Note, seat, new_id()),
    ):
        with pytest.raises(AccessError) as refused:
            ask()
        assert (refused.value.code, refused.value.status) == ("row.unknown", 404)
    assert sealed.purge(Note, seat, [theirs.id]) == 0
    assert Note.objects.count() == 1


def test_an_id_that_is_no_uuid7_is_refused(seat: FakeSeat) -> None:
    with pytest.raises(InputError, match="Load the page again"):
        written(seat, id_=uuid4())


def test_a_save_gives_the_next_version(seat: FakeSeat) -> None:
    row = saved(seat, written(seat), "more")
    assert (row.version, row.fields["body"]) == (2, b"more")
    assert sealed.row_of(Note, seat, row.id) == row


def test_a_save_may_change_what_stands_clear(seat: FakeSeat) -> None:
    row, day = written(seat), DAY + dt.timedelta(days=1)
    sealed.save(Note, seat, row.id, 1, {"body": b"x"}, day=day)
    assert sealed.row_of(Note, seat, row.id).clear["day"] == day


def test_a_save_that_comes_too_late_keeps_both_texts(seat: FakeSeat) -> None:
    row = written(seat)
    saved(seat, row, "theirs")
    with pytest.raises(ConflictError) as refused:
        saved(seat, row, "yours")
    told = refused.value
    assert (told.yours, told.theirs, told.version) == ("yours", "theirs", 2)
    assert "yours" not in repr(told)
    assert sealed.row_of(Note, seat, row.id).fields["body"] == b"theirs"


def test_a_save_of_a_version_that_never_was_is_refused(seat: FakeSeat) -> None:
    with pytest.raises(ConflictError):
        saved(seat, written(seat), "yours", version=7)


def test_a_save_sent_twice_is_kept_once(seat: FakeSeat) -> None:
    row = written(seat)
    assert saved(seat, row, "again") == saved(seat, row, "again")


def test_the_trash_holds_what_was_put_there_until_it_is_taken_out(seat: FakeSeat) -> None:
    row, other = written(seat, "one"), written(seat, "two")
    sealed.trash(Note, seat, [row.id])
    sealed.trash(Note, seat, [row.id])
    assert [each.id for each in sealed.rows_of(Note, seat)] == [other.id]
    assert [each.id for each in sealed.rows_of(Note, seat, trashed=True)] == [row.id]
    assert len(list(sealed.rows_of(Note, seat, trashed=None))) == 2
    sealed.untrash(Note, seat, [row.id])
    assert sealed.row_of(Note, seat, row.id).fields["body"] == b"one"
    assert not list(sealed.rows_of(Note, seat, trashed=True))


def test_a_save_from_before_the_trash_comes_too_late(seat: FakeSeat) -> None:
    row = written(seat)
    sealed.trash(Note, seat, [row.id])
    with pytest.raises(ConflictError):
        saved(seat, row, "still writing")


def test_a_save_on_what_lies_in_the_trash_brings_it_back(seat: FakeSeat) -> None:
    row = written(seat)
    sealed.trash(Note, seat, [row.id])
    assert saved(seat, row, "still wanted", version=2).trashed_at is None
    assert len(list(sealed.rows_of(Note, seat))) == 1


def test_only_what_lies_in_the_trash_is_deleted_for_ever(seat: FakeSeat) -> None:
    kept, gone = written(seat), written(seat)
    sealed.trash(Note, seat, [gone.id])
    assert sealed.purge(Note, seat, [kept.id, gone.id]) == 1
    assert [each.id for each in sealed.rows_of(Note, seat, trashed=None)] == [kept.id]


def test_the_trash_is_emptied_after_thirty_days(seat: FakeSeat) -> None:
    row = written(seat)
    sealed.trash(Note, seat, [row.id])
    since = sealed.row_of(Note, seat, row.id).trashed_at
    assert since is not None
    assert sealed.purge_old(Note, since + dt.timedelta(days=30)) == 0
    assert sealed.purge_old(Note, since - dt.timedelta(days=1)) == 0
    assert sealed.purge_old(Note, since + dt.timedelta(days=30, seconds=1)) == 1


def test_more_than_twenty_are_deleted_only_when_it_was_asked_about(seat: FakeSeat) -> None:
    ids = [written(seat).id for _ in range(21)]
    for delete in (sealed.trash, sealed.purge):
        with pytest.raises(LimitError, match="21 at once"):
            delete(Note, seat, ids)
    sealed.trash(Note, seat, ids, asked=True)
    assert sealed.purge(Note, seat, ids[:20]) == 20
    assert sealed.purge(Note, seat, ids, asked=True) == 1


def test_one_that_is_not_there_leaves_the_others_out_of_the_trash(seat: FakeSeat) -> None:
    row = written(seat)
    with pytest.raises(AccessError):
        sealed.trash(Note, seat, [row.id, new_id()])
    assert sealed.row_of(Note, seat, row.id) == row


@pytest.mark.parametrize(
    "columns",
    [
        {"day": dt.date(2020, 1, 1)},
        {"version": 3},
        {"created_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"changed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"trashed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"key_version": 2},
        {"body": b""},
    ],
)
def test_a_row_changed_behind_its_back_is_never_shown(
    seat: FakeSeat, columns: dict[str, Any]
) -> None:
    row = written(seat)
    change(row, **columns)
    with pytest.raises(DamageError):
        sealed.row_of(Note, seat, row.id)
    assert list(sealed.rows_of(Note, seat, trashed=None)) == [
        DamagedRow(row.id, columns.get("created_at", row.created_at))
    ]


def test_a_body_moved_to_another_row_does_not_open(seat: FakeSeat) -> None:
    one, other = written(seat, "one"), written(seat, "other")
    change(one, body=Note.objects.get(id=other.id).body)
    with pytest.raises(DamageError):
        sealed.row_of(Note, seat, one.id)


def test_without_a_key_nothing_is_read_or_written(seat: FakeSeat) -> None:
    row, locked = written(seat), FakeSeat(seat.person_id, None)
    for ask in (
        lambda: written(locked),
        lambda: saved(locked, row, "x"),
        lambda: sealed.row_of(Note, locked, row.id),
        lambda: sealed.rows_of(Note, locked),
        lambda: sealed.trash(Note, locked, [row.id]),
    ):
        with pytest.raises(LockedError):
            ask()


def test_an_import_keeps_version_and_times(seat: FakeSeat) -> None:
    old = dt.datetime(2019, 5, 4, 3, 2, 1, 99, dt.UTC)
    row = Row(new_id(), 9, old, old, old, {"body": b"long ago"}, {"day": DAY})
    assert sealed.adopt(Note, seat, row) == row
    assert sealed.adopt(Note, seat, row) == row
    assert list(sealed.rows_of(Note, seat, trashed=True)) == [row]
    with pytest.raises(ConflictError):
        sealed.adopt(Note, seat, replace(row, version=10))


def test_every_row_is_sealed_anew_and_the_old_key_keeps_nothing_more(seat: FakeSeat) -> None:
    assert seat.key is not None
    rows = [written(seat, f"note {number}") for number in range(3)]
    sealed.trash(Note, seat, [rows[0].id])
    beside = written(new_seat())
    new = FakeSeat(seat.person_id, next_data_key(seat.key))
    assert new.key is not None
    assert sealed.reseal(seat.person_id, seat.key, new.key) == sealed.Resealed(3, 0)
    assert [row.fields["body"] for row in sealed.rows_of(Note, new) if isinstance(row, Row)] == [
        b"note 2",
        b"note 1",
    ]
    with pytest.raises(LockedError):
        written(seat)
    with pytest.raises(LockedError):
        saved(seat, rows[1], "by an old session")
    assert Note.objects.get(id=beside.id).key_version == 1


def test_sealing_anew_goes_on_where_it_ended(seat: FakeSeat) -> None:
    assert seat.key is not None
    rows = [written(seat) for _ in range(2)]
    new = next_data_key(seat.key)
    sealed.reseal(seat.person_id, seat.key, new)
    later = next_data_key(new)
    change(rows[0], body=b"damaged")
    assert sealed.reseal(seat.person_id, new, later) == sealed.Resealed(1, 1)
    assert sealed.reseal(seat.person_id, new, later) == sealed.Resealed(0, 1)


def test_a_row_is_sealed_with_all_of_its_fields(seat: FakeSeat) -> None:
    with pytest.raises(ValueError, match="all of its fields"):
        sealed.create(Note, seat, new_id(), {}, day=DAY)


def test_a_row_that_cannot_even_be_read_hides_no_other(seat: FakeSeat) -> None:
    assert seat.key is not None
    rows = [written(seat, f"note {number}") for number in range(9)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE write_note SET id = CAST(x'ff' AS TEXT) WHERE id = %s", [rows[4].id.hex]
        )
        cursor.execute("UPDATE write_note SET day = '2026-02-31' WHERE id = %s", [rows[2].id.hex])
        cursor.execute("UPDATE write_note SET version = x'00ff' WHERE id = %s", [rows[6].id.hex])
        cursor.execute("UPDATE write_note SET body = 'text' WHERE id = %s", [rows[7].id.hex])
    seen = list(sealed.rows_of(Note, seat))
    assert len(seen) == 9
    assert {row.id for row in seen if isinstance(row, Row)} == {
        rows[number].id for number in (0, 1, 3, 5, 8)
    }
    with pytest.raises(DamageError):
        sealed.row_of(Note, seat, rows[2].id)
    new = next_data_key(seat.key)
    assert sealed.reseal(seat.person_id, seat.key, new) == sealed.Resealed(5, 4)
    assert len(list(sealed.rows_of(Note, FakeSeat(seat.person_id, new)))) == 9
