"""The plan of days as it is kept and as it stands; what is due; what a calendar is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from uuid import UUID

from thaw.exchange.ical import NEUTRAL, Appointment, calendar_of
from thaw.guide.schedule import DayPlan, Due, day_of, due, next_firing, shrunk
from thaw.units import AccessError, DamageError
from thaw.web import sealed
from thaw.web.checkin.models import CheckIn
from thaw.web.course.models import Done
from thaw.web.database.keeping import in_sentences
from thaw.web.database.reading import values_of
from thaw.web.database.rows import SealedRow
from thaw.web.days.address import Address, address_of
from thaw.web.days.body import Body, body_in
from thaw.web.days.clear import Timed, timed_in
from thaw.web.days.models import Feed, Plan
from thaw.web.sealed import Row, Seat
from thaw.web.sit.models import Sat
from thaw.web.write.models import Note

_LATEST_FIRST = ("-changed_at", "-id")
_SOMETHING: tuple[type[SealedRow], ...] = (Sat, Note, CheckIn, Done)


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it was kept, opened."""

    timed: Timed
    body: Body = field(repr=False)


def kept_of(seat: Seat) -> Kept | None:
    """Return the plan that counts, or None.

    Raises:
        DamageError: ``days.damaged``: it can no longer be read.
        LockedError: The key is not at hand.
    """
    row = next(sealed.rows_of(Plan, seat, order=_LATEST_FIRST), None)
    if row is None:
        return None
    try:
        if not isinstance(row, Row):
            raise _damaged()
        values = {**row.clear, "id": row.id, "version": row.version, "changed_at": row.changed_at}
        return Kept(timed_in(values), body_in(row.fields["body"]))
    except DamageError:
        raise _damaged() from None


def timed_of(person_id: UUID) -> Timed | None:
    """Return when a person's plan comes, also while locked; None where that cannot be read."""
    with in_sentences():
        found = Plan._default_manager.filter(person_id=person_id, trashed_at__isnull=True)
        values = next(values_of(found.order_by(*_LATEST_FIRST)), None)
    try:
        return timed_in(values) if values else None
    except DamageError:
        return None


def standing(person_id: UUID, timed: Timed, now: datetime) -> DayPlan:
    """Return a plan as it stands after the days that went by."""
    plan, zone = timed.plan, timed.zone
    done = days_done(person_id, zone, plan.day_ends, plan.since)
    return shrunk(plan, done, day_of(now, zone, plan.day_ends))


def days_done(person_id: UUID, zone: tzinfo, day_ends: time, since: date) -> frozenset[date]:
    """Return the personal days from ``since`` on, on which a person did something here.

    Whatever it was counts: a sitting, a note, a check-in, a day of a course.
    """
    start = datetime.combine(since, time(), tzinfo=UTC) - timedelta(days=2)
    days = {day_of(at, zone, day_ends) for at in _times(person_id, start)}
    return frozenset(day for day in days if day >= since)


def due_of(person_id: UUID, timed: Timed, now: datetime) -> Due | None:
    """Return the reminder that may be shown now; none where something was done today."""
    zone, ends = timed.zone, timed.plan.day_ends
    found, today = due(standing(person_id, timed, now), zone, now), day_of(now, zone, ends)
    return found if found and today not in days_done(person_id, zone, ends, today) else None


def wait_of(timed: Timed, now: datetime) -> float | None:
    """Return the seconds until it is worth asking what is due: none where something may be."""
    if due(timed.plan, timed.zone, now) is not None:
        return 0.0
    next_ = next_firing(timed.plan, timed.zone, now)
    return None if next_ is None else (next_ - now).total_seconds()


def appointment_of(person_id: UUID, timed: Timed, words: str, now: datetime) -> Appointment:
    """Return what a calendar is told of a plan."""
    return Appointment(
        plan=standing(person_id, timed, now),
        zone=timed.zone,
        uid=str(UUID(bytes=sha256(b"calendar" + timed.id.bytes).digest()[:16], version=4)),
        changed_at=timed.changed_at,
        version=timed.version,
        words=words or NEUTRAL,
    )


def calendar_at(token: str, now: datetime) -> bytes:
    """Return the calendar at an address, for whoever has it: a schedule, and nothing else.

    Raises:
        AccessError: ``days.address``: there is none at this address, whatever the reason.
    """
    address = address_of(token)
    feed = _feed_at(address) if address else None
    if address is None or feed is None:
        raise AccessError("days.address", "There is no calendar at this address.")
    timed = timed_of(feed.person_id)
    if timed is None:
        return calendar_of(None, now)
    words = address.opened(feed.words, feed.person_id) if feed.words is not None else None
    return calendar_of(appointment_of(feed.person_id, timed, words or "", now), now)


def has_feed(person_id: UUID) -> bool:
    """Return whether a calendar may look at some address."""
    with in_sentences():
        return Feed.objects.filter(person_id=person_id).exists()


def token_in(seat: Seat, body: Body | None) -> str:
    """Return what the address ends with; empty where there is none, or it is not known here."""
    address = address_of(body.token) if body else None
    if body is None or address is None:
        return ""
    with in_sentences():
        found = Feed.objects.filter(person_id=seat.person_id, token_hash=address.token_hash)
        return body.token if found.exists() else ""


def _feed_at(address: Address) -> Feed | None:
    with in_sentences():
        return Feed.objects.filter(token_hash=address.token_hash).first()


def _times(person_id: UUID, since: datetime) -> Iterable[datetime]:
    """Yield when something was first kept."""
    with in_sentences():
        for model in _SOMETHING:
            found = model._default_manager.filter(person_id=person_id, created_at__gte=since)
            yield from found.values_list("created_at", flat=True)


def _damaged() -> DamageError:
    return DamageError(
        "days.damaged",
        "Your plan of days can no longer be read. Set it again below; nothing comes until then.",
    )
