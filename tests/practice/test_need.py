"""Only what a plan turns on is voiced before it is known."""

from pathlib import Path

import pytest

from tests.practice.words import WORDS
from thaw.practice.compose import compose, lines_of
from thaw.practice.need import lines_needed
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, spoken
from thaw.practice.read import read_practice
from thaw.units import Samples, samples_of

EXAMPLE = Path(__file__).parent / "examples" / "thawing-shortened.md"


@pytest.fixture(scope="module")
def thawing() -> Practice:
    return read_practice(EXAMPLE.read_text(encoding="utf-8"), file=EXAMPLE.name, words=WORDS)


def slow(text: str) -> Samples:
    """Return the length of a line in a voice that is slower than any guess."""
    return Samples(length_at(text) + samples_of(1.5))


@pytest.mark.parametrize("minutes", [4, 5, 6, 7])
def test_the_plan_from_needed_lines_is_the_plan_from_all_lines(
    thawing: Practice, minutes: int
) -> None:
    choices = Choices(minutes * 60)
    voiced: dict[str, Samples] = {}

    while needed := lines_needed(thawing, choices, words=WORDS, known=voiced.get):
        assert not voiced.keys() & set(needed)
        voiced |= {text: slow(text) for text in needed}

    plan = compose(thawing, choices, words=WORDS, lengths=voiced.__getitem__)
    assert plan == compose(thawing, choices, words=WORDS, lengths=slow)
    assert {spoken(event.text) for event in plan.lines()} <= voiced.keys()
    assert voiced.keys() <= set(lines_of(thawing, choices, words=WORDS))


def test_a_short_sitting_does_not_wait_for_what_a_long_one_would_say(thawing: Practice) -> None:
    choices = Choices(4 * 60)

    needed = lines_needed(thawing, choices, words=WORDS, known=lambda _text: None)

    assert len(needed) < len(lines_of(thawing, choices, words=WORDS))


def test_where_no_length_will_do_everything_that_says_so_is_voiced(thawing: Practice) -> None:
    choices = Choices(50 * 60)
    needed = lines_needed(thawing, choices, words=WORDS, known=lambda _text: None)
    voiced = {text: slow(text) for text in needed}

    assert lines_needed(thawing, choices, words=WORDS, known=voiced.get) == ()
