"""The pages on the practice language are true: their examples play, and nothing is missing."""

import re
from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.words import load_words
from thaw.practice.answers import ANSWERED, EFFECTS
from thaw.practice.attributes import FLAGS, VALUED
from thaw.practice.check import check_practice
from thaw.practice.compose import compose
from thaw.practice.header import KNOWN, NEEDED
from thaw.practice.lint import lint_answer, lint_practice
from thaw.practice.pace import length_at
from thaw.practice.parts import DIRECTIVES, POSTURES, Practice
from thaw.practice.plan import Choices
from thaw.practice.read import read_answer, read_practice
from thaw.practice.speakable import check_answer

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "practice-language.md").read_text(encoding="utf-8")
TUTORIAL = (DOCS / "tutorial" / "first-practice.md").read_text(encoding="utf-8")
WORDS = load_words(content_folder())
FRAME = """---
title: A frame
summary: What examples stand in.
level: 1
minutes: {least: 1, usual: 1, most: 1}
for: examples
not_for: anything else
anchors: [feet, sounds]
postures: [sitting, standing, walking]
lists:
  finds: [a line]
author: Thaw
licence: CC-BY-SA-4.0
language: en
---
"""
CLOSING = "\n\n## Coming back {closing}\n\nLook around.\n"


def blocks(page: str, kind: str) -> list[str]:
    """Return the examples of a page that are marked as ``kind``."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def read(text: str, name: str = "example.md") -> Practice:
    return read_practice(text, file=name, words=WORDS)


@pytest.mark.parametrize(
    "text", [*blocks(REFERENCE, "markdown practice"), *blocks(TUTORIAL, "markdown practice")]
)
def test_a_whole_example_is_a_practice_without_problems(text: str) -> None:
    practice = read(text)

    errors = [
        problem for problem in check_practice(practice, words=WORDS) if problem.severity == "error"
    ]
    assert errors == []
    assert lint_practice(practice, words=WORDS) == ()


@pytest.mark.parametrize(
    "body", [*blocks(REFERENCE, "markdown body"), *blocks(TUTORIAL, "markdown body")]
)
def test_a_part_of_an_example_is_in_order(body: str) -> None:
    assert len(read(FRAME + "\n" + body + CLOSING).sections) == 2


def test_the_answer_of_the_reference_is_in_order() -> None:
    (text,) = blocks(REFERENCE, "markdown answer")
    answer = read_answer(text, file="tears.md", words=WORDS)

    assert check_answer(answer, words=WORDS) == ()
    assert lint_answer(answer, words=WORDS) == ()


def test_every_response_and_effect_is_in_the_reference() -> None:
    assert " ".join(ANSWERED) in REFERENCE
    assert " ".join(EFFECTS) in REFERENCE


def test_the_asked_word_of_the_reference_is_in_order() -> None:
    (asks,) = blocks(REFERENCE, "yaml")
    text = FRAME.replace("author:", f"{asks}author:") + "\n## Here\n\nNear {being}.\n" + CLOSING

    assert read(text).asks["being"].otherwise == "this being"


def test_the_practice_of_the_tutorial_grows_as_the_tutorial_says() -> None:
    (short,) = blocks(TUTORIAL, "markdown practice")
    (front,) = blocks(TUTORIAL, "yaml")
    (finding,) = blocks(TUTORIAL, "markdown body")
    minutes = "minutes: {least: 3, usual: 3, most: 3}\n"
    grown = read(
        short.replace(minutes, front).replace("## Coming back", f"{finding}\n## Coming back")
    )

    assert minutes in short
    assert check_practice(grown, words=WORDS) == ()
    assert lint_practice(grown, words=WORDS) == ()
    assert found_in(grown, 3) == 1
    assert found_in(grown, 6) == 4


def found_in(practice: Practice, minutes: int) -> int:
    """Return how many of the tutorial's finds are heard in so many minutes."""
    choices = Choices(seconds=60 * minutes, level=1)
    plan = compose(practice, choices, words=WORDS, lengths=length_at)
    finds = [entry.text for entry in practice.lists["finds"]]
    return sum(any(find in event.text for find in finds) for event in plan.lines())


@pytest.mark.parametrize("key", KNOWN)
def test_every_front_matter_key_is_in_the_reference(key: str) -> None:
    row = next(line for line in REFERENCE.splitlines() if re.match(rf"\| .*`{key}`", line))

    assert ("| yes |" in row) == (key in NEEDED)


@pytest.mark.parametrize("name", [*FLAGS, *VALUED])
def test_every_attribute_is_in_the_reference(name: str) -> None:
    assert re.search(rf"^\| `{name}[=`]", REFERENCE, re.MULTILINE)


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_directive_is_in_the_reference(name: str) -> None:
    assert re.search(rf"^\| `\[{name}[ \]]", REFERENCE, re.MULTILINE)


def test_every_posture_and_avoid_term_is_in_the_reference() -> None:
    assert " ".join(POSTURES) in REFERENCE
    assert " ".join(WORDS.avoid) in REFERENCE
