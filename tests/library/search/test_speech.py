"""How what people type becomes plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.library.speech import MOST_LETTERS, plain, stem, stems_of, tidy, words_of
from thaw.library.spelling import Spelling

WRITTEN = {"cant": "can not", "dont": "do not"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Can't CRY", ["can", "not", "cry"]),
        ("can\u2019t cry", ["can", "not", "cry"]),
        ("cant cry", ["can", "not", "cry"]),
        ("na\u00efve caf\u00e9", ["naive", "cafe"]),
        ("soooo tiiiired", ["soo", "tiired"]),
        ("dead-inside, really", ["dead", "inside", "really"]),
        ("self_harm", ["self", "harm"]),
        ("\uff2e\uff35\uff2d\uff22", ["numb"]),
        ("a\0b\u202ec", ["a", "b", "c"]),
        ("\U0001f610", []),
    ],
)
def test_words_are_plain(typed: str, words: list[str]) -> None:
    assert words_of(typed, WRITTEN) == words


def test_each_word_knows_where_it_was_written() -> None:
    text = tidy("  I  can't\ncry ")
    assert text == "I can't cry"
    assert [text[s.start : s.end] for s in plain(text, WRITTEN)] == ["I", "can't", "can't", "cry"]
    assert "cry" not in repr(list(plain(text, WRITTEN)))


def test_only_so_much_is_read() -> None:
    assert len(tidy("x" * (MOST_LETTERS + 1))) == MOST_LETTERS


@pytest.mark.parametrize(
    "forms",
    [
        ("cry", "cries", "cried", "crying"),
        ("feel", "feels", "feeling", "feelings"),
        ("numb", "numbness", "numbed"),
        ("stop", "stops", "stopped", "stopping"),
        ("hope", "hopes", "hoped", "hoping"),
        ("hand", "hands"),
        ("wish", "wishes", "wished"),
        ("empty", "emptiness"),
        ("sad", "sadness", "sadly"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len(set(stems_of(forms))) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("numb", "number"), ("need", "ne"), ("this", "thi"), ("bus", "bu")]
)
def test_other_words_have_another_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=60))
def test_a_stem_is_never_longer_than_its_word(word: str) -> None:
    assert len(stem(word)) <= max(len(word), 1)


def test_a_mistake_is_taken_for_the_nearest_known_word() -> None:
    spelling = Spelling(["angry", "angry", "anger", "sleep", "want"], ["strange"])
    mended = {"agnry": "angry", "ange": "anger", "slepp": "sleep", "sleep": "sleep", "wnat": "want"}
    assert {word: spelling.mended(word) for word in mended} == mended


def test_of_several_as_near_the_one_that_is_there_most_often_is_meant() -> None:
    assert Spelling(["angry", "angry", "anger"]).mended("angery") == "angry"


def test_in_a_short_word_no_letter_is_taken_for_another() -> None:
    assert Spelling(["kill"]).mended("hill") == "hill"


def test_what_is_known_short_or_far_from_everything_stays() -> None:
    spelling = Spelling(["anger", "hands"], ["strange"])
    for word in ("angers", "strange", "strangely", "hnd", "zebra", "h4nds", "x" * 40, "\u00e4nger"):
        assert spelling.mended(word) == word
