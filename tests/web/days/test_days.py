"""The plan of days: set in one small form, changed, paused, stopped, and smaller by itself."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.days.conftest import FORM, Person
from thaw.guide.schedule import EVERY_DAY, Quiet
from thaw.units import DamageError, InputError, LockedError
from thaw.web import sealed
from thaw.web.days import queries
from thaw.web.days.body import Body, body_in, check, sealed_of
from thaw.web.days.models import Plan
from thaw.web.days.page import weekday_words
from thaw.web.days.zones import zone_here, zone_named
from thaw.web.house import House
from thaw.web.ids import new_id

DAY = timedelta(days=1)


def said(page: str) -> str:
    """Return the words of a page's main part, on one line."""
    main = page.partition('<main id="main"')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_without_a_plan_there_is_one_small_form_with_one_filled_button(person: Person) -> None:
    page = person.read()
    assert page.count('class="button filled"') == 1
    assert re.findall(r'<option value="(\d+)"', page.partition("days-minutes")[2])[:3] == [
        "3",
        "4",
        "5",
    ]
    assert f'value="{zone_here().key}"' in page
    assert "after brushing teeth" in page


def test_it_is_set_and_shown_in_plain_words(person: Person) -> None:
    answer = person.set()
    assert (answer.status_code, answer["Location"]) == (303, "/days?kept")
    words = said(person.read("/days?kept"))
    assert "Kept." in words
    for phrase in ("after brushing teeth", "At 21:30, 5 minutes, every day", "Today at 21:30"):
        assert phrase in words
    kept = person.kept()
    assert kept.body == Body("sit", "", "after brushing teeth")
    plan = kept.timed.plan
    assert (plan.at, plan.weekdays, plan.since) == (time(21, 30), EVERY_DAY, date(2026, 11, 22))
    assert plan.quiet == Quiet(time(0, 30), time(7))


def test_what_it_is_and_what_it_comes_after_lie_sealed_and_when_it_comes_lies_clear(
    person: Person,
) -> None:
    person.set(own="stand at the window", anchor="after the news")
    (row,) = Plan.objects.values()
    assert b"window" not in bytes(row["body"])
    assert "window" not in str(row)
    assert "news" not in str(row)
    assert (row["at"], row["minutes"], row["weekdays"]) == (21 * 60 + 30, 5, 0b1111111)
    assert (row["zone"], row["day_ends"]) == ("Europe/Berlin", 240)


def test_it_is_changed_from_what_stands_there(person: Person) -> None:
    person.set()
    page = person.read("/days/change")
    assert 'value="21:30"' in page
    assert 'value="after brushing teeth"' in page
    person.set(
        at="7:05", weekdays=["0", "2"], quiet_from="", quiet_until="", anchor="", what="write"
    )
    words = said(person.read())
    assert "At 07:05, 5 minutes, on Monday and Wednesday" in words
    assert "at 07:05 What A line in the journal" in words
    assert "Quiet hours None" in words
    assert Plan.objects.count() == 1
    assert 'value="07:05"' in person.read("/days/change")


def test_something_of_ones_own_is_meant_whatever_is_chosen_and_does_not_shrink(
    person: Person,
) -> None:
    person.set(own="  look out\n of the window ", what="write")
    kept = person.kept()
    assert (kept.body.what, kept.body.own) == ("own", "look out of the window")
    assert not kept.timed.plan.shrinks
    assert "look out of the window" in said(person.read())


def test_there_is_nothing_to_change_before_one_is_set(person: Person) -> None:
    assert person.browser.get("/days/change")["Location"] == "/days"
    for do in ("pause", "go-on", "as-before", "stop"):
        answer = person.decide(do)
        assert answer.status_code == 404
        assert "no plan of days yet" in answer.content.decode()


def test_it_is_paused_and_goes_on(person: Person) -> None:
    person.set()
    assert person.decide("pause").status_code == 303
    assert "It is paused. Nothing comes." in said(person.read())
    assert person.now() == {"line": "", "go": None, "left_s": 0.0, "wait_s": None}
    assert "quiet-line" not in person.read("/today")
    assert "thaw-reminder" not in person.read("/today")
    person.decide("go-on")
    assert "Today at 21:30" in said(person.read())


def test_it_is_stopped_at_once_and_can_be_brought_back(person: Person) -> None:
    person.set()
    stopped = person.decide("stop")["Location"]
    page = person.read(stopped)
    assert "It is stopped. Nothing comes any more." in said(page)
    assert person.now()["wait_s"] is None
    assert "quiet-line" not in person.read("/today")
    person.decide("bring-back", plan=stopped.partition("stopped=")[2])
    assert "after brushing teeth" in said(person.read())


