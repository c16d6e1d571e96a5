"""What counts as sat: what was heard, never more than there was time for, and how it ended."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import let_in, new_visitor, seat_in
from tests.web.sit.conftest import Clock
from tests.web.sit.tapping import begin, heard, logged, sitting_at, tapped, took
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices
from thaw.units import Samples
from thaw.web.checkin import actions as checkins
from thaw.web.checkin.body import Body as CheckIn
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.sit.body import HOWS, How
from thaw.web.sit.crediting import Report, credited, ending, hash_of
from thaw.web.sit.sittings import Listened, Sitting, Sittings, Texts
from thaw.web.write.days import local_day, today


def sat_s(house: House, client: Client) -> float:
    return logged(house, client)[0].body.sat_s


def test_what_was_heard_is_credited_and_leads_to_the_page_after(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 30.0
    told = heard(seated, path, 29.5)
    (entry,) = logged(house, seated)
    assert told == {"after": f"/after/{entry.id}"}
    assert seated.get(path).context["sitting"].after_url == told["after"]
    body = entry.body
    assert (body.practice, body.title, body.voice) == ("five-things", "Five things", "none")
    assert (body.planned_s, body.sat_s, body.how) == (180.0, 29.5, "on")
    assert (body.level, body.posture, body.seed) == (2, "sitting", 1)
    assert (body.is_inward, body.inward_s, body.responses) == (False, 0.0, ())
    assert body.plan_hash == hash_of(sitting_at(house, seated, path).first)
    clock.now = 60.0
    heard(seated, path, 58.0, how="ended")
    (entry,) = logged(house, seated)
    assert (entry.minutes, entry.body.how) == (58 / 60, "ended")


def test_what_was_never_played_is_not_in_the_log(house: House, seated: Client) -> None:
    path = begin(seated)
    assert heard(seated, path, 0.0, how="left")["after"].startswith("/after/")
    assert heard(seated, path, 0.0)["after"].startswith("/after/")
    assert logged(house, seated) == ()


def test_a_stop_at_once_is_in_the_log_all_the_same(house: House, seated: Client) -> None:
    path = begin(seated)
    heard(seated, path, 0.0, how="stopped")
    assert [entry.body.how for entry in logged(house, seated)] == ["stopped"]


def test_no_more_is_credited_than_time_has_passed_nor_than_the_sitting_lasts(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 10.0
    heard(seated, path, 3000.0, at_s=170.0)
    assert sat_s(house, seated) == 10.0
    clock.now = 5000.0
    heard(seated, path, 3000.0, at_s=180.0, how="ended")
    assert sat_s(house, seated) == 180.0


def test_a_clock_that_jumps_neither_adds_nor_loses(
    house: House, seated: Client, clock: Clock, clocks: FakeClocks
) -> None:
    path = begin(seated)
    clock.now = 60.0
    heard(seated, path, 55.0)
    clocks.now += timedelta(minutes=30)
    heard(seated, path, 55.0)
    assert sat_s(house, seated) == 55.0
    clock.now = -500.0  # A clock that cannot go back has gone back.
    heard(seated, path, 70.0)
    assert sat_s(house, seated) == 55.0
    clock.now = 80.0
    heard(seated, path, 75.0)
    assert sat_s(house, seated) == 75.0


def test_reports_that_overtake_each_other_take_nothing_back(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 100.0
    heard(seated, path, 90.0, how="stopped")
    heard(seated, path, 60.0)
    heard(seated, path, 90.0, how="left")
    body = logged(house, seated)[0].body
    assert (body.sat_s, body.how) == (90.0, "stopped")


def test_a_player_that_begins_again_counts_on(seated: Client, clock: Clock) -> None:
    path = begin(seated)
    clock.now = 50.0
    heard(seated, path, 44.0, how="left")
    assert seated.get(path).context["sitting"].heard_s == 44.0


def test_what_was_turned_inward_is_counted_apart(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated, "thawing", minutes="7")
    clock.now = 400.0
    heard(seated, path, 20.0, at_s=20.0)
    assert logged(house, seated)[0].body.is_inward
    assert logged(house, seated)[0].body.inward_s == 0.0
    heard(seated, path, 400.0, at_s=400.0)
    body = logged(house, seated)[0].body
    assert 60 < body.inward_s < body.sat_s


def test_who_was_turned_outward_sits_less_inward(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated, "thawing", minutes="7")
    told = tapped(seated, path, "unreal", 20.0)
    took(seated, path, told["revision"])
    clock.now = 420.0
    heard(seated, path, 420.0, how="ended")
    body = logged(house, seated)[0].body
    assert (body.is_inward, body.inward_s) == (True, 0.0)


def test_the_check_in_before_is_named(house: House, seated: Client, clock: Clock) -> None:
    seat, id_ = seat_in(house, seated), new_id()
    checkins.keep(seat, id_, 0, CheckIn(felt=3), today())
    path = begin(seated)
    clock.now = 30.0
    heard(seated, path, 30.0)
    assert logged(house, seated)[0].body.before == id_


def test_the_day_is_the_one_on_which_it_began(house: House, seated: Client) -> None:
    path = begin(seated)
    heard(seated, path, 0.0, how="stopped")
    (entry,) = logged(house, seated)
    assert entry.id == sitting_at(house, seated, path).sat_id
    assert entry.day == local_day(entry.at)


def test_a_form_says_it_too_and_leads_to_the_page_after(seated: Client) -> None:
    path = begin(seated)
    answer = seated.post(f"{path}/heard", {"heard_s": "10", "at_s": "10", "how": "ended"})
    assert answer.status_code == 303
    UUID(answer["Location"].removeprefix("/after/"))


def test_the_log_is_a_persons_and_not_a_browsers(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 30.0
    heard(seated, path, 30.0)
    assert logged(house, let_in(house, new_visitor())) == logged(house, seated)


@pytest.mark.parametrize(
    ("was", "now", "then"),
    [
        ("on", "left", "left"),
        ("left", "on", "on"),
        ("on", "ended", "ended"),
        ("ended", "on", "ended"),
        ("ended", "left", "ended"),
        ("gently", "ended", "gently"),
        ("gently", "stopped", "stopped"),
        ("stopped", "gently", "stopped"),
    ],
)
def test_how_it_ended_is_not_changed_by_what_ends_less(was: How, now: How, then: How) -> None:
    assert ending(was, now) == then


SECONDS = st.floats(0, 1000)
REPORTS = st.lists(st.tuples(SECONDS, SECONDS, st.sampled_from(HOWS), SECONDS), max_size=8)


@pytest.fixture(scope="module")
def playing() -> Sitting:
    """A sitting of a practice that turns inward."""
    shelf = Shelf(content_folder())
    practice = shelf.published("thawing")
    plan = compose(practice, Choices(7 * 60), words=shelf.words, lengths=length_at_usual)
    return Sittings(lambda: 0.0).begin("", plan, Texts(practice, shelf.words, shelf.answers))


def length_at_usual(text: str) -> Samples:
    return length_at(text, 115)


@given(REPORTS)
def test_whatever_is_reported_credit_only_grows_and_never_beyond_what_can_be(
    playing: Sitting, reports: list[tuple[float, float, How, float]]
) -> None:
    listened, passed_s, sitting = Listened(), 0.0, playing
    for heard_s, at_s, how, more_s in reports:
        passed_s += more_s
        before = listened
        listened = credited(sitting, Report(heard_s, at_s, how), passed_s)
        assert before.sat_s <= listened.sat_s <= min(passed_s, 420.0)
        assert before.inward_s <= listened.inward_s <= listened.sat_s
        sitting = with_listened(sitting, listened)


def with_listened(sitting: Sitting, listened: Listened) -> Sitting:
    return replace(sitting, listened=listened)
