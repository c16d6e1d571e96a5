"""The pages of what is kept where, and of what opens it."""

import base64
import html
import re

import pytest
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import CODE, PASSPHRASE, let_in, new_visitor, seat_in
from thaw.vault.keys import derive
from thaw.vault.recovery import RecoveryCode, parse
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people import keyring
from thaw.web.people.models import KeySlot, KeyState, Person, Setting
from thaw.web.sealed import Row
from thaw.web.write.models import Note

NEW = "seven lamps beside a winter harbour"
PAGES = (
    "/me",
    "/me/privacy",
    "/me/privacy/passphrase",
    "/me/privacy/code",
    "/me/privacy/words",
    "/me/privacy/remove",
)
WORD = re.compile(r"<li>([a-z]+)</li>")
ASKED = re.compile(r"Word (\d+)<")


@pytest.fixture
def opened(locked: Client) -> Client:
    """A browser that unlocked what a passphrase locks."""
    assert locked.post("/unlock", {"passphrase": PASSPHRASE}).status_code == 303
    return locked


def text_of(browser: Client, path: str) -> str:
    return html.unescape(browser.get(path).content.decode())


def words_shown(browser: Client) -> list[str]:
    words = WORD.findall(text_of(browser, "/me/privacy/code"))
    assert len(words) == 12
    return words


def answers(browser: Client, words: list[str]) -> dict[str, str]:
    first, second = ASKED.findall(text_of(browser, "/me/privacy/words"))
    return {"first": words[int(first) - 1], "second": words[int(second) - 1]}


def begin_to_set(browser: Client, text: str = NEW) -> list[str]:
    begun = browser.post("/me/privacy/passphrase", {"new": text, "again": text})
    assert (begun.status_code, begun["Location"]) == (303, "/me/privacy/code")
    return words_shown(browser)


def set_by_pages(browser: Client, text: str = NEW) -> RecoveryCode:
    words = begin_to_set(browser, text)
    done = browser.post("/me/privacy/words", answers(browser, words))
    assert (done.status_code, done["Location"]) == (303, "/me/privacy")
    return parse(" ".join(words))


def write(house: House, browser: Client, text: str) -> None:
    seat = seat_in(house, browser)
    day = house.idle.clocks.now().date()
    sealed.create(Note, seat, new_id(), {"body": text.encode()}, day=day)


def read(house: House, browser: Client) -> list[bytes]:
    rows = sealed.rows_of(Note, seat_in(house, browser))
    return [row.fields["body"] if isinstance(row, Row) else b"damaged" for row in rows]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_neutral_title_and_both_ways_out(seated: Client, path: str) -> None:
    page = text_of(seated, path)
    assert re.search(r"<title>(Me|Privacy) · Thaw</title>", page)
    assert "data-help" in page
    assert "data-leave" in page


@pytest.mark.parametrize("path", [*PAGES, "/me/drafts-key"])
def test_every_page_is_closed_and_locked(locked: Client, path: str) -> None:
    assert new_visitor().get(path).status_code == 401
    assert locked.get(path).status_code == 423


@pytest.mark.parametrize("path", ["idle", "passphrase", "code", "words", "remove"])
def test_every_form_must_come_from_our_page(house: House, path: str) -> None:
    browser = let_in(house, new_visitor(checks_forms=True))
    assert browser.post(f"/me/privacy/{path}", {}).status_code == 403


def test_without_a_passphrase_the_page_says_what_that_means(house: House, seated: Client) -> None:
    page = text_of(seated, "/me/privacy")
    assert "The key lies in the same folder" in page
    assert "is no lock" in page
    assert str(house.data) in page
    assert "idle_minutes" not in page


def test_a_passphrase_is_set_in_two_steps(house: House, seated: Client) -> None:
    write(house, seated, "before")
    words = begin_to_set(seated)
    assert "Nothing has changed yet" in text_of(seated, "/me/privacy/code")
    assert not KeySlot.objects.exists()
    asked = text_of(seated, "/me/privacy/words")
    assert not any(f"<li>{word}</li>" in asked for word in words)
    assert seated.post("/me/privacy/words", answers(seated, words)).status_code == 303
    assert read(house, seated) == [b"before"]
    assert "A passphrase is set." in text_of(seated, "/me/privacy")
    assert not (house.data / "key").exists()
    person_id = Person.objects.get().id
    key = seat_in(house, seated).key
    for browser, given in (
        (let_in(house, new_visitor()), {"passphrase": NEW}),
        (let_in(house, new_visitor()), {"code": " ".join(words)}),
    ):
        assert browser.get("/me").status_code == 423
        assert browser.post("/unlock", given).status_code == 303
        assert seat_in(house, browser).key == key
        assert seat_in(house, browser).person_id == person_id


