"""The log of what was unwelcome: known kinds, removed and brought back, and who can help."""

from django.test import Client

from tests.web.today.conftest import Past
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.today.body import KINDS
from thaw.web.today.models import Unwelcome
from thaw.web.today.queries import unwelcome_since

PAGE = "/today/unwelcome"


def test_the_page_asks_in_known_kinds_and_names_who_can_help(seated: Client) -> None:
    told = seated.get(PAGE).content.decode()
    for kind, words in KINDS.items():
        assert (f'value="{kind}"' in told) == (words in told)
    assert "Cheetah House" in told
    assert "a doctor or a therapist" in told
    assert "http" not in told.split("<main")[1].split("</main>")[0]
    assert "<title>Thaw</title>" in told


def test_what_came_is_kept_and_listed(seated: Client, seat: Seat) -> None:
    id_ = new_id()
    fields = {"id": str(id_), "kinds": ["anxious", "worse-sleep"], "lasted": "hours"}
    for _ in range(2):
        answer = seated.post(PAGE, fields)
        assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?kept=1")
    (came,) = unwelcome_since(seat)
    assert came.id == id_
    told = seated.get(f"{PAGE}?kept=1").content.decode()
    assert "Anxious or on edge, worse sleep" in told
    assert "It is kept." in told


def test_nothing_unwelcome_is_kept_and_not_listed(seated: Client, seat: Seat) -> None:
    assert seated.post(PAGE, {"came": "no"}).status_code == 303
    assert [came.kinds for came in unwelcome_since(seat)] == [("no",)]
    assert "Noted earlier" not in seated.get(PAGE).content.decode()


def test_nothing_chosen_is_said_and_nothing_lost(seated: Client) -> None:
    answer = seated.post(PAGE, {"lasted": "hours", "id": "none"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Choose what came, or “Nothing unwelcome”." in told
    assert '<option value="hours" selected>' in told
    assert not Unwelcome.objects.exists()


def test_the_same_page_sent_with_other_answers_keeps_both_when_asked(seated: Client) -> None:
    id_ = str(new_id())
    assert seated.post(PAGE, {"id": id_, "kinds": "low"}).status_code == 303
    answer = seated.post(PAGE, {"id": id_, "kinds": "pain"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "This was kept before with other answers." in told
    assert f'name="id" value="{id_}"' not in told


def test_an_entry_is_removed_and_can_be_brought_back(seated: Client, past: Past) -> None:
    row = past.came(3, "memories", lasted="next-day")
    answer = seated.post(f"{PAGE}/{row.id}/remove")
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?removed={row.id}")
    told = seated.get(answer["Location"]).content.decode()
    assert "Memories that came" not in told.split("Noted earlier")[-1].split("<fieldset")[0]
    assert "Bring it back" in told
    assert seated.post(f"{PAGE}/{row.id}/return").status_code == 303
    assert "Into the next day" in seated.get(PAGE).content.decode()


def test_an_entry_of_nobody_is_not_there(seated: Client) -> None:
    for what in ("remove", "return"):
        assert seated.post(f"{PAGE}/{new_id()}/{what}").status_code == 404


def test_after_something_unwelcome_a_day_of_rest_is_suggested(seated: Client, past: Past) -> None:
    past.sat(0.1)
    seated.post(PAGE, {"kinds": "anxious", "lasted": "hours"})
    told = seated.get("/today").content.decode()
    assert "so today is a day of rest" in told
    assert '<h2 id="offer">' not in told


def test_what_is_removed_in_an_address_that_is_none_is_passed_over(seated: Client) -> None:
    assert "Bring it back" not in seated.get(f"{PAGE}?removed=x").content.decode()
