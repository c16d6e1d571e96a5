"""Read a text and judge it, with the words these tests stand on."""

from collections.abc import Sequence
from pathlib import Path

from tests.practice.words import WORDS
from thaw.practice.lint import lint_practice
from thaw.practice.parts import Practice
from thaw.practice.read import read_practice
from thaw.units import Problem

EXAMPLES = Path(__file__).parent / "examples"
FIXTURES = Path(__file__).parent / "fixtures"


def read(path: Path) -> Practice:
    """Return the practice in a file."""
    return read_practice(path.read_text(encoding="utf-8"), file=path.name, words=WORDS)


def judge(path: Path) -> tuple[Problem, ...]:
    """Return what lint finds in a file."""
    return lint_practice(read(path), words=WORDS)


def codes(problems: Sequence[Problem]) -> set[str]:
    """Return the rules that were broken: ``R05``."""
    return {problem.code.removeprefix("lint.") for problem in problems}


def places(problems: Sequence[Problem]) -> set[tuple[str, int, int]]:
    """Return which rule was broken where: rule, line, column."""
    return {
        (problem.code.removeprefix("lint."), problem.line, problem.column) for problem in problems
    }
