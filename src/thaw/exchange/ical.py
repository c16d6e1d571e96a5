"""A plan of days as iCalendar (RFC 5545), for calendars to read.

Words that lie in a calendar are read by others: on a lock screen, in a shared calendar, by who
runs it. Unless its person chose other words, all of it says "a quiet minute".

Two things are ours and not the library's. Its VTIMEZONE gives the onset of summer time as the
wall clock after the gap, where RFC 5545 (3.6.5) wants the one before, which is an hour late. And
what a rule means on a date that lacks its time, the RFC says in two ways (3.3.10): such an
instance is left out of the rule here, and stands beside it as an event of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from thaw.guide.schedule import EVERY_DAY, DayPlan, firings
from thaw.guide.table import of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Alarm, Calendar, Event, Timezone

NEUTRAL = "a quiet minute"
"""What a calendar says, unless its person chose other words."""

MAKER = "-//a quiet minute//calendar 1//EN"
ASK_AGAIN = timedelta(hours=1)
"""How often a calendar that subscribed is asked to look."""

_MOST_STEPS = 16
"""More than a plan has until it is at its smallest: each counts as a change for calendars."""

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_LOOK = timedelta(hours=6)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar is told.

    Attributes:
        plan: As it stands.
        zone: Where its person is.
        uid: The same for as long as the plan lives, so that a calendar changes and does not add.
        changed_at: When it was changed last.
        version: Counts changes.
        words: What the calendar says.
    """

    plan: DayPlan
    zone: ZoneInfo
    uid: str
    changed_at: datetime
    version: int
    words: str = field(default=NEUTRAL, repr=False)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of a zone's offset: what it is from ``onset`` on, on the clock before."""

    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def calendar_of(appointment: Appointment | None, now: datetime) -> bytes:
    """Return a calendar: from the month before on, so far ahead as it is told.

    One that is paused, or None, gives a calendar with nothing in it, so that what subscribed
    forgets what it had. A zone is in it all the same: one without any part is not valid.
    """
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("name", NEUTRAL)
    calendar.add("x-wr-calname", NEUTRAL)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    since, until = _span(now)
    zone = appointment.zone if appointment else ZoneInfo("UTC")
    calendar.add_component(timezone_of(zone, since - _DAY, until + _DAY))
    if appointment:
        _put_events(calendar, appointment, since, until)
    return bytes(calendar.to_ical())


def timezone_of(zone: ZoneInfo, since: datetime, until: datetime) -> Timezone:
    """Return a VTIMEZONE that is right between two moments."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("tzid", zone.key)
    for change, onsets in _changes(zone, since, until).items():
        part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        part.add("dtstart", onsets[0])
        part.add("tzoffsetfrom", change.before)
        part.add("tzoffsetto", change.after)
        part.add("tzname", change.name)
        if onsets[1:]:
            part.add("rdate", onsets[1:])
        found.add_component(part)
    return found


def _span(now: datetime) -> tuple[datetime, datetime]:
    """Return what a calendar is told of; it begins at the same moment for a month."""
    month_before = (now.astimezone(UTC).replace(day=1) - _DAY).replace(day=1)
    since = month_before.replace(hour=0, minute=0, second=0, microsecond=0)
    return since, now + of("days", "ahead") * _DAY


def _put_events(
    calendar: Calendar, appointment: Appointment, since: datetime, until: datetime
) -> None:
    """Add the rule, and what stands beside it."""
    plan, zone = appointment.plan, appointment.zone
    by_rule: list[datetime] = []
    beside: list[datetime] = []
    for moment in firings(plan, zone, since, until):
        is_usual = moment.astimezone(zone).time() == plan.at
        (by_rule if is_usual else beside).append(moment)
    if by_rule:
        event = _event(appointment, by_rule[0], appointment.uid)
        event.add("rrule", _rule(plan, by_rule[-1]))
        left_out = [_left_out(plan, moment, zone) for moment in beside if moment > by_rule[0]]
        if left_out:
            event.add("exdate", left_out)
        calendar.add_component(event)
    for moment in beside:
        calendar.add_component(_event(appointment, moment, f"{appointment.uid}-{moment:%Y%m%d}"))


def _event(appointment: Appointment, moment: datetime, uid: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", appointment.changed_at.astimezone(UTC))
    event.add("last-modified", appointment.changed_at.astimezone(UTC))
    event.add("sequence", appointment.version * _MOST_STEPS + appointment.plan.step)
    event.add("summary", appointment.words)
    event.add("dtstart", moment.astimezone(appointment.zone))
    event.add("duration", timedelta(minutes=appointment.plan.minutes_now))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(appointment.words))
    return event


def _alarm(words: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", words)
    return alarm


def _rule(plan: DayPlan, last: datetime) -> dict[str, object]:
    if plan.weekdays_now == EVERY_DAY:
        return {"freq": "DAILY", "until": last}
    later = 1 if plan.at < plan.day_ends else 0  # The night belongs to the day before.
    days = sorted((weekday + later) % len(_NAMES) for weekday in plan.weekdays_now)
    return {"freq": "WEEKLY", "until": last, "byday": [_NAMES[day] for day in days]}


def _left_out(plan: DayPlan, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the instance of the rule that another moment of its date stands in for."""
    return datetime.combine(moment.astimezone(zone).date(), plan.at, tzinfo=zone)


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> dict[_Change, list[datetime]]:
    """Return every change of offset, with its onsets on the clock as it was before."""
    found: dict[_Change, list[datetime]] = defaultdict(list)
    local = since.astimezone(zone)
    found[_change(_offset(local), local)].append(_midnight(local.date()))
    for moment in _moments_of_change(zone, since, until):
        before = _offset((moment - _SECOND).astimezone(zone))
        onset = (moment + before).replace(tzinfo=None)
        found[_change(before, moment.astimezone(zone))].append(onset)
    return found


def _change(before: timedelta, local: datetime) -> _Change:
    return _Change(before, _offset(local), local.tzname() or "", bool(local.dst()))


def _moments_of_change(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the first second of each new offset."""
    for number in range((until - since) // _LOOK):
        before = since + number * _LOOK
        if _offset_at(zone, before) != _offset_at(zone, before + _LOOK):
            yield _change_between(zone, before, before + _LOOK)


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    was = _offset_at(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _offset_at(zone, middle) == was:
            before = middle
        else:
            after = middle
    return after


def _offset_at(zone: ZoneInfo, moment: datetime) -> timedelta:
    return _offset(moment.astimezone(zone))


def _offset(local: datetime) -> timedelta:
    offset = local.utcoffset()
    return offset if offset is not None else timedelta()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - on the wall clock there.