def test_wrong_words_change_nothing_and_can_be_tried_again(seated: Client) -> None:
    words = begin_to_set(seated)
    wrong = seated.post("/me/privacy/words", {"first": "lake", "second": words[0]})
    assert wrong.status_code == 422
    assert "Look at your paper again" in wrong.content.decode()
    assert not keyring.has_passphrase(Person.objects.get().id)
    assert words_shown(seated) == words
    right = {name: f" {word.upper()} " for name, word in answers(seated, words).items()}
    assert seated.post("/me/privacy/words", right).status_code == 303


def test_other_browsers_are_locked_by_a_first_passphrase(house: House, seated: Client) -> None:
    other = let_in(house, new_visitor())
    assert other.get("/me").status_code == 200
    set_by_pages(seated)
    assert other.get("/me").status_code == 423
    assert seated.get("/me").status_code == 200


def test_of_two_browsers_that_set_a_passphrase_one_does(house: House, seated: Client) -> None:
    other = let_in(house, new_visitor())
    late_words = begin_to_set(other, PASSPHRASE)
    late = answers(other, late_words)
    set_by_pages(seated)
    assert other.post("/me/privacy/words", late).status_code == 423
    assert other.post("/unlock", {"passphrase": NEW}).status_code == 303
    gone = other.post("/me/privacy/words", late)
    assert gone.status_code == 422
    assert "begin again" in gone.content.decode()


def test_a_code_that_was_shown_long_ago_no_longer_counts(
    clocks: FakeClocks, seated: Client
) -> None:
    words = begin_to_set(seated)
    asked = answers(seated, words)
    clocks.wait(minutes=61)
    assert seated.post("/me/privacy/words", asked).status_code == 422
    assert "Make a new recovery code" in text_of(seated, "/me/privacy/code")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"new": "short", "again": "short"}, "guessed early"),
        ({"new": "x7$Kq!w", "again": "x7$Kq!w"}, "guessed early"),
        ({"new": "x7$Kq!wZ2p", "again": "x7$Kq!wZ2p"}, "too short"),
        ({"new": "passwordpassword", "again": "passwordpassword"}, "guessed early"),
        ({"new": NEW, "again": PASSPHRASE}, "not the same"),
        ({"new": NEW}, "not the same"),
        ({}, "is empty"),
        ({"new": "x" * 1001, "again": "x" * 1001}, "at most 1000"),
    ],
)
def test_a_passphrase_that_would_not_stand_is_refused_with_the_reason(
    seated: Client, given: dict[str, str], sentence: str
) -> None:
    refused = seated.post("/me/privacy/passphrase", given)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert sentence in page
    assert "lamps" not in page


@pytest.mark.parametrize("broken", [b"%ED%A0%BD", b"%FF"])
def test_half_a_character_is_refused_by_a_sentence(seated: Client, broken: bytes) -> None:
    half = b"seven lamps beside " + broken
    refused = seated.generic(
        "POST",
        "/me/privacy/passphrase",
        b"new=" + half + b"&again=" + half,
        content_type="application/x-www-form-urlencoded",
    )
    assert refused.status_code == 422
    assert "came through broken" in refused.content.decode()


def test_a_passphrase_may_be_typed_in_two_ways_that_are_one(seated: Client) -> None:
    given = {"new": "sieben Lampen, fünf Häfen", "again": "sieben Lampen, fu\u0308nf Ha\u0308fen "}
    assert seated.post("/me/privacy/passphrase", given).status_code == 303


def test_the_passphrase_is_changed_by_who_knows_it(house: House, opened: Client) -> None:
    key = seat_in(house, opened).key
    changed = opened.post(
        "/me/privacy/passphrase", {"passphrase": PASSPHRASE, "new": NEW, "again": NEW}
    )
    assert (changed.status_code, changed["Location"]) == (303, "/me/privacy")
    assert seat_in(house, opened).key == key
    opened.post("/lock")
    assert opened.post("/unlock", {"passphrase": PASSPHRASE}).status_code == 422
    assert opened.post("/unlock", {"passphrase": NEW}).status_code == 303


