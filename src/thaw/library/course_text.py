"""Read a course: its text becomes days, each a lesson, a practice and one small thing.

A course is Markdown that reads well as it is (docs/howto/write-a-course.md). What it cannot hold is
a problem with its place, and every problem comes at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from thaw.library.marked import Runs, read_runs, words_of
from thaw.practice.blocks import Block as Found
from thaw.practice.blocks import split_blocks
from thaw.practice.frontmatter import Scalar, Table, load_front_matter, split_front_matter
from thaw.practice.parts import Place
from thaw.practice.problems import Problems, suggest
from thaw.units import InputError, Problem

Way = Literal["write", "draw"]
"""How the small thing of a day is done; on paper always does."""

WAYS: Final[tuple[Way, ...]] = get_args(Way)
MOST_DAYS = 31

_KEYS: Final = ("title", "summary", "days", "author", "licence", "language", "version")
_DAYS: Final = re.compile(r"^(?:days[ \t]*:|##[ \t]+Day[ \t]+\d)", re.MULTILINE)
_HEADING: Final = re.compile(r"Day (\d{1,3}): (\S.*)")
_ENTRY: Final = re.compile(r"([a-z]+):(?:\s+|$)(.*)", re.DOTALL)
_NEXT_ENTRY: Final = re.compile(rf"\n(?=(?:practice|{'|'.join(WAYS)}):)")
_PRACTICE: Final = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*),\s+(\d{1,2}) minutes?")
_PARTS: Final = (
    ("lesson", "course.no_lesson", "Write a few paragraphs under its heading."),
    ("practice", "course.one_practice", "One is named so: practice: five-things, 3 minutes"),
    ("small thing to do", "course.one_thing", "Write a line that begins with write: or draw:"),
)
_NOTE: Final = re.compile(r"<!--.*?-->", re.DOTALL)


class CourseError(InputError):
    """A course that cannot be used as it is written; carries every problem at once.

    Attributes:
        problems: In the order of the text.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__("course.problems", f"{first}{more}", {"count": len(problems)})
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or one point of a list, and where it begins."""

    runs: Runs
    place: Place

    @property
    def text(self) -> str:
        """The words, without the works they stand on."""
        return words_of(self.runs)

    @property
    def works(self) -> tuple[str, ...]:
        """The works that are named in it."""
        return tuple(run.text for run in self.runs if run.kind == "claim")

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that it leads to."""
        return tuple(run.to for run in self.runs if run.kind == "way")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list with a passage for each of its points."""

    is_list: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sit:
    """The practice of a day, and how long it is offered."""

    practice: str
    minutes: int
    place: Place


@dataclass(frozen=True, slots=True)
class Thing:
    """The one small thing of a day: something to write or to draw."""

    way: Way
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a course."""

    number: int
    title: str
    lesson: tuple[Block, ...]
    sit: Sit
    thing: Thing
    place: Place

    @property
    def passages(self) -> Iterator[Passage]:
        """Every paragraph and point of the lesson."""
        return (passage for block in self.lesson for passage in block.passages)


@dataclass(frozen=True, slots=True)
class Course:
    """A course.

    Attributes:
        id: The name of its file without the ending, in small letters.
        file: The name it goes by in problems.
        text: As it was written, so that a place can be found in it.
    """

    id: str
    file: str
    title: str
    summary: str
    author: str
    licence: str
    language: str
    version: int
    days: tuple[Day, ...]
    text: str = field(default="", repr=False)


def is_course(text: str) -> bool:
    """Return whether a text says that it has days; else it is something else."""
    return bool(_DAYS.search(text.replace("\r\n", "\n")))


def course_id_of(file: str) -> str:
    """Return the id that follows from a file's name."""
    return re.split(r"[/\\]", file)[-1].lower().removesuffix(".md")


