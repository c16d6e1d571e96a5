"""What a practice asks: how it is, at ``[check]``, and words before sitting, with ``asks``."""

from dataclasses import replace

import pytest

from tests.practice.words import WORDS, practice_of
from thaw.practice.compose import compose, lines_of
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices, Event, Plan, Spot, holds_asked
from thaw.units import InputError, samples_of

BODY = (
    "## A\n\nOne.\n\n[rest 2..60]\n\n[check]\n\nTwo.\n\n[rest 2..40]\n\n[check]\n\n[rest 2..40]\n"
)
NEAR = "## A\n\n{being} is near, and so is the wall.\n\n[rest 10..90]\n"


def plan_of(body: str, choices: Choices) -> Plan:
    return compose(practice_of(body), choices, words=WORDS, lengths=length_at)


def questions(plan: Plan) -> list[Event]:
    return [event for event in plan.events if event.kind == "check"]


# --- [check] --------------------------------------------------------------------------------


def test_a_check_asks_and_goes_on_after_8_seconds() -> None:
    plan = plan_of(BODY, Choices(90))

    asked = questions(plan)
    assert len(asked) == 2
    for event in asked:
        at = plan.events.index(event)
        assert event.text in WORDS.check
        assert event.length == length_at(event.text)
        assert (plan.events[at + 1].kind, plan.events[at + 1].length) == ("rest", samples_of(8))


@pytest.mark.parametrize("seed", range(6))
def test_questions_that_follow_each_other_differ(seed: int) -> None:
    one, other = questions(plan_of(BODY, Choices(90, seed=seed)))

    assert one.text != other.text


def test_a_check_in_a_loop_asks_with_every_entry() -> None:
    plan = plan_of("## A {each=places}\n\n{places}.\n\n[rest 1..20]\n\n[check]\n", Choices(90))

    spots = [event.spot for event in questions(plan)]
    assert [spot.entry for spot in spots if spot] == [0, 1, 2]


def test_who_avoids_silence_waits_no_longer_after_a_question() -> None:
    body = BODY + "\nOn.\n\n[rest 0..9]\n" * 9
    plan = plan_of(body, Choices(60, avoid=("silence:6",)))

    at = plan.events.index(questions(plan)[0])
    assert plan.events[at + 1].length == samples_of(6)


def test_nothing_is_asked_where_every_question_holds_what_is_avoided() -> None:
    words = replace(WORDS, avoid={**WORDS.avoid, "let": ("let",)})
    choices = Choices(90, avoid=("let",))

    plan = compose(practice_of(BODY), choices, words=words, lengths=length_at)

    assert not questions(plan)


def test_the_questions_of_a_sitting_are_among_its_lines() -> None:
    texts = lines_of(practice_of(BODY), Choices(90), words=WORDS)

    assert {event.text for event in questions(plan_of(BODY, Choices(90)))} <= set(texts)


# --- asks -----------------------------------------------------------------------------------


def first_line(choices: Choices) -> str:
    return next(plan_of(NEAR, choices).lines()).text


def test_a_word_that_was_given_takes_its_slot() -> None:
    assert first_line(Choices(60, asked=(("being", "an  old *oak*"),))).startswith("An old oak is")


@pytest.mark.parametrize("asked", [(), (("being", ""),), (("being", " * "),)])
def test_without_a_word_the_other_one_stands(asked: tuple[tuple[str, str], ...]) -> None:
    assert first_line(Choices(60, asked=asked)).startswith("This being is")


def test_what_looks_like_a_slot_in_a_given_word_is_a_word() -> None:
    assert first_line(Choices(60, asked=(("being", "{anchor}"),))).startswith("{anchor} is near")


def test_a_given_word_that_is_avoided_takes_its_line_along() -> None:
    choices = Choices(60, avoid=("people",), asked=(("being", "a friend"),))
    body = f"{NEAR}\n\nOn.\n\n[rest 10..90]\n\nOn again.\n"

    assert next(plan_of(body, choices).lines()).text == "On."


@pytest.mark.parametrize("asked", [("people", "x"), ("being", "x" * 61)])
def test_a_word_that_is_not_asked_for_or_too_long_is_refused(asked: tuple[str, str]) -> None:
    with pytest.raises(InputError) as error:
        plan_of(NEAR, Choices(60, asked=(asked,)))

    assert error.value.code == "choices.asked"


def test_lines_that_hold_a_given_word_can_be_told() -> None:
    choices = Choices(60, asked=(("being", "Old *oak*"), ("other", " ")))

    assert holds_asked("*Old oak* is near.", choices)
    assert not holds_asked("An oak is near.", choices)


# --- Where things come from -----------------------------------------------------------------


def test_every_line_and_bell_says_where_it_was_taken_from() -> None:
    body = (
        "## A {each=places}\n\n[bell]\n\n- {places}.\n- The {places}.\n\n[check]\n\n[rest 2..9]\n"
    )
    plan = plan_of(body, Choices(100))

    first = [event.spot for event in plan.events if event.kind != "rest"][:4]
    line = first[0].line if first[0] else 0
    assert [spot and spot[:3] for spot in first] == [
        ("", line, 0),
        ("", line + 2, 0),
        ("check", line + 5, 0),
        ("", line, 1),
    ]
    assert Spot("", 3).is_in_practice
    assert not Spot("leave", 0).is_in_practice
    assert all(event.spot is None for event in plan.events if event.kind == "rest")
