"""Spoken English is taken apart into sentences, clauses and quotations."""

import re

import pytest

from thaw.practice.english import (
    DENIAL,
    are_near,
    clause_at,
    clauses_of,
    is_denied,
    is_quoted,
    sentences_of,
    words_between,
)
from thaw.practice.ways import is_way_out


def cut(text: str, stretches: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end].strip(" ,.") for start, end in stretches]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Look up. Is it light?", ["Look up.", "Is it light?"]),
        ("One, two \u2026 three", ["One, two \u2026", "three"]),
        ("It may last 4.5 seconds.", ["It may last 4.5 seconds."]),
        ("He says \u201cgo.\u201d Then he goes.", ["He says \u201cgo.\u201d", "Then he goes."]),
        ("... \u2014", []),
        ("", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentences_of(text)] == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Look up", ["Look up"]),
        ("If it is too much, stop.", ["If it is too much", "stop", ""]),
        ("You could stand, walk, or stop", ["You could stand, walk, or stop"]),
        ("You can rest, or stop, at any time", ["You can rest, or stop", "at any time"]),
        ("You could rest, you could go, or stop", ["You could rest", "you could go, or stop"]),
        ("It is no magic but it works", ["It is no magic", "but it works"]),
        ("You may try and you may not", ["You may try", "and you may not"]),
        ("Here \u2014 or there; both", ["Here", "\u2014 or there", "; both"]),
    ],
)
def test_clauses_end_at_marks_and_new_subjects_and_not_inside_a_list(
    text: str, clauses: list[str]
) -> None:
    assert cut(text, clauses_of(text)) == clauses


def test_clauses_leave_nothing_out() -> None:
    text = "Here, there, or nowhere: you choose (if you like), and it counts."

    assert "".join(text[start:end] for start, end in clauses_of(text)) == text


def test_the_clause_at_the_very_end_is_the_last_one() -> None:
    text = "Stay, or go"

    assert clause_at(text, len(text)) == clauses_of(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "You do not have to feel calm",
        "You don't have to feel calm",
        "You can sit without having to feel calm",
        "May this being feel calm",
        "There is no need to feel calm",
    ],
)
def test_a_negation_or_a_wish_in_the_clause_denies(text: str) -> None:
    assert is_denied(text, text.index("feel calm"))


def test_a_negation_in_another_clause_denies_nothing() -> None:
    text = "Without a hurry, you may feel calm"

    assert not is_denied(text, text.index("feel calm"))


def test_a_plain_no_denies_only_where_it_is_asked_about() -> None:
    text = "There is no right way"

    assert is_denied(text, text.index("right"), DENIAL)
    assert not is_denied(text, text.index("right"))


@pytest.mark.parametrize(
    "text",
    [
        'A thought says "only this" again',
        "A thought says \u201conly this\u201d again",
        "A thought says \u2018only this\u2019 again",
        "A thought says 'only this' again",
    ],
)
def test_quotations_are_known_by_any_marks(text: str) -> None:
    assert is_quoted(text, text.index("only"))
    assert not is_quoted(text, text.index("again"))


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "It isn't only this, and it doesn't matter"

    assert not is_quoted(text, text.index("only"))


def test_words_between_are_counted_either_way_round() -> None:
    text = "one two three four"

    assert words_between(text, (0, 3), (14, 18)) == words_between(text, (14, 18), (0, 3)) == 2
    assert words_between(text, (0, 7), (4, 13)) == 0


def test_near_means_fewer_words_between_than_allowed() -> None:
    first, second = re.compile("one"), re.compile("four")

    assert are_near("one two three four", first, second, within=3)
    assert not are_near("one two three four", first, second, within=2)
    assert not are_near("one two", first, second, within=9)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("You can stop at any time.", True),
        ("If this is enough, you could end it here.", True),
        ("You could sit, lean, or stop.", True),
        ("The sounds may stop.", False),
        ("It is the end of the street.", False),
        ("You can hear it, and the sounds may end.", False),
        ("You can stay.", False),
    ],
)
def test_a_way_out_speaks_to_the_person(text: str, is_one: bool) -> None:
    assert is_way_out(text) is is_one
