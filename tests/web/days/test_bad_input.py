"""What cannot be kept is said in a sentence, and what was typed stays on the page."""

import re
from html import unescape
from typing import Any

import pytest

from tests.web.days.conftest import Person
from thaw.web.days.models import Plan

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"zone": "Middle/Earth"}, "zone", "There is no time zone of this name"),
    ({"zone": "Berlin"}, "zone", "Is it Europe/Berlin?"),
    ({"zone": "Europe/Berlim"}, "zone", "Is it Europe/Berlin?"),
    ({"zone": ""}, "zone", "Write it like Europe/Berlin."),
    ({"zone": "x" * 10_000}, "zone", "Write it like Europe/Berlin."),
    ({"zone": "../../etc/passwd"}, "zone", "There is no time zone of this name."),
    ({"zone": "posixrules"}, "zone", "There is no time zone of this name."),
    ({"at": ""}, "at", "This is no time of day. Write it like 07:30."),
    ({"at": "25:00"}, "at", "This is no time of day."),
    ({"at": "07:60"}, "at", "This is no time of day."),
    ({"at": "half past seven"}, "at", "This is no time of day."),
    ({"at": "\u0660\u0667:\u0663\u0660"}, "at", "This is no time of day."),
    ({"day_ends": "24:00"}, "day_ends", "This is no time of day."),
    ({"day_ends": "07:00"}, "day_ends", "at 06:00 in the morning at the latest"),
    ({"quiet_from": "22:00", "quiet_until": ""}, "quiet_until", "This is no time of day."),
    ({"quiet_from": "08:00", "quiet_until": "08:00"}, "quiet_from", "leave less than 3 hours"),
    ({"quiet_from": "08:00", "quiet_until": "07:59"}, "quiet_from", "leave less than 3 hours"),
    ({"quiet_from": "21:00", "quiet_until": "07:00"}, "at", "lies in the quiet hours"),
    ({"quiet_from": "22:00", "quiet_until": "07:00"}, "at", "30 minutes before them"),
    ({"weekdays": []}, "weekdays", "Choose one day of the week, or more."),
    ({"weekdays": ["7", "x"]}, "weekdays", "Choose one day of the week, or more."),
    ({"minutes": "0"}, "minutes", "Choose from 3 to 5 minutes."),
    ({"minutes": "many"}, "minutes", "Choose from 3 to 5 minutes."),
    ({"minutes": "9" * 5000}, "minutes", "Choose from 3 to 5 minutes."),
    ({"anchor": "x" * 10_000}, "anchor", "This is long for what it comes after: 80 letters"),
    ({"own": "x" * 81}, "own", "This is long for what it is: 80 letters at most."),
    ({"anchor": "after \0 tea"}, "anchor", "There is a character in what it comes after"),
    ({"own": "a \x1b window"}, "own", "There is a character in what it is"),
    ({"what": "fly"}, "own", "Choose what it is, or write it in a few words."),
    ({"what": "own"}, "own", "Choose what it is, or write it in a few words."),
    ({"version": "one"}, "", "This page is not as it was made."),
    ({"id": "mine"}, "", "This page is not as it was made."),
    ({"id": "00000000-0000-4000-8000-000000000000"}, "", "cannot be kept under that id"),
]


@pytest.mark.parametrize(("changed", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    person: Person, changed: dict[str, Any], field: str, sentence: str
) -> None:
    answer = person.set(**{"anchor": "after tea", **changed})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert sentence in page.partition('role="alert">')[2].partition("</p>")[0]
    assert not Plan.objects.exists()
    typed = changed.get("anchor", "after tea").replace("\0", "")
    assert f'value="{typed}"' in page
    if field in ("at", "anchor", "zone", "quiet_from", "quiet_until", "day_ends", "own"):
        (wrong,) = re.findall(r'name="(\w+)"[^>]*aria-invalid="true"', page)
        assert wrong == field
        assert (
            "<details" not in page
            or field in ("at", "anchor")
            or '<details class="more" open>' in page
        )


@pytest.mark.parametrize(
    ("at", "zone", "sentence"),
    [
        ("02:30", "Europe/Berlin", "On 28 March 2027 the clock skips 02:30, so it comes at 03:00"),
        ("23:30", "America/Nuuk", "On 27 March 2027 the clock skips 23:30, so it comes at 22:59"),
        ("02:30", "Asia/Tokyo", ""),
        ("21:30", "Europe/Berlin", ""),
    ],
)
def test_a_time_that_some_day_does_not_have_is_kept_and_said(
    person: Person, at: str, zone: str, sentence: str
) -> None:
    assert person.set(at=at, zone=zone, quiet_from="", quiet_until="").status_code == 303
    page = person.read("/days?kept")
    assert sentence in page
    assert ("the clock skips" in page) == bool(sentence)
    person.decide("pause")
    assert "the clock skips" not in person.read()


@pytest.mark.parametrize("do", ["", "everything", "make"])
def test_what_can_not_be_decided_is_refused(person: Person, do: str) -> None:
    person.set()
    answer = person.decide(do)
    assert answer.status_code == 422
    assert "not as it was made" in answer.content.decode()


def test_what_was_never_stopped_cannot_be_brought_back(person: Person) -> None:
    assert person.decide("bring-back", plan="mine").status_code == 422
    nobody = "0197a1b2-0000-7000-8000-000000000001"
    assert person.decide("bring-back", plan=nobody).status_code == 404
    assert person.browser.get("/days?stopped=mine").status_code == 200


@pytest.mark.parametrize("do", ["", "stop", "everything"])
def test_what_can_not_be_decided_of_a_calendar_is_refused(person: Person, do: str) -> None:
    person.set()
    answer = person.calendar(do)
    assert answer.status_code == 422
    assert "not as it was made" in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "read", "sentence"),
    [
        ("", "yes", "Write what your calendar shall say."),
        ("sit by the door", "", "Tick that you have read what it means"),
        ("x" * 81, "yes", "This is long for your calendar: 80 letters at most."),
        ("a \x07 bell", "yes", "There is a character in your calendar that cannot be kept."),
    ],
)
def test_own_words_are_taken_only_after_reading_and_only_a_few(
    person: Person, words: str, read: str, sentence: str
) -> None:
    person.set()
    answer = person.calendar("say", words=words, read=read)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert person.kept().body.words == ""
