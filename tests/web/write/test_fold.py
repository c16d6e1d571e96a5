"""Words are found whatever their case and accents, and shown as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.web.write.body import Body, sealed_of
from thaw.web.write.fold import Piece, excerpt, fold, is_in, may_be_in, words_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cafe", "Le CAFÉ noir"),
        ("CAFÉ", "cafe\N{COMBINING ACUTE ACCENT} au lait"),
        ("strasse", "Hauptstraße"),
        ("STRASSE", "STRAßE"),
        ("smorrebrod", "Smørrebrød"),
        ("lodz", "Łódź"),
        ("istanbul", "İstanbul"),
        ("oeuvre", "Œuvre"),
        ("σοφος", "ΣΟΦΌΣ"),
        ("fi", "\N{LATIN SMALL LIGATURE FI}"),
        ("grey sea", "The sea was grey."),
        ("日本", "日本語"),
    ],
)
def test_a_word_is_found_whatever_its_case_and_accents(typed: str, written: str) -> None:
    assert is_in(words_of(typed), written)
    assert any(piece.is_hit for piece in excerpt(words_of(typed), written))


def test_every_word_must_be_there() -> None:
    assert not is_in(words_of("grey boat"), "The sea was grey.")
    assert is_in(words_of("boat"), "The boat")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=50), st.text(min_size=1, max_size=5), st.text(max_size=50))
def test_what_stands_in_a_text_is_found_in_it(before: str, word: str, after: str) -> None:
    assert is_in(words_of(word), f"{before} {word} {after}")


@given(st.text(max_size=400), st.text(min_size=1, max_size=4))
def test_an_excerpt_says_only_what_was_written(text: str, typed: str) -> None:
    pieces = excerpt(words_of(typed), text)
    said = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert said in text
    assert all(is_in(words_of(piece.text), text) for piece in pieces if piece.is_hit)


def test_an_excerpt_shows_the_word_and_what_stands_around_it() -> None:
    text = "so " * 50 + "the Café was closed " + "and " * 100
    pieces = excerpt(words_of("cafe"), text)
    assert pieces[0] == Piece("… ", is_hit=False)
    assert Piece("Café", is_hit=True) in pieces
    assert pieces[-1] == Piece(" …", is_hit=False)
    assert sum(len(piece.text) for piece in pieces) < 250


def test_a_word_far_into_a_long_text_is_shown() -> None:
    text = "é" * 600_000 + " quincunx " + "é" * 100_000
    assert Piece("quincunx", is_hit=True) in excerpt(words_of("quincunx"), text)


def test_no_words_are_found_twice() -> None:
    pieces = excerpt(words_of("an and"), "and and")
    assert [piece.text for piece in pieces] == ["and", " ", "and"]


@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=3),
)
def test_what_is_passed_over_unread_holds_no_word(text: str, typed: str) -> None:
    words = words_of(typed)
    if is_in(words, text):
        assert may_be_in(words, sealed_of(Body(text=text)))
