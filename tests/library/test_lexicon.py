"""Words for feelings and scenes to choose one for: ours are whole, and a slip hides no other."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.library.test_content import grade_of
from thaw.library.content import content_folder
from thaw.library.lexicon import GROUPS, IN_A_SCENE, Lexicon, Scene, load_lexicon
from thaw.units import AccessError

OURS = load_lexicon(content_folder())
LEXICON = content_folder() / "words" / "lexicon"

# What no sentence of ours says: pressing, promising, or making light of things.
FORBIDDEN = re.compile(
    r"\b(just|simply|merely|easily|relax|heal\w*|cure\w*|therapy|trauma\w*|journey|powerful"
    r"|unlock\w*|surrender|broken|failure|must|normal|you should|good job|well done"
    r"|right (?:word|answer)|wrong (?:word|answer)|positive|negative)\b|!",
    re.IGNORECASE,
)
# What no scene for a minute between two other things is about.
HARD = re.compile(
    r"\b(?:dea(?:d|th)|die[sd]?|dying|fune?ral|grave|hospital|accident|blood|knife|gun|attack\w*"
    r"|abuse\w*|hit(?:s|ting)?|scream\w*|shout\w*|war|divorce\w*|drunk|drugs?|ill|sick|police)\b",
    re.IGNORECASE,
)


def test_there_are_more_than_150_words_in_five_groups_and_none_is_left_out() -> None:
    assert OURS.broken == ()
    assert len(OURS.words) >= 150
    assert [group for group, _, _ in OURS.groups()] == list(GROUPS)
    assert all(len(words) >= 20 for _, _, words in OURS.groups())
    assert sum(len(words) for _, _, words in OURS.groups()) == len(OURS.words)


def test_every_word_has_neighbours_and_no_two_say_the_same() -> None:
    words = list(OURS.words.values())
    assert all(2 <= len(OURS.near(word)) <= 4 for word in words)
    for field in ("means", "said"):
        assert len({getattr(word, field) for word in words}) == len(words)


def test_a_sentence_that_is_said_ends_and_a_definition_is_short() -> None:
    for word in OURS.words.values():
        assert word.said.endswith((".", "?", "…", ".”")), word.word
        assert word.body.endswith("."), word.word
        assert len(word.means.split()) <= 14, word.word


def test_the_words_read_at_grade_five_or_below() -> None:
    for _, title, words in OURS.groups():
        said = [text for word in words for text in (f"{word.means}.", word.body, word.said)]
        assert grade_of(said) <= 5, title


def test_there_are_more_than_20_scenes_of_four_words_that_read_at_grade_five_or_below() -> None:
    assert len(OURS.scenes) >= 20
    for scene in OURS.scenes:
        assert len(scene.shades) == IN_A_SCENE
        assert 1 <= len(re.findall(r"[.?”](?= |$)", scene.text)) <= 4, scene.id
        assert grade_of([scene.text, *(shade.why for shade in scene.shades)]) <= 5, scene.id


def test_no_two_shades_say_the_same() -> None:
    said = [shade.why for scene in OURS.scenes for shade in scene.shades]
    assert len(set(said)) == len(said)


def test_little_or_nothing_is_among_the_words_of_many_scenes() -> None:
    little = [
        scene
        for scene in OURS.scenes
        if any(shade.word.group == "little-or-nothing" for shade in scene.shades)
    ]
    assert len(little) >= len(OURS.scenes) / 3


def test_no_text_presses_promises_or_judges() -> None:
    words = [t for word in OURS.words.values() for t in (word.means, word.body, word.said)]
    scenes = [t for scene in OURS.scenes for t in (scene.text, *(s.why for s in scene.shades))]
    assert not [text for text in (*words, *scenes) if FORBIDDEN.search(text)]


def test_no_scene_is_about_anything_hard() -> None:
    assert not [scene.id for scene in OURS.scenes if HARD.search(scene.text)]


def test_a_word_is_found_by_its_address_and_names_its_neighbours() -> None:
    word = OURS.word("far-away")
    assert word.word == "far away"
    assert [near.word for near in OURS.near(word)] == ["unreal", "foggy", "cut off"]


def test_a_word_or_a_scene_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(AccessError, match="no such word") as unknown:
        OURS.word("..")
    assert unknown.value.code == "word.unknown"
    with pytest.raises(AccessError, match="no such scene") as no_scene:
        OURS.scene("nowhere")
    assert no_scene.value.code == "word.no_scene"


def test_each_day_has_a_scene_and_they_come_in_turn() -> None:
    days = [OURS.scene_of(day) for day in range(len(OURS.scenes))]
    assert len({scene.id for scene in days if scene}) == len(OURS.scenes)
    assert OURS.scene_of(len(OURS.scenes)) == OURS.scene_of(0)
    assert OURS.scene_after(OURS.scenes[0]) == OURS.scenes[1]
    assert OURS.scene_after(OURS.scenes[-1]) == OURS.scenes[0]
    assert Lexicon({}).scene_of(7) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with all of our words in it, to be broken."""
    shutil.copytree(LEXICON.parent, tmp_path / "words")
    return tmp_path


