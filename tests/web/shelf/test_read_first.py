"""Before the first practice that turns inward: who should talk to a professional first."""

from html import unescape

import pytest
from django.test import Client

from tests.fakes.sat import have_sat
from tests.web.conftest import let_in, new_visitor, seat_in
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.sit.body import Tap
from thaw.web.today.queries import decisions_of, has_decided

SIT = "/library/thawing/sit"
CHOSEN = {
    "voice": "none",
    "minutes": "6",
    "seconds": "30",
    "seed": "5",
    "avoid": ["chest", "bells"],
}
JSON = {"Accept": "application/json"}


def page_of(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # Django's test response


def test_the_whole_text_comes_before_the_first_inward_practice(
    seated: Client, house: House
) -> None:
    answer = seated.post(SIT, CHOSEN)
    assert answer.status_code == 200
    page = page_of(answer)
    text = house.help.someone_first
    for words in (text.title, *text.before, *text.points, *text.after):
        assert words in page
    assert page.count('class="button filled"') == 1


def test_having_read_it_one_goes_on_with_the_very_choices_made(seated: Client) -> None:
    card = seated.post(SIT, CHOSEN)
    fields = card.context["carried"]
    assert sorted(fields) == sorted(
        (name, each)
        for name, value in CHOSEN.items()
        for each in (value if isinstance(value, list) else [value])
    )
    again: dict[str, list[str]] = {}
    for name, value in fields:
        again.setdefault(name, []).append(value)
    begun = seated.post(SIT, {**again, "read": "someone-first"})
    assert begun.status_code == 303
    sitting = seated.get(begun["Location"])
    assert round(sitting.context["sitting"].total_s) == 390


def test_it_is_shown_once_and_kept_as_a_decision(seated: Client, house: House) -> None:
    for read in ({"read": "someone-first"}, {}, {"read": "someone-first"}):
        assert seated.post(SIT, {"voice": "none", **read}).status_code == 303
    seat = seat_in(house, seated)
    assert [each.kind for each in decisions_of(seat)] == ["read:someone-first"]


@pytest.mark.parametrize("read", ["", "something-else"])
def test_without_having_read_it_nothing_begins(seated: Client, house: House, read: str) -> None:
    for _ in range(2):
        assert seated.post(SIT, {"voice": "none", "read": read}).status_code == 200
    assert not has_decided(seat_in(house, seated), "read:someone-first")
    assert house.sittings.latest_of(seat_in(house, seated).session) is None


def test_what_turns_outward_has_no_card(seated: Client) -> None:
    assert seated.post("/library/five-things/sit", {"voice": "none"}).status_code == 303
    assert seated.post("/first", {"voice": "none"}).status_code == 303


def test_reading_a_practice_is_never_gated(seated: Client) -> None:
    assert seated.get("/library/thawing").status_code == 200
    assert "Read all of it first" in page_of(seated.get("/library/thawing"))


def test_what_was_chosen_wrongly_is_said_before_the_card(seated: Client, house: House) -> None:
    answer = seated.post(SIT, {"minutes": "6", "read": "someone-first"})
    assert answer.status_code == 422
    assert "read_first.html" not in [each.name for each in answer.templates]
    assert not has_decided(seat_in(house, seated), "read:someone-first")


def test_an_island_is_told_the_text_and_sends_that_it_was_read(seated: Client) -> None:
    told = seated.post(SIT, {"voice": "none"}, headers=JSON)
    assert told.status_code == 422
    assert told.json()["error"]["code"] == "begin.unread"
    assert told.json()["card"]["name"] == "someone-first"
    assert len(told.json()["card"]["points"]) > 3
    begun = seated.post(SIT, {"voice": "none", "read": "someone-first"}, headers=JSON)
    assert begun.status_code == 201


def test_each_browser_of_a_person_has_read_it(seated: Client, house: House) -> None:
    seated.post(SIT, {"voice": "none", "read": "someone-first"})
    other = let_in(house, new_visitor())
    assert other.post(SIT, {"voice": "none"}).status_code == 303


def too_much(seat: Seat) -> None:
    """Let a sitting have been too much today."""
    have_sat(seat, practice="thawing", is_inward=True, responses=(Tap(60.0, "too-much"),))


def test_what_is_not_suggested_just_now_says_why_and_can_be_begun_anyway(
    seated: Client, house: House
) -> None:
    too_much(seat_in(house, seated))
    chosen = {"voice": "none", "minutes": "6", "read": "someone-first"}
    answer = seated.post(SIT, chosen)
    assert answer.status_code == 200
    page = page_of(answer)
    assert "nothing that turns inward is suggested before tomorrow" in page
    assert "Go on anyway" in page
    assert dict(answer.context["carried"]) == {"voice": "none", "minutes": "6"}
    told = seated.post(SIT, chosen, headers=JSON).json()
    assert told["card"]["name"] == "caution"
    assert seated.post(SIT, {**chosen, "read": "caution"}).status_code == 303


def test_why_is_said_each_time_and_only_for_what_it_is_about(seated: Client, house: House) -> None:
    too_much(seat_in(house, seated))
    for _ in range(2):
        answer = seated.post(SIT, {"voice": "none", "read": ["someone-first", "caution"]})
        assert answer.status_code == 303
        assert seated.post(SIT, {"voice": "none"}).status_code == 200
    assert seated.post("/library/five-things/sit", {"voice": "none"}).status_code == 303
