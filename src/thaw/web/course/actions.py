"""What a person does with a day of a course: keep what they wrote, have it done, take it back."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from thaw.units import ConflictError, InputError
from thaw.web import sealed
from thaw.web.course.body import Finished, How, sealed_of
from thaw.web.course.models import Done
from thaw.web.course.queries import rows_of_day
from thaw.web.ids import new_id
from thaw.web.sealed import Seat
from thaw.web.write import actions as journal
from thaw.web.write import body as bodies
from thaw.web.write.days import today


def finish(
    seat: Seat, course: str, day: int, how: How, *, text: str = "", note: UUID, tag: str = ""
) -> None:
    """Keep what was written, then remember that the day was done.

    Args:
        seat: Whose it is.
        course: Its id.
        day: Its number.
        how: How its small thing was done.
        text: What was written; it becomes a note.
        note: The id that the note is kept under: made with the page, so that what is sent twice
            is kept once.
        tag: What the note is found by in the journal.

    Raises:
        InputError: ``course.empty``: nothing was written; ``course.both``: something was, and it
            was to be left out; ``note.broken``, ``note.too_long``.
        FullError, LockedError: As ``thaw.web.sealed``.
    """
    if how != "written":
        if text.strip():
            raise InputError(
                "course.both",
                "There are words in the field. Keep them in the journal, or empty the field first.",
                {"field": "text"},
            )
        remember(seat, Finished(course, day, how))
        return
    if not text.strip():
        raise InputError(
            "course.empty",
            "Nothing is written yet, so there is nothing to keep. “Done on paper” and “Leave it "
            "at that” are as good.",
            {"field": "text"},
        )
    remember(seat, Finished(course, day, how, _write(seat, note, text, tag)))


def remember(seat: Seat, finished: Finished) -> None:
    """Remember that a day was done; done again it is remembered once, with its latest note."""
    there = next(iter(rows_of_day(seat, finished.course, finished.day)), None)
    if there is None:
        sealed.create(Done, seat, new_id(), {"body": sealed_of(finished)})
        return
    note = finished.note or there.finished.note
    again = Finished(finished.course, finished.day, finished.how, note)
    if again != there.finished:
        with suppress(ConflictError):  # Said in two tabs at once: it is remembered either way.
            sealed.save(Done, seat, there.id, there.version, {"body": sealed_of(again)})


def take_back(seat: Seat, course: str, day: int) -> None:
    """Forget for good that a day was done; its note stays in the journal."""
    ids = [each.id for each in rows_of_day(seat, course, day)]
    with transaction.atomic():
        sealed.trash(Done, seat, ids, asked=True)
        sealed.purge(Done, seat, ids, asked=True)


def _write(seat: Seat, id_: UUID, text: str, tag: str) -> UUID:
    body = bodies.checked(bodies.Body(text=text, tags=(tag,)))
    try:
        return journal.keep(seat, id_, 0, body, today()).id
    except ConflictError:  # Other words were kept from the same page: both are meant.
        return journal.keep(seat, new_id(), 0, body, today()).id
