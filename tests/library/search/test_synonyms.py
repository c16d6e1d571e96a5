"""The written map: how it is read, and what it makes of a text."""

from pathlib import Path

import pytest
import yaml

from thaw.library.content import content_folder
from thaw.library.danger import KINDS, load_watch
from thaw.library.synonyms import Synonyms, load_synonyms
from thaw.units import SettingError

WHOLE = {
    "written": {"cant": "can not"},
    "small": "a, the, i",
    "families": {"not": "not, nothing", "joy": "joy, fun, look forward"},
    "sayings": {"no-joy": {"said": "no fun, nothing is fun", "finds": "word:in love, practice:x"}},
}
SAID: dict[str, list[str]] = {name: [] for name in (*KINDS, "harmless")}
SIGNS = {
    "lists": {"SELF": "myself, my self"},
    "harmless": ["dead inside"],
    "signs": {kind: [f"{kind} SELF"] for kind in KINDS},
}


def written(folder: Path, name: str, table: object) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    text = table if isinstance(table, str) else yaml.safe_dump(table)
    (folder / "words" / name).write_text(text, encoding="utf-8")
    said = folder / "words" / "danger-said.yaml"
    if not said.exists():
        said.write_text(yaml.safe_dump(SAID), encoding="utf-8")
    return folder


def loaded(folder: Path, **changed: object) -> Synonyms:
    return load_synonyms(written(folder, "synonyms.yaml", WHOLE | changed))


def names(synonyms: Synonyms, text: str) -> set[str]:
    spoken = synonyms.spoken(text)
    return {feature.name for feature in synonyms.features([each.word for each in spoken])}


def test_a_map_says_what_people_say(tmp_path: Path) -> None:
    (saying,) = loaded(tmp_path).sayings
    assert saying.said == ("no fun", "nothing is fun")
    assert saying.finds == ("word:in-love", "practice:x")


def test_wordings_of_one_meaning_share_families_and_their_pair(tmp_path: Path) -> None:
    synonyms = loaded(tmp_path)
    shared = names(synonyms, "nothing is fun") & names(synonyms, "I can't look forward")
    assert shared == {"not:", "joy:", "joy: not:"}


def test_words_of_a_phrase_say_nothing_more_by_themselves(tmp_path: Path) -> None:
    assert names(loaded(tmp_path), "look forward") == {"joy:"}


def test_small_words_count_for_nothing(tmp_path: Path) -> None:
    assert not names(loaded(tmp_path), "I the a")


@pytest.mark.parametrize(
    "changed",
    [
        {"written": {"cant": 1}},
        {"written": None},
        {"small": ["a"]},
        {"small": " , "},
        {"families": []},
        {"families": {1: "x"}},
        {"families": {"joy": ["joy"]}},
        {"sayings": []},
        {"sayings": {"x": "y"}},
        {"sayings": {"x": {"said": "y"}}},
        {"sayings": {"x": {"said": "y", "finds": "", "unless": "z"}}},
        {"sayings": {"x": {"said": "y", "finds": "z", "unless": ["z"]}}},
        {"sayings": {"x": {"said": "y", "finds": "z", "more": "z"}}},
    ],
)
def test_a_map_that_is_broken_says_so(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(SettingError, match=r"synonyms\.yaml cannot be used"):
        loaded(tmp_path, **changed)


def test_signs_are_words_in_their_order(tmp_path: Path) -> None:
    signs = SIGNS["signs"] | {"hurt": ["he/she .. hits? me", "^ help $"]}  # type: ignore[operator] # a dict
    folder = written(tmp_path, "danger.yaml", SIGNS | {"signs": signs})
    watch = load_watch(folder, {}, ())
    assert watch.look("he often hits me") == ("hurt",)
    assert watch.look("she hurt me") == ("hurt",)
    assert not watch.look("he one two three four me")
    assert not watch.look("me he")
    assert watch.look("Help!") == ("hurt",)
    assert not watch.look("help me")
    assert watch.look("thoughts my self overdose myself") == ("overdose", "thoughts")


def test_signs_may_have_ways_of_writing_of_their_own(tmp_path: Path) -> None:
    folder = written(tmp_path, "danger.yaml", SIGNS | {"written": {"mself": "myself"}})
    assert load_watch(folder, {}, ()).look("hurt mself") == ("hurt",)


def test_what_is_harmless_is_not_looked_in(tmp_path: Path) -> None:
    signs = SIGNS["signs"] | {"thoughts": ["dead"]}  # type: ignore[operator] # a dict
    folder = written(tmp_path, "danger.yaml", SIGNS | {"signs": signs})
    watch = load_watch(folder, {}, ())
    assert not watch.look("dead inside")
    assert watch.look("dead inside, dead") == ("thoughts",)


@pytest.mark.parametrize(
    "changed",
    [
        {"written": ["ded"]},
        {"written": {"ded": 1}},
        {"lists": None},
        {"lists": {"self": "x"}},
        {"lists": {"SELF": ["x"]}},
        {"harmless": None},
        {"harmless": [1]},
        {"signs": {}},
        {"signs": {kind: ["x? y?"] for kind in KINDS}},
        {"signs": {kind: [".. x"] for kind in KINDS}},
        {"signs": {kind: ["NOBODY x"] for kind in KINDS}},
        {"signs": {kind: [""] for kind in KINDS}},
    ],
)
def test_signs_that_are_broken_say_so(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(SettingError, match=r"danger\.yaml cannot be used"):
        load_watch(written(tmp_path, "danger.yaml", SIGNS | changed), {}, ())


def test_without_a_sign_a_text_is_held_against_what_people_say(tmp_path: Path) -> None:
    said = SAID | {
        "hurt": ["she locks the door on me", "she locks the cellar on me"],
        "thoughts": ["leaving all of it tonight", "leaving you all tonight"],
        "harmless": ["he locks the shop at six", "the door is blue", "all of it is fine", "fine"],
    }
    folder = written(tmp_path, "danger-said.yaml", said)
    watch = load_watch(written(folder, "danger.yaml", SIGNS), {}, ())
    assert watch.look("she locks me out, she locks the cellar on me") == ("hurt",)
    assert watch.look("leaving all tonight") == ("thoughts",)
    assert not watch.look("the door is fine")
    assert not watch.look("leaving all tonight " + "and so on " * 20)


@pytest.mark.parametrize("changed", [{"hurt": None}, {"harmless": ["x", 1]}, {"thoughts": "x"}])
def test_what_people_say_that_is_broken_says_so(tmp_path: Path, changed: dict[str, object]) -> None:
    written(tmp_path, "danger-said.yaml", SAID | changed)
    with pytest.raises(SettingError, match=r"danger-said\.yaml cannot be used"):
        load_watch(written(tmp_path, "danger.yaml", SIGNS), {}, ())


def test_our_own_files_are_in_order() -> None:
    synonyms = load_synonyms(content_folder())
    assert load_watch(content_folder(), synonyms.written, ()).look("suicide") == ("thoughts",)
