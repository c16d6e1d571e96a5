"""Choices come to a situation: what is chosen, what is there, what is avoided."""

from dataclasses import replace

import pytest

from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.avoid import AvoidList, avoid_list
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.practice.situation import Situation, postures_of, settle
from thaw.units import InputError


@pytest.fixture
def practice() -> Practice:
    header = HEADER.replace("[feet, sounds]", "[breath, feet]").replace(
        "language: en", "language: en\nmoving: self"
    )
    return practice_of("## A\n\nOne.\n", header=header)


def situation(practice: Practice, choices: Choices) -> Situation:
    return settle(practice, choices, WORDS)


def test_what_is_not_chosen_is_the_first_of_the_practice(practice: Practice) -> None:
    settled = situation(practice, Choices(60))

    assert (settled.posture, settled.anchor, settled.eyes) == ("sitting", "breath", "closed")


def test_what_is_avoided_gives_way_to_the_next_with_a_notice(practice: Practice) -> None:
    settled = situation(
        practice,
        Choices(60, posture="standing", anchor="breath", avoid=("breath", "standing")),
    )

    assert (settled.posture, settled.anchor) == ("sitting", "feet")
    assert settled.notices == (
        "Standing is on your avoid list; this is for sitting.",
        "The breath is on your avoid list; this goes with the feet.",
    )


def test_without_any_anchor_left_none_is_spoken(practice: Practice) -> None:
    only_breath = replace(practice, anchors=("breath",))

    settled = situation(only_breath, Choices(60, anchor="breath", avoid=("breath",)))

    assert settled.anchor is None
    assert "anchor" not in settled.slots
    assert settled.notices == ("The breath is on your avoid list; this goes without an anchor.",)


def test_an_anchor_whose_words_are_avoided_is_avoided(practice: Practice) -> None:
    words = replace(WORDS, avoid={**WORDS.avoid, "ground": ("the ground",)})

    settled = settle(practice, Choices(60, avoid=("breath", "ground")), words)

    assert settled.anchor is None


def test_a_practice_that_moves_by_itself_can_be_moved_through(practice: Practice) -> None:
    assert postures_of(practice) == ("sitting", "standing", "walking", "moving")
    assert postures_of(replace(practice, moving="sister")) == practice.postures
    assert situation(practice, Choices(60, posture="moving")).eyes == "open"


@pytest.mark.parametrize(
    ("choices", "code", "words"),
    [
        (Choices(60, level=4), "choices.level", "1 to 3"),  # type: ignore[arg-type] # On purpose.
        (Choices(60, posture="upside-down"), "choices.posture", "sitting, standing"),
        (Choices(60, anchor="feets"), "choices.anchor", "Did you mean feet?"),
        (Choices(60, avoid=("chests",)), "avoid.unknown_term", "Did you mean chest?"),
        (Choices(60, avoid=("silence:long",)), "avoid.silence_form", "silence:20"),
    ],
)
def test_a_choice_that_is_not_there_names_what_is(
    practice: Practice, choices: Choices, code: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        situation(practice, choices)

    assert caught.value.code == code


def test_who_avoids_every_posture_is_told_so(practice: Practice) -> None:
    standing = replace(practice, postures=("standing", "lying"), moving=None)

    with pytest.raises(InputError, match="no posture") as caught:
        situation(standing, Choices(60, avoid=("lying", "standing")))

    assert caught.value.code == "avoid.too_little_left"


@pytest.mark.parametrize(
    "text",
    [
        "The chest moves.",
        "CHEST",
        "a *chest*, perhaps",
        "the chest's weight",
        "chest-high",
        "a hand, on the arm",
        "a Hand\non it",
    ],
)
def test_an_avoided_word_is_found_however_it_is_written(text: str) -> None:
    assert avoid_list(["chest", "touch"], WORDS).finds(text)


@pytest.mark.parametrize("text", ["Orchestra chests", "a handy one", "on hand", "hand", ""])
def test_a_word_within_a_word_is_another_word(text: str) -> None:
    assert not avoid_list(["chest", "touch"], WORDS).finds(text)


def test_the_shorter_of_two_silences_counts() -> None:
    assert avoid_list(["silence:20", "silence:9"], WORDS).longest_silence == 9
    assert avoid_list(["silence"], WORDS).longest_silence == 15
    assert AvoidList().longest_silence is None
