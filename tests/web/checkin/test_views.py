"""The pages of a check-in, as a browser without scripts meets them, and what islands send."""

import datetime as dt
import html
import json
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.web.conftest import seat_in
from thaw.web.checkin import actions, queries
from thaw.web.checkin.body import CANT_TELL, Body, Mark
from thaw.web.checkin.models import CheckIn
from thaw.web.checkin.way import Liked
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.write.days import today

DAY = dt.date(2026, 11, 22)
JSON = "application/json"
HEAVY = {"region": "chest", "side": "front", "mark": "heavy"}


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


def text_of(answer: Any) -> str:
    """Return what stands in the main part of a page, as one reads it."""
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def page_of(answer: Any) -> str:
    page: str = answer.content.decode()
    return page


def given_in(answer: Any) -> dict[str, str]:
    """Return the fields that a page brings along."""
    names = ("id", "version", "next")
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page_of(answer)) for name in names}
    return {name: match[1] for name, match in found.items() if match}


def check_in(seated: Client, /, **fields: object) -> Any:
    """Open the page, answer, and send it."""
    return seated.post("/check-in", given_in(seated.get("/check-in")) | fields)


def put(seated: Client, id_: UUID, **shape: object) -> Any:
    return seated.put(f"/check-in/{id_}", json.dumps({"version": 0} | shape), JSON)


def only(seat: Seat) -> queries.CheckInEntry:
    (entry,) = queries.checkins_of(seat, today() - dt.timedelta(days=1))
    return entry


def kept(seat: Seat, body: Body, day: dt.date | None = None) -> UUID:
    id_ = new_id()
    actions.keep(seat, id_, 0, body, day or today())
    return id_


@pytest.mark.parametrize("path", ["/check-in", "/check-in/list", "/check-in/way"])
def test_a_page_answers_with_a_neutral_title(seated: Client, path: str) -> None:
    answer = seated.get(path)
    assert answer.status_code == 200
    assert "<title>Check-in · Thaw</title>" in page_of(answer)


def test_the_first_question_alone_is_a_full_check_in(seated: Client, seat: Seat) -> None:
    answer = check_in(seated, felt="1")
    assert answer.status_code == 303
    assert only(seat).body == Body(felt=1)
    assert "Thank you. It is kept." in text_of(seated.get(answer["Location"]))


@pytest.mark.parametrize(
    "fields",
    [
        {"felt": "0"},
        {"felt": "10"},
        {"felt": "cant-tell"},
        {"words": ["nothing-clear"]},
        {"unreal": "yes"},
    ],
)
def test_every_answer_gets_the_same_thanks(seated: Client, fields: dict[str, object]) -> None:
    page = seated.get(check_in(seated, **fields)["Location"])
    assert "<h1>Thank you. It is kept.</h1>" in page_of(page)


def test_everything_can_be_said(seated: Client, seat: Seat) -> None:
    answer = check_in(
        seated,
        felt="2",
        unreal="yes",
        below="walled-off",
        pleasant="1",
        energy="cant-tell",
        words=["numb", "sad"],
        place=["front.chest", "", "back.left-hand"],
        mark=["heavy", "", "not-mine"],
        tag="slept-badly",
    )
    assert answer.status_code == 303
    assert only(seat).body == Body(
        felt=2,
        unreal=True,
        below="walled-off",
        pleasant=0.0,
        energy=CANT_TELL,
        words=("numb", "sad"),
        marks=(Mark("chest", "front", "heavy"), Mark("left-hand", "back", "not-mine")),
        tag="slept-badly",
    )
    said = text_of(seated.get(f"/check-in/{only(seat).id}"))
    for words in (
        "2 of 10",
        "unreal or far away",
        "walled off",
        "very unpleasant",
        "can't tell",
        "numb, sad",
        "Body: heavy the chest",
        "Body: not mine the left hand, back",
        "slept badly",
    ):
        assert words in said


