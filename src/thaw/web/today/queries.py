"""What is known of a person for what is offered today, opened, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.database.rows import SealedRow
from thaw.web.sealed import Row, Seat
from thaw.web.today.body import decision_of, unwelcome_of
from thaw.web.today.models import Decision, Unwelcome


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


def _rows(model: type[SealedRow], seat: Seat, since: datetime | None) -> Iterator[Row]:
    where: dict[str, Any] = {"created_at__gte": since} if since else {}  # Django's own look-ups.
    for row in sealed.rows_of(model, seat, **where):
        if isinstance(row, Row):
            yield row
