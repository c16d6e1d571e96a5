"""A line is spoken, never obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.sound.voices.utterance import MOST_CHARACTERS, ascii_only, plain
from thaw.units import InputError


@pytest.mark.parametrize(
    ("line", "given_to_the_voice"),
    [
        ("Look [[h@l'oU]] around.", "Look h@l'oU around."),
        ("Look\x01+50P around.\x00", "Look +50P around."),
        ("Look \\! around\n\r\tslowly.", "Look ! around slowly."),
        ("Look\u200b\u202e around\u2028now.", "Look around now."),
        ('A <break time="5s"/> is text.', 'A <break time="5s"/> is text.'),
        ("--help is text.", "--help is text."),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_signs_an_engine_obeys_become_spaces(line: str, given_to_the_voice: str) -> None:
    assert plain(line) == given_to_the_voice


@pytest.mark.parametrize("line", ["", "   ", "...", "[[]]", "\x00", "\u2014"])
def test_a_line_without_words_is_refused(line: str) -> None:
    with pytest.raises(InputError) as caught:
        plain(line)
    assert caught.value.code == "voice.no_words"


def test_a_line_too_long_for_any_voice_is_refused() -> None:
    assert plain("a" * MOST_CHARACTERS)
    with pytest.raises(InputError, match="two lines"):
        plain("a" * (MOST_CHARACTERS + 1))


def test_typed_signs_and_accents_reach_an_ascii_engine() -> None:
    assert ascii_only("It\u2019s \u201cna\u00efve\u201d \u2014 perhaps\u2026") == (
        'It\'s "naive" , perhaps...'
    )


def test_another_script_is_refused_by_an_ascii_engine() -> None:
    with pytest.raises(InputError):
        ascii_only("\u4f60\u597d")


@given(st.text(max_size=200))
def test_what_is_given_to_a_voice_is_one_plain_line(line: str) -> None:
    try:
        said = plain(line)
    except InputError:
        return
    assert said.isprintable()
    assert not set(said) & set("[]{}\\|\n")
    assert plain(said) == said
