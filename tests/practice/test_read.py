"""A practice text is read whole, or every problem of it is said at once."""

from pathlib import Path

import pytest

from tests.practice.words import CLOSING, HEADER, WORDS, practice_of
from thaw.practice.parts import Bed, Bell, Check, Leave, Line, Place, Rest
from thaw.practice.read import decode, read_practice
from thaw.units import InputError, Seconds

EXAMPLES = Path(__file__).parent / "examples"


def test_the_example_of_the_language_is_read_whole() -> None:
    text = (EXAMPLES / "thawing-shortened.md").read_text(encoding="utf-8")

    practice = read_practice(text, file="thawing-shortened.md", words=WORDS)

    assert practice.id == "thawing-shortened"
    assert practice.title == "Thawing, shortened"
    assert (practice.level, practice.minutes.usual, practice.moving) == (2, 6, "self")
    assert practice.suits == "days when little or nothing is felt"
    assert [section.title for section in practice.sections] == [
        "Arriving",
        "Looking through the body",
        "A hand to rest on",
        "Coming back",
    ]
    looking, hand, back = practice.sections[1:]
    assert looking.each == "places"
    assert looking.when.inward
    assert [type(item) for item in looking.items] == [Line, Rest, Line, Rest, Leave]
    assert (hand.from_minutes, hand.when.avoid) == (5, ("touch",))
    assert isinstance(hand.items[-1], Check)
    assert back.closing
    assert isinstance(back.items[-1], Bell)


def test_the_usual_rest_is_the_geometric_mean_unless_it_is_named() -> None:
    section = practice_of("## A\n\nOne.\n\n[rest 4..9]\n\n[rest 4..5..9]\n\n[rest 2.5]\n").sections[
        0
    ]

    assert [
        (item.least, item.usual, item.most) for item in section.items if isinstance(item, Rest)
    ] == [(4.0, 6.0, 9.0), (4.0, 5.0, 9.0), (2.5, 2.5, 2.5)]


def test_a_line_knows_its_place_in_the_text() -> None:
    section = practice_of("## A\n\n- One.\n- Two {level=2}\n").sections[0]

    line = section.items[0]
    assert isinstance(line, Line)
    assert [variant.place for variant in line.variants] == [Place(19, 1), Place(20, 1)]
    assert line.variants[1].when.level == 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"x" * (256 * 1024 + 1), "practice.too_large"),
        (b"\x89PNG\r\n\0", "practice.binary"),
        (b"caf\xe9", "practice.not_utf8"),
    ],
)
def test_bytes_that_are_no_practice_are_refused_in_a_sentence(raw: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(raw, file="x.md")

    assert caught.value.code == code
    assert "x.md" in caught.value.message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf---\n", file="x.md") == "---\n"


def test_the_front_matter_may_say_more() -> None:
    header = HEADER.replace(
        "language: en",
        "language: en-GB\nthemes: [body]\nmoving: sister\neyes: open\nsources: [smith2020]\n"
        "version: 3\nready: [a chair]\nreviewed: {by: A Name, on: 2025-01-31}",
    )

    practice = practice_of("## A\n\nOne.\n", header=header)

    assert (practice.language, practice.eyes, practice.moving) == ("en-GB", "open", "sister")
    assert (practice.themes, practice.sources, practice.ready) == (
        ("body",),
        ("smith2020",),
        ("a chair",),
    )
    assert (practice.version, practice.reviewed_by, practice.reviewed_on) == (
        3,
        "A Name",
        "2025-01-31",
    )


def test_windows_line_ends_read_the_same() -> None:
    text = f"{HEADER}\n## A\n\nOne.\n{CLOSING}"

    read, again = (
        read_practice(form, file="x.md", words=WORDS) for form in (text, text.replace("\n", "\r\n"))
    )

    assert read == again


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("content/practices/five-things.md", "five-things"),
        ("C:\\texts\\My Practice.MD", "my-practice"),
        (".md", "practice"),
    ],
)
def test_a_practice_is_named_after_its_file(file: str, name: str) -> None:
    text = f"{HEADER}\n## A\n\nOne.\n{CLOSING}"

    assert read_practice(text, file=file, words=WORDS).id == name


def test_notes_among_authors_are_never_spoken_and_leave_places_as_they_are() -> None:
    body = (
        "## A\n\n<!-- one\n\ntwo --> First.\n\n"
        "Second <!-- three --> line.\n<!-- four -->\nAnd on. {level=2}\n"
    )

    lines = [item for item in practice_of(body).sections[0].items if isinstance(item, Line)]

    said = [(line.variants[0].text, line.place.line) for line in lines]
    assert said == [("First.", 21), ("Second line.", 23), ("And on.", 25)]
    assert lines[2].variants[0].when.level == 2


def test_directives_on_rows_of_one_paragraph_are_each_read() -> None:
    items = (
        practice_of("## A\n\nOne.\n\n[bell high]\n[rest 4]\n[bed rain]\n[bed off]\n")
        .sections[0]
        .items
    )

    assert items[1:] == (
        Bell("high", Place(21)),
        Rest(Seconds(4), Seconds(4), Seconds(4), Place(22)),
        Bed("rain", Place(23)),
        Bed(None, Place(24)),
    )


def test_a_response_is_read_with_its_kind() -> None:
    practice = practice_of("## A\n\nOne.\n\n## Restless {response=restless}\n\nMove a little.\n")

    assert practice.sections[1].response == "restless"


def test_a_slot_at_the_end_of_a_line_is_no_attribute() -> None:
    section = practice_of("## A {each=places}\n\nNow {places}\n\nAnd {places} {extra}\n").sections[
        0
    ]

    said = [item.variants[0] for item in section.items if isinstance(item, Line)]

    assert [(variant.text, variant.when.extra) for variant in said] == [
        ("Now {places}", False),
        ("And {places}", True),
    ]
