"""A calendar as a file and at an address: it answers while locked, and holds nothing else."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import new_visitor, set_passphrase
from tests.web.days.conftest import Person
from tests.web.days.test_days import said
from thaw.exchange.ical import NEUTRAL
from thaw.web.days import actions, queries
from thaw.web.days.address import Address, address_of, new_token
from thaw.web.days.models import Feed, Plan
from thaw.web.house import House

OWN = "sit by the door"
PAGE = "/days/calendar"


def events(raw: bytes) -> list[Any]:  # The library's parts have many types.
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def address_on(person: Person) -> str:
    """Return the path of the address that the page shows."""
    found = re.search(r'value="http://localhost(/feed/[^"]+)"', person.read(PAGE))
    assert found
    return found[1]


def look(path: str) -> Any:  # Django's test client has no type for its answers.
    """Look there as a calendar program does: no cookie, nothing said."""
    return new_visitor().get(path)


def test_there_is_nothing_for_a_calendar_before_there_is_a_plan(person: Person) -> None:
    assert person.browser.get(PAGE)["Location"] == "/days"
    assert person.browser.get("/days/calendar.ics").status_code == 404
    assert person.calendar("make").status_code == 404


def test_the_file_is_saved_under_a_name_that_tells_nothing(person: Person) -> None:
    person.set()
    answer = person.browser.get("/days/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="a-quiet-minute.ics"'
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = events(answer.content)
    assert event["SUMMARY"] == NEUTRAL
    assert event["DTSTART"].dt == datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    assert b"brushing" not in answer.content


def test_an_address_is_made_shown_and_answers_who_has_no_cookie(person: Person) -> None:
    person.set()
    assert person.calendar("make").status_code == 303
    path = address_on(person)
    assert re.fullmatch(r"/feed/[A-Za-z0-9_-]{43}\.ics", path)
    assert address_on(person) == path
    answer = look(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content == person.browser.get("/days/calendar.ics").content
    assert not answer.cookies


def test_it_answers_while_locked_and_holds_nothing_else(person: Person, house: House) -> None:
    person.set(own="look out of the window", anchor="after the news")
    person.calendar("make")
    path = address_on(person)
    set_passphrase(house)
    answer = look(path)
    assert answer.status_code == 200
    (event,) = events(answer.content)
    assert event["SUMMARY"] == NEUTRAL
    for word in (b"window", b"news", b"haw", str(person.seat.person_id).encode()):
        assert word not in answer.content
    kept = Plan.objects.values_list("id", flat=True).get()
    assert str(kept).encode() not in answer.content


def test_what_nobody_made_is_always_the_same_404(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    person.calendar("make")
    unknown = [path, f"/feed/{new_token()}.ics", "/feed/x.ics", f"/feed/{'x' * 5000}.ics"]
    unknown += ["/feed/%00.ics", f"{address_on(person)[:-5]}.ics", f"/feed/{'é' * 43}.ics"]
    answers = [look(each) for each in unknown]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {b"There is no calendar at this address.\n"}
    assert len({str(sorted(answer.items())) for answer in answers}) == 1
    assert look(address_on(person)).status_code == 200


def test_the_store_holds_what_follows_from_the_address_and_not_the_address(
    person: Person,
) -> None:
    person.set()
    person.calendar("make")
    token = address_on(person).removeprefix("/feed/").removesuffix(".ics")
    (row,) = Feed.objects.values()
    assert row["words"] is None
    assert token not in str(row)
    assert token.encode() not in bytes(Plan.objects.values_list("body", flat=True).get())
    address = address_of(token)
    assert address is not None
    assert row["token_hash"] == address.token_hash
    assert token not in repr(person.kept())


def test_it_is_taken_away_and_another_one_can_be_made(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    assert person.calendar("take-away").status_code == 303
    assert look(path).status_code == 404
    assert not Feed.objects.exists()
    assert person.kept().body.token == ""
    assert "/feed/" not in person.read(PAGE)
    assert person.calendar("take-away").status_code == 303
    person.calendar("make")
    assert address_on(person) != path
    assert look(path).status_code == 404


def test_it_follows_the_plan(person: Person, clocks: FakeClocks) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    person.set(at="07:15", anchor="after tea")
    assert address_on(person) == path
    (event,) = events(look(path).content)
    assert f"{event['DTSTART'].dt:%H:%M}" == "07:15"
    first = event["UID"]
    clocks.now += timedelta(days=3)
    (event,) = events(look(path).content)
    assert event["DURATION"].dt == timedelta(minutes=3)
    assert event["UID"] == first


@pytest.mark.parametrize("do", ["pause", "stop"])
def test_what_is_paused_or_stopped_is_gone_from_calendars_at_once(person: Person, do: str) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    stopped = person.decide(do)["Location"]
    answer = look(path)
    assert answer.status_code == 200
    assert events(answer.content) == []
    if do == "stop":
        assert "still answers, with nothing in it" in said(person.read(stopped))
        page = person.read(PAGE)
        assert "Take it away" in page
        assert "What it says" not in page
        person.calendar("take-away")
        assert look(path).status_code == 404
        assert person.browser.get(PAGE)["Location"] == "/days"


def test_own_words_are_said_once_it_was_read_what_that_means(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    assert "own folder they stay sealed." in person.read(PAGE)
    assert person.calendar("say", words=f" {OWN} ", read="yes").status_code == 303
    for raw in (look(path).content, person.browser.get("/days/calendar.ics").content):
        (event,) = events(raw)
        assert event["SUMMARY"] == OWN
    assert OWN in said(person.read(PAGE))
    person.calendar("neutral")
    for raw in (look(path).content, person.browser.get("/days/calendar.ics").content):
        assert OWN.encode() not in raw


def test_own_words_are_in_clear_nowhere_in_the_store(person: Person) -> None:
    person.set()
    person.calendar("make")
    person.calendar("say", words=OWN, read="yes")
    stored = bytes(Feed.objects.values_list("words", flat=True).get() or b"")
    assert OWN.encode() not in stored
    assert len(stored) > 256


def test_another_address_says_the_words_that_were_chosen(person: Person) -> None:
    person.set()
    person.calendar("say", words=OWN, read="yes")
    person.calendar("make")
    person.calendar("make")
    (event,) = events(look(address_on(person)).content)
    assert event["SUMMARY"] == OWN


def test_a_change_of_the_plan_keeps_what_calendars_say(person: Person) -> None:
    person.set()
    person.calendar("make")
    person.calendar("say", words=OWN, read="yes")
    person.set(at="20:00")
    (event,) = events(look(address_on(person)).content)
    assert event["SUMMARY"] == OWN


def test_words_that_were_changed_behind_its_back_are_not_said(person: Person) -> None:
    person.set()
    person.calendar("make")
    person.calendar("say", words=OWN, read="yes")
    Feed.objects.update(words=b"x" * 300)
    (event,) = events(look(address_on(person)).content)
    assert event["SUMMARY"] == NEUTRAL


def test_the_words_open_at_their_own_address_only(person: Person) -> None:
    first, second = Address.of(new_token()), Address.of(new_token())
    sealed = first.sealed(OWN, person.seat.person_id)
    assert first.opened(sealed, person.seat.person_id) == OWN
    assert second.opened(sealed, person.seat.person_id) is None


def test_an_address_of_an_earlier_plan_can_be_taken_away_though_not_shown(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    Plan.objects.all().delete()
    person.set(anchor="after lunch")
    page = person.read(PAGE)
    assert "cannot be shown any more" in page
    assert "/feed/" not in page
    assert look(path).status_code == 200
    person.calendar("take-away")
    assert look(path).status_code == 404


def test_what_cannot_be_read_any_more_gives_a_calendar_with_nothing_in_it(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    Plan.objects.update(zone="Nowhere")
    assert events(look(path).content) == []


def test_a_new_key_changes_neither_the_address_nor_what_it_says(
    person: Person, house: House
) -> None:
    person.set()
    person.calendar("make")
    person.calendar("say", words=OWN, read="yes")
    path = address_on(person)
    set_passphrase(house)
    (event,) = events(look(path).content)
    assert event["SUMMARY"] == OWN


def test_the_page_says_plainly_what_an_address_means(person: Person, house: House) -> None:
    person.set()
    page = said(person.read(PAGE))
    assert "It answers on this machine only, and while Thaw runs." in page
    assert "without being let in" in page
    assert "A phone or a calendar on the web cannot reach it." in page
    del house


def test_another_person_has_an_address_of_their_own(person: Person) -> None:
    person.set()
    person.calendar("make")
    assert queries.has_feed(person.seat.person_id)
    assert not queries.has_feed(person.kept().timed.id)
    assert queries.token_in(person.seat, None) == ""


def test_a_page_of_another_site_is_not_given_it(person: Person, seated: Client) -> None:
    del seated
    person.set()
    actions.make_address(person.seat)
    answer = look(address_on(person))
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer
