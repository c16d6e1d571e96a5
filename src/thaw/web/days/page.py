"""What the pages of the plan of days show, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from thaw.exchange.markdown import day_in_words
from thaw.guide.schedule import (
    EVERY_DAY,
    DayPlan,
    day_of,
    due,
    is_planned,
    next_firing,
    stand_in,
)
from thaw.guide.table import of
from thaw.units import DamageError
from thaw.web.days import queries
from thaw.web.days.body import CHECK_IN, OWN, SIT, WHAT, WRITE, Body
from thaw.web.days.clear import Timed
from thaw.web.days.queries import Kept
from thaw.web.days.resting import Resting
from thaw.web.days.zones import zone_here
from thaw.web.sealed import Seat

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LATELY = timedelta(days=60)
_YEAR = timedelta(days=366)

_WAYS: Mapping[str, tuple[str, str]] = {
    SIT: ("Sit for {minutes} minutes", "today"),
    WRITE: ("Write a line", "write"),
    CHECK_IN: ("How is it now?", "checkin"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as it stands, in words.

    Attributes:
        when: What it comes after, or its time.
        what: What it is.
        size: How long, and on which days.
        larger: How large it was meant to be; empty where it is as large.
        next: When it comes next; empty while it is paused.
        lacking: What happens on a date that does not have its time; empty where none lacks it.
        elsewhere: The machine's time zone, where the plan has another.
    """

    when: str = field(repr=False)
    what: str = field(repr=False)
    at: str
    size: str
    larger: str
    next: str
    lacking: str
    is_paused: bool
    shrinks: bool
    quiet: str
    zone: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a page is told that asks whether something is due.

    Attributes:
        line: What to show now; empty for nothing.
        go: Where to go on, in words and as an address; None where it is done outside of Thaw.
        left_s: How long it may be shown.
        wait_s: When to ask again; None where nothing comes.
    """

    line: str = field(default="", repr=False)
    go: tuple[str, str] | None = None
    left_s: float = 0.0
    wait_s: float | None = None


def shown_of(seat: Seat, kept: Kept, now: datetime) -> Shown:
    """Return the plan as it stands."""
    timed, body = kept.timed, kept.body
    plan = queries.standing(seat.person_id, timed, now)
    here = zone_here()
    return Shown(
        when=when_of(timed.plan, body),
        what=body.own if body.what == OWN else WHAT[body.what],
        at=f"{plan.at:%H:%M}",
        size=_size(plan.minutes_now, plan.weekdays_now),
        larger=_size(plan.minutes, plan.weekdays) if plan.is_smaller else "",
        next=_next(plan, timed, now),
        lacking=_lacking(plan, timed, now),
        is_paused=plan.is_paused,
        shrinks=plan.shrinks,
        quiet=f"{plan.quiet.start:%H:%M} to {plan.quiet.end:%H:%M}" if plan.quiet else "",
        zone=timed.zone.key,
        elsewhere=here.key if _differs(timed.zone, here, now) else "",
    )


def when_of(plan: DayPlan, body: Body) -> str:
    """Return what it comes after, or its time where nothing was said."""
    return body.anchor or f"at {plan.at:%H:%M}"


def line_of(seat: Seat, now: datetime) -> str:
    """Return when today's quiet minute is; empty where none is planned, or it cannot be read."""
    try:
        kept = queries.kept_of(seat)
    except DamageError:
        return ""
    if kept is None:
        return ""
    plan = queries.standing(seat.person_id, kept.timed, now)
    today = day_of(now, kept.timed.zone, plan.day_ends)
    return when_of(plan, kept.body) if is_planned(plan, today) else ""


def reminder_of(seat: Seat, resting: Resting, now: datetime) -> Reminder:
    """Return what is due now, for a page that is open.

    Raises:
        DamageError: ``days.damaged``.
        LockedError: The key is not at hand.
    """
    kept = queries.kept_of(seat)
    if kept is None:
        return Reminder()
    timed = kept.timed
    plan = queries.standing(seat.person_id, timed, now)
    found = queries.due_of(seat.person_id, timed, now)
    today = day_of(now, timed.zone, plan.day_ends)
    wait_s = _wait_after(plan, timed, now)
    if found is None or resting.is_put_away(seat.person_id, today):
        return Reminder(wait_s=wait_s)
    line = f"Your quiet minute: {when_of(plan, kept.body)}"
    left_s = (found.until - now).total_seconds()
    return Reminder(line, _way(kept.body, plan), left_s, wait_s)


def weekday_words(weekdays: frozenset[int]) -> str:
    """Return days as one says them."""
    if weekdays == EVERY_DAY:
        return "every day"
    names = [WEEKDAYS[day] for day in sorted(weekdays)]
    *first, last = names
    return f"on {', '.join(first)} and {last}" if first else f"on {last}"


def offered_of(seat: Seat, kept: Kept | None, now: datetime) -> tuple[DayPlan | None, int]:
    """Return the plan as it stands, and on how many days something was done lately."""
    since = (now - _LATELY).date()
    if kept is None:
        return None, len(queries.days_done(seat.person_id, zone_here(), time(), since))
    timed = kept.timed
    done = queries.days_done(seat.person_id, timed.zone, timed.plan.day_ends, since)
    return queries.standing(seat.person_id, timed, now), len(done)


def _wait_after(plan: DayPlan, timed: Timed, now: datetime) -> float | None:
    """Return the seconds until the next reminder, after one that may be shown now."""
    found = due(plan, timed.zone, now)
    next_ = next_firing(plan, timed.zone, found.until if found else now)
    return None if next_ is None else (next_ - now).total_seconds()


def _way(body: Body, plan: DayPlan) -> tuple[str, str] | None:
    if body.what not in _WAYS:
        return None
    words, name = _WAYS[body.what]
    return words.format(minutes=plan.minutes_now), reverse(name)


def _size(minutes: int, weekdays: frozenset[int]) -> str:
    return f"{minutes} minutes, {weekday_words(weekdays)}"


def _next(plan: DayPlan, timed: Timed, now: datetime) -> str:
    moment = next_firing(plan, timed.zone, now)
    if moment is None:
        return ""
    there, today = moment.astimezone(timed.zone), now.astimezone(timed.zone).date()
    days = (there.date() - today).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else f"on {WEEKDAYS[there.weekday()]}"
    return f"{day} at {there:%H:%M}"


def _lacking(plan: DayPlan, timed: Timed, now: datetime) -> str:
    """Return what happens within a year on a date whose clock skips the time of the plan."""
    moment = stand_in(plan, timed.zone, now, now + _YEAR)
    if moment is None:
        return ""
    there = moment.astimezone(timed.zone)
    return (
        f"On {day_in_words(there.date())} the clock skips {plan.at:%H:%M}, so it comes at "
        f"{there:%H:%M} on that day."
    )


def _differs(zone: ZoneInfo, other: ZoneInfo, now: datetime) -> bool:
    """Return whether wall clocks show different times now."""
    return now.astimezone(zone).utcoffset() != now.astimezone(other).utcoffset()


MOST_AHEAD_DAYS = of("days", "ahead")
