"""Keeping a word, for who wants it in the journal; nothing else of these pages is kept."""

from uuid import UUID

from thaw.units import ConflictError
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.write import actions as journal
from thaw.web.write import body as bodies
from thaw.web.write.days import today


def keep_word(seat: Seat, id_: UUID, word: str) -> UUID:
    """Keep a word as a note and return which; sent twice, it is kept once.

    Raises:
        InputError: ``note.empty``, ``note.word``, ``note.broken``.
        FullError, LockedError: As ``thaw.web.sealed``.
    """
    body = bodies.checked(bodies.Body(kind="word", word=word))
    try:
        return journal.keep(seat, id_, 0, body, today()).id
    except ConflictError:  # Another word was kept from the same page: both are meant.
        return journal.keep(seat, new_id(), 0, body, today()).id
