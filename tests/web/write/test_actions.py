"""What is done with notes: nothing that was acknowledged is lost, whatever happens beside it."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from tests.fakes.seats import FakeSeat, new_seat
from tests.web.conftest import seat_in
from tests.web.write.notes import DAY, damage, kept
from thaw.units import AccessError, ConflictError, DamageError, FullError, LimitError, OutsideError
from thaw.web import sealed
from thaw.web.database.room import ReadOnlyRoom, Room, enter, the_room
from thaw.web.folder import Folder
from thaw.web.house import House
from thaw.web.ids import id_at, new_id
from thaw.web.write import actions, queries
from thaw.web.write.body import Body, Sat
from thaw.web.write.days import Month
from thaw.web.write.models import Note
from thaw.web.write.queries import Unreadable, Written


def text_of(seat: FakeSeat, note: UUID) -> str:
    return queries.note_of(seat, note).body.text


def save(seat: FakeSeat, note: UUID, version: int, text: str) -> int:
    return actions.keep(seat, note, version, Body(text=text), DAY).version


def test_a_conflict_carries_what_was_written_not_how_it_is_sealed(seat: FakeSeat) -> None:
    note = kept(seat, Body("before", kind="word", word="fog"))
    save(seat, note, 1, "theirs")
    with pytest.raises(ConflictError) as refused:
        save(seat, note, 1, "yours")
    assert (refused.value.yours, refused.value.theirs) == ("yours", "theirs")
    assert actions.said(Body("text", kind="word", word="fog")) == "fog\n\ntext"


def test_two_tabs_keep_every_text_of_200_rounds(seat: FakeSeat) -> None:
    """Each tab writes on what it saw last; it chooses in turn what happens with two texts."""
    note = kept(seat, "begun")
    seen = {"a": 1, "b": 1}
    acknowledged: set[str] = {"begun"}
    replaced: set[str] = set()
    met = 0
    for round_ in range(200):
        for tab in ("a", "b") if round_ % 3 else ("b", "a"):
            text = f"{tab}{round_}"
            before = text_of(seat, note)
            try:
                seen[tab] = save(seat, note, seen[tab], text)
                replaced.add(before)  # It was on the page that was written on.
            except ConflictError as conflict:
                met += 1
                choice = actions.CHOICES[met % 3]
                actions.settle(seat, note, choice, conflict.version, Body(text=text), DAY, new_id())
                seen[tab] = queries.note_of(seat, note).version
            acknowledged.add(text)
    there = {each.body.text for each in everything(seat)}
    assert met >= 200
    assert acknowledged - there <= replaced
    assert acknowledged - replaced <= there


def everything(seat: FakeSeat) -> list[Written]:
    """Return every note, those in the trash too."""
    notes = [queries.note_of(seat, id_) for id_ in Note.objects.values_list("id", flat=True)]
    assert all(isinstance(note, Written) for note in notes)
    return notes


def test_what_is_not_chosen_lies_in_the_trash(seat: FakeSeat) -> None:
    note, other = kept(seat, "theirs"), new_id()
    actions.settle(seat, note, "yours", 1, Body(text="yours"), DAY, other)
    assert (text_of(seat, note), text_of(seat, other)) == ("yours", "theirs")
    assert queries.note_of(seat, other).trashed_at is not None


def test_a_choice_sent_twice_is_made_once(seat: FakeSeat) -> None:
    note, other = kept(seat, "theirs"), new_id()
    for _ in range(2):
        actions.settle(seat, note, "both", 1, Body(text="yours"), DAY, other)
        actions.settle(seat, note, "yours", 1, Body(text="last"), DAY, id_at(1, 1))
    assert {each.body.text for each in everything(seat)} == {"last", "yours", "theirs"}


def test_two_texts_that_are_the_same_leave_nothing_in_the_trash(seat: FakeSeat) -> None:
    note = kept(seat, "same")
    for choice in ("yours", "theirs"):
        actions.settle(seat, note, choice, 1, Body(text="same"), DAY, new_id())
    assert Note.objects.count() == 1


def test_a_third_text_is_no_ones_loss(seat: FakeSeat) -> None:
    note = kept(seat, "first")
    save(seat, note, 1, "second")
    with pytest.raises(ConflictError):
        actions.settle(seat, note, "yours", 1, Body(text="mine"), DAY, new_id())
    assert text_of(seat, note) == "second"
    assert Note.objects.count() == 1


def test_a_note_of_the_trash_that_is_written_on_comes_back(seat: FakeSeat) -> None:
    note = kept(seat, "before")
    actions.trash(seat, note)
    with pytest.raises(ConflictError) as refused:
        save(seat, note, 1, "in an open tab")
    save(seat, note, refused.value.version, "in an open tab")
    assert queries.note_of(seat, note).trashed_at is None


def test_emptying_the_trash_takes_what_is_damaged_along(seat: FakeSeat) -> None:
    notes = [kept(seat, str(n)) for n in range(3)]
    for note in notes[:2]:
        actions.trash(seat, note)
    damage(notes[0])
    assert len(queries.trash_of(seat, dt.datetime.now(dt.UTC))) == 2
    assert actions.empty_trash(seat, None) == 2
    assert list(Note.objects.values_list("id", flat=True)) == [notes[2]]


def test_emptying_asks_about_just_so_many(seat: FakeSeat) -> None:
    for n in range(21):
        actions.trash(seat, kept(seat, str(n)))
    for asked in (None, 0, 20):
        with pytest.raises(LimitError) as refused:
            actions.empty_trash(seat, asked)
        assert refused.value.fields["count"] == 21
    assert Note.objects.count() == 21
    assert actions.empty_trash(seat, 21) == 21


def test_the_trash_of_others_stays(seat: FakeSeat) -> None:
    other = new_seat()
    actions.trash(other, kept(other))
    assert actions.empty_trash(seat, None) == 0
    assert Note.objects.count() == 1


def test_a_clock_set_back_a_day_loses_nothing_and_lists_by_the_day(seat: FakeSeat) -> None:
    yesterday = DAY - dt.timedelta(days=1)
    first, second, late = (id_at(ms, 7) for ms in (2_000_000_000, 2_000_060_000, 1_913_600_000))
    for note, day in ((first, DAY), (second, DAY), (late, yesterday)):
        actions.keep(seat, note, 0, Body(text=str(day)), day)  # The last by the wrong clock.
    listing = queries.notes_before(seat, "")
    assert [day.day for day in listing.days] == [DAY, yesterday]
    assert [note.id for day in listing.days for note in day.notes] == [second, first, late]
    assert save(seat, first, 1, "still to be written on") == 2


def test_a_note_thrown_away_tomorrow_stays_for_thirty_days(seat: FakeSeat) -> None:
    actions.trash(seat, kept(seat))
    now = dt.datetime.now(dt.UTC)
    for passed, left in ((-1, 30), (0, 30), (1, 29), (29.5, 1), (30, 0), (99, 0)):
        (trashed,) = queries.trash_of(seat, now + dt.timedelta(days=passed, seconds=5))
        assert trashed.days_left == left, passed


@pytest.mark.parametrize(("day", "is_named"), [("xx", True), ("2026-13-99", False)])
def test_a_note_without_a_day_hides_no_other(seat: FakeSeat, day: str, is_named: bool) -> None:
    notes = [kept(seat, str(n)) for n in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE write_note SET day = %s WHERE id = %s", [day, notes[1].hex])
    seen = [note for each in queries.notes_before(seat, "").days for note in each.notes]
    assert isinstance(seen[0], Unreadable)
    assert seen[0].id == (notes[1] if is_named else None)
    assert [note.id for note in seen[1:]] == [notes[2], notes[0]]


def test_a_note_whose_body_is_none_is_not_shown_as_good(seat: FakeSeat) -> None:
    sealed.create(Note, seat, new_id(), {"body": b"zebra, not JSON"}, day=DAY)
    ((seen,),) = [day.notes for day in queries.notes_before(seat, "").days]
    assert isinstance(seen, Unreadable)
    assert list(queries.hits_of(seat, ("zebra",))) == [seen]


def test_a_practice_that_is_gone_keeps_its_name(house: House) -> None:
    assert queries.practice_title(house, Sat("no-such-thing", 3)) == "no such thing"


def test_a_note_moved_to_another_day_behind_our_back_is_not_shown_as_good(seat: FakeSeat) -> None:
    note = kept(seat)
    Note.objects.filter(id=note).update(day=DAY - dt.timedelta(days=5))
    with pytest.raises(DamageError):
        queries.note_of(seat, note)
    page = queries.calendar_of(seat, Month(DAY.year, DAY.month), DAY)
    assert (page.with_notes, page.unreadable) == ([], 1)


def test_a_note_of_someone_else_is_not_there(seat: FakeSeat) -> None:
    theirs = kept(new_seat())
    for ask in (
        lambda: queries.note_of(seat, theirs),
        lambda: actions.trash(seat, theirs),
        lambda: save(seat, theirs, 1, "mine"),
        lambda: save(seat, theirs, 0, "mine"),
        lambda: actions.settle(seat, theirs, "theirs", 1, Body(), DAY, new_id()),
    ):
        with pytest.raises(AccessError):
            ask()
    actions.purge(seat, theirs)
    assert Note.objects.count() == 1


@pytest.fixture
def own_seat(store: Folder, house: object, seated: object) -> FakeSeat:
    """A seat in a folder of this test's own."""
    seat = seat_in(house, seated)  # type: ignore[arg-type]
    del store
    return FakeSeat(seat.person_id, seat.key)


def test_a_folder_that_can_only_be_read_keeps_nothing_and_says_so(own_seat: FakeSeat) -> None:
    note = kept(own_seat, "kept before")
    before = the_room()
    enter(ReadOnlyRoom())
    try:
        for ask in (
            lambda: save(own_seat, note, 1, "after"),
            lambda: kept(own_seat),
            lambda: actions.trash(own_seat, note),
            lambda: actions.purge(own_seat, note),
        ):
            with pytest.raises(FullError, match="can only be read") as refused:
                ask()
            assert refused.value.status == 507
    finally:
        enter(before)
    assert text_of(own_seat, note) == "kept before"


def test_a_database_taken_away_is_told_and_nothing_is_called_kept(
    own_seat: FakeSeat, thaw_data: Path
) -> None:
    note = kept(own_seat, "kept before")
    file = thaw_data / "thaw.sqlite3"
    away = file.with_suffix(".away")
    file.rename(away)
    with pytest.raises(OutsideError, match="no longer"):
        save(own_seat, note, 1, "after")
    away.rename(file)
    assert isinstance(the_room(), Room)
    assert text_of(own_seat, note) == "kept before"
