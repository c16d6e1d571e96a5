"""The library page: by what practices are for, narrowed down, with what was sat before."""

import os
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.fakes.sat import FIVE_THINGS
from tests.web.conftest import seat_in
from thaw.library.content import content_folder
from thaw.web import sealed
from thaw.web.house import House, furnish
from thaw.web.ids import new_id
from thaw.web.sit.body import sealed_of
from thaw.web.sit.models import Sat

CONTENT = content_folder()
HANDS = sealed_of(replace(FIVE_THINGS, practice="hands", title="Hands"))


def shown(client: Client, **chosen: str) -> list[str]:
    """Return the practices on the page, in order."""
    answer = client.post("/library", chosen)
    assert answer.status_code == 200
    return listed(answer.content.decode())


def listed(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/library/([\w-]+)', page)


def test_every_practice_stands_under_what_it_is_for(seated: Client, house: House) -> None:
    page = seated.get("/library").content.decode()

    assert sorted(listed(page)) == sorted(house.shelf.ids())
    headings = re.findall(r'<h2 id="need-[^"]*">([^<]+)', page)
    assert headings == list(house.needs.words.values())
    assert page.index("When sleep does not come") < page.index("Up at night")
    assert page.count('class="button filled"') == 1


def test_what_each_is_good_for_and_for_whom_not_stands_beside_it(
    seated: Client, house: House
) -> None:
    page = seated.get("/library").content.decode()
    for practice in house.shelf.practices():
        assert f"For {practice.suits}." in page
        assert f"Not for {practice.not_for}." in page


def test_each_choice_leaves_what_fits_it(seated: Client, house: House) -> None:
    practices = house.shelf.practices()

    assert shown(seated, need="sleep") == ["up-at-night"]
    assert set(shown(seated, minutes="20")) == {"thawing", "walking-back-in"}
    assert set(shown(seated, posture="lying")) == {p.id for p in practices if "lying" in p.postures}
    assert set(shown(seated, anchor="breath")) == {p.id for p in practices if "breath" in p.anchors}
    assert len(shown(seated, level="1")) == len(practices)
    assert shown(seated, minutes="20", anchor="breath") == ["thawing"]


def test_how_long_and_how_go_on_to_the_practice_and_nothing_else_does(seated: Client) -> None:
    page = seated.post(
        "/library", {"need": "movement", "minutes": "10", "posture": "standing", "anchor": "feet"}
    ).content.decode()
    links = re.findall(r'<h3><a href="([^"]+)"', page)
    assert links[0].endswith("?minutes=10&amp;posture=standing")
    for link in links:
        assert seated.get(link.replace("&amp;", "&")).status_code == 200


def test_what_is_needed_stands_in_no_address(seated: Client) -> None:
    page = seated.get("/library").content.decode()
    (form,) = re.findall(r'<form method="(\w+)" action="/library">', page)
    assert form == "post"
    assert len(listed(seated.get("/library?need=sleep").content.decode())) == 20


def test_where_nothing_fits_it_is_said_and_the_way_back_is_there(seated: Client) -> None:
    page = seated.post("/library", {"need": "sleep", "minutes": "20"}).content.decode()
    assert "Nothing fits all of that." in page
    assert "Show all" in page


@pytest.mark.parametrize(
    "chosen",
    [{"need": "<b>"}, {"minutes": "6"}, {"posture": "floating"}, {"level": "x" * 10_000}],
)
def test_a_choice_that_is_none_is_said_and_everything_shown(
    seated: Client, chosen: dict[str, str]
) -> None:
    answer = seated.post("/library", chosen)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert len(listed(page)) == 20
    assert "<b>" not in page


def test_what_was_sat_before_is_named_with_its_last_day(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    for day in (date(2026, 10, 3), date(2026, 11, 2), date(2026, 10, 9)):
        sealed.create(Sat, seat, new_id(), {"body": HANDS}, day=day)

    page = seated.get("/library").content.decode()

    assert re.findall(r"You sat this on ([^<]+)\.", page) == ["2 November 2026"]
    assert shown(seated, before="yes") == ["hands"]


def test_a_broken_practice_is_named_and_hides_no_other(
    seated: Client, house: House, tmp_path: Path
) -> None:
    with_content(house, tmp_path, "practices/hands.md", "---\ntitle: [\n")
    answer = seated.get("/library")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "hands" not in listed(page)
    assert len(listed(page)) == 19
    assert "Left out, until it is mended" in page
    assert "hands.md, line" in page


@pytest.mark.parametrize("text", ["- no table", "numbness: 3\n", ":\n- [", "\x00"])
def test_broken_headings_take_away_the_headings_alone(
    seated: Client, house: House, tmp_path: Path, text: str
) -> None:
    with_content(house, tmp_path, "practices/needs.yaml", text)
    page = seated.get("/library").content.decode()
    assert len(listed(page)) == 20
    assert "For other times" in page
    assert "practices/needs.yaml cannot be used" in page


@pytest.mark.parametrize(
    "file",
    [
        "practices/hands.md",
        "articles/medicines.md",
        "evidence/goodwin-2017.json",
        "words/lexicon/unpleasant-calm.yaml",
        "words/synonyms.yaml",
        "courses/out-of-numbness.md",
    ],
)
def test_one_broken_content_file_never_takes_the_library_down(
    seated: Client, house: House, tmp_path: Path, file: str
) -> None:
    with_content(house, tmp_path, file, "---\n{[:\x00\n---\n")
    for page in ("/library", "/library/five-things/text", "/learn", "/words", "/course"):
        assert seated.get(page).status_code == 200, page
    assert seated.post("/find", {"words": "nothing is fun"}).status_code == 200


@pytest.mark.parametrize(
    "file", ["words/anchors.yaml", "words/avoid.yaml", "responses/leave.md", "responses/check.md"]
)
def test_without_what_every_practice_needs_the_rest_can_be_read(
    seated: Client, house: House, tmp_path: Path, file: str
) -> None:
    with_content(house, tmp_path, file, "---\n{[:\x00\n---\n")
    page = seated.get("/library").content.decode()
    assert listed(page) == []
    assert f"{file} cannot be used" in page
    assert 'href="/learn"' in page
    assert "The practices cannot be shown just now." in page
    for address in ("/learn", "/words", "/course", "/help"):
        assert seated.get(address).status_code == 200, address
    found = seated.post("/find", {"words": "nothing is fun"})
    assert found.status_code == 200
    assert "/learn/numb-or-joyless" in found.content.decode()
    answer = seated.get("/library/five-things")
    assert answer.status_code == 500
    assert f"{file} cannot be used" in answer.content.decode()


def with_content(house: House, folder: Path, file: str, text: str) -> None:
    """Let the house have a content folder in which one file is another."""
    content = folder / "content"
    shutil.copytree(CONTENT, content, copy_function=os.symlink)
    (content / file).unlink()
    (content / file).write_text(text, encoding="utf-8")
    other = House(house.data, sound=house.sound, content=content)
    for name in ("idle", "links", "sittings", "cost"):
        setattr(other, name, getattr(house, name))
    furnish(other)
