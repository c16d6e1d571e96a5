"""Courses: ours keep what they promise, and whatever one file gets wrong is said with its place."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.test_content import FORBIDDEN, grade_of
from thaw.library.articles import load_articles
from thaw.library.content import content_folder
from thaw.library.course_text import Course, CourseError, Day, is_course, read_course
from thaw.library.courses import Courses, check_course, day_of, lint_course
from thaw.library.evidence import load_ledger
from thaw.library.marked import Run
from thaw.library.shelf import Shelf
from thaw.practice.pace import count_words
from thaw.practice.read import is_answer
from thaw.units import AccessError

CONTENT = content_folder()
SHELF = Shelf(CONTENT)
OURS = {course.id: course for course in Courses(CONTENT).courses()}
WORKS = load_ledger(CONTENT).works
ARTICLES = {article.id: article.title for article in load_articles(CONTENT).all()}
DAYS = [pytest.param(day, id=f"{c.id}-{day.number}") for c in OURS.values() for day in c.days]

DAY = """## Day {n}: Title {n}

A cup is on the table.
It is blue.

- One point.
- *Another* point.

practice: five-things, 3 minutes

write: One line.
"""
HEAD = """---
title: Two days
summary: For trying out.
days: 2
author: Someone
licence: CC0-1.0
language: en
version: 1
---

<!-- Nobody
sees this. -->