def test_one_that_was_stopped_does_not_take_the_place_of_a_new_one(person: Person) -> None:
    person.set()
    stopped = person.decide("stop")["Location"].partition("stopped=")[2]
    person.id = new_id()
    person.set(anchor="after lunch")
    person.decide("bring-back", plan=stopped)
    assert "after lunch" in said(person.read())
    assert Plan.objects.filter(trashed_at=None).count() == 1


def test_today_has_one_line_only_where_there_is_a_plan(person: Person) -> None:
    assert "Your quiet minute" not in said(person.read("/today"))
    person.set()
    assert "Your quiet minute : after brushing teeth" in said(person.read("/today"))
    person.set(anchor="")
    assert "Your quiet minute : at 21:30" in said(person.read("/today"))


def test_today_has_no_line_on_other_days(person: Person, clocks: FakeClocks) -> None:
    person.set(weekdays=["0"])
    assert "Your quiet minute" not in said(person.read("/today"))
    clocks.now += DAY
    assert "Your quiet minute" in said(person.read("/today"))
    clocks.now += timedelta(hours=14)  # It is three at night: the Monday is not over.
    assert "Your quiet minute" in said(person.read("/today"))
    clocks.now += timedelta(hours=2)
    assert "Your quiet minute" not in said(person.read("/today"))


def test_after_days_without_it_it_is_smaller_and_nobody_is_blamed(
    person: Person, clocks: FakeClocks
) -> None:
    person.set()
    clocks.now += 2 * DAY
    words = said(person.read())
    assert "3 minutes, on Monday, Tuesday, Wednesday, Friday and Saturday" in words
    assert "It is a little smaller now, and that is how it is meant to be." in words
    assert not re.search(
        r"miss|streak|fail|lost|\bdays in a row|again and|[0-9]+ of|!", words.lower()
    )
    clocks.now += 60 * DAY
    assert "2 minutes, on Monday" in said(person.read())


def test_a_day_on_which_anything_was_done_counts(person: Person, clocks: FakeClocks) -> None:
    person.set()
    person.wrote(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))  # In the night that ends the Monday.
    clocks.now += 2 * DAY
    assert "5 minutes, every day" in said(person.read())


def test_it_is_as_large_as_before_with_one_tap(person: Person, clocks: FakeClocks) -> None:
    person.set()
    clocks.now += 10 * DAY
    assert "As before: 5 minutes, every day" in said(person.read())
    person.decide("as-before")
    words = said(person.read())
    assert "5 minutes, every day" in words
    assert "As before" not in words
    assert person.kept().timed.plan.since == date(2026, 12, 2)


def test_while_it_is_paused_no_day_is_missed_and_it_stays_as_it_was(
    person: Person, clocks: FakeClocks
) -> None:
    person.set()
    clocks.now += 2 * DAY
    person.decide("pause")
    clocks.now += 100 * DAY
    person.decide("go-on")
    assert "3 minutes, on Monday" in said(person.read())


def test_what_is_changed_begins_as_small_as_it_stands(person: Person, clocks: FakeClocks) -> None:
    person.set()
    clocks.now += 2 * DAY
    page = person.read("/days/change")
    assert '<option value="3" selected>' in page
    assert len(re.findall(r'name="weekdays" value="\d" checked', page)) == 5
    assert 'value="5"' in page.partition("days-minutes")[2]


def test_one_that_has_settled_has_more_to_choose_from(person: Person) -> None:
    assert person.set(minutes="8").status_code == 422
    for day in range(5):
        person.wrote(datetime(2026, 11, 10 + day, 12, 0, tzinfo=UTC))
    assert '<option value="10"' in person.read()
    assert person.set(minutes="8").status_code == 303
    assert '<option value="10"' in person.read("/days/change")