def test_a_forgotten_passphrase_is_changed_by_the_code(opened: Client) -> None:
    given = {"code": " ".join(CODE.words), "new": NEW, "again": NEW}
    assert opened.post("/me/privacy/passphrase", given).status_code == 303
    opened.post("/lock")
    assert opened.post("/unlock", {"passphrase": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("path", "more"),
    [("passphrase", {"new": NEW, "again": NEW}), ("code", {}), ("remove", {})],
)
def test_nothing_is_changed_by_who_does_not_know_what_opens(
    house: House, opened: Client, path: str, more: dict[str, str]
) -> None:
    kept = list(KeySlot.objects.order_by("id").values_list("id", "wrap"))
    for given in ({"passphrase": NEW}, {"code": "abandon " * 12}, {}):
        refused = opened.post(f"/me/privacy/{path}", more | given)
        assert refused.status_code == 422
        assert 'role="alert"' in refused.content.decode()
    assert list(KeySlot.objects.order_by("id").values_list("id", "wrap")) == kept
    assert not (house.data / "key").exists()


def test_who_guesses_too_often_waits(clocks: FakeClocks, opened: Client) -> None:
    for _ in range(5):
        assert opened.post("/me/privacy/remove", {"passphrase": NEW}).status_code == 422
    waits = opened.post("/me/privacy/remove", {"passphrase": PASSPHRASE})
    assert (waits.status_code, waits["Retry-After"]) == (429, "15")
    assert "Wait 15 seconds" in waits.content.decode()
    clocks.wait(seconds=15)
    assert opened.post("/me/privacy/remove", {"passphrase": PASSPHRASE}).status_code == 303


def test_a_new_recovery_code_takes_the_place_of_the_older(opened: Client) -> None:
    shown = opened.post("/me/privacy/code", {"passphrase": PASSPHRASE})
    assert (shown.status_code, shown["Location"]) == (303, "/me/privacy/code")
    words = words_shown(opened)
    older = " ".join(CODE.words)
    assert opened.post("/me/privacy/words", answers(opened, words)).status_code == 303
    opened.post("/lock")
    assert opened.post("/unlock", {"code": older}).status_code == 422
    assert opened.post("/unlock", {"code": " ".join(words)}).status_code == 303


def test_a_removed_passphrase_leaves_a_cover_only(house: House, opened: Client) -> None:
    write(house, opened, "kept")
    assert opened.post("/me/privacy/remove", {"passphrase": PASSPHRASE}).status_code == 303
    assert "There is no passphrase." in text_of(opened, "/me/privacy")
    assert (house.data / "key").exists()
    assert read(house, opened) == [b"kept"]
    assert read(house, let_in(house, new_visitor())) == [b"kept"]
    code = set_by_pages(opened)
    assert read(house, opened) == [b"kept"]
    assert code != CODE


def test_what_cannot_be_done_without_a_passphrase_is_said(seated: Client) -> None:
    assert "none is set" in text_of(seated, "/me/privacy/code")
    assert "no passphrase to remove" in text_of(seated, "/me/privacy/remove")
    for path in ("code", "remove"):
        assert seated.post(f"/me/privacy/{path}", {"passphrase": NEW}).status_code == 422


def test_the_minutes_until_it_locks_are_settable(clocks: FakeClocks, opened: Client) -> None:
    assert '<option value="10" selected>' in text_of(opened, "/me/privacy")
    assert opened.post("/me/privacy/idle", {"idle_minutes": "2"}).status_code == 303
    assert Setting.objects.get().idle_minutes == 2
    assert '<option value="2" selected>' in text_of(opened, "/me/privacy")
    clocks.wait(minutes=2, seconds=1)
    assert opened.get("/me").status_code == 423


@pytest.mark.parametrize("minutes", ["0", "-1", "3", "ten", "99999999999", ""])
def test_other_minutes_are_refused(opened: Client, minutes: str) -> None:
    refused = opened.post("/me/privacy/idle", {"idle_minutes": minutes})
    assert refused.status_code == 422
    assert Setting.objects.get().idle_minutes == 10


def test_a_browser_gets_the_key_of_its_drafts_alone(house: House, seated: Client) -> None:
    key = seat_in(house, seated).key
    assert key is not None
    before = derive(key, "drafts")
    assert seated.get("/me/drafts-key").json() == {
        "key": base64.b64encode(before).decode(),
        "older": [],
    }
    set_by_pages(seated)
    told = seated.get("/me/drafts-key")
    assert told["Cache-Control"] == "private, no-store"
    assert told.json()["older"] == [base64.b64encode(before).decode()]
    assert base64.b64decode(told.json()["key"]) not in (before, key.secret)


def test_the_page_says_what_is_still_to_be_done(opened: Client) -> None:
    KeyState.objects.update(is_unfinished=True)
    assert "One step is still to be done" in text_of(opened, "/me/privacy")
    opened.post("/lock")
    opened.post("/unlock", {"passphrase": PASSPHRASE})
    assert "One step is still to be done" not in text_of(opened, "/me/privacy")
