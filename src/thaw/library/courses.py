"""The courses of ``content/courses/``, and whether what they point to is there."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from threading import Lock

from thaw.library.course_text import Course, CourseError, Day, course_id_of, read_course
from thaw.library.shelf import read_file
from thaw.practice.answers import Answer
from thaw.practice.lint import lint_answer
from thaw.practice.pace import count_words
from thaw.practice.parts import Line, Minutes, Practice, Section, Variant, Words
from thaw.practice.problems import suggest
from thaw.units import AccessError, InputError, Problem, Severity

SHORTEST_LESSON, LONGEST_LESSON = 200, 350
"""Between so many words a lesson is read in two minutes and still says something."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TONE = tuple(f"lint.R{rule}" for rule in ("05", "11", "15", "16", "18", "19", "23"))
"""What a text to read has to obey as much as one to hear; the others are about sitting."""


class Courses:
    """The courses of one content folder, read when asked for and again when changed.

    Safe to share between threads. A file that is not in order hides no other: ``courses`` leaves
    it out, ``broken`` names it, asking for it by its id raises what is wrong with it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "courses"
        self._lock = Lock()
        self._read: dict[Path, tuple[tuple[int, int], Course | CourseError]] = {}

    def courses(self) -> tuple[Course, ...]:
        """Return every course that can be used, sorted by id."""
        return tuple(found for found in self._all() if isinstance(found, Course))

    def broken(self) -> tuple[CourseError, ...]:
        """Return what is wrong with each file that cannot be used, sorted by id."""
        return tuple(found for found in self._all() if isinstance(found, CourseError))

    def course(self, name: str) -> Course:
        """Return a course by its id.

        Raises:
            AccessError: ``course.unknown``.
            CourseError: The file is there and not in order.
        """
        for path in self._paths():
            if course_id_of(path.name) == name:
                found = self._load(path)
                if isinstance(found, CourseError):
                    raise CourseError(found.problems)
                if found is not None:
                    return found
        raise AccessError("course.unknown", "There is no such course here.")

    def _all(self) -> Iterator[Course | CourseError]:
        seen: dict[str, Path] = {}
        for path in self._paths():
            first = seen.setdefault(course_id_of(path.name), path)
            found = self._load(path) if first == path else _twice(path, first)
            if found is not None:
                yield found

    def _paths(self) -> list[Path]:
        """Return every file, by id; of two with one id, that in small letters comes first."""
        paths = self.folder.glob("*.md")
        return sorted(paths, key=lambda path: (path.name.lower(), path.name.swapcase()))

    def _load(self, path: Path) -> Course | CourseError | None:
        """Return what a file holds, read again if it changed; None if it is gone."""
        with self._lock:
            try:
                about = path.stat()
            except OSError:
                return None
            stamp = about.st_mtime_ns, about.st_size
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                known = self._read[path] = stamp, _fresh(path)
            return known[1]


def day_of(course: Course, number: int) -> Day:
    """Return a day of a course by its number.

    Raises:
        AccessError: ``course.no_day``.
    """
    if not 1 <= number <= len(course.days):
        raise AccessError("course.no_day", "This course has no such day. All of them: /course.")
    return course.days[number - 1]


def check_course(
    course: Course,
    *,
    practices: Collection[Practice],
    works: Collection[str],
    articles: Collection[str],
) -> tuple[Problem, ...]:
    """Return a problem for each thing that a course points to and that is not there.

    Args:
        course: What ``read_course`` returned.
        practices: Those that can be played.
        works: The ids of the evidence ledger.
        articles: The ids of the texts to read.
    """
    lengths = {practice.id: practice.minutes for practice in practices}
    return tuple(
        problem
        for day in course.days
        for problem in (
            *_check_sit(course, day, lengths),
            *_check_claims(course, day, works),
            *_check_links(course, day, articles),
        )
    )


def lint_course(course: Course, *, words: Words, strict: bool = False) -> tuple[Problem, ...]:
    """Return where a course is too long, too hard to read, or not in the tone of Thaw.

    Args:
        course: What ``read_course`` returned.
        words: The words practices stand on.
        strict: Whether a warning is an error, too.
    """
    tone = lint_answer(_as_answer(course), words=words, strict=strict)
    severity: Severity = "error" if strict else "warning"
    lengths = (_length_of(course, day, severity) for day in course.days)
    found = (*(each for each in tone if each.code in _TONE), *filter(None, lengths))
    return tuple(sorted(found))


def _fresh(path: Path) -> Course | CourseError:
    try:
        if not _ID.fullmatch(course_id_of(path.name)):
            hint = "Call it by small letters, digits and dashes: a-course.md."
            problem = _problem(
                path.name, 1, "course.name", "The file's name makes no address.", hint
            )
            return CourseError((problem,))
        return read_course(read_file(str(path)), file=path.name)
    except CourseError as error:
        return error
    except InputError as error:
        return CourseError((_problem(path.name, 1, error.code, error.message, ""),))


def _twice(path: Path, first: Path) -> CourseError:
    message = f"{first.name} has the same address."
    hint = "Give one of the two another name."
    return CourseError((_problem(path.name, 1, "course.twice", message, hint),))


def _check_sit(course: Course, day: Day, lengths: dict[str, Minutes]) -> Iterator[Problem]:
    name, minutes, line = day.sit.practice, day.sit.minutes, day.sit.place.line
    offered = lengths.get(name)
    if offered is None:
        message = f"Day {day.number} leads to the practice {name}, which is not in the library."
        yield _problem(course.file, line, "course.no_practice", message, suggest(name, lengths))
    elif not offered.least <= minutes <= offered.most:
        message = f"Day {day.number} gives {name} {minutes} minutes."
        hint = f"It can last {offered.least} to {offered.most}."
        yield _problem(course.file, line, "course.minutes", message, hint)


def _check_claims(course: Course, day: Day, works: Collection[str]) -> Iterator[Problem]:
    for passage in day.passages:
        for work in passage.works:
            if work not in works:
                message = f"There is no work called {work} in the ledger."
                hint = "Leave the claim out, or write the work down in content/evidence/."
                yield _problem(course.file, passage.place.line, "course.no_work", message, hint)


def _check_links(course: Course, day: Day, articles: Collection[str]) -> Iterator[Problem]:
    for passage in day.passages:
        for name in passage.articles:
            if name not in articles:
                message = f"Day {day.number} leads to the text {name}, which is not in the library."
                hint, line = suggest(name, articles), passage.place.line
                yield _problem(course.file, line, "course.no_article", message, hint)


def _length_of(course: Course, day: Day, severity: Severity) -> Problem | None:
    count = sum(count_words(passage.text) for passage in day.passages)
    if SHORTEST_LESSON <= count <= LONGEST_LESSON:
        return None
    return Problem(
        course.file,
        day.place.line,
        1,
        "course.length",
        severity,
        f"The lesson of day {day.number} has {count} words.",
        f"It is read in two minutes with {SHORTEST_LESSON} to {LONGEST_LESSON}.",
    )


def _as_answer(course: Course) -> Answer:
    """Return the words of a course as if they were said, so that the rules of tone can judge it."""
    script = Practice(
        id=course.id,
        file=course.file,
        text_hash="",
        title=course.title,
        summary=course.summary,
        level=1,
        minutes=Minutes(1, 1, 1),
        themes=(),
        suits="",
        not_for="",
        anchors=(),
        postures=("sitting",),
        moving=None,
        eyes="open",
        sources=tuple(work for day in course.days for p in day.passages for work in p.works),
        author=course.author,
        licence=course.licence,
        language=course.language,
        version=course.version,
        lists={},
        asks={},
        sections=tuple(map(_as_section, course.days)),
        text=course.text,
    )
    return Answer("nothing", "continue", script)


def _as_section(day: Day) -> Section:
    said = [(passage.text, passage.place) for passage in day.passages]
    said.append((day.thing.text, day.thing.place))
    lines = (Line((Variant(text, place=place),), place) for text, place in said)
    return Section(day.title, tuple(lines), place=day.place)


def _problem(file: str, line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(file, line, 1, code, "error", message, hint)
