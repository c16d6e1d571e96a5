"""Taps on a page without scripts: a form, and the page again."""

from uuid import uuid4

from django.test import Client

from tests.web.sit.conftest import Clock
from tests.web.sit.tapping import begin, logged
from thaw.practice.answers import RESPONSES
from thaw.web.house import House


def test_without_a_script_the_answer_stands_on_the_page(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 30.0
    tap = str(seated.get(path).context["sitting"].tap)
    answer = seated.post(f"{path}/respond", {"tap": tap, "kind": "restless"})
    page = answer.context["sitting"]
    assert answer.status_code == 200
    assert page.answer
    assert (page.revision, page.total_s) == (1, 180.0)
    again = seated.post(f"{path}/respond", {"tap": tap, "kind": "restless"}).context["sitting"]
    assert again.answer == page.answer
    (entry,) = logged(house, seated)
    assert [(tap.at_s, tap.kind) for tap in entry.body.responses] == [(30.0, "restless")]


def test_without_a_script_an_end_leads_to_the_close_and_a_stop_stops(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 30.0
    ended = seated.post(f"{path}/respond", {"tap": uuid4(), "kind": "end"}).context["sitting"]
    assert (ended.closing_s, ended.how) == (0.0, "gently")
    path = begin(seated)
    clock.now = 50.0
    stopped = seated.post(f"{path}/respond", {"tap": uuid4(), "kind": "stop"}).context["sitting"]
    assert (stopped.total_s, stopped.how) == (20.0, "stopped")
    assert [entry.body.how for entry in logged(house, seated)] == ["stopped", "gently"]


def test_without_a_script_what_makes_no_sense_is_a_page(seated: Client) -> None:
    answer = seated.post(f"{begin(seated)}/respond", {"tap": uuid4(), "kind": "hungry"})
    assert answer.status_code == 422
    assert b"no response" in answer.content


def test_the_page_names_every_other_response_and_its_key(seated: Client) -> None:
    kinds = seated.get(begin(seated)).context["sitting"].kinds
    named = {each.kind for each in kinds} | {"nothing", "too-much", "end", "stop"}
    assert named == set(RESPONSES)
    assert [each.key for each in kinds][:10] == list("1234567890")
    assert all(each.label for each in kinds)
