"""What a person does with notes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from thaw.units import ConflictError, InputError, LimitError
from thaw.web import sealed
from thaw.web.sealed import MOST_AT_ONCE, Row, Seat
from thaw.web.write.body import Body, body_of, sealed_of
from thaw.web.write.models import Note
from thaw.web.write.queries import note_of

Choice = Literal["yours", "theirs", "both"]

CHOICES: tuple[Choice, ...] = get_args(Choice)

_CHUNK = 500


def keep(seat: Seat, id_: UUID, version: int, body: Body, day: date) -> Row:
    """Keep a note: a new one at version 0, or a change of what stands at ``version``.

    Raises:
        InputError: ``note.empty``: there is nothing in a new one yet.
        ConflictError: It was changed meanwhile; carries the two texts.
        AccessError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    if version == 0 and body.is_empty:
        raise InputError(
            "note.empty",
            "Nothing is written yet, so there is nothing to keep. If that is how today is, "
            "“Nothing today” is a whole entry.",
            {"field": "text"},
        )
    fields = {"body": sealed_of(body)}
    with _texts_in_conflict():
        if version == 0:
            return sealed.create(Note, seat, id_, fields, day=day)
        return sealed.save(Note, seat, id_, version, fields, day=day)


def settle(
    seat: Seat, id_: UUID, choice: Choice, version: int, yours: Body, day: date, other: UUID
) -> UUID:
    """End a conflict as the person chose and return the note that was meant.

    Nothing is thrown away: with "both", yours becomes a note of its own under the id ``other``;
    else the one that was not chosen lies under it in the trash.

    Raises:
        ConflictError: It was changed once more.
    """
    there = note_of(seat, id_)
    if choice == "both":
        keep(seat, other, 0, yours, day)
        return other
    if choice == "theirs":
        _put_aside(seat, other, yours, day, unless=there.body)
        return id_
    if there.version == version:
        _put_aside(seat, other, there.body, there.day, unless=yours)
    keep(seat, id_, version, yours, day)
    return id_


def trash(seat: Seat, id_: UUID) -> None:
    sealed.trash(Note, seat, [id_])


def untrash(seat: Seat, id_: UUID) -> None:
    sealed.untrash(Note, seat, [id_])


def purge(seat: Seat, id_: UUID) -> None:
    """Delete a note of the trash for good; one that is gone already is no error."""
    sealed.purge(Note, seat, [id_])


def empty_trash(seat: Seat, asked_about: int | None) -> int:
    """Delete all of the trash for good and return how many; more than 20 only once asked.

    Raises:
        LimitError: ``row.many``, with their ``count``: more than the person was asked about.
    """
    found = sealed.rows_of(Note, seat, trashed=True, order=("id",))
    ids = [row.id for row in found if row.id is not None]
    if len(ids) > max(MOST_AT_ONCE, asked_about or 0):
        raise LimitError(
            "row.many",
            f"This would delete {len(ids)} notes for good. Nothing was deleted; say that it is "
            "meant.",
            {"count": len(ids), "retry_s": 0},
        )
    chunks = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
    return sum(sealed.purge(Note, seat, chunk, asked=True) for chunk in chunks)


@contextmanager
def _texts_in_conflict() -> Iterator[None]:
    """Let a conflict carry what a person wrote, not how it is sealed."""
    try:
        yield
    except ConflictError as error:
        yours, theirs = (body_of(text.encode()) for text in (error.yours, error.theirs))
        raise ConflictError(
            error.code,
            error.message,
            yours=said(yours),
            theirs=said(theirs),
            version=error.version,
        ) from None


def said(body: Body) -> str:
    """Return all that a person wrote in a note as one text."""
    return "\n\n".join(filter(None, (body.word, body.colour, body.text)))


def _put_aside(seat: Seat, id_: UUID, body: Body, day: date, *, unless: Body) -> None:
    """Keep a text in the trash, where it is not what stands anyway."""
    if body == unless or body.is_empty:
        return
    keep(seat, id_, 0, body, day)
    trash(seat, id_)
