"""What answers may bring to a sitting is known before anybody taps."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.practice.answers import ANSWERS
from tests.practice.tapping import TAPS, Taps, taps_on
from tests.practice.test_answering import context_of
from tests.practice.test_promises import Sitting, plan_of, sittings
from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.answers import ANSWERED
from thaw.practice.compose import lines_of
from thaw.practice.listening import lines_of_answers
from thaw.practice.plan import Choices, spoken
from thaw.practice.respond import respond
from thaw.units import InputError, samples_of

BODY = (
    "## A\n\nOne of many. {posture=sitting}\n\n{anchor}. {posture=moving}\n\n[rest 3..20]\n\n"
    "## B\n\nTwo of many.\n\n[rest 3..20]\n\nThe eyes are open. {eyes=open}\n\n[rest 3..20]\n\n"
    "## Own {response=tears}\n\nCome as you are.\n\n[rest 2..4]\n\n"
    "## Own {response=fine posture=lying}\n\nLie as you are.\n\n[rest 2..4]\n\n"
)
MOVING = HEADER.replace("language: en", "language: en\nmoving: self")
PRACTICE = practice_of(BODY, header=MOVING)


def lines(choices: Choices) -> tuple[str, ...]:
    return lines_of_answers(PRACTICE, choices, ANSWERS, WORDS)


def test_what_is_most_urgent_comes_first_and_every_kind_is_there() -> None:
    texts = lines(Choices(60))

    assert texts[0].startswith("Too-much")
    assert len(texts) == len(set(texts))
    first = " ".join(texts[: 2 * len(ANSWERED)])
    assert all(kind.capitalize() in first for kind in ANSWERED if kind != "tears")
    assert "Come as you are." in texts
    assert "Lie as you are." not in texts


def test_lines_of_the_sitting_itself_are_not_among_them() -> None:
    choices = Choices(60)

    assert not set(lines(choices)) & set(lines_of(PRACTICE, choices, words=WORDS))


def test_what_the_practice_says_in_another_posture_and_with_another_anchor_is_there() -> None:
    texts = lines(Choices(60))

    assert "The eyes are open." in texts
    assert {"The feet on the ground.", "The sounds around you."} <= set(texts)
    assert set(WORDS.leave) <= set(texts)


def test_what_is_avoided_is_not() -> None:
    assert any("friend" in text for text in lines(Choices(60)))
    assert not any("friend" in text for text in lines(Choices(60, avoid=("people",))))


def test_a_longer_sitting_may_need_what_fills_once_more() -> None:
    short, long = (
        [text for text in lines(Choices(seconds)) if text.endswith("a wall.")]
        for seconds in (30, 600)
    )

    assert len(short) == 1
    assert len(long) == 2


def test_choices_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError):
        lines(Choices(60, posture="flying"))


@given(sittings(), TAPS)
def test_answers_and_what_fills_bring_no_other_line(sitting: Sitting, taps: Taps) -> None:
    practice, choices, _ = sitting
    plan = plan_of(practice, choices)
    known = {
        *lines_of(practice, choices, words=WORDS),
        *lines_of_answers(practice, choices, ANSWERS, WORDS),
    }

    for tap in taps_on(plan, taps, context_of(practice)):
        for event in tap.after.lines():
            assert event.spot
            assert spoken(event.text) in known or event.spot.script == ""


def test_a_sitting_whose_lines_are_all_voiced_lacks_none() -> None:
    choices = Choices(60)
    plan = plan_of(PRACTICE, choices)
    known = {*lines_of(PRACTICE, choices, words=WORDS), *lines(choices)}
    context = context_of(PRACTICE)
    voiced = replace(context, lengths=lambda text: context.lengths(text) if text in known else None)

    for kind in ANSWERED:
        reply = respond(plan, samples_of(3), kind, voiced)
        assert reply == respond(plan, samples_of(3), kind, context)
        assert not reply.missing
