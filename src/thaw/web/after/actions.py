"""Keeping what a person says after a sitting."""

from dataclasses import dataclass, field
from uuid import UUID

from thaw.units import ConflictError, InputError
from thaw.web.after.queries import SKIP, Step, named_in_notes
from thaw.web.checkin.queries import latest_today
from thaw.web.people.seats import Seat
from thaw.web.sit.actions import note_after
from thaw.web.sit.body import Felt
from thaw.web.sit.queries import SatEntry, sat
from thaw.web.today.actions import decide, note_unwelcome
from thaw.web.today.body import NOTHING
from thaw.web.today.queries import has_decided
from thaw.web.write import actions as journal
from thaw.web.write import body as bodies
from thaw.web.write.days import today

PASSED_OVER = "asked:unwelcome"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said; what was left out is None or empty.

    Attributes:
        felt: How it was.
        line: For the journal.
        note: The id that the line is kept under: made with the page, so that what is sent twice
            is kept once.
        kinds, lasted: What came that was unwelcome; no kinds where that was not answered.
        unwelcome: The id that it is kept under.
    """

    felt: Felt | None
    line: str = field(repr=False)
    note: UUID
    kinds: tuple[str, ...] = field(repr=False)
    lasted: str = field(repr=False)
    unwelcome: UUID


def say(seat: Seat, id_: UUID, said: Said) -> None:
    """Keep what was said of a sitting: the tap first, as it is the whole answer.

    Raises:
        AccessError: There is no such sitting, or it is not this person's.
        InputError: ``after.kept``: another line was kept under this id; ``after.answered``: what
            came was answered before; ``note.broken``, ``note.too_long``; ``today.unwelcome``.
        FullError, LockedError, DamageError: As ``thaw.web.sealed``.
    """
    entry = note_after(seat, id_, felt=said.felt) if said.felt else sat(seat, id_)
    if said.line:
        _keep_line(seat, entry, said)
        note_after(seat, id_, note=said.note)
    if said.kinds:
        _keep_unwelcome(seat, entry, said)
        came = tuple(kind for kind in said.kinds if kind != NOTHING)
        note_after(seat, id_, unwelcome=came)
    _note_checkin(seat, entry)


def pass_over(seat: Seat) -> None:
    """Let the question of what was unwelcome rest until it is time again."""
    decide(seat, PASSED_OVER)


def skip(seat: Seat, step: Step) -> None:
    """Never offer this again; asked twice, it is decided once."""
    kind = f"{SKIP}:{step.name}"
    if not has_decided(seat, kind):
        decide(seat, kind)


def _note_checkin(seat: Seat, entry: SatEntry) -> None:
    """Name the check-in that came after it on the same day, if there was one."""
    found = latest_today(seat)
    if entry.body.after.checkin or found is None:
        return
    if found.at > entry.at and found.day == entry.day:
        note_after(seat, entry.id, checkin=found.id)


def _keep_line(seat: Seat, entry: SatEntry, said: Said) -> None:
    body = bodies.Body(text=said.line, sat=named_in_notes(entry))
    try:
        journal.keep(seat, said.note, 0, bodies.checked(body), today())
    except ConflictError:
        raise InputError(
            "after.kept",
            "A line from this sitting is in the journal already. To keep this one beside it, go "
            "on once more.",
            {"field": "line"},
        ) from None


def _keep_unwelcome(seat: Seat, entry: SatEntry, said: Said) -> None:
    try:
        note_unwelcome(seat, said.kinds, said.lasted, entry.id, id_=said.unwelcome)
    except ConflictError:
        raise InputError(
            "after.answered",
            "This was answered already, and that is kept.",
            {"field": "kinds"},
        ) from None
