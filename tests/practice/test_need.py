"""Only what a plan turns on is voiced before it is known."""

from pathlib import Path

import pytest

from tests.practice.words import WORDS
from thaw.practice.compose import compose, lines_of
from thaw.practice.links import links_of
from thaw.practice.need import lines_needed
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, spoken
from thaw.practice.read import read_practice
from thaw.practice.situation import settle
from thaw.units import FRAME, FRAMES_PER_SECOND, Frames, Samples, samples_of

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


def test_where_every_link_is_too_long_only_the_first_is_measured(thawing: Practice) -> None:
    choices = Choices(4 * 60, voice="slow", level=3)
    measured: dict[str, None] = {}

    def length(text: str) -> Samples:
        measured[text] = None
        return Samples(length_at(text) * 5 // 2 // FRAME * FRAME)

    plan = compose(thawing, choices, words=WORDS, lengths=length)

    said = {spoken(event.text) for event in plan.lines()}
    assert plan.origin.link == 0
    assert len(measured) < len(said) + 8


def test_where_no_length_will_do_everything_that_says_so_is_voiced(thawing: Practice) -> None:
    choices = Choices(50 * 60)
    needed = lines_needed(thawing, choices, words=WORDS, known=lambda _text: None)
    voiced = {text: slow(text) for text in needed}

    assert lines_needed(thawing, choices, words=WORDS, known=voiced.get) == ()


@pytest.mark.parametrize("tempo", [0.6, 1.0, 1.8])
@pytest.mark.parametrize("minutes", [4, 5, 6, 7])
def test_a_voice_unlike_the_guess_gets_the_longest_link_that_is_not_too_long(
    thawing: Practice, minutes: int, tempo: float
) -> None:
    def voiced(text: str) -> Samples:
        return Samples(int(length_at(text) * tempo) // FRAME * FRAME)

    choices = Choices(minutes * 60, level=3)
    situation = settle(thawing, choices, WORDS)
    links = links_of(thawing, situation, WORDS, lambda text: Frames(voiced(spoken(text)) // FRAME))
    wanted = minutes * 60 * FRAMES_PER_SECOND
    usual = [links.span(link, links.cap).usual for link in links.chain(wanted)]
    expected = max((n for n, length in enumerate(usual) if length <= wanted), default=0)

    plan = compose(thawing, choices, words=WORDS, lengths=voiced)

    assert usual == sorted(usual)
    assert plan.origin.link == expected