def read_course(text: str, *, file: str) -> Course:
    """Return the course that ``text`` says.

    Args:
        text: The whole text, front matter included.
        file: The name it goes by in problems; the course's id follows from it.

    Raises:
        CourseError: Carries every problem of the text at once.
    """
    problems = Problems(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    split = split_front_matter(text, problems)
    front = None if split.front is None else load_front_matter(split.front, problems)
    told = _Front(front, problems).read() if front else {}
    days = _Body(problems, split.body_line).days(_NOTE.sub(_blank, split.body))
    if told:
        _check_days(days, told["days"], problems)
    if problems.found():
        raise CourseError(problems.found())
    return Course(
        id=course_id_of(file),
        file=file,
        title=told["title"],
        summary=told["summary"],
        author=told["author"],
        licence=told["licence"],
        language=told["language"],
        version=int(told["version"]),
        days=tuple(days),
        text=text,
    )


def _blank(note: re.Match[str]) -> str:
    """Return nothing in place of a note among authors, on as many lines as it had."""
    return "\n" * note[0].count("\n")


class _Front:
    """Reads what a course says about itself."""

    def __init__(self, table: Table, problems: Problems) -> None:
        self._table = table
        self._problems = problems

    def read(self) -> Mapping[str, str]:
        """Return a text for each key; where one is wrong, what it is is noted."""
        for key, place in self._table.places.items():
            if key not in _KEYS:
                self._error(place, f"There is no front matter entry {key}.", suggest(key, _KEYS))
        return {key: self._value(key) for key in _KEYS}

    def _value(self, key: str) -> str:
        node = self._table.pairs.get(key)
        if node is None:
            hint = f"Add a line: {key}: ..."
            self._error(Place(1), f"The front matter does not say {key}.", hint)
            return "0"
        words = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        if not words:
            self._error(
                node.place, f"The front matter says nothing for {key}.", "Write some words."
            )
        elif key in ("days", "version") and not re.fullmatch(r"[1-9][0-9]{0,3}", words):
            self._error(node.place, f"{key} is no number.", f"Write a whole number: {key}: 1.")
            return "0"
        return words

    def _error(self, place: Place, message: str, hint: str) -> None:
        self._problems.error(place, "course.front_matter", message, hint)


@dataclass
class _Draft:
    """A day while it is read."""

    number: int
    title: str
    place: Place
    lesson: list[Block] = field(default_factory=list)
    sits: list[Sit] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


class _Body:
    """Reads the days."""

    def __init__(self, problems: Problems, first_line: int) -> None:
        self._problems = problems
        self._first_line = first_line

    def days(self, body: str) -> list[Day]:
        """Return every day that is whole; note what is wrong with the others."""
        drafts: list[_Draft] = []
        for block in split_blocks(body):
            if block.kind == "heading":
                drafts.append(self._opened(block))
            elif block.kind == "foreign":
                hint = "Write paragraphs, lists, and headings with ##."
                self._error(block.first, "course.foreign", f"A day cannot hold {block.name}.", hint)
            elif not drafts:
                hint = "Begin with a heading: ## Day 1: Its title."
                self._error(
                    block.first, "course.outside", "This stands before the first day.", hint
                )
            else:
                self._put(block, drafts[-1])
        whole = (self._whole(draft) for draft in drafts if draft.number)
        return [day for day in whole if day is not None]

    def _opened(self, block: Found) -> _Draft:
        passage = block.passages[0]
        found = _HEADING.fullmatch(" ".join(passage.text.split()))
        if found is None:
            hint = "Write its number and its title: ## Day 1: Its title."
            message = "This heading is no heading of a day."
            self._error(passage.first, "course.heading", message, hint)
            return _Draft(0, "", self._place(passage.first))
        return _Draft(int(found[1]), found[2], self._place(passage.first))

    def _put(self, block: Found, draft: _Draft) -> None:
        if block.kind == "bullets":
            points = (self._passage(point.text, point.first) for point in block.passages)
            draft.lesson.append(Block(is_list=True, passages=tuple(points)))
            return
        line = block.passages[0].first
        for text in _NEXT_ENTRY.split(block.passages[0].text):
            self._put_text(text, line, draft)
            line += text.count("\n") + 1

    def _put_text(self, text: str, line: int, draft: _Draft) -> None:
        entry = _ENTRY.fullmatch(text)
        if entry is None:
            if draft.sits or draft.things:
                hint = "Put the lesson first, then the practice, then what to write or draw."
                message = "This stands after what there is to do."
                self._error(line, "course.after", message, hint)
            draft.lesson.append(Block(is_list=False, passages=(self._passage(text, line),)))
            return
        name, said = entry[1], " ".join(entry[2].split())
        if name == "practice":
            self._put_sit(said, line, draft)
        elif name not in WAYS:
            hint = suggest(name, ("practice", *WAYS))
            self._error(line, "course.unknown_entry", f"A day has no {name}.", hint)
        elif not said:
            hint = f"Say it in a sentence or two: {name}: ..."
            self._error(line, "course.thing", f"There is nothing to {name} here.", hint)
        else:
            way: Way = "write" if name == "write" else "draw"
            draft.things.append(Thing(way, said, self._place(line)))

    def _put_sit(self, said: str, line: int, draft: _Draft) -> None:
        found = _PRACTICE.fullmatch(said)
        if found is None:
            hint = "Write its id and its length: practice: five-things, 3 minutes"
            self._error(line, "course.practice", "This names no practice.", hint)
        name, minutes = (found[1], int(found[2])) if found else ("", 0)
        draft.sits.append(Sit(name, minutes, self._place(line)))

    def _passage(self, text: str, line: int) -> Passage:
        return Passage(read_runs(text, line, self._misplaced), self._place(line))

    def _misplaced(self, line: int, message: str, hint: str) -> None:
        self._error(line, "course.text", message, hint)

    def _whole(self, draft: _Draft) -> Day | None:
        """Return the day, where it has one of each; note what it lacks or has twice."""
        counts = (len(draft.lesson) and 1, len(draft.sits), len(draft.things))
        for count, (name, code, like) in zip(counts, _PARTS, strict=True):
            if count != 1:
                has = f"{count} of these: {name}" if count else f"no {name}"
                message = f"Day {draft.number} has {has}."
                self._problems.error(draft.place, code, message, f"Give it one. {like}")
        if counts != (1, 1, 1):
            return None
        lesson, sit, thing = tuple(draft.lesson), draft.sits[0], draft.things[0]
        return Day(draft.number, draft.title, lesson, sit, thing, draft.place)

    def _error(self, line: int, code: str, message: str, hint: str) -> None:
        self._problems.error(self._place(line), code, message, hint)

    def _place(self, line: int) -> Place:
        return Place(self._first_line + line)


def _check_days(days: list[Day], told: str, problems: Problems) -> None:
    """Note where days are not counted from 1, or are not as many as the front matter says."""
    if problems.found():
        return  # Days that could not be read would seem to be missing.
    for number, day in enumerate(days, start=1):
        if day.number != number:
            message = f"Day {day.number} stands where day {number} belongs."
            hint = "Count the days from 1, each once and in their order."
            problems.error(day.place, "course.order", message, hint)
            return
    if len(days) != int(told) or len(days) > MOST_DAYS:
        message = f"The front matter says {told} days, and there are {len(days)}."
        hint = f"Write the number that there are, {MOST_DAYS} at most."
        problems.error(Place(1), "course.days", message, hint)
