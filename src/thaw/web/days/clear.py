"""When a plan of days comes: between what the guide reckons with and columns that stand clear."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from thaw.guide.schedule import EVERY_DAY, DayPlan, Quiet, checked
from thaw.units import InputError
from thaw.vault.seal import damaged
from thaw.web.days.zones import zone_named
from thaw.web.sealed import Clear

_HOUR = 60


@dataclass(frozen=True, slots=True)
class Timed:
    """When a plan comes, as it stands clear.

    Attributes:
        plan: As it was kept; ``thaw.guide.schedule.shrunk`` says how it stands.
        zone: Where its person is.
    """

    id: UUID
    version: int
    changed_at: datetime
    plan: DayPlan
    zone: ZoneInfo


def columns_of(plan: DayPlan, zone: ZoneInfo) -> dict[str, Clear]:
    """Return what stands clear of a plan, by column."""
    return {
        "day": plan.since,
        "zone": zone.key,
        "at": minute_of(plan.at),
        "minutes": plan.minutes,
        "weekdays": sum(1 << weekday for weekday in plan.weekdays),
        "day_ends": minute_of(plan.day_ends),
        "quiet_from": minute_of(plan.quiet.start) if plan.quiet else None,
        "quiet_until": minute_of(plan.quiet.end) if plan.quiet else None,
        "shrinks": plan.shrinks,
        "step": plan.step,
        "is_paused": plan.is_paused,
    }


def timed_in(values: Mapping[str, Any]) -> Timed:  # As the database, or a row, gives them.
    """Return when a plan comes.

    Raises:
        DamageError: No plan was ever kept so.
    """
    try:
        plan = checked(_plan_in(values))
        zone = zone_named(values["zone"])
    except (InputError, ValueError, TypeError):
        raise damaged() from None
    return Timed(values["id"], values["version"], values["changed_at"], plan, zone)


def minute_of(at: time) -> int:
    """Return the minutes since midnight."""
    return at.hour * _HOUR + at.minute


def _plan_in(values: Mapping[str, Any]) -> DayPlan:
    since: date = values["day"]
    return DayPlan(
        at=_time(values["at"]),
        minutes=values["minutes"],
        weekdays=frozenset(day for day in EVERY_DAY if values["weekdays"] >> day & 1),
        since=since,
        day_ends=_time(values["day_ends"]),
        quiet=_quiet(values["quiet_from"], values["quiet_until"]),
        shrinks=values["shrinks"],
        step=min(values["step"], len(EVERY_DAY)),
        is_paused=values["is_paused"],
    )


def _quiet(start: int | None, end: int | None) -> Quiet | None:
    return None if start is None or end is None else Quiet(_time(start), _time(end))


def _time(minute: int) -> time:
    return time(*divmod(minute, _HOUR))
