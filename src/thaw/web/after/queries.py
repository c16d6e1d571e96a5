"""What the page after a sitting shows, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.urls import reverse

from thaw.practice.drawing import Drawing
from thaw.units import AccessError, DamageError, InputError, ThawError
from thaw.web import sealed
from thaw.web.checkin.models import CheckIn
from thaw.web.help.queries import everything_of
from thaw.web.house import House
from thaw.web.people.keyring import has_passphrase
from thaw.web.people.seats import Seat
from thaw.web.shelf.queries import card_of
from thaw.web.sit.body import Felt
from thaw.web.sit.models import Sat
from thaw.web.sit.queries import SatEntry, sat
from thaw.web.today.queries import asks_unwelcome_now, has_decided
from thaw.web.write import body as bodies
from thaw.web.write.queries import note_of

FELT: Mapping[Felt, str] = {
    "easier": "Easier",
    "same": "The same",
    "harder": "Harder",
    "further": "Further away, or more numb",
    "cant-tell": "Can't tell",
}
"""How a sitting may have been, with its words on a page; no answer is better than another."""

HARDER: frozenset[Felt] = frozenset({"harder", "further"})
"""After these grounding comes first, then one's person and help (clinical.md 5.2, S3)."""

SKIP = "skip"

_MOST_MINUTES = 999  # As many as a note can name.


@dataclass(frozen=True, slots=True)
class AfterPage:
    """A sitting that was sat, as the page after it needs it.

    Attributes:
        sat: The sitting, as a note names it.
        sat_words: How long was sat, as a fact.
        felt: What was answered, in words; empty where nothing was yet.
        is_harder: Whether it was harder, or further away.
        note: The line that was kept, if it is still there.
        asks_unwelcome: Whether it is time to ask whether anything unwelcome came.
        has_unwelcome: Whether something did.
        is_first: Whether it was the very first one.
        drawing: Of the practice at this length; None where it is in the library no longer.
    """

    id: UUID
    title: str
    sat: bodies.Sat
    sat_words: str
    felt: Felt | None = field(repr=False)
    felt_words: str = field(repr=False)
    is_harder: bool = field(repr=False)
    note: UUID | None
    checkin: UUID | None
    asks_unwelcome: bool
    has_unwelcome: bool = field(repr=False)
    is_first: bool
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is offered once, after the first sitting.

    Attributes:
        name: What its skipping is called.
        action: What the button says.
        address: Where it leads.
        later: Where it is found when it was skipped.
    """

    name: str
    title: str
    words: str
    action: str
    address: str
    later: str


def after_of(house: House, seat: Seat, id_: UUID) -> AfterPage:
    """Return the page after a sitting.

    Raises:
        AccessError: There is no such sitting, or it is not this person's.
        DamageError, LockedError: As ``thaw.web.sealed``.
    """
    entry = sat(seat, id_)
    felt = entry.body.after.felt
    return AfterPage(
        id=entry.id,
        title=entry.body.title,
        sat=named_in_notes(entry),
        sat_words=sat_words(entry),
        felt=felt,
        felt_words=FELT[felt] if felt else "",
        is_harder=felt in HARDER,
        note=_note_of(seat, entry),
        checkin=entry.body.after.checkin,
        asks_unwelcome=entry.body.unwelcome is None and _is_asked(seat, entry),
        has_unwelcome=bool(entry.body.unwelcome),
        is_first=is_first(seat, entry.id),
        drawing=_drawing_of(house, entry),
    )


def named_in_notes(entry: SatEntry) -> bodies.Sat:
    """Return a sitting as a note names the one it came after."""
    return bodies.Sat(entry.body.practice, min(max(1, round(entry.minutes)), _MOST_MINUTES))


def sat_words(entry: SatEntry) -> str:
    """Return how long was sat: no praise, no blame."""
    minutes = round(entry.minutes)
    if minutes < 1:
        return "Less than a minute, sat."
    return f"{minutes} minute{'' if minutes == 1 else 's'}, sat."


def is_first(seat: Seat, id_: UUID) -> bool:
    """Return whether this is the very first sitting of the log."""
    first = next(sealed.rows_of(Sat, seat, order=("created_at", "id")), None)
    return first is not None and first.id == id_


def next_step(seat: Seat) -> Step | None:
    """Return the first thing that was neither done nor skipped for good."""
    return next((step for step in _steps() if not _is_over(seat, step.name)), None)


def left_step(seat: Seat) -> Step | None:
    """Return the next step as long as there was no second sitting; None before the first."""
    sittings = list(islice(sealed.rows_of(Sat, seat), 2))
    return next_step(seat) if len(sittings) == 1 else None


def step_of(name: str) -> Step | None:
    return next((step for step in _steps() if step.name == name), None)


def _steps() -> tuple[Step, ...]:
    return (
        Step(
            "person",
            "Someone to reach",
            "One person, and one line to call or write to, ready behind Help now. It stays here. "
            "Nobody is told.",
            "Choose a person and a line",
            reverse("help-edit"),
            "It can be done later, under Help now.",
        ),
        Step(
            "passphrase",
            "A passphrase",
            "Until there is one, whoever can open the files on this machine can read it all.",
            "Set a passphrase",
            reverse("passphrase"),
            "It can be done later, under Me.",
        ),
        Step(
            "checkin",
            "A first check-in",
            "One question: how much do you feel? Nothing is an answer.",
            "Check in",
            reverse("checkin"),
            "It is there any day, on Today.",
        ),
    )


def _is_over(seat: Seat, name: str) -> bool:
    if has_decided(seat, f"{SKIP}:{name}"):
        return True
    if name == "passphrase":
        return has_passphrase(seat.person_id)
    if name == "person":
        newest = everything_of(seat).newest
        return newest is not None and newest.own.has_person
    return next(sealed.rows_of(CheckIn, seat), None) is not None


def _note_of(seat: Seat, entry: SatEntry) -> UUID | None:
    """Return the id of the line that was kept, unless it was thrown away since."""
    note = entry.body.after.note
    if note is None:
        return None
    try:
        return note if note_of(seat, note).trashed_at is None else None
    except DamageError:
        return note
    except ThawError:
        return None


def _is_asked(seat: Seat, entry: SatEntry) -> bool:
    """Return whether it is time to ask what came that was unwelcome, after the newest only."""
    newest = next(sealed.rows_of(Sat, seat), None)
    return newest is not None and newest.id == entry.id and asks_unwelcome_now(seat)


def _drawing_of(house: House, entry: SatEntry) -> Drawing | None:
    minutes = max(1, round(entry.body.planned_s / 60))
    try:
        return card_of(house, house.shelf.published(entry.body.practice), minutes=minutes).drawing
    except (AccessError, InputError):
        return None
