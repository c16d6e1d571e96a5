"""Finding notes again, throwing them away and putting them back, as pages without scripts."""

import datetime as dt
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory

from tests.web.conftest import seat_in
from tests.web.write.notes import DAY, kept
from tests.web.write.pages import field_in, words_in
from thaw.units import OutsideError
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.write import actions, queries, views
from thaw.web.write.body import Body
from thaw.web.write.models import Note


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


def test_search_finds_whatever_the_case_and_accent(seated: Client, seat: Seat) -> None:
    kept(seat, "We met in the Café.")
    kept(seat, "Nothing else.")
    answer = seated.post("/write/search", {"words": "CAFE met"})
    page = b"".join(answer).decode()
    assert "<mark>Café</mark>" in page
    assert "Nothing else." not in page
    assert "<title>Write · Thaw</title>" in page
    assert page.rstrip().endswith("</html>")


def test_search_looks_in_words_colours_and_tags(seated: Client, seat: Seat) -> None:
    kept(seat, Body(kind="word", word="quincunx"))
    kept(seat, Body(kind="colour", colour="quincunx"))
    kept(seat, Body("tagged", tags=("quincunx",)))
    assert "That is all: 3." in words_in(seated.post("/write/search", {"words": "quincunx"}))


def test_search_says_when_there_is_nothing(seated: Client, seat: Seat) -> None:
    kept(seat)
    assert "Nothing with these words" in words_in(seated.post("/write/search", {"words": "zebra"}))
    assert "Found" not in words_in(seated.post("/write/search", {"words": "  "}))
    long = seated.post("/write/search", {"words": "x" * 201})
    assert long.status_code == 422
    assert "200 letters at most" in words_in(long)


def test_search_that_is_broken_off_says_so(seat: Seat, rf: RequestFactory) -> None:
    note = queries.note_of(seat, kept(seat, Body(kind="word", word="quincunx")))

    def broken_off() -> Iterator[queries.Hit]:
        yield queries.Hit(note, ())
        raise OutsideError("store.gone", "The data folder is no longer where it was.")

    page = "".join(views._found(rf.post("/write/search"), broken_off(), {"typed": "quincunx"}))
    assert "quincunx" in page
    assert "no longer where it was" in page


def test_search_goes_on_further_back(seated: Client, seat: Seat) -> None:
    for n in range(70):
        kept(seat, f"sea [{n}]", DAY + dt.timedelta(days=n))
    first = b"".join(seated.post("/write/search", {"words": "sea"})).decode()
    found = re.search(r'name="before" value="([^"]+)"', first)
    assert found
    assert first.count("<mark>") == 50
    second = words_in(seated.post("/write/search", {"words": "sea", "before": found[1]}))
    assert re.findall(r"\[(\d+)\]", second) == [str(n) for n in reversed(range(20))]
    assert "That is all: 20 more." in second


def test_what_is_looked_for_stays_out_of_addresses_and_logs(
    seated: Client, seat: Seat, caplog: pytest.LogCaptureFixture
) -> None:
    kept(seat, "quincunx")
    with caplog.at_level(logging.DEBUG):
        page = b"".join(seated.post("/write/search", {"words": "quincunx"})).decode()
    assert "quincunx" not in caplog.text
    assert not re.search(r'(?:href|action|src)="[^"]*quincunx', page)
    assert "quincunx" not in page.partition("</head>")[0]
    assert seated.get("/write/search?words=quincunx").content.count(b"quincunx") == 0


def test_the_marks_of_a_page_in_a_note_are_only_words(seated: Client, seat: Seat) -> None:
    kept(seat, "<!-- found --><script>alert(1)</script>")
    page = b"".join(seated.post("/write/search", {"words": "<!-- found -->"})).decode()
    assert "<script>alert" not in page
    assert page.count("</html>") == 1


def test_the_trash_gives_back_what_was_put_there(seated: Client, seat: Seat) -> None:
    note = kept(seat, "quincunx")
    answer = seated.post(f"/write/notes/{note}/trash")
    assert "It lies in the trash for 30 days" in words_in(seated.get(answer["Location"]))
    assert "quincunx" not in words_in(seated.get("/write/list"))
    assert "quincunx" not in words_in(seated.post("/write/search", {"words": "quincunx"}))
    trash = words_in(seated.get("/write/trash"))
    assert "quincunx" in trash
    assert "30 days left" in trash
    assert "lies in the trash" in words_in(seated.get(f"/write/notes/{note}"))
    seated.post(f"/write/notes/{note}/untrash")
    assert "quincunx" in words_in(seated.get("/write/list"))
    assert "There is nothing here." in words_in(seated.get("/write/trash"))


def test_only_what_lies_in_the_trash_is_deleted_for_good(seated: Client, seat: Seat) -> None:
    stays, goes = kept(seat, "stays"), kept(seat, "goes")
    seated.post(f"/write/notes/{goes}/trash")
    for note in (stays, goes, goes):
        assert seated.post(f"/write/notes/{note}/purge").status_code == 303
    assert list(Note.objects.values_list("id", flat=True)) == [stays]


def test_emptying_the_trash_asks_above_twenty(seated: Client, seat: Seat) -> None:
    notes = [kept(seat, str(n)) for n in range(22)]
    for note in notes[:20]:
        actions.trash(seat, note)
    assert seated.post("/write/trash/empty").status_code == 303
    assert Note.objects.count() == 2
    for note in notes[20:] + [kept(seat, str(n)) for n in range(20)]:
        actions.trash(seat, note)
    asked = seated.post("/write/trash/empty")
    assert "Delete all 22 for good?" in words_in(asked)
    assert Note.objects.count() == 22
    actions.trash(seat, kept(seat))
    again = seated.post("/write/trash/empty", {"count": field_in(asked, "count")})
    assert "Delete all 23 for good?" in words_in(again)
    assert seated.post("/write/trash/empty", {"count": "23"}).status_code == 303
    assert Note.objects.count() == 0


def test_a_long_trash_shows_its_newest(seated: Client, seat: Seat) -> None:
    for n in range(101):
        actions.trash(seat, kept(seat, f"[{n}]"))
    said = words_in(seated.get("/write/trash"))
    assert "[100]" in said
    assert "[0]" not in said
    assert "And 1 more that were thrown away before these" in said
    assert "Delete all 101 for good" in said
