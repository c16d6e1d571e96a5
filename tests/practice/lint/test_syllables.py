"""Syllables are counted from spelling; the right counts here were made by ear, by hand."""

import pytest

from thaw.practice.rules.syllables import count_syllables

ONE = (
    "a the breath feel felt numb walked called miles times hands moved clothes eyes shoes queue"
    " stopped rest don't can't you'll they've won't weren't while league played year"
)
TWO = (
    "body feeling being doing trying nothing something careful table settled wanted faces touches"
    " quiet poem lion ruin prism rhythm centre didn't isn't haven't people little maybe somewhere"
    " safety every player giant could've it'll colour heavy hundred sometimes homework solely"
)
THREE = (
    "anyone everyone everything emotion sensation attention another radio area idea beautiful"
    " emptiness heaviness whenever usual easier happiest gratitude museum"
)
FOUR = "everybody nevertheless experience reality european available situation january"
FIVE = "imagination possibility"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        (word, count)
        for count, words in enumerate((ONE, TWO, THREE, FOUR, FIVE), start=1)
        for word in words.split()
    ],
)
def test_a_word_has_as_many_syllables_as_one_hears(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_capitals_and_marks_change_nothing() -> None:
    assert count_syllables("Feeling,") == count_syllables("feeling")
    assert count_syllables("don\u2019t") == count_syllables("don't")


def test_a_joined_word_is_the_sum_of_its_parts() -> None:
    assert count_syllables("loving-kindness") == 4


def test_what_has_no_letters_has_no_syllables_and_a_number_has_one() -> None:
    assert count_syllables("\u2014") == 0
    assert count_syllables("20") == 1
