"""What the journal offers: read from the content, in turn, and refused where it is not right."""

from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.prompts import load_prompts
from thaw.units import SettingError

GOOD = 'beginnings: [a, b, c, d]\ncolours: {ice: "#a9cdd8"}\n'


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "prompts.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_our_own_prompts_are_there() -> None:
    prompts = load_prompts(content_folder())
    assert len(prompts.beginnings) >= 10
    assert len(prompts.colours) >= 8
    assert not any("!" in each for each in prompts.beginnings)


def test_every_beginning_has_its_turn(tmp_path: Path) -> None:
    prompts = load_prompts(folder_with(tmp_path, GOOD))
    assert prompts.beginnings_of(0) == ("a", "b", "c")
    assert prompts.beginnings_of(1) == ("d", "a", "b")
    assert {each for day in range(4) for each in prompts.beginnings_of(day)} == {*"abcd"}
    assert prompts.beginnings_of(5, count=9) == ("b", "c", "d", "a")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('colours: {ice: "#a9cdd8"}', "a list of beginnings"),
        ('beginnings: []\ncolours: {ice: "#a9cdd8"}', "a list of beginnings"),
        ('beginnings: [7]\ncolours: {ice: "#a9cdd8"}', "not a sentence"),
        ("beginnings: [a]", "a table of colours"),
        ("beginnings: [a]\ncolours: {ice: pale}", "#rrggbb"),
    ],
)
def test_prompts_that_are_not_right_are_named(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(SettingError, match=r"words/prompts\.yaml") as refused:
        load_prompts(folder_with(tmp_path, text))
    assert why in refused.value.message
