"""The answers that come with Thaw: one for each kind, for everyone, and clean."""

from pathlib import Path

import pytest

from thaw.library.answers import load_answers
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.library.words import load_words
from thaw.practice.answers import ANSWERED, Answer
from thaw.practice.lint import lint_answer
from thaw.practice.speakable import check_answer
from thaw.units import SettingError

CONTENT = content_folder()
WORDS = load_words(CONTENT)
ANSWERS = load_answers(CONTENT, WORDS)
ALL = [*ANSWERS.by_kind.values(), ANSWERS.grounding]
EFFECTS = {
    "nothing": "continue",
    "restless": "move",
    "sleepy": "continue",
    "frustrated": "switch-anchor",
    "wandering": "switch-anchor",
    "bored": "shorten",
    "angry": "outward",
    "pain": "outward",
    "tears": "continue",
    "memory": "outward",
    "too-much": "end",
    "unreal": "outward",
    "less-talk": "quieter",
    "fine": "continue",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a content folder with the words of Thaw and a copy of its answers."""
    (tmp_path / "words").symlink_to(CONTENT / "words")
    (tmp_path / "responses").mkdir()
    for path in (CONTENT / "responses").glob("*.md"):
        (tmp_path / "responses" / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_every_kind_of_response_has_its_answer_and_its_effect() -> None:
    assert {kind: answer.effect for kind, answer in ANSWERS.by_kind.items()} == EFFECTS
    assert set(EFFECTS) == set(ANSWERED)
    assert ANSWERS.grounding.effect == "outward"


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: answer.kind)
def test_an_answer_reaches_everyone_and_is_clean(answer: Answer) -> None:
    assert check_answer(answer, words=WORDS) == ()
    assert lint_answer(answer, words=WORDS, strict=True) == ()


def test_the_shelf_has_the_answers() -> None:
    shelf = Shelf(CONTENT)

    assert shelf.answers == ANSWERS
    assert shelf.answers is shelf.answers


def test_a_missing_answer_is_named(folder: Path) -> None:
    (folder / "responses" / "tears.md").unlink()

    with pytest.raises(SettingError, match=r"responses/tears\.md.*not there"):
        load_answers(folder, WORDS)


def test_two_answers_to_the_same_are_named(folder: Path) -> None:
    path = folder / "responses" / "tears.md"
    (folder / "responses" / "weeping.md").write_bytes(path.read_bytes())

    with pytest.raises(SettingError, match=r"responses/weeping\.md.*two answers to tears"):
        load_answers(folder, WORDS)


def test_a_broken_answer_is_named_with_its_first_problem(folder: Path) -> None:
    path = folder / "responses" / "tears.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n[bell]\n", encoding="utf-8")

    with pytest.raises(SettingError) as error:
        load_answers(folder, WORDS)

    assert error.value.code == "content.unreadable"
    assert "[bell] has no place" in error.value.message