"""
GOOD = HEAD + DAY.format(n=1) + "\n" + DAY.format(n=2).replace("write:", "draw:")


def codes(text: str) -> list[str]:
    """Return the code of each problem of a course that is not in order."""
    with pytest.raises(CourseError) as refused:
        read_course(text, file="a-course.md")
    return [problem.code for problem in refused.value.problems]


def swapped(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after, 1)


def test_our_course_has_the_five_days_in_their_order() -> None:
    course = OURS["out-of-numbness"]
    titles = [day.title for day in course.days]
    assert titles == ["Understand", "Begin", "Undo thoughts", "Kindness", "Act"]
    assert Courses(CONTENT).broken() == ()


@pytest.mark.parametrize("course", OURS.values(), ids=OURS.keys())
def test_everything_that_a_course_points_to_is_there(course: Course) -> None:
    assert check_course(course, practices=SHELF.practices(), works=WORKS, articles=ARTICLES) == ()


@pytest.mark.parametrize("course", OURS.values(), ids=OURS.keys())
def test_a_course_keeps_to_the_tone_even_strictly(course: Course) -> None:
    assert lint_course(course, words=SHELF.words, strict=True) == ()


@pytest.mark.parametrize("day", DAYS)
def test_a_lesson_is_short_plain_and_presses_nobody(day: Day) -> None:
    lesson = [passage.text for passage in day.passages]
    thing = day.thing.text
    assert 200 <= sum(map(count_words, lesson)) <= 350
    assert grade_of(lesson) <= 6
    assert grade_of([thing]) <= 6
    assert count_words(thing) <= 60
    assert not [text for text in (*lesson, thing) if FORBIDDEN.search(text)]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_stands_alone(day: Day) -> None:
    lesson = " ".join(passage.text for passage in day.passages)
    assert not re.search(
        r"\b(yesterday|last time|as you (?:know|learned)|day \d)\b", lesson, re.IGNORECASE
    )


@pytest.mark.parametrize("day", DAYS)
def test_what_is_sat_on_a_day_suits_first_steps_and_can_be_done_moving(day: Day) -> None:
    practice = SHELF.published(day.sit.practice)
    assert practice.level == 1
    assert practice.moving is not None
    assert day.sit.minutes <= 5


def test_a_lesson_calls_a_text_by_its_title_and_leads_to_it() -> None:
    runs = [run for day in OURS["out-of-numbness"].days for p in day.passages for run in p.runs]
    named = [(run.to, run.text) for run in runs if run.kind == "way"]
    assert ("where-it-comes-from", "Where numbness can come from") in named
    assert [ARTICLES.get(article) for article, _ in named] == [title for _, title in named]


def test_a_course_is_read_as_it_is_written() -> None:
    course = read_course(GOOD, file="some/where/A-Course.md")
    assert (course.id, course.title, course.version) == ("a-course", "Two days", 1)
    assert [(day.number, day.title) for day in course.days] == [(1, "Title 1"), (2, "Title 2")]
    first, second = course.days
    paragraph, points = first.lesson
    assert [passage.text for passage in paragraph.passages] == [
        "A cup is on the table. It is blue."
    ]
    assert points.is_list
    assert points.passages[1].runs == (Run("emphasis", "Another"), Run("words", " point."))
    assert (first.sit.practice, first.sit.minutes) == ("five-things", 3)
    assert (first.thing.way, second.thing.way) == ("write", "draw")
    lines = course.text.split("\n")
    assert lines[first.sit.place.line - 1] == "practice: five-things, 3 minutes"
    assert lines[second.thing.place.line - 1] == "draw: One line."


def test_entries_may_stand_on_lines_that_follow_each_other() -> None:
    course = read_course(GOOD.replace("minutes\n\n", "minutes\n"), file="a-course.md")
    thing = course.days[0].thing
    assert thing.text == "One line."
    assert course.text.split("\n")[thing.place.line - 1] == "write: One line."


def test_line_ends_of_another_system_change_nothing() -> None:
    assert read_course(GOOD.replace("\n", "\r\n"), file="a.md") == read_course(GOOD, file="a.md")


def test_a_claim_is_kept_apart_from_the_words() -> None:
    course = read_course(swapped("It is blue.", "It is blue [@ma-2021]. Or not."), file="a.md")
    passage = next(iter(course.days[0].passages))
    assert passage.text == "A cup is on the table. It is blue. Or not."
    assert passage.works == ("ma-2021",)


def test_a_link_is_words_and_where_they_lead() -> None:
    text = swapped("It is blue.", "Read [about it](/learn/art), later.")
    passage = next(iter(read_course(text, file="a.md").days[0].passages))
    assert passage.text == "A cup is on the table. Read about it, later."
    assert passage.articles == ("art",)


def test_a_course_is_known_by_its_days() -> None:
    practice = (CONTENT / "practices" / "five-things.md").read_text(encoding="utf-8")
    answer = (CONTENT / "responses" / "tears.md").read_text(encoding="utf-8")
    assert is_course(GOOD)
    assert is_course(GOOD.replace("days: 2\n", ""))
    assert not is_answer(GOOD)
    assert not is_course(practice)
    assert not is_course(answer)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("---\ntitle", "title", "practice.no_front_matter"),
        ("version: 1\n---\n", "version: 1\n", "practice.no_front_matter"),
        ("title: Two days", "title: [", "practice.yaml"),
        ("title: Two days", "title: &a Two days", "practice.yaml_alias"),
        ("title: Two days", "title: Two days\ntitle: Three", "practice.yaml_key"),
        ("title: Two days\n", "", "course.front_matter"),
        ("title: Two days", "title: ' '", "course.front_matter"),
        ("title: Two days", "title: [Two days]", "course.front_matter"),
        ("title: Two days", "titel: Two days\ntitle: x", "course.front_matter"),
        ("days: 2", "days: two", "course.front_matter"),
        ("version: 1", "version: 0", "course.front_matter"),
        ("days: 2", "days: 3", "course.days"),
        ("## Day 1: Title 1", "Some words.\n\n## Day 1: Title 1", "course.outside"),
        ("## Day 1: Title 1", "## Title 1", "course.heading"),
        ("## Day 1: Title 1", "## Day one: Title 1", "course.heading"),
        ("## Day 1: Title 1", "# Day 1: Title 1", "course.foreign"),
        ("## Day 2: Title 2", "## Day 1: Title 2", "course.order"),
        ("## Day 2: Title 2", "## Day 3: Title 2", "course.order"),
        ("A cup", "> A cup", "course.foreign"),
        ("A cup", "<script>alert(1)</script>\n\nA cup", "course.foreign"),
        ("Nobody\nsees this. -->", "Nobody", "course.foreign"),
        ("It is blue.", "It is blue [@].", "course.text"),
        ("It is blue.", "It is blue [@Ma 2021].", "course.text"),
        ("It is blue.", "It is **blue**.", "course.text"),
        ("It is blue.", "It is blue [@../x].", "course.text"),
        ("It is blue.", "It is [blue](https://example.org/blue).", "course.text"),
        ("It is blue.", "It is [blue](/learn/../me/erase).", "course.text"),
        ("It is blue.", "It is [blue]().", "course.text"),
        ("practice: five-things, 3 minutes", "practise: five-things, 3", "course.unknown_entry"),
        ("practice: five-things, 3 minutes", "practice: five-things", "course.practice"),
        ("practice: five-things, 3 minutes", "practice: ../x, 3 minutes", "course.practice"),
        ("practice: five-things, 3 minutes\n", "", "course.one_practice"),
        ("write: One line.", "write:", "course.thing"),
        ("write: One line.\n", "", "course.one_thing"),
        ("write: One line.", "write: One line.\n\nwrite: Another.", "course.one_thing"),
        ("write: One line.", "write: One line.\n\nMore to read.", "course.after"),
    ],
)
def test_what_is_wrong_with_a_course_is_said(before: str, after: str, code: str) -> None:
    assert code in codes(swapped(before, after))


def test_a_day_without_a_lesson_is_none() -> None:
    lesson = DAY.partition("\n\n")[2].partition("practice:")[0]
    assert codes(GOOD.replace(lesson, "", 1)) == ["course.no_lesson"]


def test_every_problem_comes_at_once_with_its_line() -> None:
    text = swapped("title: Two days\n", "").replace("practice: five-things, 3 minutes", "do: it", 1)
    with pytest.raises(CourseError) as refused:
        read_course(text, file="a-course.md")
    found = [(problem.code, problem.line) for problem in refused.value.problems]
    lines = text.split("\n")
    assert found == [
        ("course.front_matter", 1),
        ("course.one_practice", lines.index("## Day 1: Title 1") + 1),
        ("course.unknown_entry", lines.index("do: it") + 1),
    ]
    assert refused.value.code == "course.problems"
    assert "(2 more)" in refused.value.message


def test_more_days_than_a_month_are_refused() -> None:
    days = "\n".join(DAY.format(n=n) for n in range(1, 41))
    assert codes(HEAD.replace("days: 2", "days: 40") + days) == ["course.days"]


def test_a_course_without_days_says_so() -> None:
    assert codes(HEAD) == ["course.days"]


@pytest.mark.parametrize(
    ("before", "after", "code", "words"),
    [
        ("five-things", "five-thing", "course.no_practice", "Did you mean five-things?"),
        ("3 minutes", "30 minutes", "course.minutes", "It can last 2 to 10."),
        ("blue.", "blue [@nobody-1900].", "course.no_work", "no work called nobody-1900"),
        ("blue.", "[b](/learn/arts).", "course.no_article", "Did you mean art?"),
    ],
)
def test_what_a_course_points_to_and_is_not_there_is_said(
    before: str, after: str, code: str, words: str
) -> None:
    course = read_course(swapped(before, after), file="a-course.md")
    (problem,) = check_course(course, practices=SHELF.practices(), works=WORKS, articles=ARTICLES)
    assert problem.code == code
    assert words in f"{problem.message} {problem.hint}"
    assert course.text.split("\n")[problem.line - 1].startswith(("practice:", "A cup"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You will feel calm.", "lint.R05"),
        ("Simply look at it.", "lint.R11"),
        ("Think back to the worst day.", "lint.R15"),
        ("This heals you.", "lint.R16"),
        ("The amygdala does it.", "lint.R16"),
        ("You should be able to do it.", "lint.R19"),
        ("Keep going.", "lint.R23"),
    ],
)
def test_the_tone_of_a_lesson_is_judged_with_its_place(words: str, code: str) -> None:
    course = read_course(swapped("It is blue.", words), file="a-course.md")
    found = [each for each in lint_course(course, words=SHELF.words) if each.code == code]
    assert found
    assert course.text.split("\n")[found[0].line - 1] == words


def test_a_lesson_that_is_too_short_is_a_warning_and_strictly_an_error() -> None:
    course = read_course(GOOD, file="a-course.md")
    found = lint_course(course, words=SHELF.words)
    assert [(each.code, each.severity) for each in found] == [("course.length", "warning")] * 2
    strict = lint_course(course, words=SHELF.words, strict=True)
    assert {each.severity for each in strict} == {"error"}


def test_a_day_that_is_none_is_not_there() -> None:
    course = read_course(GOOD, file="a-course.md")
    assert day_of(course, 2).title == "Title 2"
    for number in (0, 3, 10**9):
        with pytest.raises(AccessError, match="no such day"):
            day_of(course, number)


Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Put a file among the courses of a folder, and return the content folder."""
    (tmp_path / "courses").mkdir()

    def put(name: str, text: str) -> Path:
        (tmp_path / "courses" / name).write_text(text, encoding="utf-8")
        return tmp_path

    return put


