"""What the journal's pages show: notes, opened, as plain values."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from uuid import UUID

from thaw.units import AccessError, DamageError, InputError, ThawError, seconds_of
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.sealed import TRASH_DAYS, DamagedRow, Row, Seat
from thaw.web.write import fold
from thaw.web.write.body import Body, Sat, body_of
from thaw.web.write.days import Month, day_of, local_day
from thaw.web.write.models import Note

ON_A_PAGE = 50
MOST_HITS = 50

_ORDER = ("-day", "-id")  # Ids begin with the time, so a later note of a day comes first.
_LATEST = 200
_MOST_TAGS = 12
_GLANCE = 280


@dataclass(frozen=True, slots=True)
class Written:
    """A note, opened."""

    id: UUID
    version: int
    day: date
    changed_at: datetime
    trashed_at: datetime | None
    body: Body = field(repr=False)

    @property
    def cursor(self) -> str:
        """Where a list goes on after this note."""
        return f"{self.day}.{self.id}"

    @property
    def glance(self) -> str:
        """The beginning of the text."""
        text = self.body.text
        return text if len(text) <= _GLANCE else f"{text[:_GLANCE].rstrip()} …"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A note that is no longer as it was written; the day it was begun on may be wrong."""

    id: UUID | None
    about: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """What was written on a day; None where only notes stand that cannot be read."""

    day: date | None
    notes: tuple[Written | Unreadable, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of notes, newest first; ``before`` is where the next one goes on, or empty."""

    days: tuple[Day, ...]
    before: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar and how many notes it has."""

    day: date
    count: int
    is_today: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month: its weeks, and the days of it that have something."""

    month: Month
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    unreadable: int

    @property
    def with_notes(self) -> list[CalendarDay]:
        return [day for week in self.weeks for day in week if day and day.count]


@dataclass(frozen=True, slots=True)
class Trashed:
    """A note of the trash and how many days it stays there."""

    note: Written | Unreadable
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A note in which every word was found, and the text around the first."""

    note: Written
    pieces: tuple[fold.Piece, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SatOption:
    """A sitting that a note can be linked to: how a form names it, and its words."""

    value: str
    title: str
    minutes: int
    is_chosen: bool


def note_of(seat: Seat, id_: UUID) -> Written:
    """Return a note, wherever it lies.

    Raises:
        AccessError: It is not there, or not this person's.
        DamageError: It is no longer as it was written.
    """
    return _written(sealed.row_of(Note, seat, id_))


def notes_before(seat: Seat, cursor: str, *, most: int = ON_A_PAGE) -> Listing:
    """Return a page of notes, newest first, from after ``cursor`` or from the first."""
    return _listing(_rows_before(seat, cursor), most)


def notes_on(seat: Seat, day: date) -> Listing:
    """Return the notes of a day."""
    return _listing(sealed.rows_of(Note, seat, order=_ORDER, day=day), most=None)


def calendar_of(seat: Seat, month: Month, today: date) -> CalendarPage:
    """Return a month with how much was written on each day; more is not better."""
    found = sealed.rows_of(Note, seat, order=_ORDER, day__gte=month.first, day__lte=month.last)
    notes = [_seen(row) for row in found]
    counts = Counter(note.day for note in notes if isinstance(note, Written))
    weeks = tuple(
        tuple(CalendarDay(day, counts[day], day == today) if day else None for day in week)
        for week in month.weeks()
    )
    return CalendarPage(month, weeks, unreadable=len(notes) - counts.total())


def trash_of(seat: Seat, now: datetime) -> list[Trashed]:
    """Return all that lies in the trash, what was thrown away last first."""
    found = sealed.rows_of(Note, seat, trashed=True, order=("-trashed_at", "-id"))
    return [_trashed(_seen(row), now) for row in found]


def hits_of(seat: Seat, words: tuple[str, ...], cursor: str = "") -> Iterator[Hit | Unreadable]:
    """Yield the notes that hold every word, newest first, as they are found, and what is damaged.

    Nothing that was written is kept in an index: every note is opened.
    """
    for row in _rows_before(seat, cursor):
        if isinstance(row, Row) and not fold.may_be_in(words, row.fields["body"]):
            continue
        note = _seen(row)
        if isinstance(note, Unreadable):
            yield note
        elif fold.is_in(words, _searched(note.body)):
            yield Hit(note, fold.excerpt(words, note.body.text))


def earlier_tags(seat: Seat) -> list[str]:
    """Return the tags used most in the latest notes, in the order of the alphabet."""
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in islice(sealed.rows_of(Note, seat), _LATEST):
        note = _seen(row)
        for tag in note.body.tags if isinstance(note, Written) else ():
            counts[spelt.setdefault(tag.casefold(), tag).casefold()] += 1
    return sorted((spelt[tag] for tag, _ in counts.most_common(_MOST_TAGS)), key=str.casefold)


def sat_options(house: House, session: str, chosen: Sat | None) -> list[SatOption]:
    """Return the sitting a note is linked to and the latest of this session, each once."""
    latest = house.sittings.latest_of(session)
    found = {str(chosen): chosen} if chosen else {}
    if latest is not None:
        plan = latest.held.plan
        sat = Sat(plan.practice, max(1, round(seconds_of(plan.total) / 60)))
        found.setdefault(str(sat), sat)
    return [
        SatOption(value, practice_title(house, sat), sat.minutes, sat == chosen)
        for value, sat in found.items()
    ]


def practice_title(house: House, sat: Sat) -> str:
    """Return what a practice is called; its id where it is no longer in the library."""
    try:
        return house.shelf.published(sat.practice).title
    except ThawError:
        return sat.name


def _rows_before(seat: Seat, cursor: str) -> Iterator[Row | DamagedRow]:
    if not cursor:
        return sealed.rows_of(Note, seat, order=_ORDER)
    day, id_ = _place_of(cursor)
    return chain(
        sealed.rows_of(Note, seat, order=_ORDER, day=day, id__lt=id_),
        sealed.rows_of(Note, seat, order=_ORDER, day__lt=day),
    )


def _place_of(cursor: str) -> tuple[date, UUID]:
    day, _, id_ = cursor.partition(".")
    try:
        return day_of(day), UUID(id_)
    except (InputError, ValueError):
        raise AccessError("note.place", "There is no such page of the list.") from None


def _listing(rows: Iterator[Row | DamagedRow], most: int | None) -> Listing:
    """Return notes by day; one that cannot be read stands where it was found."""
    days: list[tuple[date | None, list[Written | Unreadable]]] = []
    last = ""
    for note in map(_seen, rows):
        if isinstance(note, Written):
            day: date | None = note.day
        else:
            day = days[-1][0] if days else None
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(note)
        if isinstance(note, Written) and most is not None:
            most -= 1
            if most == 0:
                last = _more(rows, note.cursor)
                break
    return Listing(tuple(Day(day, tuple(notes)) for day, notes in days), last)


def _more(rows: Iterator[Row | DamagedRow], last: str) -> str:
    """Return where the next page goes on, or nothing where there is none."""
    return last if next(rows, None) is not None else ""


def _seen(row: Row | DamagedRow) -> Written | Unreadable:
    if isinstance(row, DamagedRow):
        return Unreadable(row.id, row.created_at and local_day(row.created_at))
    try:
        return _written(row)
    except DamageError:
        return Unreadable(row.id, local_day(row.created_at))


def _written(row: Row) -> Written:
    day = row.clear["day"]
    if not isinstance(day, date):
        raise TypeError("A note's day is a date.")
    body = body_of(row.fields["body"])
    return Written(row.id, row.version, day, row.changed_at, row.trashed_at, body)


def _trashed(note: Written | Unreadable, now: datetime) -> Trashed:
    if isinstance(note, Unreadable) or note.trashed_at is None:
        return Trashed(note, None)
    # A clock that was set back may have it lie there since tomorrow.
    return Trashed(note, min(max(TRASH_DAYS - (now - note.trashed_at).days, 0), TRASH_DAYS))


def _searched(body: Body) -> str:
    return "\n".join((body.text, body.word, body.colour, *body.tags))