def test_what_was_left_out_is_not_said(seated: Client, seat: Seat) -> None:
    said = text_of(seated.get(f"/check-in/{kept(seat, Body(felt=0))}"))
    assert "0 of 10 (nothing)" in said
    assert not [
        asked for asked in ("Pleasant", "Energy", "Words", "Body", "The day:") if asked in said
    ]


def test_a_mark_everywhere_is_said_so_and_old_names_are_still_read(
    seated: Client, seat: Seat, house: House
) -> None:
    every = [(region, side) for region, sides in house.figure.places.items() for side in sides]
    marks = tuple(Mark(region, side, "nothing-here") for region, side in every)  # type: ignore[arg-type]  # the sides are those that are kept
    older = (Mark("little-toe", "front", "cool"),)
    id_ = kept(seat, Body(marks=tuple(sorted((*marks, *older))), words=("older-word",)))
    said = text_of(seated.get(f"/check-in/{id_}"))
    assert "Body: nothing here everywhere" in said
    assert "Body: cool little toe, front" in said
    assert "older word" in said
    assert "little-toe" not in page_of(seated.get(f"/check-in/{id_}"))


def test_where_it_is_unreal_the_page_says_what_follows_and_names_help(seated: Client) -> None:
    page = seated.get(check_in(seated, felt="4", unreal="yes")["Location"])
    assert "today Thaw offers what looks outward" in text_of(page)
    assert 'href="/help" data-help>Help</a>' in page_of(page)
    other = seated.get(check_in(seated, felt="4")["Location"])
    assert "outward" not in text_of(other)
    assert "You can leave it at that." in text_of(other)


