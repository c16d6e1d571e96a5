"""What is sent of a plan of days: a few short fields, each looked at by itself."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from uuid import UUID

from django.http import QueryDict

from thaw.guide.schedule import EVERY_DAY, DayPlan, Quiet, checked, minutes_offered
from thaw.units import InputError
from thaw.web.days.body import OWN, SIT, WHAT, Body, mended, phrase
from thaw.web.days.clear import Timed
from thaw.web.days.zones import zone_named
from thaw.web.ids import row_of
from thaw.web.sealed import checked_id

_HOURS, _MINUTES = 24, 60
_TIME = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?")
_NUMBER = re.compile("[0-9]{1,4}")

USUAL_END = "04:00"
USUAL_QUIET = ("22:30", "07:00")

DECISIONS = ("pause", "go-on", "as-before", "stop", "bring-back")
CALENDAR_DECISIONS = ("make", "take-away", "say", "neutral")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, whether or not it can be kept."""

    at: str = ""
    anchor: str = field(default="", repr=False)
    minutes: str = "3"
    what: str = SIT
    own: str = field(default="", repr=False)
    weekdays: tuple[str, ...] = tuple(map(str, sorted(EVERY_DAY)))
    quiet_from: str = USUAL_QUIET[0]
    quiet_until: str = USUAL_QUIET[1]
    day_ends: str = USUAL_END
    zone: str = ""
    shrinks: bool = True


_TEXTS = tuple(each.name for each in fields(Typed) if each.name not in ("weekdays", "shrinks"))


def typed_of(given: QueryDict) -> Typed:
    """Return what was sent, as it can be shown again."""
    told = {name: mended(given.get(name, "")) for name in _TEXTS}
    weekdays = tuple(map(mended, given.getlist("weekdays")))
    return Typed(**told, weekdays=weekdays, shrinks=given.get("shrinks") == "yes")


def typed_in(timed: Timed, body: Body, standing: DayPlan) -> Typed:
    """Return a plan as the form has it: as small as it stands."""
    quiet = standing.quiet
    return Typed(
        at=f"{standing.at:%H:%M}",
        anchor=body.anchor,
        minutes=str(standing.minutes_now),
        what=body.what,
        own=body.own,
        weekdays=tuple(map(str, sorted(standing.weekdays_now))),
        quiet_from=f"{quiet.start:%H:%M}" if quiet else "",
        quiet_until=f"{quiet.end:%H:%M}" if quiet else "",
        day_ends=f"{standing.day_ends:%H:%M}",
        zone=timed.zone.key,
        shrinks=standing.shrinks,
    )


def body_of(given: QueryDict) -> Body:
    """Return what is planned, in words; what one typed oneself is meant, whatever is chosen.

    Raises:
        InputError: ``days.broken``, ``days.long`` or ``days.what``.
    """
    own, anchor = phrase("own", given.get("own", "")), phrase("anchor", given.get("anchor", ""))
    what = OWN if own else given.get("what", SIT)
    if what not in WHAT or (what == OWN and not own):
        raise InputError(
            "days.what", "Choose what it is, or write it in a few words.", {"field": "own"}
        )
    return Body(what, own, anchor)


def timed_of(
    given: QueryDict, place: tuple[UUID, int], before: DayPlan | None, days_done: int, now: datetime
) -> Timed:
    """Return when it is to come.

    Args:
        given: What was sent.
        place: The plan's id, and the version that was changed.
        before: The plan that there is, as it stands.
        days_done: On how many days something was done.
        now: The moment.

    Raises:
        InputError: ``days.time``, ``days.minutes``, ``days.zone``, ``days.none``, ``days.ends``,
            ``days.quiet_all`` or ``days.in_quiet``.
    """
    plan = DayPlan(
        at=_time(given, "at"),
        minutes=_minutes(given, minutes_offered(before, days_done)),
        weekdays=_weekdays(given),
        since=date.min,
        day_ends=_time(given, "day_ends", USUAL_END),
        quiet=_quiet(given),
        # What is done elsewhere, Thaw does not see; nothing of it is missed.
        shrinks=given.get("shrinks") == "yes" and not given.get("own", "").strip(),
    )
    zone = zone_named(given.get("zone", ""))
    return Timed(place[0], place[1], now, checked(plan), zone)


def place_of(given: QueryDict) -> tuple[UUID, int]:
    """Return which plan a form was made from, and at which version.

    Raises:
        InputError: ``row.id``; ``days.form``: it is no form of ours.
    """
    found = row_of(given.get("id", ""), given.get("version", ""))
    if found is None:
        raise InputError("days.form", "This page is not as it was made. Load it again.")
    return checked_id(found[0]), found[1]


def decision_of(given: QueryDict, known: tuple[str, ...]) -> str:
    """Return what was decided.

    Raises:
        InputError: ``days.form``.
    """
    decision = given.get("do", "")
    if decision not in known:
        raise InputError("days.form", "This page is not as it was made. Load it again.")
    return decision


def stopped_of(given: QueryDict) -> UUID:
    """Return which plan was stopped.

    Raises:
        InputError: ``days.form``.
    """
    try:
        return UUID(given.get("plan", ""))
    except ValueError:
        raise InputError("days.form", "This page is not as it was made. Load it again.") from None


def words_of(given: QueryDict) -> str:
    """Return what calendars shall say.

    Raises:
        InputError: ``days.words``, ``days.not_read``, ``days.broken`` or ``days.long``.
    """
    words = phrase("words", given.get("words", ""))
    if not words:
        raise InputError("days.words", "Write what your calendar shall say.", {"field": "words"})
    if given.get("read") != "yes":
        raise InputError(
            "days.not_read",
            "Nothing is changed yet. Tick that you have read what it means, then choose again.",
            {"field": "read"},
        )
    return words


def _time(given: QueryDict, name: str, otherwise: str = "") -> time:
    found = _TIME.fullmatch(given.get(name, "").strip() or otherwise)
    if found is None or int(found[1]) >= _HOURS or int(found[2]) >= _MINUTES:
        raise InputError(
            "days.time", "This is no time of day. Write it like 07:30.", {"field": name}
        )
    return time(int(found[1]), int(found[2]))


def _quiet(given: QueryDict) -> Quiet | None:
    names = ("quiet_from", "quiet_until")
    empty = [name for name in names if not given.get(name, "").strip()]
    if len(empty) == len(names):
        return None
    return Quiet(*(_time(given, name) for name in names))


def _minutes(given: QueryDict, offered: tuple[int, ...]) -> int:
    text = given.get("minutes", "")
    minutes = int(text) if _NUMBER.fullmatch(text) else 0
    if minutes not in offered:
        raise InputError(
            "days.minutes",
            f"Choose from {offered[0]} to {offered[-1]} minutes. Small is fine.",
            {"field": "minutes"},
        )
    return minutes


def _weekdays(given: QueryDict) -> frozenset[int]:
    known = {str(weekday): weekday for weekday in EVERY_DAY}
    return frozenset(known[each] for each in given.getlist("weekdays") if each in known)
