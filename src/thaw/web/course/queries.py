"""What the pages of courses show: days, and which of them were done, as plain values."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from thaw.library.course_text import Course, CourseError, Day
from thaw.library.courses import day_of
from thaw.library.marked import Run
from thaw.practice.drawing import Drawing
from thaw.practice.parts import Practice
from thaw.units import AccessError, DamageError, InputError
from thaw.web import sealed
from thaw.web.course.body import Finished, finished_in
from thaw.web.course.models import Done
from thaw.web.house import House
from thaw.web.learn.pieces import Lines, Piece, piece_of
from thaw.web.preferences.queries import preferred_of
from thaw.web.sealed import Row, Seat
from thaw.web.shelf.queries import card_of
from thaw.web.shelf.tastes import tastes_for
from thaw.web.write.queries import note_of


@dataclass(frozen=True, slots=True)
class DoneDay:
    """A day that was done, opened."""

    id: UUID
    version: int
    finished: Finished = field(repr=False)


@dataclass(frozen=True, slots=True)
class DayCard:
    """A day in a list."""

    number: int
    title: str
    is_done: bool = field(repr=False)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course with its days."""

    id: str
    title: str
    summary: str
    days: tuple[DayCard, ...]


@dataclass(frozen=True, slots=True)
class CoursesPage:
    """Every course, and what is wrong with files that are not in order."""

    courses: tuple[CourseCard, ...]
    left_out: tuple[CourseError, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """The practice of a day.

    Attributes:
        voice: The voice it begins with at once; empty where none was chosen yet.
    """

    id: str
    title: str
    summary: str
    not_for: str
    minutes: int
    drawing: Drawing
    voice: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """A day.

    Attributes:
        offer: The practice; None where it is not in the library, or not in order.
        way: ``write`` or ``draw``.
        done: Whether it was done.
        note: What was written on it, while it is in the journal; else None.
        following: The number of the next day, or None.
    """

    course: CourseCard
    number: int
    title: str
    lesson: tuple[Lines, ...]
    offer: Offer | None
    way: str
    thing: str
    is_done: bool = field(repr=False)
    note: UUID | None = field(repr=False)
    following: DayCard | None


def courses_page(house: House, seat: Seat) -> CoursesPage:
    """Return every course.

    Raises:
        LockedError: The key is not at hand.
    """
    done = _done(seat)
    cards = tuple(_card(course, done) for course in house.courses.courses())
    return CoursesPage(cards, house.courses.broken())


def day_page(house: House, seat: Seat, name: str, number: int) -> DayPage:
    """Return a day of a course.

    Raises:
        AccessError: ``course.unknown``, ``course.no_day``.
        CourseError: The course is there and not in order.
        LockedError: The key is not at hand.
    """
    course = house.courses.course(name)
    day = day_of(course, number)
    done = _done(seat)
    card, found = _card(course, done), done.get((course.id, number))
    return DayPage(
        course=card,
        number=number,
        title=day.title,
        lesson=tuple(_lines(house, day)),
        offer=_offer(house, seat, day),
        way=day.thing.way,
        thing=day.thing.text,
        is_done=found is not None,
        note=_note(seat, found),
        following=next((each for each in card.days if each.number == number + 1), None),
    )


def done_days(seat: Seat) -> Iterator[DoneDay]:
    """Yield every day that was done, newest first; what no longer opens is passed over."""
    for row in sealed.rows_of(Done, seat):
        if not isinstance(row, Row):
            continue
        try:
            yield DoneDay(row.id, row.version, finished_in(row.fields["body"]))
        except DamageError:
            continue


def rows_of_day(seat: Seat, course: str, day: int) -> tuple[DoneDay, ...]:
    """Return the rows that say that this day was done; a copy may have brought a second one."""
    return tuple(
        each
        for each in done_days(seat)
        if (each.finished.course, each.finished.day) == (course, day)
    )


def _done(seat: Seat) -> dict[tuple[str, int], DoneDay]:
    found: dict[tuple[str, int], DoneDay] = {}
    for each in done_days(seat):
        found.setdefault((each.finished.course, each.finished.day), each)
    return found


def _card(course: Course, done: dict[tuple[str, int], DoneDay]) -> CourseCard:
    days = (DayCard(day.number, day.title, (course.id, day.number) in done) for day in course.days)
    return CourseCard(course.id, course.title, course.summary, tuple(days))


def _lines(house: House, day: Day) -> Iterator[Lines]:
    there = {each.id for each in house.articles.all()}
    for block in day.lesson:
        lines = (
            tuple(_piece(house, run, there) for run in passage.runs) for passage in block.passages
        )
        yield Lines("list" if block.is_list else "paragraph", tuple(lines))


def _piece(house: House, run: Run, there: Collection[str]) -> Piece:
    if run.kind != "claim":
        return piece_of(run, there)
    work = house.ledger.works.get(run.text)
    if work is None:
        return Piece("words", " (the source of this is missing)")
    return Piece("work", work.label, to=work.id)


def _offer(house: House, seat: Seat, day: Day) -> Offer | None:
    try:
        practice = house.shelf.published(day.sit.practice)
    except (AccessError, InputError):
        return None
    minutes = _within(practice, day.sit.minutes)
    card = card_of(house, practice, minutes=minutes)
    voice = tastes_for(house, practice, preferred_of(seat)).voice
    return Offer(
        id=card.id,
        title=card.title,
        summary=card.summary,
        not_for=card.not_for,
        minutes=minutes,
        drawing=card.drawing,
        voice=voice,
    )


def _within(practice: Practice, minutes: int) -> int:
    """Return a length that a practice has, also where its text was changed since."""
    return min(max(minutes, practice.minutes.least), practice.minutes.most)


def _note(seat: Seat, done: DoneDay | None) -> UUID | None:
    """Return the note of a day, unless it was thrown away."""
    if done is None or done.finished.note is None:
        return None
    try:
        note = note_of(seat, done.finished.note)
    except (AccessError, DamageError):
        return None
    return note.id if note.trashed_at is None else None
