"""The pages of words: a list, a word, and a minute with four of them."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import seat_in
from thaw.library.lexicon import GROUPS, Lexicon
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.write.body import Body, body_of
from thaw.web.write.models import Note

SCENE = "late-bus"


def notes(house: House, client: Client) -> list[Body]:
    """Return what is in the journal."""
    rows = sealed.rows_of(Note, seat_in(house, client))
    return [body_of(row.fields["body"]) for row in rows if isinstance(row, sealed.Row)]


def main_of(page: bytes) -> str:
    """Return the words of a page's own part."""
    found = re.search(r'<main id="main".*?</main>', page.decode(), re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_every_word_stands_in_its_group(seated: Client, house: House) -> None:
    page = seated.get("/words").content.decode()
    places = [page.index(f'<h2 id="{group}">{title}</h2>') for group, title in GROUPS.items()]
    assert places == sorted(places)
    for slug in house.lexicon.words:
        assert page.count(f'href="/words/{slug}"') == 1
    assert "Left out" not in page


def test_a_word_has_its_meaning_the_bodys_part_and_its_neighbours(seated: Client) -> None:
    answer = seated.get("/words/far-away")
    said = main_of(answer.content)
    for words in (
        "far away",
        "You are here and the world is not near.",
        "Sight may seem wide, or like a film.",
        "You talk to me, and I am far away.",
        "Little or nothing",
    ):
        assert words in said
    for near in ("unreal", "foggy", "cut-off"):
        assert f'href="/words/{near}"' in answer.content.decode()


def test_every_word_has_a_page(seated: Client, house: House) -> None:
    for slug, word in house.lexicon.words.items():
        answer = seated.get(f"/words/{slug}")
        assert answer.status_code == 200
        assert word.said in main_of(answer.content)


@pytest.mark.parametrize("slug", ["nowhere", "..", "CALM", "far away", "<b>"])
def test_a_word_that_is_not_there_is_a_calm_404(seated: Client, slug: str) -> None:
    answer = seated.get(f"/words/{slug}")
    assert answer.status_code == 404
    assert b"<b>" not in answer.content


def test_a_scene_asks_for_the_nearest_of_four_or_none_or_nothing(seated: Client) -> None:
    page = seated.get("/words/practice").content.decode()
    picks = re.findall(r'name="picked" value="([a-z-]+)"', page)
    assert len(picks) == 6
    assert picks[-2:] == ["none", "nothing"]
    assert "There is no right one. Nothing of this is kept." in page


def test_a_scene_can_be_asked_for_and_leads_to_the_next(seated: Client, house: House) -> None:
    scenes = [scene.id for scene in house.lexicon.scenes]
    seen = [SCENE]
    while True:
        page = seated.get(f"/words/practice?scene={seen[-1]}").content.decode()
        following = re.search(r'href="/words/practice\?scene=([a-z-]+)">Another scene', page)
        assert following
        if following[1] == SCENE:
            break
        seen.append(following[1])
    assert seen == scenes


def test_a_scene_that_is_not_there_is_a_calm_404(seated: Client) -> None:
    assert seated.get("/words/practice?scene=nowhere").status_code == 404
    assert seated.post("/words/practice", {"scene": "x", "picked": "none"}).status_code == 404


def test_what_is_picked_stands_among_its_four_shades(seated: Client, house: House) -> None:
    answer = seated.post("/words/practice", {"scene": SCENE, "picked": "impatient"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Impatient</h1>" in page
    assert page.count('class="is-picked"') == 1
    said = main_of(answer.content)
    for shade in house.lexicon.scene(SCENE).shades:
        assert shade.why in said
    assert 'name="word" value="impatient"' in page


@pytest.mark.parametrize(
    ("picked", "words"),
    [
        ("none", "The word may be one that is not here, or there may be none for it."),
        ("nothing", "Nothing is a full answer."),
    ],
)
def test_none_and_nothing_are_thanked_for_like_any_word(
    seated: Client, picked: str, words: str
) -> None:
    answer = seated.post("/words/practice", {"scene": SCENE, "picked": picked})
    assert answer.status_code == 200
    assert words in main_of(answer.content)
    assert b"is-picked" not in answer.content


@pytest.mark.parametrize("picked", ["", "joyful", "none of these", "<b>"])
def test_what_is_none_of_the_answers_is_said(seated: Client, picked: str) -> None:
    answer = seated.post("/words/practice", {"scene": SCENE, "picked": picked})
    assert answer.status_code == 422
    assert "Pick one of the words" in main_of(answer.content)


def test_no_answer_is_called_right_or_wrong(seated: Client, house: House) -> None:
    for scene in house.lexicon.scenes:
        for picked in (scene.shades[0].word.slug, "none", "nothing"):
            answer = seated.post("/words/practice", {"scene": scene.id, "picked": picked})
            said = main_of(answer.content)
            for own in (scene.text, *(shade.why for shade in scene.shades)):
                said = said.replace(own, "")
            assert not re.search(
                r"\b(right|wrong|correct|score|well done)\b|!", said, re.IGNORECASE
            )


def test_nothing_is_kept_unless_it_is_kept(seated: Client, house: House) -> None:
    seated.post("/words/practice", {"scene": SCENE, "picked": "bored"})
    assert notes(house, seated) == []
    sent = {"scene": SCENE, "picked": "bored", "word": "bored", "note": str(new_id())}
    answer = seated.post("/words/practice/keep", sent)
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"/{sent['note']}/kept")
    assert notes(house, seated) == [Body(kind="word", word="bored")]


def test_what_is_sent_twice_is_kept_once_and_another_word_beside_it(
    seated: Client, house: House
) -> None:
    sent = {"scene": SCENE, "picked": "bored", "word": "bored", "note": str(new_id())}
    for word in ("bored", "bored", "fed up"):
        assert seated.post("/words/practice/keep", sent | {"word": word}).status_code == 303
    assert sorted(body.word for body in notes(house, seated)) == ["bored", "fed up"]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("  ", "Nothing is written yet"),
        ("x" * 81, "This is long for one field"),
        ("a\0b", "a character in this that cannot be kept"),
    ],
)
def test_a_word_that_cannot_be_kept_comes_back_with_a_sentence(
    seated: Client, house: House, word: str, sentence: str
) -> None:
    sent = {"scene": SCENE, "picked": "none", "word": word, "note": "x"}
    answer = seated.post("/words/practice/keep", sent)
    assert answer.status_code == 422
    assert sentence in main_of(answer.content)
    assert f'value="{word}"'.replace("\0", "\N{REPLACEMENT CHARACTER}") in answer.content.decode()
    assert notes(house, seated) == []


def test_an_id_of_another_making_is_not_taken(seated: Client, house: House) -> None:
    sent = {
        "scene": SCENE,
        "picked": "none",
        "word": "odd",
        "note": f"{new_id()}".replace("7", "4"),
    }
    assert seated.post("/words/practice/keep", sent).status_code == 303
    assert [body.word for body in notes(house, seated)] == ["odd"]


@pytest.fixture
def wordless(house: House) -> House:
    """A house with a lexicon in which nothing is left."""
    house.lexicon = Lexicon({}, (), ("pleasant-calm.yaml cannot be used: it is not valid YAML.",))
    return house


def test_a_lexicon_that_is_broken_says_so_and_takes_no_page_down(
    seated: Client, wordless: House
) -> None:
    del wordless
    said = main_of(seated.get("/words").content)
    assert "There are no words here." in said
    assert "it is not valid YAML" in said
    answer = seated.get("/words/practice")
    assert answer.status_code == 404
    assert "no scenes here" in main_of(answer.content)


def test_what_is_left_out_is_named_in_the_log(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert House(tmp_path, sound=house.sound, content=tmp_path / "nowhere").lexicon.words == {}
    assert sum("A word is left out." in record.getMessage() for record in caplog.records) == 6
