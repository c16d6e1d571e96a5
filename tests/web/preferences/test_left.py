"""Where too little is left of a practice, the page of preferences says so and names others."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.web.preferences.test_preferences import kept, words_of
from tests.web.shelf.test_choosing import BREATHING
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.web.house import House


@pytest.fixture
def breathing(house: House, tmp_path: Path) -> Path:
    """The practices' folder of a house in which one practice is about the breath."""
    shutil.copytree(content_folder(), tmp_path / "content")
    folder = tmp_path / "content" / "practices"
    (folder / "breathing.md").write_text(BREATHING)
    house.shelf = Shelf(tmp_path / "content")
    return folder


@pytest.mark.usefixtures("breathing")
def test_what_cannot_be_played_is_named_and_what_can(seated: Client) -> None:
    page = kept(seated, avoid=["breath"])
    left = page.context["page"].left
    assert [practice.title for practice in left.cannot] == ["Breathing"]
    assert {practice.title for practice in left.can} >= {"Five things", "Thawing"}
    said = words_of(page)
    assert "Too little is left of some practices" in said
    assert "this one cannot be played: Breathing These can:" in said
    assert all(seated.get(practice.url).status_code == 200 for practice in left.can)


@pytest.mark.usefixtures("breathing")
def test_a_refusal_stays_said_until_the_list_changes(seated: Client) -> None:
    kept(seated, avoid=["breath"])
    assert "Too little is left" in words_of(seated.get("/me/preferences"))
    assert "Too little is left" not in words_of(kept(seated, avoid=["bells"]))


def test_where_all_can_be_played_nothing_is_said(seated: Client) -> None:
    page = kept(seated, avoid=["chest"])
    assert page.context["page"].left.cannot == ()
    assert "Too little" not in words_of(page)


def test_where_none_can_be_played_help_is_there(seated: Client, breathing: Path) -> None:
    for path in breathing.glob("*.md"):
        if path.stem != "breathing":
            path.unlink()
    said = words_of(kept(seated, avoid=["breath"]))
    assert "No other can either" in said
    assert "Help now" in said
    page = seated.get("/library/breathing")
    assert "Too little of Breathing is left" in words_of(page)
    assert page.context["another"] is None


@pytest.mark.usefixtures("breathing")
def test_a_posture_that_is_avoided_and_preferred_gives_way(seated: Client) -> None:
    page = kept(seated, avoid=["standing"], posture="standing")
    assert [each.title for each in page.context["page"].left.cannot] == []


@pytest.mark.usefixtures("breathing")
def test_its_own_page_says_so_too_and_names_another(seated: Client) -> None:
    kept(seated, avoid=["breath"])
    page = seated.get("/library/breathing")
    assert "Too little of Breathing is left" in words_of(page)
    error = seated.get("/library/breathing/plan.json").json()["error"]
    assert error["code"] == "avoid.too_little_left"
    assert seated.get(error["another"]["url"]).status_code == 200
