"""Locking: on demand, when nobody is there, when the machine slept; and unlocking."""

import pytest
from django.db import connection
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import (
    CODE,
    PASSPHRASE,
    let_in,
    new_visitor,
    seat_in,
    set_passphrase,
    unlock,
    until,
)
from tests.web.serving import serving
from thaw.units import AccessError
from thaw.web.house import House
from thaw.web.people import keyring
from thaw.web.people import lock as locking
from thaw.web.people.models import Person, Session, Setting
from thaw.web.person import cookie_name

JSON = {"Accept": "application/json"}


@pytest.fixture
def opened(locked: Client) -> Client:
    """A browser whose session was unlocked with a passphrase."""
    return unlock(locked)


def begin(client: Client) -> str:
    """Begin a sitting of three minutes and return its id."""
    answer = client.post("/library/five-things/sit", {"voice": "none", "minutes": "3"})
    assert answer.status_code == 303
    return str(answer["Location"]).removeprefix("/sit/")


def is_locked(client: Client) -> bool:
    return client.get("/lock").status_code == 423


def test_the_lock_page_tells_nothing_of_what_is_kept(locked: Client) -> None:
    pages = [locked.get(path) for path in ("/", "/library", "/sit/something", "/unlock")]
    assert [page.status_code for page in pages] == [423, 423, 423, 200]
    for page in pages:
        text = page.content.decode()
        assert "<title>Thaw</title>" in text
        assert page["Clear-Site-Data"] == '"cache"'
        assert page["Cache-Control"] == "private, no-store"
        assert 'href="/help"' in text
        assert 'href="/leave"' in text
    texts = {page.content.decode().split('<main id="main"')[1] for page in pages}
    without_next = {text.replace('value="/library"', 'value="/"') for text in texts}
    assert len({len(text) for text in without_next}) <= 2  # The token of the form aside.


def test_an_island_is_told_that_it_is_locked(locked: Client) -> None:
    answer = locked.get("/library/five-things/plan.json", headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (423, "vault.locked")


def test_a_form_that_comes_too_late_changes_nothing(locked: Client, house: House) -> None:
    assert locked.post("/library/five-things/sit", {"voice": "none"}).status_code == 423
    assert house.sittings.latest_of(seat_in(house, locked).session) is None


@pytest.mark.parametrize("fields", [{"passphrase": PASSPHRASE}, {"code": " ".join(CODE.words)}])
def test_a_passphrase_or_the_code_opens_it(
    locked: Client, house: House, fields: dict[str, str]
) -> None:
    before = locked.cookies[cookie_name(house.data)].value
    answer = locked.post("/unlock", {**fields, "next": "/library/five-things"})
    assert (answer.status_code, answer["Location"]) == (303, "/library/five-things")
    assert locked.get("/library/five-things").status_code == 200
    assert seat_in(house, locked).key
    # Who had the cookie before has nothing now.
    stale = new_visitor()
    stale.cookies[cookie_name(house.data)] = before
    assert stale.get("/").status_code == 401
    assert Session.objects.count() == 1


def test_an_island_may_unlock_too(locked: Client) -> None:
    answer = locked.post("/unlock", {"passphrase": PASSPHRASE}, headers=JSON)
    assert answer.json() == {"locked": False, "url": "/"}


@pytest.mark.parametrize(
    "given",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "library",
        "",
        "/a\nb",
        "/unlock",
        "/lock",
        "/cover",
    ],
)
def test_who_unlocks_stays_on_this_origin(locked: Client, given: str) -> None:
    answer = locked.post("/unlock", {"passphrase": PASSPHRASE, "next": given})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("fields", "status"), [({"passphrase": "wrong"}, 422), ({"code": "wrong"}, 422), ({}, 422)]
)
def test_what_does_not_open_is_a_sentence_and_stays_locked(
    locked: Client, house: House, fields: dict[str, str], status: int
) -> None:
    answer = locked.post("/unlock", {**fields, "next": "/library"})
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert 'name="next" value="/library"' in answer.content.decode()
    assert "wrong" not in answer.content.decode().split('<main id="main"')[1].split("</main>")[0]
    told = locked.post("/unlock", fields, headers=JSON)
    assert (told.status_code, "code" in told.json()["error"]) == (status, True)
    assert seat_in(house, locked).key is None


def test_a_form_of_another_page_unlocks_nothing(house: House) -> None:
    set_passphrase(house)
    client = let_in(house, new_visitor(checks_forms=True))
    assert client.post("/unlock", {"passphrase": PASSPHRASE}).status_code == 403
    assert client.post("/lock").status_code == 403


def test_locking_on_demand_shows_the_lock_and_forgets_what_was_shown(
    opened: Client, house: House
) -> None:
    sitting, seat = begin(opened), seat_in(house, opened)
    answer = opened.post("/lock")
    assert (answer.status_code, answer["Location"]) == (303, "/unlock")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert opened.get("/").status_code == 423
    row = Session.objects.get()
    assert row.sealed_key is None
    assert row.locked_at
    with pytest.raises(AccessError):
        house.sittings.sitting(sitting, seat.session)


def test_an_island_may_lock_too(opened: Client) -> None:
    answer = opened.post("/lock", headers=JSON)
    assert answer.json() == {"locked": True, "url": "/unlock"}
    assert answer["Clear-Site-Data"] == '"cache"'


def test_locking_one_browser_leaves_another_open(opened: Client, house: House) -> None:
    other = unlock(let_in(house, new_visitor()))
    opened.post("/lock")
    assert is_locked(opened)
    assert not is_locked(other)


