"""A reminder inside the page: at its time, a little late, once, and never where it disturbs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import new_visitor
from tests.web.days.conftest import Person
from thaw.web.days.resting import Resting
from thaw.web.house import House
from thaw.web.ids import new_id

EVENING = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
"""Half past nine in Berlin, when the plan of these tests comes."""

NOTHING = {"line": "", "go": None, "left_s": 0.0}
HOUR_S = 3600.0


def test_a_page_is_told_how_long_to_wait_and_nothing_of_what_it_is(person: Person) -> None:
    assert "thaw-reminder" not in person.read("/library")
    person.set()
    page = person.read("/library")
    assert 'data-wait="30600"' in page  # From noon to half past nine in Berlin, in UTC.
    assert "brushing" not in page


@pytest.mark.parametrize("path", ["/help", "/leave"])
def test_a_page_that_is_open_to_anyone_knows_nothing_of_it(person: Person, path: str) -> None:
    person.set()
    assert "thaw-reminder" not in person.read(path)


def test_before_its_time_there_is_nothing_to_show(person: Person) -> None:
    person.set()
    assert person.now() == {**NOTHING, "wait_s": 8.5 * HOUR_S}


def test_at_its_time_it_is_one_line_and_a_way_on(person: Person, clocks: FakeClocks) -> None:
    person.set()
    clocks.now = EVENING
    assert person.now() == {
        "line": "Your quiet minute: after brushing teeth",
        "go": {"words": "Sit for 5 minutes", "url": "/today"},
        "left_s": 2 * HOUR_S,
        "wait_s": 24 * HOUR_S,
    }
    assert 'data-wait="0"' in person.read("/library")


@pytest.mark.parametrize(
    ("changed", "go"),
    [
        ({"what": "write"}, {"words": "Write a line", "url": "/write"}),
        ({"what": "check-in"}, {"words": "How is it now?", "url": "/check-in"}),
        ({"own": "look out of the window"}, None),
    ],
)
def test_the_way_on_is_what_was_planned(
    person: Person, clocks: FakeClocks, changed: dict[str, str], go: object
) -> None:
    person.set(**changed)
    clocks.now = EVENING
    assert person.now()["go"] == go


def test_it_may_come_a_little_late_and_then_not_before_the_next_day(
    person: Person, clocks: FakeClocks
) -> None:
    person.set()
    clocks.now = EVENING + timedelta(hours=1, minutes=59)
    assert person.now()["left_s"] == 60.0
    clocks.now = EVENING + timedelta(hours=2)
    assert person.now() == {**NOTHING, "wait_s": 22 * HOUR_S}


def test_it_is_gone_where_quiet_hours_begin(person: Person, clocks: FakeClocks) -> None:
    person.set(quiet_from="23:00")
    clocks.now = EVENING + timedelta(minutes=59)
    assert person.now()["left_s"] == 60.0
    clocks.now = EVENING + timedelta(minutes=60)
    assert person.now()["line"] == ""


def test_it_does_not_come_on_a_day_on_which_something_was_done(
    person: Person, clocks: FakeClocks
) -> None:
    person.set()
    clocks.now = EVENING
    person.wrote(EVENING - timedelta(hours=15))
    assert person.now()["line"] == ""
    clocks.now += timedelta(days=1)
    assert person.now()["line"]


def test_it_is_put_away_for_the_day_and_nothing_is_written_of_it(
    person: Person, clocks: FakeClocks
) -> None:
    person.set()
    clocks.now = EVENING
    version = person.kept().timed.version
    told = person.browser.post("/days/let-be").json()
    assert told == {**NOTHING, "wait_s": 24 * HOUR_S}
    assert person.now() == told
    assert person.kept().timed.version == version
    clocks.now += timedelta(days=1)
    assert person.now()["line"]


def test_there_is_nothing_to_put_away_without_a_plan(person: Person) -> None:
    assert person.browser.post("/days/let-be").json() == {**NOTHING, "wait_s": None}


def test_asking_for_it_does_not_count_as_someone_being_there(
    person: Person, clocks: FakeClocks, house: House
) -> None:
    person.set()
    before = house.idle.left_s(person.seat.session)
    clocks.wait(minutes=3)
    person.now()
    assert house.idle.left_s(person.seat.session) in (before, pytest.approx(before - 180))


def test_while_locked_it_is_not_told(locked: Client) -> None:
    answer = locked.get("/days/now", headers={"Accept": "application/json"})
    assert answer.status_code == 423
    assert answer.json()["error"]["code"] == "vault.locked"
    assert new_visitor().get("/days/now").status_code == 401


def test_a_page_is_there_without_it_where_the_store_fails(person: Person) -> None:
    person.set()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE days_plan")
    assert "thaw-reminder" not in person.read("/library")
    assert "quiet-line" not in person.read("/today")


def test_only_the_latest_are_remembered() -> None:
    resting, today = Resting(), EVENING.date()
    people = [new_id() for _ in range(65)]
    for person_id in people:
        resting.put_away(person_id, today)
    assert not resting.is_put_away(people[0], today)
    assert all(resting.is_put_away(each, today) for each in people[1:])
    assert not resting.is_put_away(people[-1], today - timedelta(days=1))
