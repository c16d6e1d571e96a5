"""Every text that cannot be played says why, where and what to do, all at once.

Beside each example stands what is printed for it.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thaw.practice
from tests.practice.words import HEADER, WORDS
from thaw.practice.check import check_practice
from thaw.practice.read import is_answer, read_answer, read_practice
from thaw.practice.speakable import check_answer
from thaw.units import PracticeError, Problem

EXAMPLES = sorted((Path(__file__).parent / "bad").glob("*.md"))
CODE = re.compile(r'"(practice\.[a-z_]+)"')
OF_BYTES = {"practice.too_large", "practice.binary", "practice.not_utf8"}


def problems_of(text: str, file: str) -> Sequence[Problem]:
    """Return what reading finds, or checking where reading finds nothing."""
    try:
        if is_answer(text):
            return check_answer(read_answer(text, file=file, words=WORDS), words=WORDS)
        return check_practice(read_practice(text, file=file, words=WORDS), words=WORDS)
    except PracticeError as error:
        return error.problems


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_bad_text_says_all_that_is_wrong(example: Path) -> None:
    problems = problems_of(example.read_text(encoding="utf-8"), example.name)

    said = "".join(f"{problem}\n" for problem in problems)
    assert said == example.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_problem_has_an_example() -> None:
    room = Path(str(thaw.practice.__file__)).parent
    codes = {
        code
        for path in room.glob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    shown = {
        code
        for example in EXAMPLES
        for code in re.findall(r"practice\.[a-z_]+", example.with_suffix(".txt").read_text())
    }

    assert codes - OF_BYTES == shown


@given(st.text(alphabet=st.sampled_from(list("ab \n-*_#`[]{}()<>!&|=.:,0123456789")), max_size=200))
def test_whatever_follows_the_front_matter_is_read_or_refused(body: str) -> None:
    text = f"{HEADER}\n{body}"

    problems = problems_of(text, "x.md")

    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


@given(st.text(max_size=200))
def test_whatever_stands_in_the_front_matter_is_read_or_refused(front: str) -> None:
    with pytest.raises(PracticeError):
        read_practice(f"---\n{front}\n---\n", file="x.md", words=WORDS)
