"""Days and months: real ones only, weeks from Monday, the person's own date."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.units import AccessError, InputError
from thaw.web.write import days
from thaw.web.write.days import FIRST, LAST, Month

DAYS = st.dates(FIRST, LAST)


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: dt.date) -> None:
    assert days.day_of(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "1899-12-31", "2200-01-01", "20261122", "2026-W01-1", "x", "٢٠٢٦-01-01"],
)
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(InputError, match="This is no day"):
        days.day_of(text)


@given(DAYS)
def test_a_month_has_each_of_its_days_once_in_weeks_from_monday(day: dt.date) -> None:
    month = Month(day.year, day.month)
    assert days.month_of(str(month)) == month
    assert day in month.days()
    assert month.days() == sorted(set(month.days()))
    assert (month.first, month.last) == (month.days()[0], month.days()[-1])
    assert all(
        each is None or each.weekday() == place
        for week in month.weeks()
        for place, each in enumerate(week)
    )


@given(DAYS)
def test_months_follow_each_other_to_the_ends_of_time(day: dt.date) -> None:
    month = Month(day.year, day.month)
    if month.after is not None:
        assert month.after.first - month.last == dt.timedelta(days=1)
        assert month.after.before == month
    else:
        assert month.last == LAST
    if month.before is None:
        assert month.first == FIRST


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "1899-12", "2026-1", "x"])
def test_an_unknown_month_is_not_there(text: str) -> None:
    with pytest.raises(AccessError):
        days.month_of(text)


def test_today_is_the_date_of_this_machine() -> None:
    before = dt.datetime.now(dt.UTC)
    assert days.local_day(before) <= days.today() <= days.local_day(dt.datetime.now(dt.UTC))


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", "2026-11-23"), ("Pacific/Pago_Pago", "2026-11-21")]
)
def test_the_day_is_that_of_the_zone_this_machine_is_in(zone: str, day: str) -> None:
    """Django would set a zone of its own for the whole process."""
    code = (
        "import datetime as dt, django; django.setup(); from thaw.web.write.days import local_day;"
        "print(local_day(dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)))"
    )
    surroundings = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "thaw.web.settings"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == day, done.stderr
