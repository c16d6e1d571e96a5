"""The door: who is let in, what is closed, and what anyone may see."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import let_in, new_visitor, seat_in, set_passphrase
from thaw.web.house import House
from thaw.web.people.access import Opening, is_quiet, opening_of
from thaw.web.people.links import Links
from thaw.web.people.models import Session
from thaw.web.person import cookie_name

JSON = {"Accept": "application/json"}
OPEN = {"help", "leave", "open", "worker", "away", "days-feed"}
WHILE_LOCKED = {"lock", "unlock", "cover", "help-mine"}
NATIVE = {"audio", "sample"}  # Answered by thaw.web.audio, which asks for the same.


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += [entry] if isinstance(entry, URLPattern) else patterns(entry)
    return found


@pytest.mark.parametrize("pattern", patterns(get_resolver()), ids=lambda each: each.name)
def test_every_address_is_closed_but_for_those_that_say_so(pattern: URLPattern) -> None:
    wanted = dict.fromkeys(OPEN, Opening.ANYONE) | dict.fromkeys(WHILE_LOCKED, Opening.SEATED)
    assert opening_of(pattern.callback) is wanted.get(pattern.name or "", Opening.UNLOCKED)


@pytest.mark.parametrize("path", ["/", "/library", "/library/five-things", "/unlock", "/cover"])
def test_without_a_session_every_page_says_how_to_open_thaw(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Open Thaw with the command <code>thaw</code>." in page
    assert "<title>Thaw</title>" in page
    assert 'href="/help"' in page
    assert 'href="/leave"' in page
    assert f'href="{path}"' in page  # A link elsewhere brings no cookie; this one does.


def test_an_island_is_told_so_in_json(visitor: Client) -> None:
    answer = visitor.get("/library/five-things/plan.json", headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["error"] == {
        "code": "session.none",
        "message": "Open Thaw with the command thaw.",
    }


def test_what_is_closed_does_nothing(visitor: Client, house: House) -> None:
    answer = visitor.post("/library/five-things/sit", {"voice": "none"})
    assert answer.status_code == 401
    assert "<form" not in re.sub(
        r"<dialog.*?</dialog>", "", answer.content.decode(), flags=re.DOTALL
    )
    assert house.sittings.latest_of("") is None


def test_a_link_lets_in_and_leads_to_a_clean_address(visitor: Client, house: House) -> None:
    token = house.links.make()
    answer = visitor.get(f"/open/{token}")
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert answer["Cache-Control"] == "private, no-store"
    cookie = answer.cookies[cookie_name(house.data)]
    assert len(cookie.value) == 43
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert (cookie["path"], cookie["max-age"], cookie["domain"]) == ("/", "", "")
    assert cookie.value != token
    assert visitor.get("/").status_code == 200


def test_a_link_that_was_used_lets_nobody_else_in(house: House) -> None:
    token = house.links.make()
    assert new_visitor().get(f"/open/{token}").status_code == 303
    answer = new_visitor().get(f"/open/{token}")
    assert answer.status_code == 401
    assert "let someone in before" in answer.content.decode()
    assert "Open Thaw with the command" in answer.content.decode()
    assert set(answer.cookies) <= {"thaw_csrf"}


def test_who_was_let_in_may_open_any_link_again_and_stays(seated: Client, house: House) -> None:
    before = seat_in(house, seated)
    for token in (house.links.make(), "used-long-ago"):
        assert seated.get(f"/open/{token}").status_code == 303
        assert seat_in(house, seated) == before
    assert Session.objects.count() == 1


def test_looking_at_a_link_uses_nothing_up(visitor: Client, house: House) -> None:
    token = house.links.make()
    assert visitor.head(f"/open/{token}").status_code == 204
    assert visitor.head("/open/other").status_code == 401
    assert not Session.objects.exists()
    assert visitor.get(f"/open/{token}").status_code == 303


def test_a_link_opens_no_more_than_it_is_for(visitor: Client, house: House) -> None:
    token = house.links.make()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert visitor.generic(method, f"/open/{token}").status_code == 405
    assert house.links.holds(token)


def test_a_link_of_another_folder_opens_nothing(visitor: Client, tmp_path: Path) -> None:
    assert visitor.get(f"/open/{Links(tmp_path).make()}").status_code == 401


def test_a_link_lets_in_only_up_to_the_lock(house: House) -> None:
    set_passphrase(house)
    client = let_in(house, new_visitor())
    assert seat_in(house, client).key is None
    assert client.get("/").status_code == 423


def test_the_session_table_holds_nothing_that_opens(seated: Client, house: House) -> None:
    token = seated.cookies[cookie_name(house.data)].value
    key = seat_in(house, seated).key
    assert key
    row = Session.objects.get()
    assert token not in row.id_hash
    assert key.secret not in bytes(row.sealed_key or b"")


def test_a_session_ends_twelve_hours_after_it_began(
    seated: Client, house: House, clocks: FakeClocks
) -> None:
    for _ in range(12):
        assert seated.get("/").status_code == 200
        clocks.wait(minutes=60)
    assert seated.get("/").status_code == 401
    assert not Session.objects.exists()
    assert not house.idle.knows("anything")


@pytest.mark.parametrize("hours", [13, -24])
def test_after_a_new_start_the_clock_on_the_wall_tells_that_it_ended(
    seated: Client, house: House, clocks: FakeClocks, hours: int
) -> None:
    seated.get("/")
    house.idle.forget(seat_in(house, seated).session)
    clocks.now += timedelta(hours=hours)
    assert seated.get("/").status_code == 401


def test_after_a_new_start_a_session_goes_on(
    seated: Client, house: House, clocks: FakeClocks
) -> None:
    house.idle.forget(seat_in(house, seated).session)
    clocks.wait(minutes=60)
    assert seated.get("/").status_code == 200


def test_a_clock_that_is_set_back_ends_nothing_that_is_open(
    seated: Client, clocks: FakeClocks
) -> None:
    clocks.now -= timedelta(days=1)
    assert seated.get("/").status_code == 200
    clocks.wait(minutes=12 * 60)
    assert seated.get("/").status_code == 401


def test_that_somebody_is_there_is_written_once_a_minute(
    seated: Client, clocks: FakeClocks
) -> None:
    first = Session.objects.get().seen_at
    clocks.wait(seconds=59)
    seated.get("/")
    assert Session.objects.get().seen_at == first
    clocks.wait(seconds=1)
    seated.get("/")
    assert Session.objects.get().seen_at == clocks.now


def test_what_a_page_asks_by_itself_is_nobody(seated: Client, clocks: FakeClocks) -> None:
    first = Session.objects.get().seen_at
    clocks.wait(minutes=5)
    assert seated.get("/lock").json() == {"locked": False, "locks_in_s": None}
    assert seated.get("/cover").status_code == 200
    assert Session.objects.get().seen_at == first
    quiet = {each.name for each in patterns(get_resolver()) if is_quiet(each.callback)}
    assert {"lock", "cover"} <= quiet


@pytest.mark.parametrize("path", ["/help", "/leave", "/static/dist/nothing.js", "/no-such-page"])
def test_help_and_leave_ask_nothing_of_the_store(
    visitor: Client, store_is_gone: None, path: str
) -> None:
    del store_is_gone
    visitor.cookies["thaw_0"] = "x" * 43
    answer = visitor.get(path)
    assert answer.status_code == (200 if path in ("/help", "/leave") else 404)
    page = visitor.get("/library")
    assert page.status_code == 401  # Without a cookie there is nothing to look up.


def test_a_store_that_cannot_be_read_is_said_and_help_is_there(
    seated: Client, store_is_gone: None
) -> None:
    del store_is_gone
    answer = seated.get("/library")
    assert answer.status_code in (500, 503)
    assert 'href="/help"' in answer.content.decode()
    assert seated.get("/library", headers=JSON).json()["error"]["code"].startswith("store.")
    assert seated.get("/help").status_code == 200
    assert seated.get("/leave").status_code == 200
