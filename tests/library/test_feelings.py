"""The words of a check-in: four quadrants of six, and four that are always there."""

from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.feelings import ALWAYS, load_feelings
from thaw.units import SettingError

QUADRANTS = "\n".join(
    f"  {name}: {{{', '.join(f'{name}-{letter}: {name} {letter}' for letter in 'abcdef')}}}"
    for name in ("one", "two", "three", "four")
)
FOUR = "always: {nothing-clear: nothing clear, numb: numb, mixed: mixed, dont-know: unsure}\n"
GOOD = f"quadrants:\n{QUADRANTS}\n{FOUR}"


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "feelings.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_our_own_words_are_four_times_six_and_four() -> None:
    feelings = load_feelings(content_folder())
    assert [len(words) for words in feelings.quadrants] == [6, 6, 6, 6]
    assert tuple(feelings.always) == ALWAYS
    assert list(feelings.words)[:4] == list(ALWAYS)
    assert len(feelings.words) == 28


def test_our_own_words_are_short_and_in_small_letters() -> None:
    words = load_feelings(content_folder()).words.values()
    assert len(set(words)) == 28
    assert all(word == word.lower() and len(word) <= 16 for word in words)


def test_words_that_are_right_are_read(tmp_path: Path) -> None:
    feelings = load_feelings(folder_with(tmp_path, GOOD))
    assert feelings.words["one-a"] == "one a"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("quadrants:", "corners:", "a table of 4 quadrants"),
        (QUADRANTS, QUADRANTS.partition("\n")[2], "a table of 4 quadrants"),
        (", one-f: one f", "", "does not have 6 words"),
        ("one-f: one f", "two-f: two f", "stands there twice"),
        ("one-f: one f", "One: one", "not an id"),
        ("one-f: one f", f"{'o' * 33}: one", "not an id"),
        ("one-f: one f", "one-f: 7", "not a word"),
        ("one-f: one f", "one-f: ' '", "not a word"),
        ("one-f: one f", "7: one", "not an id"),
        ("  one: {", "  one: [", "not valid YAML"),
        (", dont-know: unsure", "", "always there"),
        (FOUR, "always: [numb]\n", "tables of words"),
        (FOUR, "", "tables of words"),
    ],
)
def test_words_that_are_not_right_are_named(
    tmp_path: Path, before: str, after: str, why: str
) -> None:
    assert before in GOOD
    with pytest.raises(SettingError, match=r"words/feelings\.yaml") as refused:
        load_feelings(folder_with(tmp_path, GOOD.replace(before, after, 1)))
    assert why in refused.value.message
