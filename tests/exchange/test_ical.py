"""A plan of days as iCalendar: read back by a library, it comes when the plan does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it ships none
from icalendar import Calendar

from tests.guide.zones import DAY, HOUR, ODD, Walls, all_zones, offset_at, zone_of
from thaw.exchange.ical import NEUTRAL, Appointment, calendar_of
from thaw.guide.schedule import EVERY_DAY, DayPlan, Quiet, firings
from thaw.guide.table import of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SINCE = NOW
UNTIL = NOW + 730 * DAY
PLAN = DayPlan(time(21, 30), 5, EVERY_DAY, date(2026, 11, 22), day_ends=time(4))
UID = "0197a1b2-0000-4000-8000-000000000001"
WORDS = "After tea; just sit, and \\ “breathe”\nor not"

Part: TypeAlias = Any  # What the library reads has one of thirty types.
Onsets: TypeAlias = list[tuple[datetime, timedelta]]


def appointment(plan: DayPlan = PLAN, zone: str = "Europe/Berlin", **more: str) -> Appointment:
    return Appointment(plan, zone_of(zone), UID, NOW, 3, **more)


def read_back(told: Appointment | None, now: datetime = NOW) -> Part:
    """Return what a program reads; the library is strict about what it takes."""
    raw = calendar_of(told, now)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = Calendar.from_ical(raw)
    assert not [error for part in calendar.walk() for error in part.errors]
    return calendar


def events(calendar: Part) -> list[Part]:
    return list(calendar.walk("VEVENT"))


def onsets_of(calendar: Part) -> Onsets:
    """Return when each offset begins, as RFC 5545 (3.6.5) says: on the clock as it was before."""
    found: Onsets = []
    (zone,) = calendar.walk("VTIMEZONE")
    for part in zone.subcomponents:
        more = part.get("RDATE")
        walls = [part["DTSTART"].dt, *(each.dt for each in (more.dts if more else ()))]
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        found += [((wall - before).replace(tzinfo=UTC), after) for wall in walls]
    return sorted(found)


def offset_in(onsets: Onsets, moment: datetime) -> timedelta:
    return [offset for onset, offset in onsets if onset <= moment][-1]


def moments_of(onsets: Onsets, wall: datetime) -> list[datetime]:
    """Return when a wall clock shows this: once, twice, or never."""
    guesses = {(wall - offset).replace(tzinfo=UTC) for _, offset in onsets}
    return sorted(
        each for each in guesses if each + offset_in(onsets, each) == wall.replace(tzinfo=UTC)
    )


def wall_of(told: datetime) -> datetime:
    return told.replace(tzinfo=None)


def instances(event: Part, onsets: Onsets) -> Iterator[datetime]:
    """Expand an event as a calendar does that knows nothing but the file."""
    start = event["DTSTART"].dt
    walls = [wall_of(start)]
    if rule := event.get("RRULE"):
        text = rule.to_ical().decode()
        until = datetime.strptime(text.split("UNTIL=")[1][:16], "%Y%m%dT%H%M%S%z")
        local = until + offset_in(onsets, until)
        text = text.replace(f"{until:%Y%m%dT%H%M%SZ}", f"{local:%Y%m%dT%H%M%S}")
        walls = list(rrulestr(text, dtstart=wall_of(start)))
    left_out = event.get("EXDATE")
    skipped = {wall_of(each.dt) for each in (left_out.dts if left_out else ())}
    for wall in walls:
        if wall not in skipped:
            yield moments_of(onsets, wall)[0]  # Of two the first; one that is none would fail.


def expanded(calendar: Part) -> list[datetime]:
    onsets = onsets_of(calendar)
    found = [moment for event in events(calendar) for moment in instances(event, onsets)]
    return sorted(moment for moment in found if SINCE <= moment < UNTIL)


ZONES = (
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("when", ["00:00", "01:30", "02:30", "21:30", "23:30"])
@pytest.mark.parametrize("weekdays", [EVERY_DAY, frozenset({0, 3, 6})])
def test_two_years_of_it_are_two_years_of_the_plan(
    zone: str, when: str, weekdays: frozenset[int]
) -> None:
    plan = replace(PLAN, at=time.fromisoformat(when), weekdays=weekdays)
    found = expanded(read_back(appointment(plan, zone)))
    assert found == list(firings(plan, zone_of(zone), SINCE, UNTIL))
    assert len(found) >= 729 * len(weekdays) // 7 - 1


@pytest.mark.deep
@pytest.mark.parametrize("zone", ODD)
def test_two_years_of_it_are_two_years_of_the_plan_in_every_odd_zone(zone: str) -> None:
    for hour in range(24):
        plan = replace(PLAN, at=time(hour, 30))
        found = expanded(read_back(appointment(plan, zone)))
        assert found == list(firings(plan, zone_of(zone), SINCE, UNTIL)), hour


@pytest.mark.deep
def test_two_years_of_it_are_two_years_of_the_plan_in_every_zone_there_is() -> None:
    for zone in all_zones():
        plan = replace(PLAN, at=Walls.of(zone_of(zone), SINCE, UNTIL).oddest_time())
        found = expanded(read_back(appointment(plan, zone)))
        assert found == list(firings(plan, zone_of(zone), SINCE, UNTIL)), zone
        assert len(found) in (729, 730), zone


@pytest.mark.parametrize("zone", ZONES)
def test_its_zone_tells_the_offset_of_every_hour(zone: str) -> None:
    onsets = onsets_of(read_back(appointment(zone=zone)))
    hours = [SINCE + number * HOUR for number in range(730 * 24)]
    told = zone_of(zone)
    assert not [hour for hour in hours if offset_in(onsets, hour) != offset_at(told, hour)]


def test_it_says_a_quiet_minute_and_nothing_else() -> None:
    raw = calendar_of(appointment(), NOW).decode()
    calendar = read_back(appointment())
    (event,) = events(calendar)
    assert event["SUMMARY"] == NEUTRAL
    said = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"}
    texts = {str(part[name]) for part in calendar.walk() for name in said & set(part)}
    assert texts == {NEUTRAL}
    assert not {"LOCATION", "URL", "ORGANIZER", "CATEGORIES", "COMMENT", "ATTENDEE"} & {
        name for part in calendar.walk() for name in part
    }
    assert "thaw" not in raw.lower()
    assert event["CLASS"] == "PRIVATE"
    assert event["TRANSP"] == "TRANSPARENT"


def test_it_has_an_alarm_at_its_time_and_as_many_minutes_as_stand_now() -> None:
    plan = replace(PLAN, step=1)
    (event,) = events(read_back(appointment(plan)))
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta())
    assert event["DURATION"].dt == timedelta(minutes=3)
    assert event["RRULE"]["BYDAY"] == ["MO", "TU", "WE", "FR", "SA"]


def test_a_calendar_knows_a_change_from_what_it_had_also_one_that_came_by_itself() -> None:
    whole = appointment()
    smaller = replace(whole, plan=replace(PLAN, step=1))
    changed = replace(whole, version=whole.version + 1)
    counted = [events(read_back(each))[0]["SEQUENCE"] for each in (whole, smaller, changed)]
    assert counted == sorted(set(counted))
    smallest = next(step for step in range(16) if replace(PLAN, step=step).is_smallest)
    assert smallest < 16 - 1


def test_a_night_belongs_to_the_day_before() -> None:
    plan = replace(PLAN, at=time(1), weekdays=frozenset({6}))
    (event,) = events(read_back(appointment(plan)))
    assert event["RRULE"]["BYDAY"] == ["MO"]


def test_own_words_come_back_as_they_were_and_reach_no_other_part() -> None:
    calendar = read_back(appointment(words=WORDS))
    (event,) = events(calendar)
    assert str(event["SUMMARY"]) == WORDS
    assert str(event.walk("VALARM")[0]["DESCRIPTION"]) == WORDS
    assert str(calendar["NAME"]) == NEUTRAL


def test_words_cannot_become_lines_of_the_calendar() -> None:
    words = "x\r\nEND:VEVENT\r\nATTACH:file:///etc/passwd"
    calendar = read_back(appointment(words=words))
    assert [part.name for part in calendar.walk()].count("VEVENT") == 1
    assert not [part for part in calendar.walk() if "ATTACH" in part]


@pytest.mark.parametrize("told", [None, appointment(replace(PLAN, is_paused=True))])
def test_what_is_paused_or_stopped_is_a_calendar_with_nothing_in_it(
    told: Appointment | None,
) -> None:
    calendar = read_back(told)
    assert not events(calendar)
    assert calendar.walk("VTIMEZONE")


def test_a_date_without_its_time_stands_beside_the_rule() -> None:
    plan = replace(PLAN, at=time(2, 30))
    rule, *beside = events(read_back(appointment(plan)))
    assert [f"{each.dt:%Y-%m-%d %H:%M}" for each in rule["EXDATE"].dts] == [
        "2027-03-28 02:30",
        "2028-03-26 02:30",
    ]
    assert [str(each["DTSTART"].dt) for each in beside] == [
        "2027-03-28 03:00:00+02:00",
        "2028-03-26 03:00:00+02:00",
    ]
    assert len({str(each["UID"]) for each in (rule, *beside)}) == 3


def test_a_plan_that_begins_on_such_a_date_has_it_too() -> None:
    plan = replace(PLAN, at=time(2, 30), day_ends=time(), since=date(2027, 3, 28))
    calendar = read_back(appointment(plan))
    assert expanded(calendar) == list(firings(plan, zone_of("Europe/Berlin"), SINCE, UNTIL))
    assert len(events(calendar)) == 3


def test_where_only_such_a_date_is_in_reach_there_is_no_rule() -> None:
    plan = replace(PLAN, at=time(2, 30), day_ends=time(), since=date(2027, 3, 28))
    then = datetime(2027, 3, 28, 12, tzinfo=UTC) - of("days", "ahead") * DAY
    (event,) = events(read_back(appointment(plan), then))
    assert "RRULE" not in event


def test_it_stays_as_it_is_from_one_hour_to_the_next() -> None:
    first = read_back(appointment(replace(PLAN, since=date(2020, 1, 1))))
    later = read_back(appointment(replace(PLAN, since=date(2020, 1, 1))), NOW + 5 * DAY)
    starts = [events(each)[0]["DTSTART"].dt for each in (first, later)]
    assert starts[0] == starts[1] == datetime(2026, 10, 1, 19, 30, tzinfo=UTC)


def test_quiet_hours_hold_in_a_calendar_too() -> None:
    plan = replace(PLAN, at=time(2, 15), quiet=Quiet(time(3), time(12)))
    _, first, *_ = events(read_back(appointment(plan)))
    assert str(first["DTSTART"].dt) == "2027-03-28 01:59:00+01:00"
