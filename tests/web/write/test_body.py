"""What is sealed of a note: the same text back, and a sentence for what cannot be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.units import DamageError, InputError
from thaw.web.write import body as bodies
from thaw.web.write.body import KINDS, MOST_TEXT, Body, Sat, TooLongError, body_of, sealed_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"))


@given(
    st.builds(
        Body,
        text=TEXTS,
        kind=st.sampled_from(KINDS),
        word=TEXTS,
        colour=TEXTS,
        tags=st.lists(TEXTS).map(tuple),
        sat=st.none() | st.builds(Sat, st.text("abc-"), st.integers(1, 999)),
    )
)
def test_a_body_comes_back_as_it_was_sealed(body: Body) -> None:
    assert body_of(sealed_of(body)) == body


@given(TEXTS)
def test_no_letter_of_a_text_is_changed(text: str) -> None:
    assert bodies.checked(Body(text=text)).text == text


def test_lines_end_alike_wherever_they_were_written() -> None:
    assert bodies.checked(Body(text="a\r\nb\rc\nd")).text == "a\nb\nc\nd"


@pytest.mark.parametrize("sealed", [b"", b"[]", b"{}", b'{"text"', b"\xff", b"7"])
def test_what_is_no_body_is_damaged(sealed: bytes) -> None:
    with pytest.raises(DamageError):
        body_of(sealed)


def test_what_a_later_thaw_added_hides_nothing() -> None:
    assert body_of(b'{"text": "a", "kind": "song", "tune": [1]}') == Body(text="a")


@pytest.mark.parametrize("broken", ["a\x00b", "a\ud800b", f"a{chr(0xDFFF)}b"])
@pytest.mark.parametrize("field", ["text", "word", "colour", "tags"])
def test_a_character_that_cannot_be_kept_is_named(broken: str, field: str) -> None:
    given = {field: (broken,) if field == "tags" else broken}
    with pytest.raises(InputError, match="cannot be kept") as refused:
        bodies.checked(Body(**given))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.status) == ("note.broken", 422)
    assert bodies.mended(broken) == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("letter", ["a", "é", "\N{GRINNING FACE}"])
def test_a_text_has_a_million_bytes_at_most(letter: str) -> None:
    most = letter * (MOST_TEXT // len(letter.encode()))
    assert bodies.checked(Body(text=most)).text == most
    with pytest.raises(TooLongError, match="Nothing of it is lost") as refused:
        bodies.checked(Body(text=most + letter))
    assert refused.value.status == 413


def test_tags_are_one_plain_field() -> None:
    tags = bodies.tags_of("  the sea, #Work ,, work,\ttwo   words,#")
    assert bodies.checked(Body(tags=tags)).tags == ("the sea", "Work", "two words")


@pytest.mark.parametrize("tags", [tuple(map(str, range(21))), ("x" * 41,)])
def test_too_many_or_long_tags_are_told(tags: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="up to 20 tags"):
        bodies.checked(Body(tags=tags))


@pytest.mark.parametrize("name", ["word", "colour"])
def test_a_small_field_holds_a_few_words(name: str) -> None:
    body = bodies.checked(Body(**{name: "  sea \n green "}))  # type: ignore[arg-type]
    assert getattr(body, name) == "sea green"
    with pytest.raises(InputError, match="A note has more room"):
        bodies.checked(Body(**{name: "x" * 81}))  # type: ignore[arg-type]


def test_a_sitting_is_named_by_practice_and_minutes() -> None:
    sat = Sat("five-things", 3)
    assert bodies.sat_of(str(sat)) == sat
    assert bodies.sat_of("") is None
    assert sat.name == "five things"


@pytest.mark.parametrize(
    "text", ["five-things", "Five:3", "five:0", "five:1000", "../x:3", "five:3 "]
)
def test_a_sitting_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="Leave it out"):
        bodies.sat_of(text)


def test_there_are_four_kinds() -> None:
    assert [bodies.kind_of(kind) for kind in KINDS] == ["note", "word", "colour", "nothing"]
    with pytest.raises(InputError, match="note, word, colour, nothing"):
        bodies.kind_of("song")


def test_nothing_today_is_something() -> None:
    assert Body(text=" \n").is_empty
    assert not Body(kind="nothing").is_empty
    assert not Body(kind="word", word="fog").is_empty
    assert not Body(kind="colour", colour="ice").is_empty


def test_no_words_of_a_note_stand_in_its_repr() -> None:
    body = Body("secret", "word", "secret", "secret", ("secret",), Sat("secret", 3))
    assert "secret" not in repr(body)