def test_without_a_passphrase_there_is_a_cover_and_it_says_so(seated: Client, house: House) -> None:
    sitting = begin(seated)
    answer = seated.post("/lock")
    assert (answer.status_code, answer["Location"]) == (303, "/cover")
    page = seated.get("/cover").content.decode()
    assert "no lock" in page
    assert ">Open</a>" in page
    assert "<title>Thaw</title>" in page
    assert seated.get("/").status_code == 200
    assert house.sittings.is_there(sitting)
    assert seated.post("/lock", headers=JSON).json() == {"locked": False, "url": "/cover"}


def test_without_a_passphrase_nothing_locks_by_itself(seated: Client, clocks: FakeClocks) -> None:
    clocks.wait(minutes=600)
    clocks.sleep(minutes=60)
    locking.look_after()
    assert seated.get("/").status_code == 200


def test_nobody_there_for_ten_minutes_locks(opened: Client, clocks: FakeClocks) -> None:
    clocks.wait(minutes=9)
    assert opened.get("/").status_code == 200
    clocks.wait(minutes=9.9)
    assert opened.get("/lock").json() == {"locked": False, "locks_in_s": 6.0}
    clocks.wait(minutes=0.1)
    answer = opened.get("/")
    assert answer.status_code == 423
    assert answer["Clear-Site-Data"] == '"cache"'
    assert Session.objects.get().sealed_key is None


def test_it_locks_by_itself_when_nobody_asks_for_anything(
    opened: Client, house: House, clocks: FakeClocks
) -> None:
    seat = seat_in(house, opened)
    sitting = begin(opened)
    clocks.wait(minutes=10)
    locking.look_after()
    assert Session.objects.get().sealed_key is None
    assert not house.sittings.is_there(sitting)
    assert not house.idle.is_open(seat.session)


def test_what_a_page_asks_by_itself_keeps_nothing_open(opened: Client, clocks: FakeClocks) -> None:
    for _ in range(10):
        clocks.wait(minutes=1)
        opened.get("/lock")
        opened.get("/cover")
    assert is_locked(opened)


def test_the_minutes_are_the_persons_own(opened: Client, clocks: FakeClocks) -> None:
    Setting.objects.update_or_create(person=Person.objects.get(), defaults={"idle_minutes": 2})
    opened.get("/")
    clocks.wait(minutes=2)
    assert is_locked(opened)


def test_a_machine_that_slept_wakes_up_locked(
    opened: Client, house: House, clocks: FakeClocks
) -> None:
    other = unlock(let_in(house, new_visitor()))
    sitting = begin(other)
    clocks.sleep(minutes=1)
    assert opened.get("/").status_code == 423
    assert other.get(f"/sit/{sitting}").status_code == 423
    assert not house.sittings.is_there(sitting)
    assert unlock(other).get("/").status_code == 200


def test_a_machine_that_slept_locks_also_what_this_process_never_saw(
    opened: Client, house: House, clocks: FakeClocks
) -> None:
    house.idle.forget(seat_in(house, opened).session)
    clocks.sleep(minutes=1)
    locking.look_after()
    assert Session.objects.get().sealed_key is None


def test_after_a_new_start_it_is_locked_where_nobody_was_there_for_long(
    opened: Client, house: House, clocks: FakeClocks
) -> None:
    opened.get("/")
    house.idle.forget(seat_in(house, opened).session)
    clocks.wait(minutes=10)
    assert opened.get("/").status_code == 423


def test_a_session_that_was_unlocked_is_not_longer_for_it(
    locked: Client, clocks: FakeClocks
) -> None:
    clocks.wait(minutes=11 * 60)
    unlock(locked)
    clocks.wait(minutes=59)
    assert locked.get("/unlock").status_code == 200
    clocks.wait(minutes=1)
    assert locked.get("/unlock").status_code == 401


def test_a_first_passphrase_locks_who_was_in_before(seated: Client, house: House) -> None:
    assert seat_in(house, seated).key
    set_passphrase(house)
    assert seated.get("/").status_code == 423
    assert unlock(seated).get("/").status_code == 200


def test_what_has_had_its_time_goes_by_itself(
    opened: Client, house: House, clocks: FakeClocks
) -> None:
    seat = seat_in(house, opened)
    clocks.wait(minutes=12 * 60)
    locking.look_after()
    assert not Session.objects.exists()
    assert not house.idle.knows(seat.session)


def test_looking_after_sessions_without_a_store_says_nothing(
    house: House, store_is_gone: None
) -> None:
    del house, store_is_gone
    locking.look_after()
    connection.close()


def test_a_server_locks_by_itself(house: House, clocks: FakeClocks) -> None:
    set_passphrase(house)
    with serving(house, look_s=0.01) as guest:
        assert guest.post("/unlock", {"passphrase": PASSPHRASE}).status == 303
        sitting = guest.sit()
        clocks.wait(minutes=10)
        until(lambda: house.sittings.is_there(sitting), lambda is_there: not is_there)
        until(Session.objects.get, lambda row: row.sealed_key is None)


def test_who_was_locked_when_the_passphrase_was_taken_away_is_open(
    locked: Client, house: House
) -> None:
    other = unlock(let_in(house, new_visitor()))
    assert locked.get("/").status_code == 423
    seat = seat_in(house, other)
    assert seat.key
    keyring.remove_passphrase(seat.person_id, seat.key, data=house.data)
    assert locked.get("/").status_code == 200
    assert seat_in(house, locked).key == seat.key
