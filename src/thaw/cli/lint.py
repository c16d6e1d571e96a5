"""``thaw lint``: what is wrong with the text of a practice, an answer or a course, all at once."""

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from thaw.cli.terminal import tell
from thaw.units import InputError, PracticeError, Problem

if TYPE_CHECKING:
    from thaw.practice.parts import Words

CLEAN, PROBLEMS, UNREADABLE = 0, 1, 2


@click.command(short_help="Check the text of practices and courses, every problem at once.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.option("--strict", is_flag=True, help="Let warnings fail too, and judge more sharply.")
def lint(files: tuple[str, ...], *, as_json: bool, strict: bool) -> int:
    """Check the text of practices: the language, what can be played, and the rules of tone.

    A text that answers a tap (its front matter says 'answers' or 'fills') is judged as one, and
    so is a course (its front matter says 'days'): what it points to has to be there.

    Each problem comes with its place, its code and what to do; docs/reference/lint.md tells
    why each rule is there. Exit code 0: clean or warnings alone; 1: problems, and with
    --strict also warnings; 2: a file that cannot be read.

    \b
    Examples:
      thaw lint my-practice.md
      thaw lint --strict --json content/practices/*.md
      thaw lint content/responses/restless.md
      thaw lint content/courses/out-of-numbness.md
    """
    from thaw.library.content import content_folder
    from thaw.library.words import load_words

    words = load_words(content_folder())
    problems: list[Problem] = []
    unread = 0
    for file in files:
        try:
            problems += _problems_of(file, words, strict=strict)
        except InputError as error:
            unread += 1
            tell(error.message)
    if as_json:
        click.echo(json.dumps([_json_of(each) for each in problems], ensure_ascii=False, indent=2))
    else:
        _print(problems, read=len(files) - unread)
    return _exit_code(problems, unread=unread, strict=strict)


def _exit_code(problems: list[Problem], *, unread: int, strict: bool) -> int:
    if unread:
        return UNREADABLE
    failing = [each for each in problems if strict or each.severity == "error"]
    return PROBLEMS if failing else CLEAN


def _problems_of(file: str, words: "Words", *, strict: bool) -> list[Problem]:
    """Return every problem of one file, in text order.

    Raises:
        InputError: The file is not there, or not text.
    """
    from thaw.library.course_text import CourseError, is_course
    from thaw.library.shelf import read_file
    from thaw.practice.read import is_answer

    text = read_file(file)
    judge = _judged_answer if is_answer(text) else _judged_practice
    if is_course(text):
        judge = _judged_course
    try:
        return sorted(set(judge(text, file, words, strict=strict)))
    except (CourseError, PracticeError) as error:
        return sorted(error.problems)


def _judged_practice(text: str, file: str, words: "Words", *, strict: bool) -> list[Problem]:
    from thaw.practice.check import check_practice
    from thaw.practice.lint import lint_practice
    from thaw.practice.read import read_practice

    practice = read_practice(text, file=file, words=words)
    return [
        *check_practice(practice, words=words),
        *lint_practice(practice, words=words, strict=strict),
    ]


def _judged_answer(text: str, file: str, words: "Words", *, strict: bool) -> list[Problem]:
    from thaw.practice.lint import lint_answer
    from thaw.practice.read import read_answer
    from thaw.practice.speakable import check_answer

    answer = read_answer(text, file=file, words=words)
    return [
        *check_answer(answer, words=words),
        *lint_answer(answer, words=words, strict=strict),
    ]


def _judged_course(text: str, file: str, words: "Words", *, strict: bool) -> list[Problem]:
    from thaw.library.articles import load_articles
    from thaw.library.content import content_folder
    from thaw.library.course_text import read_course
    from thaw.library.courses import check_course, lint_course
    from thaw.library.evidence import load_ledger
    from thaw.library.shelf import Shelf

    course, content = read_course(text, file=file), content_folder()
    practices, works = Shelf(content).practices(), load_ledger(content).works
    articles = [article.id for article in load_articles(content).all()]
    return [
        *check_course(course, practices=practices, works=works, articles=articles),
        *lint_course(course, words=words, strict=strict),
    ]


def _json_of(problem: Problem) -> dict[str, object]:
    keys = ("file", "line", "column", "code", "severity", "message", "hint")
    values = asdict(problem)
    return {key: values[key] for key in keys}


def _print(problems: list[Problem], *, read: int) -> None:
    for each in problems:
        place = click.style(f"{each.file}:{each.line}:{each.column}:", bold=True)
        severity = click.style(each.severity, fg="red" if each.severity == "error" else "yellow")
        click.echo(f"{place} {severity} {each.code}: {each.message} {each.hint}")
    if read:
        click.echo(_summary(problems, read))


def _summary(problems: list[Problem], read: int) -> str:
    counts = Counter(each.severity for each in problems)
    said = [_count(number, severity) for severity, number in sorted(counts.items())]
    return f"{_count(read, 'file')}: {' and '.join(said) or 'clean'}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
