"""What is known of a person for what is offered today, opened, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from thaw.guide import Guard, State, asks_unwelcome, in_force
from thaw.guide.cards import Card
from thaw.guide.state import CheckIn, Sat, Tastes
from thaw.guide.state import Decision as Answered
from thaw.guide.state import Unwelcome as Told
from thaw.practice.parts import Practice
from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.checkin.queries import CheckInEntry, checkins_of
from thaw.web.database.rows import SealedRow
from thaw.web.preferences.queries import preferred_of
from thaw.web.sealed import Row, Seat
from thaw.web.sit.queries import SatEntry, sat_of
from thaw.web.today.body import decision_of, unwelcome_of
from thaw.web.today.models import Decision, Unwelcome
from thaw.web.today.offering import offered_of

_LOOKED_BACK_DAYS = 400
_FEW_SITTINGS = 8  # More than any rule counts from the first one on.


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, opened: when, of which kind, and what it is about."""

    id: UUID
    at: datetime
    kind: str = field(repr=False)
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Came:
    """What was unwelcome, opened.

    Attributes:
        kinds: Some of ``body.KINDS``; ``("no",)`` says that nothing was.
        lasted: One of ``body.LASTED``.
        sitting: The sitting it followed, where that was said.
    """

    id: UUID
    at: datetime
    kinds: tuple[str, ...] = field(repr=False)
    lasted: str = field(repr=False)
    sitting: UUID | None = field(repr=False)


def decisions_of(seat: Seat, since: datetime | None = None) -> tuple[Decided, ...]:
    """Return what a person decided, newest first; what no longer opens is passed over."""
    found = []
    for row in _rows(Decision, seat, since):
        try:
            kind, value = decision_of(row.fields["body"])
        except DamageError:
            continue
        found.append(Decided(row.id, row.created_at, kind, value))
    return tuple(found)


def has_decided(seat: Seat, kind: str) -> bool:
    """Return whether a person ever decided this, such as ``skip:passphrase``."""
    return any(each.kind == kind for each in decisions_of(seat))


def unwelcome_since(seat: Seat, since: datetime | None = None) -> tuple[Came, ...]:
    """Return every answer about what was unwelcome, newest first, "nothing" among them."""
    found = []
    for row in _rows(Unwelcome, seat, since):
        try:
            kinds, lasted, sitting = unwelcome_of(row.fields["body"])
        except DamageError:
            continue
        found.append(Came(row.id, row.created_at, kinds, lasted, sitting))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a practice is not suggested just now, for who opens it by themselves.

    It is never locked: the page tells this and takes ``go on anyway`` for an answer.
    """

    cards: tuple[Card, ...]

    @property
    def reason(self) -> str:
        """The first reason, in one sentence."""
        return self.cards[0].reason


def caution_for(seat: Seat, practice: Practice, now: datetime | None = None) -> Caution | None:
    """Return why a practice is not suggested now; None where there is nothing to say.

    Raises:
        LockedError: The key is not at hand.
    """
    moment = now or local_now()
    cards = guard_at(seat, moment).caution(offered_of(practice))
    return Caution(cards) if cards else None


def guard_at(seat: Seat, now: datetime) -> Guard:
    """Return the rules in force."""
    return in_force(state_at(seat, now), now)


def asks_unwelcome_now(seat: Seat, now: datetime | None = None) -> bool:
    """Return whether "Did anything unwelcome come?" is asked after the sitting that just ended."""
    moment = now or local_now()
    return asks_unwelcome(state_at(seat, moment), moment)


def state_at(seat: Seat, now: datetime) -> State:
    """Return all that the guide is told of a person.

    No rule looks further back than a year, but for how many sittings there were: where they are
    few, all are read.
    """
    since = (now - timedelta(days=_LOOKED_BACK_DAYS)).date()
    sittings = sat_of(seat, since)
    if len(sittings) < _FEW_SITTINGS:
        sittings = sat_of(seat, date.min)
    checkins = checkins_of(seat, since)
    return State(
        checkins=tuple(map(_checkin, checkins)),
        sittings=tuple(map(_sat, sittings)),
        unwelcome=tuple(
            Told(_local(each.at), each.kinds, each.lasted) for each in unwelcome_since(seat)
        ),
        decisions=tuple(
            Answered(_local(each.at), each.kind, each.value) for each in decisions_of(seat)
        ),
        tastes=_tastes(seat),
    )


def local_now() -> datetime:
    """Return the moment on this machine, whose time zone is the person's own."""
    return datetime.now(UTC).astimezone()


def _local(moment: datetime) -> datetime:
    return moment.astimezone()


def _checkin(entry: CheckInEntry) -> CheckIn:
    return CheckIn(_local(entry.at), entry.is_unreal, entry.body.felt)


def _sat(entry: SatEntry) -> Sat:
    body = entry.body
    return Sat(
        at=_local(entry.at),
        practice=body.practice,
        minutes=entry.minutes,
        inward_minutes=entry.inward_minutes,
        level=body.level,
        responses=entry.kinds,
        felt_after=body.after.felt,
        how=body.how,
    )


def _tastes(seat: Seat) -> Tastes:
    preferred = preferred_of(seat)
    return Tastes(preferred.avoid, preferred.posture, preferred.anchor)


def _rows(model: type[SealedRow], seat: Seat, since: datetime | None) -> Iterator[Row]:
    where: dict[str, Any] = {"created_at__gte": since} if since else {}  # Django's own look-ups.
    for row in sealed.rows_of(model, seat, **where):
        if isinstance(row, Row):
            yield row
