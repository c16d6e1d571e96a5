"""A plan lasts exactly as long as was asked for, whatever was chosen."""

from pathlib import Path

import pytest

from tests.practice.words import WORDS, practice_of
from thaw.practice.compose import compose, lines_of, reach
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, spoken
from thaw.practice.read import read_practice
from thaw.units import SAMPLE_RATE, InputError, LengthError

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(scope="module")
def thawing() -> Practice:
    text = (EXAMPLES / "thawing-shortened.md").read_text(encoding="utf-8")
    return read_practice(text, file="thawing-shortened.md", words=WORDS)


@pytest.mark.parametrize("minutes", [4, 6, 7])
def test_the_example_of_the_language_reaches_its_lengths(thawing: Practice, minutes: int) -> None:
    plan = compose(thawing, Choices(minutes * 60), words=WORDS, lengths=length_at)

    assert plan.total == minutes * 60 * SAMPLE_RATE
    assert plan.events[-1].end == plan.total
    assert plan.origin.notices == ()


def test_a_length_out_of_reach_names_the_nearest(thawing: Practice) -> None:
    with pytest.raises(LengthError) as caught:
        compose(thawing, Choices(900), words=WORDS, lengths=length_at)

    assert caught.value.longer is None
    assert caught.value.shorter is not None
    seconds = caught.value.shorter // SAMPLE_RATE
    plan = compose(thawing, Choices(seconds), words=WORDS, lengths=length_at)
    assert plan.total == caught.value.shorter
    with pytest.raises(LengthError):
        compose(thawing, Choices(seconds + 1), words=WORDS, lengths=length_at)


def test_reach_says_which_lengths_can_be_had(thawing: Practice) -> None:
    ((first, last),) = reach(thawing, Choices(60), words=WORDS, lengths=length_at)

    for samples in (first, last):
        plan = compose(thawing, Choices(samples // SAMPLE_RATE), words=WORDS, lengths=length_at)
        assert plan.total == samples


def test_every_line_of_a_plan_is_among_the_lines_to_voice(thawing: Practice) -> None:
    texts = lines_of(thawing, Choices(60, seed=5), words=WORDS)

    for seconds in range(180, 421, 60):
        plan = compose(thawing, Choices(seconds, seed=5), words=WORDS, lengths=length_at)
        assert {spoken(event.text) for event in plan.lines()} <= set(texts)


def test_too_little_left_is_not_played() -> None:
    practice = practice_of("## A\n\nBreathe.\n\n[rest 20..60]\n\nBreathe again.\n\n[rest 20..60]\n")

    with pytest.raises(InputError, match="Too little") as caught:
        compose(practice, Choices(60, avoid=("breath",)), words=WORDS, lengths=length_at)

    assert caught.value.code == "avoid.too_little_left"
