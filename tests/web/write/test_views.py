"""The journal's pages, as a browser without scripts meets them."""

import datetime as dt
import html
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from tests.web.conftest import let_in, new_visitor, seat_in, set_passphrase
from tests.web.write.notes import DAY, damage, kept
from tests.web.write.pages import address_in, field_in, id_in, put, words_in
from thaw.web.folder import Folder
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.write import actions, days, queries
from thaw.web.write.body import MOST_TEXT, Body, Sat
from thaw.web.write.models import Note

PAGES = ["/write", "/write/word", "/write/colour", "/write/list", "/write/calendar"]
PAGES += ["/write/search", "/write/trash", "/write/days/2026-11-22", "/write/calendar/2026-11"]


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_journal_answers_with_a_neutral_title(seated: Client, path: str) -> None:
    answer = seated.get(path)
    assert answer.status_code == 200
    assert "<title>Write · Thaw</title>" in answer.content.decode()


def test_writing_takes_one_field_and_nothing_before_it(seated: Client, seat: Seat) -> None:
    page = seated.get("/write")
    address = address_in(page)
    answer = seated.post(address, {"version": field_in(page, "version"), "text": "A grey day."})
    assert (answer.status_code, answer["Location"]) == (303, f"{address}/kept")
    assert "Thank you. It is kept." in words_in(seated.get(answer["Location"]))
    note = queries.note_of(seat, id_in(address))
    assert (note.body.text, note.body.kind, note.version) == ("A grey day.", "note", 1)
    assert note.day == days.today()


def test_nothing_today_is_an_entry_with_the_same_thanks(seated: Client, seat: Seat) -> None:
    page = seated.get("/write").content.decode()
    found = re.search(
        r'<form method="post" action="(/write/notes/[^"]+)">.*?Nothing today', page, re.DOTALL
    )
    assert found
    answer = seated.post(found[1], {"version": "0", "kind": "nothing"})
    assert "Thank you. It is kept." in words_in(seated.get(answer["Location"]))
    assert queries.note_of(seat, id_in(found[1])).body.kind == "nothing"
    assert "Nothing today" in words_in(seated.get("/write/list"))


@pytest.mark.parametrize(("kind", "said"), [("word", "fog"), ("colour", "ice")])
def test_a_word_or_a_colour_can_be_all(seated: Client, seat: Seat, kind: str, said: str) -> None:
    page = seated.get(f"/write/{kind}")
    fields = {"version": "0", "kind": field_in(page, "kind"), kind: said, "text": ""}
    assert seated.post(address_in(page), fields).status_code == 303
    body = queries.note_of(seat, id_in(address_in(page))).body
    assert (body.kind, getattr(body, kind)) == (kind, said)
    assert said in words_in(seated.get("/write/list"))
    assert said in seated.get(address_in(page)).content.decode()


def test_a_colour_may_have_words_of_ones_own(seated: Client, seat: Seat) -> None:
    address = address_in(seated.get("/write/colour"))
    fields = {"version": "0", "kind": "colour", "colour": "ice", "colour_own": "old paper"}
    seated.post(address, fields)
    assert queries.note_of(seat, id_in(address)).body.colour == "old paper"
    assert field_in(seated.get(address), "colour_own") == "old paper"


def test_an_empty_field_is_no_entry_and_says_what_would_be(seated: Client) -> None:
    answer = seated.post(address_in(seated.get("/write")), {"version": "0", "text": " \n"})
    assert answer.status_code == 422
    assert "“Nothing today” is a whole entry" in words_in(answer)
    assert Note.objects.count() == 0


def test_a_form_sent_twice_keeps_one_note(seated: Client) -> None:
    address = address_in(seated.get("/write"))
    for _ in range(2):
        fields = {"version": "0", "text": "once", "day": "2026-11-22"}
        assert seated.post(address, fields).status_code == 303
    assert Note.objects.count() == 1


def test_tags_are_offered_again(seated: Client, seat: Seat) -> None:
    address = address_in(seated.get("/write"))
    seated.post(address, {"version": "0", "text": "a", "tags": "#the sea, work"})
    assert queries.note_of(seat, id_in(address)).body.tags == ("the sea", "work")
    assert field_in(seated.get(address), "tags") == "the sea, work"
    assert '<option value="the sea">' in seated.get("/write").content.decode()


