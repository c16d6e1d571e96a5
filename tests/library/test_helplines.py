"""Numbers by country: which are known, how well on a day, and what a broken file does."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from thaw.library.content import content_folder
from thaw.library.helplines import (
    ELSEWHERE,
    HOWS,
    MARKED_DAYS,
    OLD_DAYS,
    Checked,
    Country,
    check_helplines,
    read_helplines,
    shown_on,
    standing_of,
)

COUNTRIES = read_helplines(content_folder()).countries
TODAY = date(2026, 11, 22)
EU = [
    "at",
    "be",
    "bg",
    "hr",
    "cy",
    "cz",
    "dk",
    "ee",
    "fi",
    "fr",
    "de",
    "gr",
    "hu",
    "ie",
    "it",
    "lv",
    "lt",
    "lu",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "si",
    "es",
    "se",
]

LINE: Mapping[str, Any] = {
    "name": "Someone",
    "operator": "Someone who listens",
    "page": "https://www.example.org/",
    "kinds": ["talk", "text", "chat"],
    "call": "0800 123 456",
    "text": {"to": "85258", "say": "HELLO"},
    "chat": "https://chat.example.org/now",
    "hours": "any time",
    "languages": ["English"],
    "cost": "free",
    "checked": {
        "how": "operator-page",
        "day": TODAY,
        "source": "https://example.org/call-us",
    },
}


def put(folder: Path, code: str = "gb", **fields: object) -> Path:
    """Write the file of a country, and one for everywhere else."""
    lines = folder / "helplines"
    lines.mkdir(exist_ok=True)
    for each in (ELSEWHERE, code):
        table: dict[str, object] = {"country": each, "name": each.title(), "emergency": []}
        if each == code:
            table |= {"emergency": ["999"], **fields}
        (lines / f"{each}.yaml").write_text(yaml.safe_dump(table), encoding="utf-8")
    return folder


def line(**changed: object) -> dict[str, object]:
    return {name: value for name, value in {**LINE, **changed}.items() if value is not None}


def checked(**changed: object) -> dict[str, object]:
    return line(checked={**LINE["checked"], **changed})


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        *((code, ("112",)) for code in EU),
        ("gb", ("999", "112")),
        ("us", ("911",)),
        ("ca", ("911",)),
        ("au", ("000",)),
        (ELSEWHERE, ()),
    ],
)
def test_a_country_has_its_confirmed_emergency_numbers(
    country: str, numbers: tuple[str, ...]
) -> None:
    assert next(each for each in COUNTRIES if each.id == country).emergency == numbers


def test_there_is_no_country_whose_number_nobody_confirmed() -> None:
    assert {each.id for each in COUNTRIES} == {*EU, "gb", "us", "ca", "au", ELSEWHERE}


def test_countries_come_by_name_and_another_country_last() -> None:
    names = [each.name for each in COUNTRIES[:-1]]

    assert names == sorted(names)
    assert COUNTRIES[-1].id == ELSEWHERE


def test_what_is_shipped_is_in_order() -> None:
    assert check_helplines(content_folder()) == ()


def test_each_line_says_who_answers_and_how_it_is_known() -> None:
    lines = [each for country in COUNTRIES for each in country.lines]

    assert lines
    for each in lines:
        assert each.name
        assert each.page.startswith("https://")
        assert each.checked.source
        assert each.checked.how in HOWS


def test_nothing_read_on_a_copy_without_a_day_is_called_confirmed() -> None:
    for country in shown_on(COUNTRIES, TODAY):
        for group in country.sure:
            assert all(each.line.checked.stood_on for each in group.lines)


@pytest.mark.parametrize(
    ("age", "standing"),
    [
        (0, "confirmed"),
        (MARKED_DAYS - 1, "confirmed"),
        (MARKED_DAYS, "a while ago"),
        (OLD_DAYS - 1, "a while ago"),
        (OLD_DAYS, "old"),
        (3 * OLD_DAYS, "old"),
        (-1, "a while ago"),
    ],
)
def test_a_number_is_judged_on_the_day_it_is_shown(age: int, standing: str) -> None:
    read = Checked("operator-page", TODAY, "https://example.org/")

    assert standing_of(read, TODAY + timedelta(days=age)) == standing


@pytest.mark.parametrize(
    ("how", "copied", "standing"),
    [
        ("operator-page-copy", None, "not confirmed"),
        ("operator-page-copy", TODAY - timedelta(days=10), "confirmed"),
        ("operator-page-copy", TODAY - timedelta(days=OLD_DAYS), "old"),
        ("elsewhere", None, "not confirmed"),
    ],
)
def test_a_copy_counts_from_its_own_day_and_what_was_read_elsewhere_never(
    how: Any, copied: date | None, standing: str
) -> None:
    read = Checked(how, TODAY, "https://example.org/", copied)

    assert standing_of(read, TODAY) == standing


def country_with(folder: Path, *lines: object) -> Country:
    found = read_helplines(put(folder, lines=list(lines)))
    assert found.broken == ()
    return next(each for each in found.countries if each.id == "gb")


def test_a_line_stands_under_how_it_is_reached(tmp_path: Path) -> None:
    (shown,) = shown_on([country_with(tmp_path, line())], TODAY)

    assert [group.id for group in shown.sure] == ["talk", "write"]
    assert shown.unsure == ()
    found = shown.sure[0].lines[0].line
    assert (found.dialled, found.text and found.text.dialled) == ("0800123456", "85258")
    assert (found.site, found.chat_site) == ("example.org", "chat.example.org")


def test_a_line_for_one_need_stands_there_only(tmp_path: Path) -> None:
    kinds = ["violence-hurt", "talk", "text", "chat"]
    (shown,) = shown_on([country_with(tmp_path, line(kinds=kinds))], TODAY)

    assert [group.id for group in shown.sure] == ["hurt"]
    assert shown.sure[0].title == "If someone hurts you"


def test_what_is_old_or_not_confirmed_is_apart_and_may_not_be_called(tmp_path: Path) -> None:
    long_ago = checked(day=TODAY - timedelta(days=OLD_DAYS))
    a_while_ago = checked(day=TODAY - timedelta(days=MARKED_DAYS))
    copy = checked(how="operator-page-copy", copied="unknown")
    country = country_with(tmp_path, a_while_ago, line(), long_ago, copy)
    (shown,) = shown_on([country], TODAY)

    assert [each.standing for each in shown.sure[0].lines] == ["confirmed", "a while ago"]
    assert [each.standing for each in shown.unsure[0].lines] == ["old", "not confirmed"]
    assert not any(each.may_call for group in shown.unsure for each in group.lines)


def test_what_the_page_did_not_tell_is_not_told(tmp_path: Path) -> None:
    found = line(hours="unknown", languages=["unknown"], for_whom="everyone")
    (read,) = country_with(tmp_path, found).lines

    assert read.facts == ("for everyone", "free")


BROKEN = [
    (line(name=None), "name", "it is missing"),
    (line(call=800), "call", "digits"),
    (line(call="call us"), "call", "digits"),
    (line(call=None), "kinds", "talk stands there if, and only if"),
    (line(kinds=["talk", "text"]), "kinds", "chat stands there if, and only if"),
    (line(kinds=["talk", "text", "chat", "shout"]), "kinds", "each is one of"),
    (line(kinds="talk"), "kinds", "not a list"),
    (line(kinds=["substances"], call=None, text=None, chat=None), "kinds", "no way to reach"),
    (line(text="85258"), "text", "not a table"),
    (line(text={"to": 85258}), "text.to", "digits"),
    (line(text={"to": "85258", "word": "HELLO"}), "text.word", "no such field"),
    (line(page="http://example.org/"), "page", "https://"),
    (line(page="example.org"), "page", "https://"),
    (line(chat="https://example.org/a b"), "chat", "https://"),
    (line(languages=[]), "languages", "it is missing"),
    (line(hours="x" * 161), "hours", "up to 160"),
    (line(cost=0), "cost", "up to 160"),
    (line(hour="any time"), "hour", "no such field"),
    (line(checked=None), "checked", "it is missing"),
    (line(checked="yes"), "checked", "not a table"),
    (checked(how="from memory"), "checked.how", "one of"),
    (checked(day="today"), "checked.day", "a day"),
    (checked(source="https://wikipedia.org/"), "checked.source", "not a page of the operator"),
    (checked(source=None), "checked.source", "it is missing"),
    (checked(copied=TODAY), "checked.copied", "no such field"),
    (checked(how="operator-page-copy"), "checked.copied", "it is missing"),
    (
        checked(how="operator-page-copy", copied=TODAY + timedelta(days=1)),
        "checked.copied",
        "after it was read",
    ),
    ("0800 123 456", "", "not a table"),
]


@pytest.mark.parametrize(("record", "field", "reason"), BROKEN)
def test_a_broken_record_is_named_and_left_out_and_the_others_stay(
    tmp_path: Path, record: object, field: str, reason: str
) -> None:
    found = read_helplines(put(tmp_path, lines=[record, line(name="Another")]))

    country = next(each for each in found.countries if each.id == "gb")
    assert country.emergency == ("999",)
    assert [each.name for each in country.lines] == ["Another"]
    said = [str(each) for each in check_helplines(tmp_path)]
    assert said
    assert all(each.startswith("helplines/gb.yaml: ") for each in said)
    assert any(f"(lines 1), {field}" in each and reason in each for each in said) or not field


def test_what_was_read_elsewhere_may_be_of_any_site(tmp_path: Path) -> None:
    found = checked(how="elsewhere", source="http://paper.example/numbers")

    assert country_with(tmp_path, found).lines


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"country": False}, "country: it is two small letters"),
        ({"country": "fr"}, "country: the file of fr is called fr.yaml"),
        ({"name": ""}, "name: it is a line"),
        ({"emergency": [0]}, "emergency: it is a list of numbers, in quotes"),
        ({"emergency": []}, "emergency: it is missing"),
        ({"emergency": "999"}, "emergency: it is not a list"),
    ],
)
def test_a_country_that_cannot_be_read_is_named_and_the_others_stay(
    tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    found = read_helplines(put(tmp_path, **fields))

    assert [each.id for each in found.countries] == [ELSEWHERE]
    assert any(f"helplines/gb.yaml: {reason}" in str(each) for each in found.broken)


@pytest.mark.parametrize("text", ["", "- a\n", "a: [", "1: 2\n", b"\xff"])
def test_a_file_that_is_none_is_named_and_the_others_stay(
    tmp_path: Path, text: str | bytes
) -> None:
    put(tmp_path)
    raw = text.encode() if isinstance(text, str) else text
    (tmp_path / "helplines" / "fr.yaml").write_bytes(raw)

    found = read_helplines(tmp_path)

    assert [each.id for each in found.countries] == ["gb", ELSEWHERE]
    assert str(found.broken[0]).startswith("helplines/fr.yaml: ")


def test_without_a_word_for_everywhere_else_a_build_is_refused(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "helplines" / f"{ELSEWHERE}.yaml").unlink()

    assert [str(each) for each in check_helplines(tmp_path)] == [
        "helplines: other.yaml is not there, or not readable"
    ]
