"""A plan of days goes along: in a copy to read and in a backup; no address comes to life by it."""

import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.days.conftest import Person
from tests.web.days.test_calendar import address_on, look
from tests.web.days.test_days import said
from thaw.web.days.models import Feed, Plan
from thaw.web.take.tables import tables_of_a_person


def copy_of(person: Person) -> bytes:
    answer = person.browser.post("/me/take/export")
    assert answer.status_code == 200
    return b"".join(answer)


def taken_in(person: Person, copy: bytes) -> int:
    file = SimpleUploadedFile("copy.zip", copy, "application/zip")
    status: int = person.browser.post("/me/take/import", {"file": file}).status_code
    return status


def is_ours(name: str) -> bool:
    return PurePosixPath(name).name == "days.json"


def row_in(copy: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(copy)) as files:
        name = next(filter(is_ours, files.namelist()))
        (row,) = json.loads(files.read(name))
    found: dict[str, Any] = row
    return found


def changed(copy: bytes, **told: object) -> bytes:
    """Return a copy in which the plan is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy)) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.infolist():
            content = before.read(each)
            if is_ours(each.filename):
                content = b"[\n" + json.dumps(row_in(copy) | told).encode() + b"\n]\n"
            after.writestr(each, content)
    return out.getvalue()


def test_a_copy_has_the_plan_and_brings_it_back(person: Person) -> None:
    person.set()
    copy = copy_of(person)
    row = row_in(copy)
    assert (row["at"], row["zone"], row["weekdays"]) == (21 * 60 + 30, "Europe/Berlin", 127)
    assert (row["shrinks"], row["is_paused"]) == (True, False)
    assert row["body"]["anchor"] == "after brushing teeth"
    Plan.objects.all().delete()
    assert taken_in(person, copy) == 200
    assert "At 21:30, 5 minutes, every day" in said(person.read())


def test_what_was_changed_since_the_copy_stays(person: Person) -> None:
    person.set()
    copy = copy_of(person)
    person.set(anchor="after tea")
    assert taken_in(person, copy) == 200
    assert Plan.objects.count() == 2
    assert "after tea" in said(person.read())


def test_no_address_comes_to_life_by_a_copy(person: Person) -> None:
    person.set()
    person.calendar("make")
    path = address_on(person)
    copy = copy_of(person)
    Plan.objects.all().delete()
    Feed.objects.all().delete()
    assert taken_in(person, copy) == 200
    assert look(path).status_code == 404
    assert "/feed/" not in person.read("/days/calendar")


@pytest.mark.parametrize(
    "told",
    [
        {"at": "half past nine"},
        {"shrinks": 1},
        {"zone": "x" * 50},
        {"day": "tomorrow"},
        {"body": {}},
        {"body": {"what": "fly", "own": "", "anchor": "", "words": "", "token": ""}},
        {"body": {"what": "sit", "own": "", "anchor": "x" * 81, "words": "", "token": ""}},
    ],
)
def test_what_is_no_plan_is_not_taken_in(person: Person, told: dict[str, object]) -> None:
    person.set()
    copy = changed(copy_of(person), **told)
    Plan.objects.all().delete()
    assert taken_in(person, copy) == 422
    assert not Plan.objects.exists()


@pytest.mark.parametrize("told", [{"zone": "Middle/Earth"}, {"at": 5000}, {"weekdays": 0}])
def test_a_plan_that_can_never_come_says_so_and_is_set_again(
    person: Person, told: dict[str, object]
) -> None:
    person.set()
    copy = changed(copy_of(person), **told)
    Plan.objects.all().delete()
    assert taken_in(person, copy) == 200
    assert "can no longer be read" in said(person.read())


def test_a_backup_holds_the_plan_and_the_address() -> None:
    assert {Plan, Feed} <= set(tables_of_a_person())
