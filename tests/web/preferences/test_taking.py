"""Preferences go along: into a copy and back, and nothing comes in that could not be played."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import seat_in
from tests.web.preferences.test_preferences import ALL, LIKED, kept
from thaw.web.house import House
from thaw.web.preferences.models import Preferences
from thaw.web.preferences.queries import preferred_of


def copy_of(seated: Client) -> bytes:
    answer = seated.post("/me/take/export")
    assert answer.status_code == 200
    return b"".join(answer)


def taken_in(seated: Client, copy: bytes) -> int:
    file = SimpleUploadedFile("copy.zip", copy, "application/zip")
    return seated.post("/me/take/import", {"file": file}).status_code


def changed(copy: bytes, body: dict[str, object]) -> bytes:
    """Return a copy in which something else is preferred."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy)) as before, zipfile.ZipFile(out, "w") as after:
        for told in before.infolist():
            content = before.read(told)
            if told.filename.endswith("preferences.json"):
                row = json.loads(content)[0] | {"body": body}
                content = b"[\n" + json.dumps(row).encode() + b"\n]\n"
            after.writestr(told, content)
    return out.getvalue()


def test_a_copy_brings_back_what_was_preferred(seated: Client, house: House) -> None:
    kept(seated, **ALL)
    copy = copy_of(seated)
    with zipfile.ZipFile(io.BytesIO(copy)) as files:
        name = next(name for name in files.namelist() if name.endswith("preferences.json"))
        body = json.loads(files.read(name))[0]["body"]
    assert (body["avoid"], body["silence_s"]) == (["breath", "chest", "silence"], 20)
    Preferences.objects.all().delete()
    assert taken_in(seated, copy) == 200
    assert preferred_of(seat_in(house, seated)) == LIKED


def test_what_was_changed_since_the_copy_stays(seated: Client, house: House) -> None:
    kept(seated, **ALL)
    copy = copy_of(seated)
    kept(seated, pace="90")
    assert taken_in(seated, copy) == 200
    assert Preferences.objects.count() == 2
    assert preferred_of(seat_in(house, seated)).pace == 90


@pytest.mark.parametrize("body", [{}, {"avoid": "chest"}, {"avoid": [], "pace": "quick"}])
def test_what_are_no_preferences_is_not_taken_in(
    seated: Client, house: House, body: dict[str, object]
) -> None:
    kept(seated, **ALL)
    copy = changed(copy_of(seated), body)
    Preferences.objects.all().delete()
    assert taken_in(seated, copy) == 422
    assert not Preferences.objects.exists()
    assert preferred_of(seat_in(house, seated)).avoid == ()
