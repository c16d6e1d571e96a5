"""The search box: what it shows, what it takes, and what it leaves behind."""

import logging
import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import new_visitor, until
from thaw.library.help import HelpText
from thaw.web.house import House

CANARY = "quincunx of eleven lamps"
RESULT = re.compile(r'<p class="meta">([^<]+)</p>\s*<h3><a href="([^"]+)">')
WAYS = ("A first look", "Words for feelings", "All of the library")


def looked(client: Client, words: str) -> str:
    """Look for something and return the page."""
    answer = client.post("/find", {"words": words})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def results(page: str) -> list[str]:
    return [url for _, url in RESULT.findall(page)]


def is_first(text: HelpText, page: str) -> bool:
    """Whether help stands before anything that was found."""
    assert 'id="first-help"' in page
    return page.index(text.title) < page.index('name="words"')


def test_what_one_feels_finds_something_of_each_kind_with_its_reason(seated: Client) -> None:
    page = looked(seated, "My days: nothing is fun, honestly")
    assert "/library/one-small-good" in results(page)
    assert "/learn/numb-or-joyless" in results(page)
    assert any(url.startswith("/words/") for url in results(page))
    assert "Because you wrote: <q>nothing is fun</q>" in page
    assert 'id="first-help"' not in page


def test_every_result_leads_somewhere(seated: Client) -> None:
    words = ("nothing", "course", "jealous", "cannot sleep", "my tablets make me flat")
    urls = {url for each in words for url in results(looked(seated, each))}
    assert {url.partition("/")[2].partition("/")[0].partition("#")[0] for url in urls} == {
        "library",
        "learn",
        "words",
        "course",
    }
    for url in urls:
        assert seated.get(url.partition("#")[0]).status_code == 200, url


def test_the_first_three_stand_by_themselves_and_the_others_by_kind(seated: Client) -> None:
    page = looked(seated, "everything makes me angry")
    titles = re.findall(r'<h2 id="(?:nearest|more-\d)">([^<]+)</h2>', page)
    parts = page[page.index('<h2 id="nearest">') :].split("<h2 id=")[1:]
    assert titles[0] == "Nearest to it"
    assert {*titles[1:]} <= {"More to do", "More to read", "More words", "A course"}
    assert len(titles) > 1
    assert len(results(parts[0])) == 3
    for title, part in zip(titles[1:], parts[1:], strict=False):
        kinds = {kind for kind, _ in RESULT.findall(part.partition("</section>")[0])}
        assert len(kinds) == 1, title


def test_nothing_is_a_full_answer(seated: Client) -> None:
    assert "Nothing is a full answer" in looked(seated, "Nothing.")
    assert "Nothing is a full answer" not in looked(seated, "nothing is fun")


@pytest.mark.parametrize("words", ["", "   ", "\0\0", "\u200b"])
def test_an_empty_box_is_a_full_answer_with_three_ways_on(seated: Client, words: str) -> None:
    page = looked(seated, words)
    assert "You wrote nothing. That is a full answer, too." in page
    assert all(way in page for way in WAYS)


@pytest.mark.parametrize("words", ["xqzt", "你好", "?!", "…", "123456", "☂"])
def test_what_finds_nothing_is_met_kindly_with_three_ways_on(seated: Client, words: str) -> None:
    page = looked(seated, words)
    assert not results(page)
    assert "That tells of our words, not of you." in page
    for url in re.findall(r'<li><a class="button" href="([^"]+)"', page):
        assert seated.get(url).status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> nothing is fun",
        "nothing is fun' OR 1=1; DROP TABLE texts --",
        'title : "fun" NEAR(nothing fun, 2) AND NOT * ^fun',
        "{{ 7 * 7 }} {% debug %} nothing is fun",
        "nothing\0is\0fun",
        "nothing is fun\u202e\u200b\ufeff",
        "nothing is fun \U0001f610",
        "\uff2e\uff2f\uff34\uff28\uff29\uff2e\uff27 is \uff26\uff35\uff2e",
        "NOTHING'S FUN!!!",
    ],
)
def test_markup_and_operators_are_words_like_others(seated: Client, words: str) -> None:
    answer = seated.post("/find", {"words": words})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert "7 * 7" in page or "{{" not in words
    assert "/library/one-small-good" in results(page)


def test_ten_thousand_letters_are_looked_for_as_far_as_it_goes(seated: Client) -> None:
    long = "nothing is fun and I cannot enjoy a thing " * 250
    assert len(long) > 10_000
    page = looked(seated, long)
    assert "/library/one-small-good" in results(page)
    assert "The first 200 words of it were looked for." in page
    assert len(page) < 200_000
    assert not results(looked(seated, "x" * 10_000))