def edited(folder: Path, name: str, before: str, after: str) -> Lexicon:
    """Return the lexicon of a folder in which one file was changed."""
    path = folder / "words" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return load_lexicon(folder)


CALM = "lexicon/pleasant-calm.yaml"


@pytest.mark.parametrize(
    ("before", "after", "lost", "why"),
    [
        ("  calm: {means:", "  Calm: {means:", "calm", "not a word in small letters"),
        ("  calm: {means:", "  practice: {means:", "calm", "its address is taken"),
        ('  calm: {means: "Nothing presses", ', "  calm: {", "calm", "needs means, near, body"),
        ('means: "Nothing presses"', "means: 7", "calm", "something of calm is not a sentence"),
        ('means: "Nothing presses"', 'means: " "', "calm", "something of calm is not a sentence"),
        ("near: [at ease, quiet, peaceful]", "near: []", "calm", "a list of words that are near"),
        ("near: [at ease, quiet, peaceful]", "near: 3", "calm", "a list of words that are near"),
        ("near: [at ease, quiet, peaceful]", "near: [1]", "calm", "a list of words that are near"),
        ("near: [at ease, quiet, peaceful]", "near: [calm]", "calm", "or itself"),
        ("near: [at ease, quiet, peaceful]", "near: [still, still]", "calm", "near it twice"),
    ],
)
def test_a_broken_word_is_named_and_all_others_stay(
    folder: Path, before: str, after: str, lost: str, why: str
) -> None:
    found = edited(folder, CALM, before, after)
    assert set(OURS.words) - set(found.words) == {lost}
    assert "lexicon/pleasant-calm.yaml" in found.broken[0]
    assert why in found.broken[0]


def test_a_neighbour_that_is_not_there_is_named_and_left_out(folder: Path) -> None:
    found = edited(folder, CALM, "near: [at ease, quiet,", "near: [at eaze, quiet,")
    assert [near.word for near in found.near(found.word("calm"))] == ["quiet", "peaceful"]
    assert "calm has at eaze near it, and there is no such word" in found.broken[0]


def test_a_word_that_stands_in_two_groups_is_there_once(folder: Path) -> None:
    found = edited(folder, "lexicon/unpleasant-calm.yaml", "  sad: {", "  calm: {")
    assert found.word("calm").group == "pleasant-calm"
    assert any("calm stands in pleasant-calm already" in each for each in found.broken)


@pytest.mark.parametrize(
    "text",
    ["words: [", "feelings: {}\n", "words: {}\n", "words: [calm]\n", "words: {a: 1}\nmore: 2\n"],
)
def test_a_broken_group_is_named_and_the_others_stay(folder: Path, text: str) -> None:
    (folder / "words" / CALM).write_text(text, encoding="utf-8")
    found = load_lexicon(folder)
    assert [group for group, _, _ in found.groups()] == [g for g in GROUPS if g != "pleasant-calm"]
    assert "lexicon/pleasant-calm.yaml cannot be used" in found.broken[0]
    assert all(near in found.words for word in found.words.values() for near in word.near)


def test_a_file_of_no_group_and_a_folder_without_words_are_named(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "words" / "lexicon" / "odd.yaml").write_text("words: {}\n", encoding="utf-8")
    assert any("odd.yaml" in each for each in load_lexicon(folder).broken)
    nowhere = load_lexicon(tmp_path / "nowhere")
    assert (dict(nowhere.words), nowhere.scenes) == ({}, ())
    assert len(nowhere.broken) == len(GROUPS) + 1


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("  late-bus:", "  Late bus:", "not an id in small letters"),
        ("    scene: The bus", "    seen: The bus", "needs a scene and its shades"),
        ("      bored: Nothing to do", "      boredom: Nothing to do", "has boredom, and there is"),
        ("      bored: Nothing to do", "      7: Nothing to do", "has 7, and there is"),
        ("      impatient: There", "      bored: There", "needs 4 shades"),
        (
            "scene: The bus is late again. You stand at the stop and look down the road.",
            "scene: 7",
            "not a sentence",
        ),
    ],
)
def test_a_broken_scene_is_named_and_all_others_stay(
    folder: Path, before: str, after: str, why: str
) -> None:
    found = edited(folder, "scenes.yaml", before, after)
    assert [scene.id for scene in found.scenes] == [scene.id for scene in OURS.scenes[1:]]
    assert why in found.broken[0]
    assert found.words == OURS.words


def test_scenes_that_cannot_be_read_leave_the_words_alone(folder: Path) -> None:
    path = folder / "words" / "scenes.yaml"
    path.write_text("scenes: [", encoding="utf-8")
    found = load_lexicon(folder)
    assert (found.words, found.scenes) == (OURS.words, tuple[Scene, ...]())
    assert "scenes.yaml" in found.broken[0]


def test_no_word_stands_twice_in_a_file_under_one_name() -> None:
    # YAML would keep the last of two; the text shows both.
    for path in LEXICON.glob("*.yaml"):
        names = re.findall(r"^  ([a-z][a-z -]*):", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(set(names)) == len(names)
        assert set(names) == set(yaml.safe_load(path.read_text(encoding="utf-8"))["words"])
