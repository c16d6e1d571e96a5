"""Checking finds what only planning shows; ``bad/`` holds what it says."""

from dataclasses import replace

from tests.practice.recorded import FOLDER
from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.check import check_practice
from thaw.practice.parts import Words
from thaw.practice.read import read_practice


def codes(body: str, *, header: str = HEADER, words: Words = WORDS) -> list[str]:
    practice = practice_of(body, header=header)
    return [problem.code for problem in check_practice(practice, words=words)]


LOOP = "## A {each=places}\n\nPerhaps {places}.\n\n[rest 2..30]\n"


def test_a_practice_for_everyone_has_no_problems() -> None:
    assert codes(LOOP) == []


def test_the_example_of_the_language_has_no_problems() -> None:
    text = (FOLDER / "thawing-shortened.md").read_text(encoding="utf-8")
    practice = read_practice(text, file="thawing-shortened.md", words=WORDS)

    assert check_practice(practice, words=WORDS) == ()


def test_who_avoids_the_only_posture_needs_no_closing() -> None:
    header = HEADER.replace("[sitting, standing, walking]", "[standing]")

    assert codes(LOOP, header=header) == []


def test_a_term_that_silences_the_closing_is_named() -> None:
    words = replace(WORDS, avoid={**WORDS.avoid, "rooms": ("room",)})
    practice = practice_of(LOOP)

    messages = [problem.message for problem in check_practice(practice, words=words)]

    everything = "those who avoid everything there is to avoid"
    assert messages == [
        f"The closing says nothing to {everything} (level 1, sitting).",
        "The closing says nothing to those who avoid rooms (level 1, sitting).",
    ]
