from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.helplines import ELSEWHERE, load_helplines
from thaw.units import SettingError

COUNTRIES = load_helplines(content_folder())
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
    assert {each.status for each in COUNTRIES} == {"confirmed"}


def test_countries_come_by_name_and_another_country_last() -> None:
    names = [each.name for each in COUNTRIES[:-1]]

    assert names == sorted(names)
    assert COUNTRIES[-1].id == ELSEWHERE


@pytest.mark.parametrize(
    "text",
    [
        "emergency: ['112']\nstatus: confirmed\n",
        "countries: {at: Austria}\nemergency: '112'\nstatus: confirmed\n",
        "countries: {at: Austria}\nemergency: ['112']\nstatus: from memory\n",
        "countries: {au: Australia}\nemergency: [000]\nstatus: confirmed\n",
    ],
)
def test_a_file_not_as_it_should_be_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "helplines").mkdir()
    (tmp_path / "helplines" / "here.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(SettingError, match=r"helplines/here\.yaml"):
        load_helplines(tmp_path)