def test_one_goes_on_to_today_or_back_to_a_sitting_and_nowhere_else(seated: Client) -> None:
    sat = new_id()
    for asked, onward in (
        ("today", "today"),
        (f"after/{sat}", f"after/{sat}"),
        ("after/elsewhere", "today"),
        ("//elsewhere.example", "today"),
        ("", "today"),
    ):
        fields = given_in(seated.get("/check-in", {"next": asked})) | {"felt": "3"}
        assert fields["next"] == onward
        page = seated.get(seated.post("/check-in", fields)["Location"])
        assert f'href="/{onward}"' in page_of(page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "“Can't tell” is a whole answer"),
        ({"felt": "11"}, "a number from 0 to 10"),
        ({"felt": "none"}, "a number from 0 to 10"),
        ({"pleasant": "10"}, "a place on the line"),
        ({"energy": "half"}, "a place on the line"),
        ({"felt": "1", "below": "worse"}, "not one of those here"),
        ({"tag": "other"}, "not one of those here"),
        ({"words": ["fine"]}, "not in the list"),
        ({"words": ["numb", "sad", "lost", "hurt"]}, "Three words at the most"),
        ({"place": ["front.tail"], "mark": ["warm"]}, "not on the drawing"),
        ({"place": ["back.chest"], "mark": ["warm"]}, "not on the drawing"),
        ({"place": ["front.chest"], "mark": [""]}, "Choose both, or neither"),
        ({"place": [""], "mark": ["warm"]}, "Choose both, or neither"),
        ({"place": ["front.chest"], "mark": ["red"]}, "not one of those here"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    seated: Client, fields: dict[str, object], sentence: str
) -> None:
    answer = check_in(seated, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not CheckIn.objects.exists()


def test_what_was_answered_comes_back_with_the_sentence(seated: Client) -> None:
    fields = {"felt": "2", "words": ["numb"], "place": ["front.chest"], "mark": [""]}
    page = page_of(check_in(seated, unreal="yes", below="flat", pleasant="3", **fields))
    for chosen in (
        'name="felt" value="2" checked',
        'name="unreal" value="yes" checked',
        'name="below" value="flat" checked',
        'name="pleasant" value="3" checked',
        'name="words" value="numb" checked',
        '<option value="front.chest" selected',
        '<details class="more-asked" open>',
    ):
        assert chosen in page


def test_more_rows_for_marks_keep_what_was_chosen(seated: Client) -> None:
    page = check_in(seated, felt="2", place=["front.chest"], mark=["warm"], more="rows")
    assert page.status_code == 200
    assert page_of(page).count('class="mark-row"') == 9
    assert 'name="felt" value="2" checked' in page_of(page)
    assert not CheckIn.objects.exists()


def test_a_form_sent_twice_keeps_one(seated: Client) -> None:
    fields = given_in(seated.get("/check-in")) | {"felt": "2"}
    for _ in range(2):
        assert seated.post("/check-in", fields).status_code == 303
    assert CheckIn.objects.count() == 1


def test_two_forms_of_one_id_conflict_and_the_second_can_be_kept_beside(
    seated: Client, seat: Seat
) -> None:
    fields = given_in(seated.get("/check-in"))
    seated.post("/check-in", fields | {"felt": "2"})
    answer = seated.post("/check-in", fields | {"felt": "7"})
    assert answer.status_code == 409
    assert "Nothing is lost" in text_of(answer)
    assert given_in(answer)["id"] != fields["id"]
    seated.post("/check-in", given_in(answer) | {"felt": "7"})
    assert {entry.body.felt for entry in queries.checkins_of(seat, today())} == {2, 7}


def test_a_form_without_an_id_is_a_new_one(seated: Client, seat: Seat) -> None:
    assert seated.post("/check-in", {"felt": "6", "id": "none"}).status_code == 303
    assert only(seat).body.felt == 6


def test_todays_can_be_looked_at_and_changed(seated: Client, seat: Seat) -> None:
    body = Body(felt=2, pleasant=0.37, marks=(Mark("chest", "front", "heavy"),), tag="moved")
    id_ = kept(seat, body)
    assert f'href="/check-in/{id_}"' in page_of(seated.get("/check-in"))
    page = seated.get(f"/check-in/{id_}/change")
    assert 'data-line="pleasant" data-exactly="0.37"' in page_of(page)
    assert '<option value="front.chest" selected' in page_of(page)
    assert given_in(page)["version"] == "1"
    assert seated.post("/check-in", given_in(page) | {"felt": "5"}).status_code == 303
    assert only(seat).body == Body(felt=5)
    assert only(seat).version == 2


@pytest.mark.parametrize("version", ["9", "-1", "x", "9" * 30])
def test_a_change_of_what_was_changed_elsewhere_is_a_conflict(
    seated: Client, seat: Seat, version: str
) -> None:
    id_ = kept(seat, Body(felt=2))
    answer = seated.post("/check-in", {"id": id_, "version": version, "felt": "5"})
    assert answer.status_code == 409
    assert only(seat).body.felt == 2


def test_a_change_of_what_is_gone_can_be_kept_as_new(seated: Client) -> None:
    answer = seated.post("/check-in", {"id": new_id(), "version": "1", "felt": "5"})
    assert answer.status_code == 404
    assert "becomes a new one" in text_of(answer)
    assert given_in(answer)["version"] == "0"


def test_one_can_be_taken_back_after_a_question(seated: Client, seat: Seat) -> None:
    id_ = kept(seat, Body(felt=2))
    assert "deleted for good" in text_of(seated.get(f"/check-in/{id_}"))
    answer = seated.post(f"/check-in/{id_}/remove")
    assert "It is deleted." in text_of(seated.get(answer["Location"]))
    assert seated.get(f"/check-in/{id_}").status_code == 404
    assert seated.post(f"/check-in/{id_}/remove").status_code == 404


def test_the_list_is_neutral_and_goes_on(seated: Client, seat: Seat) -> None:
    assert "There is none yet" in text_of(seated.get("/check-in/list"))
    for number in range(51):
        kept(seat, Body(felt=number % 11), DAY)
    page = seated.get("/check-in/list")
    assert page_of(page).count("Sunday, 22 November 2026") == 50
    found = re.search(r'href="\?before=|/check-in/list\?before=([^"]+)"', page_of(page))
    assert found
    last = seated.get("/check-in/list", {"before": found[1]})
    assert page_of(last).count("Sunday, 22 November 2026") == 1
    assert seated.get("/check-in/list", {"before": "x"}).status_code == 404


def test_one_that_is_damaged_is_said_in_the_list(seated: Client, seat: Seat) -> None:
    id_ = kept(seat, Body(felt=2))
    body = bytes(CheckIn.objects.get(id=id_).body)
    CheckIn.objects.update(body=body[:-1] + bytes([body[-1] ^ 1]))
    assert "1 here can no longer be read" in text_of(seated.get("/check-in/list"))
    assert "no longer as it was written" in text_of(seated.get(f"/check-in/{id_}"))


def test_parts_of_the_body_can_be_left_out_and_stay_so(seated: Client, seat: Seat) -> None:
    answer = seated.post("/check-in/way", {"hidden": ["pelvis", "throat"], "steps": "yes"})
    assert answer.status_code == 303
    assert queries.liked_by(seat) == Liked(("pelvis", "throat"), by_steps=True)
    page = page_of(seated.get("/check-in"))
    assert '<option value="front.pelvis"' not in page
    assert '<option value="front.chest"' in page
    assert 'data-region="pelvis" class="is-hidden"' in page
    assert 'data-steps aria-pressed="true"' in page
    assert 'value="pelvis" checked' in page_of(seated.get("/check-in/way"))


def test_a_part_that_is_not_there_cannot_be_left_out(seated: Client) -> None:
    assert seated.post("/check-in/way", {"hidden": ["tail"]}).status_code == 422
    answer = seated.put("/check-in/way", json.dumps({"hidden": ["tail"]}), JSON)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "checkin.region"


def test_an_island_keeps_how_one_likes_to_be_asked(seated: Client, seat: Seat) -> None:
    shape = {"hidden": ["chest"], "steps": True}
    assert seated.put("/check-in/way", json.dumps(shape), JSON).status_code == 200
    assert queries.liked_by(seat) == Liked(("chest",), by_steps=True)


def test_an_island_keeps_a_check_in_and_is_told_where_to_go(seated: Client, seat: Seat) -> None:
    id_ = new_id()
    answer = put(seated, id_, felt=2, pleasant=0.37, marks=[HEAVY])
    assert answer.json() == {"version": 1, "kept": f"/check-in/{id_}/kept?next=today"}
    assert only(seat).body.pleasant == 0.37
    assert put(seated, id_, felt=2, pleasant=0.37, marks=[HEAVY]).json()["version"] == 1
    answer = put(seated, id_, felt=3)
    assert answer.status_code == 409
    answer = put(seated, id_, version=1, felt=3)
    assert answer.json()["version"] == 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "checkin.unreadable"),
        ("[]", "checkin.unreadable"),
        ("{}", "checkin.unreadable"),
        ("[" * 100_000, "checkin.unreadable"),
        ('{"version": true, "felt": 1}', "checkin.unreadable"),
        ('{"version": -1, "felt": 1}', "checkin.unreadable"),
        ('{"version": 0}', "checkin.empty"),
        ('{"version": 0, "felt": 1e3}', "checkin.felt"),
        ('{"version": 0, "felt": 1, "words": ["fine"]}', "checkin.word"),
        ('{"version": 0, "energy": NaN}', "checkin.slid"),
    ],
)
def test_what_an_island_cannot_mean_is_refused_whole(seated: Client, raw: str, code: str) -> None:
    answer = seated.put(f"/check-in/{new_id()}", raw, JSON)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == code
    assert not CheckIn.objects.exists()


def test_an_id_that_no_page_makes_is_refused(seated: Client) -> None:
    answer = put(seated, UUID(int=7), felt=1)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "row.id")


def test_locked_nothing_is_shown_or_kept(locked: Client) -> None:
    assert locked.get("/check-in").status_code == 423
    assert put(locked, new_id(), felt=1).status_code == 423
    assert locked.post("/check-in", {"felt": "1"}).status_code == 423
    assert not CheckIn.objects.exists()
