"""What a person decides about what is offered, and notes of what came of it."""

from collections.abc import Iterable
from uuid import UUID

from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.sealed import Row, Seat
from thaw.web.today.body import sealed_decision, sealed_unwelcome
from thaw.web.today.models import Decision, Unwelcome


def decide(seat: Seat, kind: str, value: str = "", *, id_: UUID | None = None) -> Row:
    """Keep a decision, such as ``skip:passphrase``, ``read:someone-first`` or ``override:S5``.

    Raises:
        InputError: ``today.decision``.
        AccessError, ConflictError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    return sealed.create(Decision, seat, id_ or new_id(), {"body": sealed_decision(kind, value)})


def note_unwelcome(
    seat: Seat,
    kinds: Iterable[str],
    lasted: str = "",
    sitting: UUID | None = None,
    *,
    id_: UUID | None = None,
) -> Row:
    """Keep an answer to "Did anything unwelcome come, then or later?".

    Args:
        seat: Whose it is.
        kinds: Some of ``body.KINDS``; "no" beside others says nothing.
        lasted: One of ``body.LASTED``.
        sitting: The sitting it followed, where that is known.
        id_: Made by a page, so that what is sent twice is kept once.

    Raises:
        InputError: ``today.unwelcome``.
        AccessError, ConflictError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    fields = {"body": sealed_unwelcome(tuple(kinds), lasted, sitting)}
    return sealed.create(Unwelcome, seat, id_ or new_id(), fields)


def remove_unwelcome(seat: Seat, id_: UUID) -> None:
    """Put an entry in the trash, where it is deleted after thirty days."""
    sealed.trash(Unwelcome, seat, [id_])


def return_unwelcome(seat: Seat, id_: UUID) -> None:
    """Take an entry out of the trash."""
    sealed.untrash(Unwelcome, seat, [id_])
