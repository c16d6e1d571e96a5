"""A plan lasts exactly as long as was asked for, whatever was chosen."""

from dataclasses import replace
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


def test_a_practice_for_more_experience_is_played_with_a_notice(thawing: Practice) -> None:
    plan = compose(thawing, Choices(300, level=1), words=WORDS, lengths=length_at)

    assert plan.origin.notices[0] == "This practice is made for level 2 and above."


def test_parts_left_out_leave_one_rest_where_two_would_meet() -> None:
    body = (
        "## A\n\nOne.\n\n[rest 5..60]\n\n## B {level=3}\n\nTwo.\n\n"
        "## C\n\n[leave]\n\n[rest 4..30]\n\n[leave]\n\n[rest 3..30]\n\n"
        "## D\n\n[check]\n\n[rest 2..30]\n\nThree.\n"
    )

    words = replace(WORDS, check=())  # so that nothing is asked
    left_out, whole = (
        compose(practice_of(body), Choices(60, level=level), words=words, lengths=length_at)
        for level in (2, 3)
    )

    kinds = [event.kind for event in left_out.events if not event.closing]
    assert kinds == ["say", "rest", "say"]
    kinds = [event.kind for event in whole.events if not event.closing]
    assert kinds == ["say", "rest", "say", "rest", "rest", "say"]


def test_a_plan_says_what_it_was_made_from(thawing: Practice) -> None:
    choices = Choices(360, voice="flite-slt", pace=105, seed=3)

    plan = compose(thawing, choices, words=WORDS, lengths=length_at)

    assert plan.origin.text_hash == thawing.text_hash
    assert plan.origin.choices == Choices(
        360, voice="flite-slt", pace=105, posture="sitting", anchor="feet", seed=3
    )
    assert (plan.voice, plan.seed, plan.language) == ("flite-slt", 3, "en")
    assert len(plan.origin.variants) == len(list(plan.lines()))


def test_without_a_closing_left_a_practice_is_not_played() -> None:
    closing = "## Back {closing}\n\nTake a breath, and look up.\n"
    body = "## A\n\n" + "One more.\n\n[rest 5..20]\n\n" * 4
    practice = practice_of(body, closing=closing)

    with pytest.raises(InputError) as caught:
        compose(practice, Choices(60, avoid=("breath",)), words=WORDS, lengths=length_at)

    assert caught.value.code == "avoid.too_little_left"


def test_a_slot_that_opens_a_sentence_gets_a_capital_letter() -> None:
    practice = practice_of(
        '## A {each=places}\n\n*{places}* first. "{places}", and then {places}.\n\n[rest 1..60]\n'
    )

    plan = compose(practice, Choices(60), words=WORDS, lengths=length_at)

    assert next(plan.lines()).text == '*The face* first. "The face", and then the face.'


def test_no_sitting_is_longer_than_an_hour() -> None:
    practice = practice_of("## A\n\n" + "On.\n\n[rest 60..600]\n\n" * 8)

    plan = compose(practice, Choices(3600), words=WORDS, lengths=length_at)
    assert plan.total == 3600 * SAMPLE_RATE
    with pytest.raises(LengthError) as caught:
        compose(practice, Choices(3601), words=WORDS, lengths=length_at)
    assert (caught.value.shorter, caught.value.longer) == (plan.total, None)
