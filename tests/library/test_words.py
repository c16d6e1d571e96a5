import re
from pathlib import Path

import pytest

from thaw.library.content import content_folder, find_content, read_table
from thaw.library.words import avoid_names, load_words
from thaw.practice.avoid import avoid_list
from thaw.practice.ways import is_way_out
from thaw.units import SettingError

CONTENT = content_folder()
WORDS = load_words(CONTENT)
CLOSED_LIST = [
    "breath",
    "chest",
    "belly",
    "pelvis",
    "throat",
    "mouth",
    "face",
    "touch",
    "self",
    "people",
    "animals",
    "memory",
    "closed-eyes",
    "lying",
    "standing",
    "shaking",
    "silence",
    "bells",
]


def folder(tmp_path: Path, **files: str) -> Path:
    """Return a content folder with good words, but for the files given (``avoid``, ``leave``)."""
    texts = {
        "words/anchors.yaml": files.get("anchors", "feet: the feet on the ground\n"),
        "words/avoid.yaml": files.get("avoid", "chest: {name: the chest, words: [Chest, Ribs]}\n"),
        "responses/leave.md": files.get("leave", "- You can stop here.\n"),
        "responses/check.md": files.get("check", "- How is this?\n"),
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_what_can_be_avoided_is_the_closed_list() -> None:
    assert list(WORDS.avoid) == CLOSED_LIST
    assert list(avoid_names(CONTENT)) == CLOSED_LIST


def test_no_word_of_a_term_says_what_another_says_already() -> None:
    for term, words in WORDS.avoid.items():
        said = [" ".join(re.findall(r"\w+", word)) for word in words]
        assert len(said) == len(set(said)), term
        single = {word for word in said if " " not in word}
        assert not [word for word in said if " " in word and single & set(word.split())], term


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("breath", "inhale"),
        ("breath", "lungs"),
        ("chest", "heart"),
        ("belly", "stomach"),
        ("pelvis", "hips"),
        ("throat", "neck"),
        ("mouth", "lips"),
        ("face", "forehead"),
        ("touch", "stroking"),
        ("self", "yourself"),
        ("people", "friends"),
        ("animals", "cat"),
        ("memory", "remember"),
        ("closed-eyes", "close your eyes"),
        ("lying", "lie down"),
        ("standing", "stand"),
        ("shaking", "tremble"),
        ("bells", "gong"),
    ],
)
def test_a_term_knows_the_words_that_give_it_away(term: str, said: str) -> None:
    assert avoid_list((term,), WORDS).finds(f"Perhaps {said}, or not.")


@pytest.mark.parametrize(
    "harmless",
    [
        "You could face the window.",
        "The hand is next.",
        "The eyes could open, if they were closed.",
        "A sound close by.",
        "There will be some quiet between my words.",
        "Press the feet into the floor.",
        "You can lean on it.",
    ],
)
def test_a_harmless_line_is_left_to_everybody(harmless: str) -> None:
    assert not avoid_list(CLOSED_LIST, WORDS).finds(harmless)


@pytest.mark.parametrize("line", WORDS.leave)
def test_every_way_out_is_one_and_may_be_spoken_to_everybody(line: str) -> None:
    assert is_way_out(line)
    assert not avoid_list(CLOSED_LIST, WORDS).finds(line)


@pytest.mark.parametrize("term", [None, *CLOSED_LIST])
def test_two_questions_are_left_to_everybody_and_none_is_a_way_out(term: str | None) -> None:
    avoided = avoid_list([term] if term else [], WORDS)
    assert len([line for line in WORDS.check if not avoided.finds(line)]) >= 2
    assert not any(map(is_way_out, WORDS.check))


def test_an_anchor_is_a_phrase_that_fits_into_a_sentence() -> None:
    for name, phrase in WORDS.anchors.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert phrase[0].islower()
        assert not phrase.endswith(".")


def test_words_are_read_from_a_folder(tmp_path: Path) -> None:
    words = load_words(
        folder(tmp_path, leave="<!-- note -->\n\n- You can\n  stop here.\n- Or end.\n")
    )

    assert words.anchors == {"feet": "the feet on the ground"}
    assert words.avoid == {"chest": ("chest", "ribs")}
    assert words.leave == ("You can stop here.", "Or end.")
    assert words.check == ("How is this?",)


@pytest.mark.parametrize(
    "files",
    [
        {"anchors": "feet: [one]\n"},
        {"anchors": "- feet\n"},
        {"anchors": "1: one\n"},
        {"anchors": "feet: [\n"},
        {"avoid": "chest: [chest]\n"},
        {"avoid": "chest: {words: [chest]}\n"},
        {"avoid": "chest: {name: the chest, words: chest}\n"},
        {"avoid": "chest: {name: the chest, words: [yes]}\n"},
        {"avoid": "chest: {name: the chest, words: ['']}\n"},
        {"leave": "You can stop here.\n"},
        {"check": "How is this?\n"},
    ],
)
def test_words_not_as_they_should_be_are_named(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(SettingError) as error:
        load_words(folder(tmp_path, **files))

    assert error.value.code == "content.unreadable"
    assert next(iter(files)) in error.value.message


def test_words_that_are_missing_or_not_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"words/anchors\.yaml"):
        load_words(tmp_path)
    path = folder(tmp_path) / "words" / "anchors.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="UTF-8"):
        read_table(path)


def test_a_content_folder_that_is_nowhere_is_a_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as error:
        find_content(tmp_path / "one", tmp_path / "two")

    assert error.value.code == "content.missing"


def test_the_first_folder_with_practices_is_taken(tmp_path: Path) -> None:
    (tmp_path / "two" / "practices").mkdir(parents=True)

    assert find_content(tmp_path / "one", tmp_path / "two") == tmp_path / "two"