def test_danger_is_seen_at_the_end_of_a_long_text_too(seated: Client, house: House) -> None:
    page = looked(seated, "and then it was evening again " * 330 + "I want to die")
    assert is_first(house.help.thoughts, page)


def test_a_field_that_is_missing_is_an_empty_box(seated: Client) -> None:
    answer = seated.post("/find", {})
    assert answer.status_code == 200
    assert b"You wrote nothing" in answer.content


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("i dont want to be here anymore", "thoughts"),
        ("I keep cutting myself", "thoughts"),
        ("took too many pills", "now"),
        ("my husband hits me", "hurt"),
        ("scared I will hurt my baby", "afraid"),
    ],
)
def test_help_comes_first_where_danger_may_be_meant(
    seated: Client, house: House, words: str, name: str
) -> None:
    page = looked(seated, words)
    assert is_first(getattr(house.help, name), page)
    assert "It may not be meant so." in page
    assert 'href="/help/mine" data-help' in page
    assert page.count("button filled") == 1


def test_an_overdose_is_told_to_call_before_anything_else(seated: Client) -> None:
    page = looked(seated, "overdose")
    assert "call your emergency number now, also if you feel fine" in page


def test_two_dangers_are_both_there_the_more_urgent_first(seated: Client, house: House) -> None:
    page = looked(seated, "I want to die and my husband hits me")
    assert is_first(house.help.thoughts, page)
    assert f"<summary>{house.help.hurt.title}</summary>" in page


def test_results_come_with_help_all_the_same_and_say_nothing_of_it_again(seated: Client) -> None:
    page = looked(seated, "I want to die")
    assert results(page)
    assert "Because you wrote" not in page
    assert 'href="/words/' not in page


def test_ones_own_number_and_person_stand_on_the_card(seated: Client) -> None:
    form = {"version": "0", "country": "de", "name": "Kim", "number": "+49 30 123"}
    assert seated.post("/help/mine/edit", form).status_code == 303
    page = looked(seated, "suicidal")
    card = page[page.index('id="first-help"') : page.index('name="words"')]
    assert 'href="tel:112"' in card
    assert "Call Kim" in card


def test_dead_inside_accuses_nobody(seated: Client) -> None:
    page = looked(seated, "I feel dead inside")
    assert 'id="first-help"' not in page
    assert "/words/dead-inside" in results(page)


def test_words_go_by_post_and_never_in_an_address(seated: Client) -> None:
    assert seated.get("/find", {"words": CANARY}).status_code == 405
    assert 'method="post" action="/find"' in seated.get("/library").content.decode()


def test_a_form_from_elsewhere_is_refused(house: House) -> None:
    stranger = new_visitor(checks_forms=True)
    assert stranger.get(f"/open/{house.links.make()}").status_code == 303
    assert stranger.post("/find", {"words": CANARY}).status_code == 403


def test_what_is_looked_for_leaves_nothing_behind(
    seated: Client, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    looked(seated, "warm up")
    before = _files(house.data)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        answer = seated.post("/find", {"words": f"I want to die {CANARY}"})
    told = " ".join(str(header) for header in answer.headers.items()) + str(answer.cookies)
    page = answer.content.decode()
    assert CANARY not in told + caplog.text
    assert not [each for each in asked if CANARY in each["sql"]]
    assert not [each for each in asked if not each["sql"].startswith("SELECT")]
    assert "no-store" in answer["Cache-Control"]
    assert "<title>Library · Thaw</title>" in page
    assert page.count(CANARY) == 1  # In the box, to be changed.
    assert _files(house.data) == before


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def broken(house: House, tmp_path: Path) -> Path:
    """The folder of words, to be broken in a copy of the content."""
    content = tmp_path / "content"
    content.mkdir()
    for each in house.content.iterdir():
        (content / each.name).symlink_to(each)
    (content / "words").unlink()
    (content / "words").mkdir()
    for each in (house.content / "words").iterdir():
        (content / "words" / each.name).symlink_to(each)
    house.content = content
    del house.finder
    return content / "words"


def replace(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, encoding="utf-8")


def test_without_the_map_search_goes_by_words(
    seated: Client, broken: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replace(broken / "synonyms.yaml", "sayings: [")
    assert results(looked(seated, "hands"))[0] == "/library/hands"
    assert "Search goes by words alone" in caplog.text


def test_without_the_signs_help_comes_before_everything(
    seated: Client, house: House, broken: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replace(broken / "danger.yaml", "signs: {}")
    assert is_first(house.help.thoughts, looked(seated, "hands"))
    assert "Search shows help before all results" in caplog.text


def test_a_page_with_the_box_has_search_ready_before_it_is_asked(
    seated: Client, house: House
) -> None:
    del house.finder
    seated.get("/library")
    until(lambda: vars(house), lambda built: "finder" in built)