def test_two_windows_do_not_overwrite_each_other_unasked(person: Person) -> None:
    person.set()
    kept = person.kept()
    late = {**FORM, "id": str(kept.timed.id), "version": "1", "anchor": "after lunch"}
    person.set(anchor="after tea")
    answer = person.browser.post("/days/change", late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed in another window" in page
    assert 'value="after lunch"' in page
    assert person.kept().body.anchor == "after tea"
    again = {**late, "version": re.findall(r'name="version" value="(\d+)"', page)[0]}
    assert person.browser.post("/days/change", again).status_code == 303
    assert person.kept().body.anchor == "after lunch"


def test_two_first_plans_become_one_and_a_question(person: Person) -> None:
    person.set()
    other = {**FORM, "id": str(new_id()), "version": "0", "anchor": "after lunch"}
    assert person.browser.post("/days/change", other).status_code == 409
    assert Plan.objects.count() == 1


def test_one_that_is_sent_twice_is_kept_once(person: Person) -> None:
    form = {**FORM, "id": str(person.id), "version": "0"}
    for _ in range(2):
        assert person.browser.post("/days/change", form).status_code == 303
    assert person.kept().timed.version == 1


@pytest.mark.parametrize("version", ["1", "2"])
def test_one_that_was_stopped_meanwhile_begins_anew(person: Person, version: str) -> None:
    person.set()
    kept = person.kept()
    person.decide("stop")
    if version == "1":
        Plan.objects.all().delete()
    late = {**FORM, "id": str(kept.timed.id), "version": "1"}
    answer = person.browser.post("/days/change", late)
    page = answer.content.decode()
    assert answer.status_code in (404, 409)
    assert "it begins anew" in page
    again = {**FORM, "id": re.findall(r'name="id" value="([^"]+)"', page)[0], "version": "0"}
    assert person.browser.post("/days/change", again).status_code == 303


def test_one_that_cannot_be_read_any_more_says_so_and_is_set_again(person: Person) -> None:
    person.set()
    Plan.objects.update(minutes=4)
    with pytest.raises(DamageError):
        queries.kept_of(person.seat)
    assert "can no longer be read" in said(person.read())
    assert "Your quiet minute" not in said(person.read("/today"))
    assert person.browser.get("/days/now").status_code == 500
    form = {**FORM, "id": str(new_id()), "version": "0", "anchor": "after lunch"}
    assert person.browser.post("/days/change", form).status_code == 303
    assert "after lunch" in said(person.read())


@pytest.mark.parametrize("column", ["zone", "at", "weekdays", "minutes"])
def test_what_no_plan_can_be_is_none(person: Person, column: str) -> None:
    person.set()
    Plan.objects.update(**{column: "Nowhere/At-All" if column == "zone" else 5000})
    if column == "weekdays":
        Plan.objects.update(weekdays=0)
    assert queries.timed_of(person.seat.person_id) is None
    assert "thaw-reminder" not in person.read("/library")
    row = {**next(iter(Plan.objects.values())), "body": b""}
    assert row[column] is not None


def test_a_body_that_is_none_cannot_be_read(person: Person) -> None:
    person.set()
    kept = person.kept().timed
    sealed.save(Plan, person.seat, kept.id, kept.version, {"body": b"[]"})
    with pytest.raises(DamageError):
        queries.kept_of(person.seat)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b'{"what": "sit", "own": 1, "anchor": "", "words": "", "token": ""}',
        b'{"what": "fly", "own": "", "anchor": "", "words": "", "token": ""}',
    ],
)
def test_what_is_no_body_is_damaged(raw: bytes) -> None:
    with pytest.raises(DamageError):
        body_in(raw)


def test_a_body_is_read_as_it_was_written_and_a_strangers_is_looked_at() -> None:
    body = Body("own", "sit by the door", "after tea", "five minutes", "x" * 43)
    assert body_in(sealed_of(body)) == body
    check({"body": sealed_of(body)})
    with pytest.raises(InputError):
        check({"body": sealed_of(Body(anchor="x" * 81))})


def test_while_locked_the_plan_is_shut_and_no_page_knows_of_it(
    person: Person, locked: Client, house: House
) -> None:
    del house
    assert locked.get("/days").status_code == 423
    assert "thaw-reminder" not in locked.get("/unlock").content.decode()
    with pytest.raises(LockedError):
        queries.kept_of(type(person.seat)(person.seat.person_id, None, ""))


def test_the_machines_own_zone_is_named_where_the_plan_has_another(person: Person) -> None:
    here = zone_here()
    other = "Asia/Tokyo" if here.key != "Asia/Tokyo" else "Asia/Kolkata"
    person.set(zone=other)
    assert f"on the time of {here.key} now" in said(person.read())
    person.set(zone=here.key)
    assert "on the time of" not in said(person.read())


@pytest.mark.parametrize("said", ["", "Nowhere/Land", None])
def test_where_the_machine_names_no_zone_it_is_utc(said: str | None) -> None:
    assert zone_here(lambda: said).key == "UTC"
    assert zone_here(lambda: "Asia/Tokyo").key == "Asia/Tokyo"


def test_where_the_machine_names_two_zones_it_is_utc() -> None:
    def two() -> str:
        raise ZoneInfoNotFoundError("two")

    assert zone_here(two).key == "UTC"


def test_a_zone_is_found_however_it_is_typed() -> None:
    assert zone_named(" america/new york ").key == "America/New_York"
    assert zone_named("utc").key == "UTC"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (EVERY_DAY, "every day"),
        (frozenset({6}), "on Sunday"),
        (frozenset({0, 3}), "on Monday and Thursday"),
        (frozenset({0, 2, 4}), "on Monday, Wednesday and Friday"),
    ],
)
def test_days_are_said_as_one_says_them(days: frozenset[int], words: str) -> None:
    assert weekday_words(days) == words
