"""Keeping check-ins, reading them again, and taking them back."""

import datetime as dt

import pytest

from tests.fakes.seats import FakeSeat, new_seat
from thaw.units import AccessError, ConflictError, InputError
from thaw.web import sealed
from thaw.web.checkin import actions, queries
from thaw.web.checkin.body import Body
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.checkin.way import Liked
from thaw.web.ids import id_at, new_id
from thaw.web.write.days import today

DAY = dt.date(2026, 11, 22)
LITTLE = Body(felt=1, below="flat")


def damage(model: type[CheckIn] | type[Way]) -> None:
    """Change every row behind the back of who keeps it."""
    for row in model.objects.all():
        body = bytes(row.body)
        model.objects.filter(id=row.id).update(body=body[:-1] + bytes([body[-1] ^ 1]))


def test_a_check_in_is_read_as_it_was_kept(seat: FakeSeat) -> None:
    id_ = new_id()
    actions.keep(seat, id_, 0, LITTLE, DAY)
    entry = queries.checkin_of(seat, id_)
    assert (entry.id, entry.version, entry.day, entry.body) == (id_, 1, DAY, LITTLE)
    assert not entry.is_unreal
    assert queries.checkins_of(seat, DAY) == (entry,)


def test_an_empty_one_is_not_kept_and_says_what_would_be(seat: FakeSeat) -> None:
    with pytest.raises(InputError, match="is a whole answer"):
        actions.keep(seat, new_id(), 0, Body(), DAY)
    assert not CheckIn.objects.exists()


def test_sent_again_it_is_kept_once_also_after_midnight(seat: FakeSeat) -> None:
    id_ = new_id()
    for day in (DAY, DAY + dt.timedelta(days=1)):
        assert actions.keep(seat, id_, 0, LITTLE, day).version == 1
    assert queries.checkin_of(seat, id_).day == DAY


def test_two_with_one_id_and_other_answers_conflict_and_the_first_stays(seat: FakeSeat) -> None:
    id_ = new_id()
    actions.keep(seat, id_, 0, LITTLE, DAY)
    with pytest.raises(ConflictError):
        actions.keep(seat, id_, 0, Body(felt=9), DAY)
    assert queries.checkin_of(seat, id_).body == LITTLE


def test_a_change_stays_on_its_day_and_a_stale_one_conflicts(seat: FakeSeat) -> None:
    id_ = new_id()
    actions.keep(seat, id_, 0, LITTLE, DAY)
    actions.keep(seat, id_, 1, Body(felt=2), DAY + dt.timedelta(days=3))
    entry = queries.checkin_of(seat, id_)
    assert (entry.version, entry.day, entry.body.felt) == (2, DAY, 2)
    with pytest.raises(ConflictError):
        actions.keep(seat, id_, 1, Body(felt=7), DAY)


def test_one_that_is_taken_back_is_gone(seat: FakeSeat) -> None:
    id_ = new_id()
    actions.keep(seat, id_, 0, LITTLE, DAY)
    actions.take_back(seat, id_)
    assert not CheckIn.objects.exists()
    with pytest.raises(AccessError):
        actions.take_back(seat, id_)


def test_nobody_reads_or_removes_anothers(seat: FakeSeat) -> None:
    id_, other = new_id(), new_seat()
    actions.keep(seat, id_, 0, LITTLE, DAY)
    with pytest.raises(AccessError):
        queries.checkin_of(other, id_)
    with pytest.raises(AccessError):
        actions.take_back(other, id_)
    assert queries.checkins_of(other, DAY) == ()


def test_the_last_of_today_is_found(seat: FakeSeat) -> None:
    assert queries.latest_today(seat) is None
    actions.keep(seat, new_id(), 0, LITTLE, today() - dt.timedelta(days=1))
    assert queries.latest_today(seat) is None
    for felt in (2, 5):
        actions.keep(seat, new_id(), 0, Body(felt=felt), today())
    latest = queries.latest_today(seat)
    assert latest is not None
    assert latest.body.felt == 5


def test_those_since_a_day_come_newest_first(seat: FakeSeat) -> None:
    for ago in (9, 2, 1):
        actions.keep(seat, new_id(), 0, Body(felt=ago), DAY - dt.timedelta(days=ago))
    found = queries.checkins_of(seat, DAY - dt.timedelta(days=2))
    assert [entry.body.felt for entry in found] == [1, 2]


def test_one_that_is_damaged_is_counted_and_not_shown(seat: FakeSeat) -> None:
    actions.keep(seat, new_id(), 0, LITTLE, today())
    damage(CheckIn)
    actions.keep(seat, new_id(), 0, Body(felt=4), today())
    assert [entry.body.felt for entry in queries.checkins_of(seat, today())] == [4]
    listing = queries.checkins_before(seat, "")
    assert (len(listing.entries), listing.unreadable, listing.before) == (1, 1, "")


def test_one_sealed_with_what_is_no_check_in_is_passed_over(seat: FakeSeat) -> None:
    sealed.create(CheckIn, seat, new_id(), {"body": b"[]"}, day=today())
    assert queries.latest_today(seat) is None


def test_the_list_goes_on_where_a_page_ended(seat: FakeSeat) -> None:
    for number in range(5):
        actions.keep(seat, id_at(1_795_000_000_000 + number, 0), 0, Body(felt=number), DAY)
    first = queries.checkins_before(seat, "", most=3)
    assert [entry.body.felt for entry in first.entries] == [4, 3, 2]
    last = queries.checkins_before(seat, first.before, most=3)
    assert [entry.body.felt for entry in last.entries] == [1, 0]
    assert last.before == ""
    with pytest.raises(AccessError):
        queries.checkins_before(seat, "elsewhere")


def test_how_one_likes_to_be_asked_is_one_row_and_the_last_word_counts(seat: FakeSeat) -> None:
    assert queries.liked_by(seat) == Liked()
    actions.ask_so(seat, Liked(("throat",), by_steps=True))
    actions.ask_so(seat, Liked(("pelvis", "chest")))
    assert queries.liked_by(seat) == Liked(("chest", "pelvis"))
    assert Way.objects.count() == 1


def test_where_that_is_damaged_one_is_asked_as_usual_and_can_say_it_anew(seat: FakeSeat) -> None:
    actions.ask_so(seat, Liked(("throat",)))
    damage(Way)
    assert queries.liked_by(seat) == Liked()
    actions.ask_so(seat, Liked(("face",)))
    assert queries.liked_by(seat) == Liked(("face",))


def test_a_way_that_is_no_way_is_passed_over(seat: FakeSeat) -> None:
    sealed.create(Way, seat, new_id(), {"body": b"7"})
    assert queries.liked_by(seat) == Liked()