def test_a_note_may_belong_to_another_day(seated: Client, seat: Seat) -> None:
    address = address_in(seated.get("/write"))
    seated.post(address, {"version": "0", "text": "a", "day": "2026-11-20"})
    assert queries.note_of(seat, id_in(address)).day == dt.date(2026, 11, 20)
    answer = seated.post(address, {"version": "1", "text": "a b", "day": "2026-11-40"})
    assert answer.status_code == 422
    assert "This is no day" in words_in(answer)
    assert field_in(answer, "text") == "a b"


def test_the_sitting_before_a_note_is_offered_and_not_forced(seated: Client, seat: Seat) -> None:
    assert 'name="sitting"' not in seated.get("/write").content.decode()
    seated.post("/library/five-things/sit", {"voice": "none", "minutes": "3"})
    page = seated.get("/write")
    assert "This goes with the sitting: Five things, 3 minutes" in words_in(page)
    assert "checked" not in page.content.decode()
    address = address_in(page)
    seated.post(address, {"version": "0", "text": "a", "sitting": field_in(page, "sitting")})
    assert queries.note_of(seat, id_in(address)).body.sat == Sat("five-things", 3)
    assert "With a sitting: five things, 3 minutes" in words_in(seated.get("/write/list"))
    assert seated.get(address).content.decode().count('name="sitting"') == 1


def test_a_sitting_at_another_browser_is_not_offered(house: House, seated: Client) -> None:
    let_in(house, new_visitor()).post("/library/five-things/sit", {"voice": "none"})
    assert 'name="sitting"' not in seated.get("/write").content.decode()


def test_the_latest_sitting_is_offered_and_the_linked_one_stays(seated: Client, seat: Seat) -> None:
    note = kept(seat, Body("a", sat=Sat("thawing", 8)))
    for practice in ("walking-back-in", "five-things"):
        seated.post(f"/library/{practice}/sit", {"voice": "none", "minutes": "5"})
    page = seated.get(f"/write/notes/{note}").content.decode()
    assert re.findall(r'name="sitting" value="([^"]+)"( checked)?', page) == [
        ("thawing:8", " checked"),
        ("five-things:5", ""),
    ]


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("x" * (MOST_TEXT + 1), 413, "more than one note can hold"),
        ("before\x00after", 422, "a character in this that cannot be kept"),
    ],
)
def test_a_text_that_cannot_be_kept_comes_back(
    seated: Client, text: str, status: int, sentence: str
) -> None:
    address = address_in(seated.get("/write"))
    answer = seated.post(address, {"version": "0", "text": text})
    assert answer.status_code == status
    assert sentence in words_in(answer)
    assert field_in(answer, "text") == text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    assert (address_in(answer), field_in(answer, "version")) == (address, "0")
    assert Note.objects.count() == 0


