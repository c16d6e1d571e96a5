"""A plan of days: the same time each day, small, and smaller after days without it.

Pure: the moment, the zone and what was done are arguments. Two kinds of day are told apart. A
**date** is one on the wall calendar of the zone; a reminder comes once on each that is planned.
A **personal day** ends when its person says so, such as at four in the morning, and is what
weekdays and misses are counted in.

A wall clock that changes makes no reminder come twice or not at all. A time that a date has twice
is meant the first time. For a time that a date does not have, the next moment that exists on
that date stands in, or where there is none (the clock was moved across midnight), or it lies in
quiet hours, the last minute before it. A date that a zone leaves out altogether, as Samoa did
with 30 December 2011, has no reminder.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from thaw.guide.table import of
from thaw.units import InputError

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)

EVERY_DAY = frozenset(range(_WEEK // _DAY))
"""The weekdays, Monday as 0."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing comes, on the wall clock; they may go across midnight."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Return whether nothing may come at this time: in these hours, and shortly before."""
        begins = _into_day(self.start) - self._lead()
        return (_into_day(at) - begins) % _DAY < (_into_day(self.end) - begins) % _DAY

    def begins(self) -> time:
        """Return the time from which on nothing comes."""
        return _on_the_clock((_into_day(self.start) - self._lead()) % _DAY)

    def left(self) -> timedelta:
        """Return how much of a day they leave; none where they begin when they end."""
        if self.start == self.end:
            return timedelta()
        return max((_into_day(self.start) - _into_day(self.end)) % _DAY - self._lead(), timedelta())

    @staticmethod
    def _lead() -> timedelta:
        return of("days", "quiet_before") * _MINUTE


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What is planned, on which days, and how much smaller it has become.

    Attributes:
        at: The time on the wall clock, in whole minutes.
        minutes: How long it was meant to take.
        weekdays: The personal days it was meant for, Monday as 0.
        since: The personal day from which on it counts.
        day_ends: When a personal day ends, in the morning after.
        quiet: When nothing comes; None for no such hours.
        shrinks: Whether it becomes smaller after days without it.
        step: How often it has.
        is_paused: Whether nothing comes until its person says so.
    """

    at: time
    minutes: int
    weekdays: frozenset[int]
    since: date
    day_ends: time = time()
    quiet: Quiet | None = None
    shrinks: bool = True
    step: int = 0
    is_paused: bool = False

    @property
    def minutes_now(self) -> int:
        """The minutes after all steps: halved each time, and never below the least."""
        minutes = self.minutes
        for _ in range(self.step):
            minutes = max(min(minutes, of("days", "least")), -(-minutes // of("days", "halves")))
        return minutes

    @property
    def weekdays_now(self) -> frozenset[int]:
        """The days after all steps, spread over the week; one always stays."""
        wanted = sorted(self.weekdays)
        count = max(1, len(wanted) - self.step * of("days", "fewer"))
        return frozenset(wanted[place * len(wanted) // count] for place in range(count))

    @property
    def is_smaller(self) -> bool:
        """Whether it is smaller than it was meant to be."""
        return (self.minutes_now, self.weekdays_now) != (self.minutes, self.weekdays)

    @property
    def is_smallest(self) -> bool:
        """Whether another step would leave it as it is."""
        next_ = replace(self, step=self.step + 1)
        return (self.minutes_now, self.weekdays_now) == (next_.minutes_now, next_.weekdays_now)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that may be shown now, and the moment from which on it may not."""

    at: datetime
    until: datetime


def checked(plan: DayPlan) -> DayPlan:
    """Return a plan that can be kept.

    Raises:
        InputError: ``days.none``, ``days.minutes``, ``days.ends``, ``days.quiet_all`` or
            ``days.in_quiet``, with the field that is to be mended.
    """
    if not plan.weekdays or not plan.weekdays <= EVERY_DAY:
        raise InputError("days.none", "Choose one day of the week, or more.", {"field": "weekdays"})
    if not of("days", "least") <= plan.minutes <= of("days", "most"):
        raise InputError(
            "days.minutes",
            f"It can take {of('days', 'least')} to {of('days', 'most')} minutes. Small is fine.",
            {"field": "minutes"},
        )
    if plan.day_ends > _latest_end():
        raise InputError(
            "days.ends",
            f"A day ends at {_latest_end():%H:%M} in the morning at the latest. Choose a time "
            "from midnight on.",
            {"field": "day_ends"},
        )
    _check_quiet(plan)
    return plan


def begun(plan: DayPlan, zone: tzinfo, now: datetime) -> DayPlan:
    """Return the plan as it counts from now on: from today where its time is still to come."""
    today = day_of(now, zone, plan.day_ends)
    moment = _moment_on(_date_of(plan, today), plan, zone)
    is_ahead = moment is not None and moment > now
    return replace(plan, since=today if is_ahead else today + _DAY)


def shrunk(plan: DayPlan, done: Collection[date], today: date) -> DayPlan:
    """Return the plan as it stands, after the days that went by without it.

    Asked again with what it gave, it gives the same.

    Args:
        plan: As it was kept.
        done: The personal days on which something was done, whatever it was.
        today: The personal day that it is; it is not over, so it is not missed.
    """
    if not plan.shrinks or plan.is_paused:
        return plan
    missed = 0
    for day in _days(plan.since, today):
        if day in done:
            missed = 0
        elif day.weekday() in plan.weekdays_now:
            missed += 1
        if missed == of("days", "misses") and not plan.is_smallest:
            plan, missed = replace(plan, step=plan.step + 1, since=day + _DAY), 0
    return plan


def firings(plan: DayPlan, zone: tzinfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments of the reminders, as UTC: one on each date that is planned, in order.

    Args:
        plan: As it stands.
        zone: Where its person is.
        since: None comes before.
        until: None comes then or later.
    """
    if plan.is_paused:
        return
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    for each in _days(first - _DAY, last + _DAY + _DAY):  # A clock may be set back over midnight.
        moment = _moment_on(each, plan, zone) if is_planned(plan, _personal(plan, each)) else None
        if moment is not None and since <= moment < until:
            yield moment


def next_firing(plan: DayPlan, zone: tzinfo, now: datetime) -> datetime | None:
    """Return the moment of the next reminder; None while it is paused."""
    return next(firings(plan, zone, now, max(now, _start_of(plan, now)) + _WEEK + _WEEK), None)


def stand_in(plan: DayPlan, zone: tzinfo, since: datetime, until: datetime) -> datetime | None:
    """Return the first reminder of a date that does not have the time of the plan; else None."""
    found = firings(plan, zone, since, until)
    return next((each for each in found if _wall(each, zone).time() != plan.at), None)


def is_planned(plan: DayPlan, day: date) -> bool:
    """Return whether a personal day is one of the plan's, as it stands."""
    return day >= plan.since and day.weekday() in plan.weekdays_now and not plan.is_paused


def due(plan: DayPlan, zone: tzinfo, now: datetime) -> Due | None:
    """Return the reminder that may be shown now: at its time, or a little later, once a day."""
    late = of("days", "catch_up") * _HOUR
    for at in firings(plan, zone, now - late, now + _SECOND):
        until = min(at + late, _quiet_after(plan, zone, at) or at + late)
        if at <= now < until:
            return Due(at, until)
    return None


def day_of(moment: datetime, zone: tzinfo, day_ends: time) -> date:
    """Return the personal day that a moment belongs to."""
    local = moment.astimezone(zone)
    return local.date() - _DAY if local.time() < day_ends else local.date()


def minutes_offered(plan: DayPlan | None, days_done: int) -> tuple[int, ...]:
    """Return the lengths to choose from: small at first, more once it has settled."""
    settled = days_done >= of("days", "settled")
    most = of("days", "most") if settled else of("days", "start_most")
    now = {plan.minutes_now, plan.minutes} if plan else set()
    return tuple(sorted(now | set(range(of("days", "start_least"), most + 1))))


def _check_quiet(plan: DayPlan) -> None:
    if plan.quiet is None:
        return
    least = of("days", "free_least")
    if plan.quiet.left() < least * _HOUR:
        raise InputError(
            "days.quiet_all",
            f"These quiet hours leave less than {least} hours of a day. Make them shorter, or "
            "leave both fields empty for none.",
            {"field": "quiet_from"},
        )
    if plan.quiet.covers(plan.at):
        raise InputError(
            "days.in_quiet",
            f"This time lies in the quiet hours, or in the {of('days', 'quiet_before')} minutes "
            "before them. Choose another time, or other hours.",
            {"field": "at"},
        )


def _moment_on(day: date, plan: DayPlan, zone: tzinfo) -> datetime | None:
    """Return the moment of a date's reminder; None where the date has none."""
    wanted = datetime.combine(day, plan.at, tzinfo=zone)  # Of two such times the first.
    moment = wanted.astimezone(UTC)
    if _wall(moment, zone) == wanted.replace(tzinfo=None):
        return moment
    after = _end_of_gap(wanted, zone)
    for near in (after, after - _MINUTE):
        wall = _wall(near, zone)
        is_quiet = plan.quiet is not None and plan.quiet.covers(wall.time())
        if wall.date() == day and not is_quiet:
            return near
    return None


def _end_of_gap(wanted: datetime, zone: tzinfo) -> datetime:
    """Return the first moment at which the wall clock shows more than a time that it left out.

    Read with the offset before the gap, such a time lies after it; with the one after, before it
    (PEP 495).
    """
    before, after = wanted.replace(fold=1).astimezone(UTC), wanted.astimezone(UTC)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _wall(middle, zone) < wanted.replace(tzinfo=None):
            before = middle
        else:
            after = middle
    return after


def _quiet_after(plan: DayPlan, zone: tzinfo, moment: datetime) -> datetime | None:
    """Return when quiet hours begin next."""
    if plan.quiet is None:
        return None
    start = replace(plan, at=plan.quiet.begins(), quiet=None)
    day = _wall(moment, zone).date()
    found = (_moment_on(each, start, zone) for each in (day, day + _DAY, day + _DAY + _DAY))
    return next((each for each in found if each is not None and each > moment), None)


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    """Return what the wall clock shows."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _personal(plan: DayPlan, day: date) -> date:
    """Return the personal day that the reminder of a date belongs to."""
    return day - _DAY if plan.at < plan.day_ends else day


def _date_of(plan: DayPlan, personal: date) -> date:
    """Return the date on which the reminder of a personal day comes."""
    return personal + _DAY if plan.at < plan.day_ends else personal


def _start_of(plan: DayPlan, now: datetime) -> datetime:
    """Return a moment about when the plan begins, to look on from."""
    return datetime.combine(plan.since, time(), tzinfo=now.tzinfo)


def _days(first: date, end: date) -> Iterator[date]:
    """Yield the days from ``first`` on, up to the one before ``end``."""
    for number in range((end - first) // _DAY):
        yield first + number * _DAY


def _latest_end() -> time:
    return time(hour=of("days", "ends_latest"))


def _into_day(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _on_the_clock(since_midnight: timedelta) -> time:
    return (datetime.combine(date.min, time()) + since_midnight).time()
