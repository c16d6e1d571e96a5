"""The pages to read: a list, a text with footnotes, a work; and what is broken hides nothing."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from thaw.library.articles import Articles, load_articles
from thaw.library.content import content_folder
from thaw.library.evidence import Ledger, load_ledger
from thaw.web.house import House

ARTICLES = load_articles(content_folder())
LEDGER = load_ledger(content_folder())

TEXT = """---
title: A <b>title</b>
summary: A sentence.
themes: [ways]
also: [I feel nothing]
next:
  to: gone-for-good
  words: Go on
version: 1
---

Told. [@heard-2020] Looked for. [@lost-2020] Gone. [@gone-2020] Told again. [@heard-2020]

- With *care* & more.
"""


def work(name: str, how: str, **more: object) -> dict[str, object]:
    checked = {"how": how, "where": "https://example.org/1", "on": "2026-11-22", "open": "Unseen."}
    said = dict.fromkeys(("design", "sample", "population", "finding", "limits", "worth"), "So.")
    custom = {**said, "grade": "pilot", "checked": checked}
    return {"id": name, "type": "webpage", "title": "A work", "custom": custom, **more}


@pytest.fixture
def own_texts(house: House, tmp_path: Path) -> House:
    """The house with one article of ours, one that is broken, and two works."""
    for folder in ("articles", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "articles" / "themes.yaml").write_text("ways: {words: Ways, order: []}\n")
    (tmp_path / "articles" / "one.md").write_text(TEXT)
    (tmp_path / "articles" / "broken.md").write_text(TEXT.replace("summary: A sentence.\n", ""))
    for each in (
        work("heard-2020", "report", URL="https://example.org/work"),
        work("lost-2020", "unverified", author=[{"family": "Lost"}]),
    ):
        (tmp_path / "evidence" / f"{each['id']}.json").write_text(json.dumps(each))
    house.articles = load_articles(tmp_path)
    house.ledger = load_ledger(tmp_path)
    return house


def page(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_text_is_listed_under_its_heading(seated: Client) -> None:
    shown = page(seated, "/learn")

    for words, articles in ARTICLES.by_theme():
        assert words in shown
        for article in articles:
            assert f'href="/learn/{article.id}"' in shown
    assert "Left out" not in shown


def test_every_text_is_there_with_all_its_footnotes(seated: Client) -> None:
    for article in ARTICLES.all():
        shown = page(seated, f"/learn/{article.id}")

        assert f"<h1>{article.title}</h1>" in shown
        for number, name in enumerate(article.works, start=1):
            assert shown.count(f'id="note-{number}"') == 1
            assert shown.count(f'id="claim-{number}"') == 1
            assert f'href="/learn/works/{name}"' in shown
        assert shown.count('role="doc-noteref"') == len(article.claims)
        assert "missing here" not in shown


def test_the_one_thing_to_do_leads_somewhere(seated: Client) -> None:
    for article in ARTICLES.all():
        (way,) = re.findall(
            r'<a class="button filled" href="([^"]+)">', page(seated, f"/learn/{article.id}")
        )
        assert resolve(way).url_name
        assert seated.get(way).status_code == 200


def test_every_work_says_what_it_studied_and_why_that_is_not_proof(seated: Client) -> None:
    headings = ("What it studied", "What it found", "Why that is not proof", "Where we read it")
    for name, found in LEDGER.works.items():
        shown = page(seated, f"/learn/works/{name}")

        assert all(f">{heading}</h2>" in shown for heading in headings)
        assert found.grade_words.lower() in shown
        assert "on 22 November 2026" in shown
        for article in ARTICLES.naming(name):
            assert f'href="/learn/{article.id}"' in shown


def test_the_way_out_of_thaw_says_that_it_is_one(seated: Client) -> None:
    shown = page(seated, "/learn/works/ma-2021")

    assert "opens a page outside Thaw. It stays in your browser's history" in shown
    assert (
        '<a class="button" href="https://doi.org/10.3389/fpsyt.2021.792960" '
        'rel="external noopener noreferrer">' in shown
    )


def test_a_work_without_an_address_has_no_way_out(seated: Client) -> None:
    shown = page(seated, "/learn/works/craske-2019")

    assert "opens a page outside Thaw" not in shown
    assert "No DOI was seen whole" in shown


@pytest.mark.usefixtures("own_texts")
def test_what_was_not_seen_is_marked_on_every_page_that_uses_it(seated: Client) -> None:
    shown = page(seated, "/learn/one")

    assert shown.count("Known to us from someone else&#x27;s account only.") == 1
    assert shown.count("Not checked: we could not read it.") == 1
    assert "Please take the sentence as one without a source." in shown
    assert "Unseen." in page(seated, "/learn/works/lost-2020")
    assert "Not checked: we could not read it." in page(seated, "/learn/works/lost-2020")
    assert "Open it outside Thaw" in page(seated, "/learn/works/heard-2020")


def test_a_way_leads_to_another_text_and_is_words_where_that_is_gone(
    seated: Client, house: House
) -> None:
    way = '<a href="/learn/hollow-and-unreal">a text on that</a>'
    assert f"there is {way}." in page(seated, "/learn/who-am-i")
    house.articles = Articles(ARTICLES.themes, [ARTICLES.article("who-am-i")])
    assert "there is a text on that." in page(seated, "/learn/who-am-i")


def test_what_unverified_means_is_said_where_it_stands_and_nowhere_else(seated: Client) -> None:
    means = "behind a sentence means: we could not check it"
    assert means in seated.get("/learn/medicines").content.decode()
    assert means not in seated.get("/learn/when-to-see-someone").content.decode()


@pytest.mark.usefixtures("own_texts")
def test_a_text_is_shown_as_words_and_never_obeyed(seated: Client) -> None:
    shown = page(seated, "/learn/one")

    assert "A &lt;b&gt;title&lt;/b&gt;" in shown
    assert "<li>With <em>care</em> &amp; more.</li>" in shown
    assert shown.count('href="#note-1"') == 2
    assert shown.count('id="claim-1"') == 1


@pytest.mark.usefixtures("own_texts")
def test_where_a_practice_is_gone_the_library_is_offered(seated: Client) -> None:
    assert '<a class="button filled" href="/library">Look at the practices</a>' in page(
        seated, "/learn/one"
    )


@pytest.mark.usefixtures("own_texts")
def test_a_broken_text_hides_no_other_and_says_what_is_wrong(seated: Client) -> None:
    shown = page(seated, "/learn")

    assert 'href="/learn/one"' in shown
    assert "articles/broken.md, line 2: summary is missing." in shown
    assert "articles/broken.md, line 2" in page(seated, "/learn/broken", status=422)


def test_broken_headings_and_a_broken_work_take_neither_texts_nor_the_search_down(
    seated: Client, own_texts: House, tmp_path: Path
) -> None:
    (tmp_path / "articles" / "themes.yaml").write_text("- none\n")
    (tmp_path / "evidence" / "heard-2020.json").write_text("{")
    own_texts.articles, own_texts.ledger = load_articles(tmp_path), load_ledger(tmp_path)

    listed = page(seated, "/learn")
    assert 'href="/learn/one"' in listed
    assert "articles/themes.yaml, line 1" in listed
    assert "Please take the sentence as one without a source." in page(seated, "/learn/one")
    assert page(seated, "/library")
    assert seated.post("/find", {"words": "I feel nothing"}).status_code == 200


def test_without_any_text_the_list_says_so(seated: Client, house: House) -> None:
    house.articles, house.ledger = Articles({}, []), Ledger([])

    assert "There are no texts here." in page(seated, "/learn")


def test_a_text_or_a_work_that_is_not_there_names_the_nearest(seated: Client) -> None:
    assert "Did you mean five-signs?" in page(seated, "/learn/five-sign", status=404)
    assert "Did you mean ma-2021?" in page(seated, "/learn/works/ma-2012", status=404)


def test_reading_needs_a_session_and_an_open_key(visitor: Client, locked: Client) -> None:
    for address in ("/learn", "/learn/five-signs", "/learn/works/ma-2021"):
        assert visitor.get(address).status_code == 401
        assert locked.get(address).status_code == 423