def test_a_broken_course_hides_no_other(put: Put) -> None:
    put("good.md", GOOD)
    folder = put("bad.md", GOOD.replace("days: 2", "days: 5"))
    (folder / "courses" / "worse.md").write_bytes(b"\xff\xfe\0")
    courses = Courses(folder)
    assert [course.id for course in courses.courses()] == ["good"]
    assert [error.problems[0].file for error in courses.broken()] == ["bad.md", "worse.md"]
    assert courses.course("good").title == "Two days"
    with pytest.raises(CourseError, match="says 5 days"):
        courses.course("bad")
    with pytest.raises(AccessError) as unknown:
        courses.course("nowhere")
    assert unknown.value.code == "course.unknown"


def test_two_files_of_one_id_are_one_course_and_a_sentence(put: Put) -> None:
    put("two-days.md", GOOD)
    courses = Courses(put("Two-Days.md", GOOD.replace("Two days", "Another")))
    assert [course.title for course in courses.courses()] == ["Two days"]
    assert courses.course("two-days").title == "Two days"
    (error,) = courses.broken()
    assert error.problems[0].code == "course.twice"
    assert "two-days.md has the same address" in error.message


@pytest.mark.parametrize("name", ["two days.md", "é.md", "-.md"])
def test_a_name_that_makes_no_address_is_said(put: Put, name: str) -> None:
    courses = Courses(put(name, GOOD))
    assert courses.courses() == ()
    assert [error.problems[0].code for error in courses.broken()] == ["course.name"]


def test_a_course_that_changed_is_read_again_and_one_that_is_gone_is_gone(put: Put) -> None:
    courses = Courses(put("a.md", GOOD))
    first = courses.course("a")
    assert courses.course("a") is first
    folder = put("a.md", GOOD.replace("Two days", "Some other days"))
    assert courses.course("a").title == "Some other days"
    (folder / "courses" / "a.md").unlink()
    assert courses.courses() == ()


def test_a_folder_without_courses_has_none(tmp_path: Path) -> None:
    assert Courses(tmp_path).courses() == ()
    assert Courses(tmp_path).broken() == ()


def test_the_example_of_the_how_to_is_a_course() -> None:
    page = (Path(__file__).parents[2] / "docs" / "howto" / "write-a-course.md").read_text("utf-8")
    example = page.partition("```markdown\n")[2].partition("```\n")[0]
    course = read_course(example, file="a-course.md")
    assert check_course(course, practices=SHELF.practices(), works=(), articles=()) == ()
    assert [day.thing.way for day in course.days] == ["write", "draw"]