def test_the_largest_text_is_kept(seated: Client, seat: Seat) -> None:
    text = "a\n" * (MOST_TEXT // 2)
    address = address_in(seated.get("/write"))
    assert seated.post(address, {"version": "0", "text": text}).status_code == 303
    assert queries.note_of(seat, id_in(address)).body.text == text


@pytest.mark.parametrize("choice", ["yours", "theirs", "both"])
def test_two_texts_are_shown_and_one_chooses(seated: Client, seat: Seat, choice: str) -> None:
    note = kept(seat, "There was <rain>.")
    address = f"/write/notes/{note}"
    seated.post(address, {"version": "1", "text": "Theirs & theirs", "day": "2026-11-22"})
    answer = seated.post(address, {"version": "1", "text": "My own & mine", "day": "2026-11-22"})
    assert answer.status_code == 409
    assert "There are two texts now" in words_in(answer)
    assert "Theirs & theirs" in words_in(answer)
    assert field_in(answer, "text") == "My own & mine"
    names = ("version", "other", "kind", "word", "colour", "tags", "sitting", "day", "text")
    fields = {name: field_in(answer, name) for name in names} | {"choice": choice}
    assert seated.post(f"{address}/settle", fields).status_code == 303
    stays = queries.note_of(seat, note).body.text
    other = queries.note_of(seat, UUID(fields["other"]))
    assert stays == ("My own & mine" if choice == "yours" else "Theirs & theirs")
    assert other.body.text == ("Theirs & theirs" if choice == "yours" else "My own & mine")
    assert (other.trashed_at is None) == (choice == "both")


def test_a_choice_that_comes_too_late_shows_the_texts_again(seated: Client, seat: Seat) -> None:
    note = kept(seat, "first")
    fields = {"version": "7", "text": "mine", "choice": "yours", "day": "2026-11-22"}
    answer = seated.post(f"/write/notes/{note}/settle", fields)
    assert answer.status_code == 409
    assert field_in(answer, "text") == "mine"
    assert field_in(answer, "version") == "1"
    unsaid = seated.post(f"/write/notes/{note}/settle", fields | {"choice": "none"})
    assert unsaid.status_code == 422
    assert field_in(unsaid, "text") == "mine"


def test_a_choice_about_a_note_that_is_gone_loses_no_text(seated: Client, seat: Seat) -> None:
    fields = {"version": "1", "text": "mine", "choice": "yours", "other": "x"}
    answer = seated.post(f"/write/notes/{new_id()}/settle", fields)
    assert answer.status_code == 404
    assert (field_in(answer, "text"), field_in(answer, "version")) == ("mine", "0")
    assert seated.post(address_in(answer), {"version": "0", "text": "mine"}).status_code == 303
    del seat


def test_a_note_that_is_gone_can_be_kept_anew(seated: Client, seat: Seat) -> None:
    note = kept(seat)
    actions.trash(seat, note)
    actions.purge(seat, note)
    answer = seated.post(f"/write/notes/{note}", {"version": "1", "text": "still here"})
    assert answer.status_code == 404
    assert field_in(answer, "text") == "still here"
    again = {"version": field_in(answer, "version"), "text": "still here"}
    assert seated.post(address_in(answer), again).status_code == 303


def test_a_note_that_is_damaged_says_so_and_can_be_kept_anew(seated: Client, seat: Seat) -> None:
    note = kept(seat, "quincunx")
    damage(note)
    page = seated.get(f"/write/notes/{note}")
    assert page.status_code == 500
    assert "This one can no longer be read" in words_in(page)
    answer = seated.post(f"/write/notes/{note}", {"version": "7", "text": "what I remember"})
    assert "can no longer be read" in words_in(answer)
    again = {"version": field_in(answer, "version"), "text": field_in(answer, "text")}
    assert seated.post(address_in(answer), again).status_code == 303


def test_one_damaged_note_hides_no_other(seated: Client, seat: Seat) -> None:
    notes = [kept(seat, f"word{n}") for n in range(3)]
    damage(notes[1])
    for path in ("/write/list", "/write/days/2026-11-22"):
        said = words_in(seated.get(path))
        assert "word0" in said
        assert "word2" in said
        assert "This one can no longer be read" in said
    assert "1 of this month can no longer be read" in words_in(
        seated.get("/write/calendar/2026-11")
    )
    assert "1 can no longer be read" in words_in(seated.post("/write/search", {"words": "word"}))


def test_the_list_goes_on_page_by_page(seated: Client, seat: Seat) -> None:
    for n in range(120):
        kept(seat, f"[{n}]", DAY + dt.timedelta(days=n // 7))
    path, seen, pages = "/write/list", [], 0
    while path:
        page = seated.get(path)
        seen += re.findall(r"\[(\d+)\]", words_in(page))
        found = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        path, pages = (html.unescape(found[1]) if found else ""), pages + 1
    assert seen == [str(n) for n in reversed(range(120))]
    assert pages == 3


@pytest.mark.parametrize("before", ["x", "2026-11-22", "2026-11-22.x", "2026-13-01.x", "."])
def test_a_page_of_the_list_that_cannot_be_is_not_there(seated: Client, before: str) -> None:
    assert seated.get("/write/list", {"before": before}).status_code == 404


def test_the_calendar_links_the_days_that_have_something(seated: Client, seat: Seat) -> None:
    kept(seat, day=DAY)
    kept(seat, day=DAY)
    page = seated.get("/write/calendar/2026-11").content.decode()
    assert page.count('href="/write/days/2026-11-22"') == 2  # In the table, and in the list.
    assert page.count('href="/write/days/') == 2
    assert 'href="/write/calendar/2026-10"' in page
    assert 'href="/write/calendar/2026-12"' in page
    assert "Sunday, 22 November" in page
    assert "None in this month" in words_in(seated.get("/write/calendar/2026-10"))


@pytest.mark.parametrize(
    "path", ["/write/calendar/2026-13", "/write/days/2026-02-30", "/write/days/x"]
)
def test_a_day_that_is_none_is_not_there(seated: Client, path: str) -> None:
    assert seated.get(path).status_code == 404


def test_the_ends_of_time_have_one_neighbour(seated: Client) -> None:
    assert 'rel="prev"' not in seated.get("/write/calendar/1900-01").content.decode()
    assert 'rel="next"' not in seated.get("/write/calendar/2199-12").content.decode()


def test_a_folder_that_can_only_be_read_says_so_and_is_read(
    seated: Client, seat: Seat, store: Folder
) -> None:
    note = kept(seat, "kept before")
    store.notice = "The data folder can only be read now."
    for path in (*PAGES, f"/write/notes/{note}"):
        assert "can only be read now" in words_in(seated.get(path))
    assert "kept before" in words_in(seated.get("/write/list"))


def test_an_autosave_answers_with_its_version(seated: Client, seat: Seat) -> None:
    note = new_id()
    first = put(seated, note, text="a")
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert dt.datetime.fromisoformat(first.json()["changed_at"]).tzinfo is not None
    assert put(seated, note, text="a").json() == first.json()
    second = put(seated, note, version=1, text="a b", tags=["x"], sitting="five-things:3")
    assert second.json()["version"] == 2
    body = queries.note_of(seat, note).body
    assert (body.text, body.tags, body.sat) == ("a b", ("x",), Sat("five-things", 3))


def test_an_autosave_that_comes_too_late_has_both_texts(seated: Client) -> None:
    note = new_id()
    put(seated, note, text="a")
    put(seated, note, version=1, text="theirs")
    answer = put(seated, note, version=1, text="yours")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["error"]["code"], told["version"]) == ("row.changed", 2)
    assert (told["yours"], told["theirs"]) == ("yours", "theirs")
    taken = put(seated, note, text="other")
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "row.exists")


@pytest.mark.parametrize(
    ("shape", "status", "code"),
    [
        ({"text": "x" * (MOST_TEXT + 1)}, 413, "note.too_long"),
        ({"text": "a\x00"}, 422, "note.broken"),
        ({"text": "a\ud800"}, 422, "note.broken"),
        ({"text": "a", "tags": ["\udfff"]}, 422, "note.broken"),
        ({"text": "a", "kind": "song"}, 422, "note.kind"),
        ({"text": "a", "day": "yesterday"}, 422, "note.day"),
        ({"text": "a", "sitting": "../.."}, 422, "note.sitting"),
        ({"text": ["a"]}, 422, "note.unreadable"),
        ({"text": "a", "tags": "x"}, 422, "note.unreadable"),
        ({"text": "a", "version": "1"}, 422, "note.unreadable"),
        ({"text": "a", "version": True}, 422, "note.unreadable"),
        ({"text": "a", "version": -1}, 422, "note.unreadable"),
        ({"text": ""}, 422, "note.empty"),
        ({"text": "a", "version": 3}, 404, "row.unknown"),
    ],
)
def test_an_autosave_that_cannot_be_is_told(
    seated: Client, shape: dict[str, object], status: int, code: str
) -> None:
    answer = put(seated, new_id(), **shape)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert Note.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_an_autosave_that_is_no_json_is_told(seated: Client, body: bytes) -> None:
    answer = seated.put(f"/write/notes/{new_id()}", body, "application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "note.unreadable")


def test_an_id_that_the_browser_did_not_make_in_time_order_is_refused(seated: Client) -> None:
    answer = put(seated, UUID("5a1b7c1e-8f1d-4b7a-9c2e-1f2a3b4c5d6e"), text="a")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "row.id")


def test_a_day_that_is_not_named_is_today(seated: Client, seat: Seat) -> None:
    note = new_id()
    put(seated, note, text="a", day=None)
    assert queries.note_of(seat, note).day == days.today()


def test_a_full_disk_keeps_the_text_on_the_page(seated: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")
    text = "x" * 300_000
    address = address_in(seated.get("/write"))
    answer = seated.post(address, {"version": "0", "text": text})
    assert answer.status_code == 507
    assert "not kept yet" in words_in(answer)
    assert field_in(answer, "text") == text
    told = put(seated, new_id(), text=text)
    assert (told.status_code, told.json()["error"]["code"]) == (507, "store.full")


def test_nobody_else_sees_or_changes_a_note(house: House, seat: Seat, visitor: Client) -> None:
    note = kept(seat, "quincunx")
    set_passphrase(house)
    for client, status in ((visitor, 401), (let_in(house, new_visitor()), 423)):
        for path in (*PAGES, f"/write/notes/{note}"):
            answer = client.get(path)
            assert answer.status_code == status, path
            assert b"quincunx" not in answer.content
        assert put(client, note, version=1, text="mine").status_code == status


def test_a_form_of_the_journal_is_sent_whole(seated: Client) -> None:
    assert MULTIPART_CONTENT.startswith("multipart/form-data")  # As the tests above send theirs.
    for path in ("/write", "/write/word", "/write/colour"):
        assert 'enctype="multipart/form-data"' in seated.get(path).content.decode()
