"""Only after the very first sitting: one thing on each page, each skippable for good."""

from datetime import date

import pytest
from django.test import Client

from tests.web.after.conftest import Sits
from tests.web.conftest import let_in, new_visitor, set_passphrase, unlock
from thaw.web import sealed
from thaw.web.checkin.models import CheckIn
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.today.queries import decisions_of

STEPS = "/after/steps"


def step(client: Client) -> str:
    answer = client.get(STEPS)
    return answer.context["step"].name if answer.status_code == 200 else answer["Location"]


def test_only_the_first_sitting_leads_there(seated: Client, sits: Sits) -> None:
    first = sits()
    assert seated.post(f"/after/{first}", {"go": "on"})["Location"] == STEPS
    second = sits()
    assert seated.post(f"/after/{second}", {"go": "on"})["Location"] == "/today"


def test_they_come_one_after_another_and_each_is_skipped_for_good(
    seated: Client, seat: Seat
) -> None:
    for name in ("person", "passphrase", "checkin"):
        for _ in range(2):
            assert step(seated) == name
        answer = seated.post(STEPS, {"skip": name})
        assert (answer.status_code, answer["Location"]) == (303, STEPS)
    assert step(seated) == "/today"
    kinds = {each.kind for each in decisions_of(seat)}
    assert kinds == {"skip:person", "skip:passphrase", "skip:checkin"}


def test_skipping_twice_is_one_decision(seated: Client, seat: Seat) -> None:
    for _ in range(2):
        seated.post(STEPS, {"skip": "person"})
    assert [each.kind for each in decisions_of(seat)] == ["skip:person"]


@pytest.mark.parametrize("name", ["", "help", "skip:person"])
def test_what_is_no_step_is_a_sentence(seated: Client, seat: Seat, name: str) -> None:
    answer = seated.post(STEPS, {"skip": name})
    assert answer.status_code == 422
    assert "nothing of this name" in answer.content.decode()
    assert decisions_of(seat) == ()


def test_each_page_has_one_next_thing_and_a_way_past_it(seated: Client) -> None:
    for name, address in (
        ("person", "/help/mine/edit"),
        ("passphrase", "/me/privacy/passphrase"),
        ("checkin", "/check-in"),
    ):
        page = seated.get(STEPS).content.decode()
        main = page[page.index('id="main"') : page.index("<dialog")]
        assert main.count('class="button filled"') == 1
        assert f'class="button filled" href="{address}"' in main
        assert f'name="skip" value="{name}"' in main
        assert seated.get(address).status_code == 200
        seated.post(STEPS, {"skip": name})


def test_what_was_done_is_not_offered(seated: Client, seat: Seat) -> None:
    seated.post("/help/mine/edit", {"version": "0", "name": "Ada", "number": "0123 456"})
    assert step(seated) == "passphrase"
    sealed.create(CheckIn, seat, new_id(), {"body": b"{}"}, day=date(2026, 11, 22))
    seated.post(STEPS, {"skip": "passphrase"})
    assert step(seated) == "/today"


def test_who_has_a_passphrase_is_not_offered_one(house: House, seated: Client) -> None:
    seated.post(STEPS, {"skip": "person"})
    set_passphrase(house)
    assert step(unlock(let_in(house, new_visitor()))) in ("person", "checkin")


def left(client: Client, path: str) -> str:
    step = client.get(path).context.get("left_step")
    return step.name if step else ""


@pytest.mark.parametrize("path", ["/today", "/help/mine", "/me/privacy"])
def test_who_went_to_one_finds_the_next_on_the_pages_it_leads_to(
    seated: Client, sits: Sits, path: str
) -> None:
    assert left(seated, path) == ""
    sits()
    assert left(seated, path) == "person"
    seated.post("/help/mine/edit", {"version": "0", "name": "Ada", "number": "0123 456"})
    assert left(seated, path) == "passphrase"
    assert 'href="/after/steps"' in seated.get(path).content.decode()
    sits()
    assert left(seated, path) == ""


def test_nothing_is_left_to_tell_where_it_is_locked_or_on_another_page(
    seated: Client, sits: Sits, house: House
) -> None:
    sits()
    assert "left_step" not in seated.get("/library").context
    set_passphrase(house)
    assert "left_step" not in let_in(house, new_visitor()).get("/help/mine").context
