"""The plan of days: one reminder on each planned date in every zone, and gentle steps down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide.zones import DAY, HOUR, MINUTE, ODD, Walls, all_zones, dates_in, wanted_in, zone_of
from thaw.guide.schedule import (
    EVERY_DAY,
    DayPlan,
    Due,
    Quiet,
    begun,
    checked,
    day_of,
    due,
    firings,
    is_planned,
    minutes_offered,
    next_firing,
    shrunk,
    stand_in,
)
from thaw.guide.table import of
from thaw.units import InputError

BERLIN = zone_of("Europe/Berlin")
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
UNTIL = SINCE + 730 * DAY
LONG_AGO = date(2026, 1, 5)
"""A Monday."""

TIMES = (time(0, 0), time(0, 30), time(2, 30), time(7, 15), time(23, 30))

PLAN = DayPlan(time(21, 30), 5, EVERY_DAY, LONG_AGO, day_ends=time(4))


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """Return the moment at which a wall clock shows this, for times that it shows once."""
    return datetime.fromisoformat(text).replace(tzinfo=zone_of(zone)).astimezone(UTC)


def on(text: str, plan: DayPlan, zone: str) -> list[str]:
    """Return the reminders of a date, as the wall clock there shows them."""
    day = datetime.fromisoformat(text).replace(tzinfo=UTC)
    found = firings(plan, zone_of(zone), day - 2 * DAY, day + 3 * DAY)
    walls = [moment.astimezone(zone_of(zone)) for moment in found]
    return [f"{wall:%H:%M %z}" for wall in walls if wall.date() == day.date()]


def wrong_firings(name: str, times: tuple[time, ...] = ()) -> list[str]:
    """Compare what is planned for two years with what the wall clocks of a zone show.

    Args:
        name: The zone.
        times: When it is planned for; else the one that the zone makes hardest.
    """
    zone, found = zone_of(name), []
    walls = Walls.of(zone, SINCE - 3 * DAY, UNTIL + 3 * DAY)
    first, last = (SINCE - 2 * DAY).date(), (UNTIL + 2 * DAY).date()
    for each in times or (walls.oddest_time(),):
        told = list(firings(replace(PLAN, at=each), zone, SINCE, UNTIL))
        wanted = [at for at in wanted_in(walls, each, first, last) if SINCE <= at < UNTIL]
        days = [walls.shown(moment).date() for moment in told]
        inside = [day for day in dates_in(walls, first, last) if days[0] <= day <= days[-1]]
        if told != wanted or days != inside or len(days) not in (729, 730, 731):
            found.append(f"{name} at {each}")
    return found


@pytest.mark.parametrize("name", ODD)
def test_two_years_have_one_reminder_a_date_in_odd_zones(name: str) -> None:
    assert not wrong_firings(name, TIMES)


def test_two_years_have_one_reminder_a_date_in_every_zone_there_is() -> None:
    assert len(all_zones()) > 300
    assert not [wrong for name in all_zones() for wrong in wrong_firings(name)]


@pytest.mark.deep
def test_two_years_have_one_in_every_zone_at_other_times_of_day_too() -> None:
    assert not [wrong for name in all_zones() for wrong in wrong_firings(name, TIMES)]


def test_the_odd_zones_are_zones() -> None:
    assert set(ODD) <= set(all_zones())
    assert len(ODD) >= 60


@pytest.mark.parametrize(
    ("zone", "day", "wanted", "comes"),
    [
        ("Europe/Berlin", "2027-03-28", "02:30", "03:00 +0200"),
        ("Europe/Berlin", "2027-03-28", "03:00", "03:00 +0200"),
        ("America/New_York", "2027-03-14", "02:30", "03:00 -0400"),
        ("Australia/Lord_Howe", "2027-10-03", "02:15", "02:30 +1100"),
        ("Antarctica/Troll", "2027-03-28", "01:30", "03:00 +0200"),
        ("Asia/Beirut", "2027-03-28", "00:30", "01:00 +0300"),
        ("America/Havana", "2027-03-14", "00:00", "01:00 -0400"),
    ],
)
def test_for_a_time_that_a_date_does_not_have_the_next_one_stands_in(
    zone: str, day: str, wanted: str, comes: str
) -> None:
    assert on(day, replace(PLAN, at=time.fromisoformat(wanted)), zone) == [comes]


def test_a_time_that_comes_twice_is_meant_the_first_time() -> None:
    assert on("2027-10-31", replace(PLAN, at=time(2, 30)), "Europe/Berlin") == ["02:30 +0200"]
    assert on("2027-11-07", replace(PLAN, at=time(1, 30)), "America/New_York") == ["01:30 -0400"]


def test_where_the_clock_goes_forward_over_midnight_the_last_minute_before_stands_in() -> None:
    late = replace(PLAN, at=time(23, 30))
    assert on("2027-03-27", late, "America/Nuuk") == ["22:59 -0200"]
    assert on("2027-03-28", late, "America/Nuuk") == ["23:30 -0100"]


def test_where_the_next_time_lies_in_quiet_hours_the_last_minute_before_stands_in() -> None:
    plan = checked(replace(PLAN, at=time(2, 15), quiet=Quiet(time(3), time(12))))
    assert on("2027-03-28", plan, "Europe/Berlin") == ["01:59 +0100"]


def test_where_quiet_hours_leave_no_minute_around_a_gap_nothing_comes() -> None:
    plan = replace(PLAN, at=time(2, 15), quiet=Quiet(time(3), time(2)))
    assert on("2027-03-27", plan, "Europe/Berlin") == ["02:15 +0100"]
    assert on("2027-03-28", plan, "Europe/Berlin") == []


@pytest.mark.parametrize(
    ("zone", "left_out"),
    [
        ("Pacific/Apia", "2011-12-30"),
        ("Pacific/Fakaofo", "2011-12-30"),
        ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"),
        ("Pacific/Kanton", "1994-12-31"),
    ],
)
@pytest.mark.parametrize("when", TIMES)
def test_a_date_that_a_zone_left_out_has_none_and_its_neighbours_one(
    zone: str, left_out: str, when: time
) -> None:
    plan = replace(PLAN, at=when, since=date(1990, 1, 1))
    day = date.fromisoformat(left_out)
    assert on(left_out, plan, zone) == []
    for other in (day - DAY, day + DAY):
        assert [shown[:5] for shown in on(str(other), plan, zone)] == [f"{when:%H:%M}"]


def test_a_date_that_came_twice_has_one() -> None:
    plan = replace(PLAN, at=time(12), since=date(1960, 1, 1))
    assert on("1969-09-30", plan, "Pacific/Kwajalein") == ["12:00 +1100"]


ZONES = st.sampled_from(ODD).map(zone_of)
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MOMENTS = st.integers(0, 55 * 366 * 86_400).map(
    lambda seconds: datetime(1980, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@st.composite
def plans(draw: st.DrawFn) -> DayPlan:
    """Return plans that can be kept."""
    quiet = draw(st.none() | st.builds(Quiet, CLOCKS, CLOCKS))
    if quiet is not None and quiet.left() < of("days", "free_least") * HOUR:
        quiet = None
    when = draw(CLOCKS.filter(lambda each: quiet is None or not quiet.covers(each)))
    return checked(
        DayPlan(
            when,
            draw(st.integers(of("days", "least"), of("days", "most"))),
            draw(st.frozensets(st.integers(0, 6), min_size=1)),
            date(1970, 1, 1),
            day_ends=draw(st.builds(time, st.integers(0, 5), st.integers(0, 59))),
            quiet=quiet,
            step=draw(st.integers(0, 4)),
        )
    )


@given(plans(), ZONES, MOMENTS, st.integers(1, 60))
def test_each_planned_date_has_exactly_one_whatever_is_planned(
    plan: DayPlan, zone: object, since: datetime, days: int
) -> None:
    assert isinstance(zone, type(BERLIN))
    until = since + days * DAY
    walls = Walls.of(zone, since - 3 * DAY, until + 3 * DAY)
    told = list(firings(plan, zone, since, until))
    assert all(before < after for before, after in pairwise(told))
    assert all(since <= moment < until for moment in told)
    shown = [walls.shown(moment) for moment in told]
    assert not [wall for wall in shown if plan.quiet and plan.quiet.covers(wall.time())]
    edges = {walls.shown(since).date(), walls.shown(until).date()}
    inside = walls.dates(min(edges) + DAY, max(edges))
    planned = [day for day in inside if is_planned(plan, _personal(plan, day))]
    dates = [wall.date() for wall in shown]
    assert [day for day in planned if dates.count(day) != 1] == []
    assert {*dates} <= {*planned, *edges}


def _personal(plan: DayPlan, day: date) -> date:
    return day - DAY if plan.at < plan.day_ends else day


@given(plans(), ZONES, MOMENTS, st.integers(0, 40), st.integers(0, 40))
def test_two_spans_have_what_the_whole_has(
    plan: DayPlan, zone: object, since: datetime, first: int, second: int
) -> None:
    assert isinstance(zone, type(BERLIN))
    middle = since + first * 7 * HOUR
    until = middle + second * 7 * HOUR
    parts = [*firings(plan, zone, since, middle), *firings(plan, zone, middle, until)]
    assert parts == list(firings(plan, zone, since, until))


@given(plans(), ZONES, MOMENTS)
def test_the_next_one_is_the_first_of_those_that_come(
    plan: DayPlan, zone: object, now: datetime
) -> None:
    assert isinstance(zone, type(BERLIN))
    next_ = next_firing(plan, zone, now)
    assert next_ is not None
    assert next_ == next(firings(plan, zone, now, now + 30 * DAY))


def test_what_is_paused_or_begins_later_does_not_come() -> None:
    assert not list(firings(replace(PLAN, is_paused=True), BERLIN, SINCE, UNTIL))
    assert next_firing(replace(PLAN, is_paused=True), BERLIN, SINCE) is None
    later = replace(PLAN, since=date(2027, 5, 3))
    assert next_firing(later, BERLIN, SINCE) == at("2027-05-03 21:30")
    assert not is_planned(later, date(2027, 5, 2))


def test_a_date_that_does_not_have_the_time_is_known_before() -> None:
    early = replace(PLAN, at=time(2, 30))
    assert stand_in(early, BERLIN, SINCE, UNTIL) == at("2027-03-28 03:00")
    assert stand_in(early, BERLIN, SINCE, at("2027-03-28 03:00")) is None
    assert stand_in(PLAN, BERLIN, SINCE, UNTIL) is None
    assert stand_in(replace(early, is_paused=True), BERLIN, SINCE, UNTIL) is None


def test_weekdays_are_personal_days() -> None:
    night = replace(PLAN, at=time(1), weekdays=frozenset({0}))  # Mondays, which end at four.
    found = [moment.astimezone(BERLIN) for moment in firings(night, BERLIN, SINCE, UNTIL)]
    assert {moment.isoweekday() for moment in found} == {2}
    assert {day_of(moment, BERLIN, night.day_ends).weekday() for moment in found} == {0}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22 03:59", "2026-11-21"),
        ("2026-11-22 04:00", "2026-11-22"),
        ("2026-11-22 23:59", "2026-11-22"),
        ("2026-11-23 00:30", "2026-11-22"),
    ],
)
def test_a_personal_day_ends_when_its_person_says_so(moment: str, day: str) -> None:
    assert day_of(at(moment), BERLIN, time(4)) == date.fromisoformat(day)


def test_a_plan_begins_today_where_its_time_is_still_to_come() -> None:
    assert begun(PLAN, BERLIN, at("2026-11-22 21:29")).since == date(2026, 11, 22)
    assert begun(PLAN, BERLIN, at("2026-11-22 21:30")).since == date(2026, 11, 23)
    night = replace(PLAN, at=time(0, 30))
    assert begun(night, BERLIN, at("2026-11-22 23:00")).since == date(2026, 11, 22)
    assert begun(night, BERLIN, at("2026-11-23 03:00")).since == date(2026, 11, 23)


def test_a_plan_that_began_today_comes_today() -> None:
    now = at("2026-11-22 20:00")
    assert next_firing(begun(PLAN, BERLIN, now), BERLIN, now) == at("2026-11-22 21:30")


def days(*numbers: int) -> set[date]:
    """Return days of the plan by their numbers, from 0 on."""
    return {LONG_AGO + number * DAY for number in numbers}


def sizes(*done: int, days_by: int) -> Iterator[tuple[int, int]]:
    """Yield minutes and days a week as they stand on each day."""
    for number in range(days_by):
        now = shrunk(PLAN, days(*done), LONG_AGO + number * DAY)
        yield now.minutes_now, len(now.weekdays_now)


def test_two_planned_days_without_it_make_it_a_step_smaller() -> None:
    assert list(sizes(days_by=8)) == [(5, 7)] * 2 + [(3, 5)] * 3 + [(2, 3)] * 3
    assert [*sizes(days_by=200)][-1] == (2, 1)


def test_one_day_without_it_or_one_on_which_something_was_done_changes_nothing() -> None:
    assert set(sizes(1, 3, 5, 7, 9, 11, 13, days_by=15)) == {(5, 7)}


def test_today_is_not_missed_before_it_is_over() -> None:
    assert shrunk(PLAN, days(0), LONG_AGO + 2 * DAY) == replace(PLAN)
    assert shrunk(PLAN, days(0), LONG_AGO + 3 * DAY).step == 1


def test_days_that_are_not_planned_are_not_missed_and_count_where_something_was_done() -> None:
    plan = replace(PLAN, weekdays=frozenset({0, 3}))
    assert shrunk(plan, (), LONG_AGO + 3 * DAY) == plan
    assert shrunk(plan, days(1), LONG_AGO + 4 * DAY) == plan
    assert shrunk(plan, (), LONG_AGO + 4 * DAY).step == 1


def test_it_stays_small_until_its_person_says_otherwise() -> None:
    now = shrunk(PLAN, days(*range(2, 100)), LONG_AGO + 100 * DAY)
    assert (now.minutes_now, len(now.weekdays_now)) == (3, 5)
    assert now.is_smaller


def test_the_days_that_are_left_are_spread_over_the_week() -> None:
    found = [sorted(replace(PLAN, step=step).weekdays_now) for step in range(5)]
    assert found == [[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 4, 5], [0, 2, 4], [0], [0]]
    weekend = replace(PLAN, weekdays=frozenset({5, 6}))
    assert [sorted(replace(weekend, step=step).weekdays_now) for step in (0, 1)] == [[5, 6], [5]]


def test_a_plan_that_may_not_shrink_or_is_paused_stays_as_it_is() -> None:
    much_later = LONG_AGO + 300 * DAY
    for plan in (replace(PLAN, shrinks=False), replace(PLAN, is_paused=True)):
        assert shrunk(plan, (), much_later) == plan


@given(plans(), st.sets(st.integers(0, 400)), st.integers(0, 400))
def test_it_never_comes_to_nothing_and_never_grows_by_itself(
    plan: DayPlan, done: set[int], days_by: int
) -> None:
    plan = replace(plan, since=LONG_AGO)
    now = shrunk(plan, days(*done), LONG_AGO + days_by * DAY)
    assert of("days", "least") <= now.minutes_now <= plan.minutes_now
    assert 1 <= len(now.weekdays_now) <= len(plan.weekdays_now)
    assert now.weekdays_now <= plan.weekdays
    assert now.step >= plan.step
    assert now.is_smaller or now == plan or plan.is_smallest


@given(plans(), st.sets(st.integers(0, 200)), st.integers(0, 200), st.integers(0, 200))
def test_what_is_kept_meanwhile_changes_nothing(
    plan: DayPlan, done: set[int], first: int, more: int
) -> None:
    plan = replace(plan, since=LONG_AGO)
    today = LONG_AGO + (first + more) * DAY
    kept = shrunk(plan, days(*done), LONG_AGO + first * DAY)
    assert shrunk(shrunk(plan, days(*done), today), days(*done), today) == shrunk(
        plan, days(*done), today
    )
    assert kept.step <= shrunk(kept, days(*done), today).step


def test_a_reminder_may_come_a_little_late_and_then_no_more() -> None:
    moment = at("2026-11-22 21:30")
    assert due(PLAN, BERLIN, moment - MINUTE) is None
    assert due(PLAN, BERLIN, moment) == Due(moment, moment + 2 * HOUR)
    assert due(PLAN, BERLIN, moment + 2 * HOUR - MINUTE) == Due(moment, moment + 2 * HOUR)
    assert due(PLAN, BERLIN, moment + 2 * HOUR) is None
    assert due(PLAN, BERLIN, moment - timedelta(milliseconds=1)) is None


@pytest.mark.parametrize(
    ("quiet", "until"),
    [
        (Quiet(time(22, 30), time(7)), "2026-11-22 22:00"),
        (Quiet(time(23, 45), time(7)), "2026-11-22 23:15"),
        (Quiet(time(0, 15), time(7)), "2026-11-22 23:30"),
        (Quiet(time(12), time(13)), "2026-11-22 23:30"),
    ],
)
def test_a_late_reminder_ends_where_quiet_hours_begin(quiet: Quiet, until: str) -> None:
    plan = checked(replace(PLAN, at=time(21, 30), quiet=quiet))
    found = due(plan, BERLIN, at("2026-11-22 21:40"))
    assert found == Due(at("2026-11-22 21:30"), at(until))


def test_quiet_hours_go_across_midnight_and_begin_a_little_before() -> None:
    quiet = Quiet(time(22, 30), time(7))
    covered = [time(22), time(22, 30), time(0), time(6, 59)]
    assert [each for each in covered if not quiet.covers(each)] == []
    assert [each for each in (time(21, 59), time(7), time(12)) if quiet.covers(each)] == []
    assert quiet.begins() == time(22)
    assert Quiet(time(0, 10), time(7)).begins() == time(23, 40)
    assert Quiet(time(0, 10), time(7)).covers(time(23, 45))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weekdays": frozenset()}, "days.none"),
        ({"weekdays": frozenset({7})}, "days.none"),
        ({"minutes": 1}, "days.minutes"),
        ({"minutes": 11}, "days.minutes"),
        ({"day_ends": time(6, 1)}, "days.ends"),
        ({"quiet": Quiet(time(8), time(8))}, "days.quiet_all"),
        ({"quiet": Quiet(time(8), time(4, 31))}, "days.quiet_all"),
        ({"quiet": Quiet(time(21), time(22))}, "days.in_quiet"),
        ({"quiet": Quiet(time(22), time(7))}, "days.in_quiet"),
    ],
)
def test_a_plan_that_cannot_be_kept_says_what_to_mend(change: dict[str, object], code: str) -> None:
    plan = replace(PLAN, **change)  # type: ignore[arg-type]  # Each field has a type of its own.
    with pytest.raises(InputError) as caught:
        checked(plan)
    assert caught.value.code == code
    assert caught.value.fields["field"]
    assert caught.value.message.endswith(".")


def test_a_plan_that_can_be_kept_is_left_as_it_is() -> None:
    plan = replace(PLAN, quiet=Quiet(time(8), time(4, 30)), at=time(5))
    assert checked(plan) is plan


def test_one_begins_small_and_has_more_to_choose_from_later() -> None:
    assert minutes_offered(None, 0) == (3, 4, 5)
    assert minutes_offered(None, of("days", "settled")) == tuple(range(3, 11))
    assert minutes_offered(replace(PLAN, step=2), 0) == (2, 3, 4, 5)
    assert minutes_offered(replace(PLAN, minutes=8), 0) == (3, 4, 5, 8)
