"""The pages: taking along, bringing back, erasing, and what each says when it cannot."""

import io
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client

from tests.web.conftest import CODE, PASSPHRASE, let_in, new_visitor, seat_in, set_passphrase
from tests.web.take.conftest import texts, write
from thaw.exchange.opening import open_with_code, read_head
from thaw.units import InputError, OutsideError
from thaw.vault.recovery import RecoveryCode, parse
from thaw.web.house import House
from thaw.web.people import keyring, sessions
from thaw.web.people.models import Person, Session
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name
from thaw.web.take import backups, erasing, exports, settling
from thaw.web.take.models import BackupCode
from thaw.web.take.uploads import ToDisk
from thaw.web.write.models import Note

JSON = {"Accept": "application/json"}
WRONG = {"passphrase": "not this one at all"}


def said(page: bytes) -> str:
    """Return the words of a page's main part."""
    found = re.search(r'<main id="main".*?</main>', page.decode(), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s+", " ", found[0])


def bytes_of(answer: Iterable[bytes]) -> bytes:
    return b"".join(answer)


def new_paper(seated: Client) -> RecoveryCode:
    """Make a recovery code for backups as a person does, and return it."""
    assert seated.post("/me/take/code").status_code == 303
    page = seated.get("/me/take/code").content.decode()
    code = parse(" ".join(re.findall(r"<li>(\w+)</li>", page)))
    asked = seated.get("/me/take/words").content.decode()
    first, second = map(int, re.findall(r">Word (\d+)<", asked))
    words = {"first": code.words[first - 1], "second": code.words[second - 1].upper()}
    answer = seated.post("/me/take/words", words)
    assert (answer.status_code, answer["Location"]) == (303, "/me/take")
    return code


def backup_of(client: Client) -> bytes:
    answer = client.post("/me/take/backup")
    assert answer.status_code == 200, answer.content
    return bytes_of(answer)


def send(client: Client, path: str, content: bytes, **fields: str) -> tuple[int, str]:
    """Send a file as the form does; return the status and what is said."""
    file = SimpleUploadedFile("anything.bin", content)
    answer = client.post(path, {"file": file, **fields})
    return answer.status_code, said(answer.content)


def begun_anew(house: House) -> tuple[Client, Seat]:
    """Let a browser in once more."""
    client = let_in(house, new_visitor())
    return client, seat_in(house, client)


def test_without_a_passphrase_a_code_is_made_first_and_asked_back(
    seated: Client, house: House
) -> None:
    write(seat_in(house, seated))
    answer = seated.post("/me/take/backup")
    assert (answer.status_code, answer["Location"]) == (303, "/me/take/code")
    assert "Make a recovery code" in said(seated.get("/me/take").content)
    code = new_paper(seated)
    assert "Make a backup" in said(seated.get("/me/take").content)
    open_with_code(read_head(io.BytesIO(backup_of(seated))), code)
    assert "Show me a code" in said(seated.get("/me/take/code").content)


def test_words_that_are_not_on_the_paper_count_for_nothing(seated: Client) -> None:
    seated.post("/me/take/code")
    answer = seated.post("/me/take/words", {"first": "zebra", "second": "zebra"})
    assert answer.status_code == 422
    assert "Look at your paper again" in said(answer.content)
    assert (
        seated.post("/me/take/words", headers=JSON).json()["error"]["code"] == "recovery.not_these"
    )
    assert not BackupCode.objects.exists()


def test_words_that_were_never_asked_lead_back(seated: Client) -> None:
    answer = seated.get("/me/take/words")
    assert answer.status_code == 422
    assert "begin again" in said(answer.content)


def test_downloads_have_names_that_say_nothing(seated: Client, house: House) -> None:
    write(seat_in(house, seated), "canary words")
    new_paper(seated)
    day = datetime.now(UTC).astimezone().year
    for path, what in [("/me/take/backup", "backup"), ("/me/take/export", "export")]:
        answer = seated.post(path)
        name = answer["Content-Disposition"]
        assert re.fullmatch(rf'attachment; filename="{what}-{day}-\d\d-\d\d\.(bin|zip)"', name)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        answer.close()
    assert b"canary words" not in backup_of(seated)


def test_with_a_passphrase_the_page_asks_for_no_code(house: House) -> None:
    set_passphrase(house)
    client = let_in(house, new_visitor())
    client.post("/unlock", {"passphrase": PASSPHRASE})
    assert "opens with your passphrase or your recovery code" in said(
        client.get("/me/take").content
    )
    assert "No other code is needed" in said(client.get("/me/take/code").content)
    assert client.post("/me/take/code").status_code == 422
    open_with_code(read_head(io.BytesIO(backup_of(client))), CODE)


def test_a_copy_to_read_goes_out_and_comes_in_again(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    write(seat, "words")
    copy = bytes_of(seated.post("/me/take/export"))
    with zipfile.ZipFile(io.BytesIO(copy)) as packed:
        assert packed.testzip() is None
        (row,) = json.loads(packed.read("notes.json"))
    assert row["body"]["text"] == "words"
    Note.objects.all().delete()
    status, words = send(seated, "/me/take/import", copy)
    assert (status, "New: 1" in words) == (200, True)
    assert texts(seat) == ["words"]
    assert "Here already: 1" in send(seated, "/me/take/import", copy)[1]


@pytest.mark.parametrize("path", ["/me/take/import", "/me/take/restore"])
def test_what_cannot_be_taken_in_is_said_on_the_page(seated: Client, path: str) -> None:
    for content in (b"something else", b"PK\x05\x06" + bytes(18), b"thaw backup\n"):
        status, words = send(seated, path, content, code=" ".join(CODE.words))
        assert status == 422
        assert "Take along" in words
    for fields in ({}, {"file": "no file"}):
        answer = seated.post(path, fields)
        assert answer.status_code == 422
        assert "No file was chosen" in said(answer.content)
    told = seated.post(path, headers=JSON)
    assert told.json()["error"]["code"] == "take.no_file"


def test_a_file_under_another_name_is_passed_over(seated: Client) -> None:
    both = {"other": SimpleUploadedFile("x", b"x" * 9), "file": SimpleUploadedFile("x", b"y")}
    assert "cannot be read" in said(seated.post("/me/take/import", both).content)


def test_a_backup_is_put_back_and_every_other_browser_is_let_out(
    seated: Client, house: House
) -> None:
    seat = seat_in(house, seated)
    write(seat, "old")
    code = " ".join(new_paper(seated).words)
    content = backup_of(seated)
    write(seat, "newer")
    other = let_in(house, new_visitor())
    status, words = send(seated, "/me/take/restore", content, code=code)
    assert (status, "kept aside" in words) == (422, True)
    assert texts(seat) == ["old", "newer"]
    status, words = send(seated, "/me/take/restore", content, code=code, replace="yes")
    assert (status, "1 entry is here again" in words) == (200, True)
    assert str(house.data / settling.ASIDE / "1") in words
    assert texts(seat_in(house, seated)) == ["old"]
    assert seated.get("/me/take").status_code == 200
    assert other.get("/me/take").status_code == 401
    assert Session.objects.count() == 1


def test_a_backup_of_a_locked_store_is_put_back_by_its_passphrase(
    house: House, seated: Client
) -> None:
    write(seat_in(house, seated), "words")
    set_passphrase(house)
    client = let_in(house, new_visitor())
    client.post("/unlock", {"passphrase": PASSPHRASE})
    content = backup_of(client)
    client.post("/me/erase", {"words": "erase everything"})
    anew, _ = begun_anew(house)
    status, words = send(anew, "/me/take/restore", content, **WRONG)
    assert (status, "not the passphrase" in words) == (422, True)
    status, words = send(anew, "/me/take/restore", content)
    assert (status, "or its recovery code" in words) == (422, True)
    status, _ = send(anew, "/me/take/restore", content, passphrase=PASSPHRASE)
    assert status == 200
    assert texts(seat_in(house, anew)) == ["words"]
    assert keyring.has_passphrase(seat_in(house, anew).person_id)
    assert not (house.data / "key").exists()


def test_erasing_asks_for_the_words_and_says_first_what_it_cannot_reach(
    seated: Client, house: House
) -> None:
    write(seat_in(house, seated))
    page = said(seated.get("/me/erase").content)
    assert page.index("Backups that you keep elsewhere stay") < page.index("Type the words")
    for words in ("", "yes", "erase"):
        answer = seated.post("/me/erase", {"words": words})
        assert answer.status_code == 422
        assert "Nothing was erased" in said(answer.content)
    assert Note.objects.count() == 1


def test_everything_is_erased_and_it_is_as_on_the_first_day(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    write(seat, "words")
    token = seated.cookies[cookie_name(house.data)].value
    answer = seated.post("/me/erase", {"words": " Erase  everything. "})
    assert answer.status_code == 200
    assert "Nothing of it is left" in said(answer.content)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert seated.cookies[cookie_name(house.data)].value == ""
    assert sessions.find(token) is None
    assert seated.get("/write").status_code == 401
    anew, seat_now = begun_anew(house)
    assert seat_now.person_id != seat.person_id
    assert texts(seat_now) == []
    assert Person.objects.count() == 1
    assert anew.get("/me/take").status_code == 200


def test_what_is_in_the_way_is_said_and_goes_at_the_next_start(
    seated: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise OutsideError("store.busy", "Something else is using the store for long.")

    write(seat_in(house, seated))
    monkeypatch.setattr(erasing, "scrub", busy)
    answer = seated.post("/me/erase", {"words": "erase everything"})
    assert "when Thaw is started next" in said(answer.content)
    assert (house.data / settling.ERASING).exists()
    assert Note.objects.count() == 0


def test_locked_none_of_it_is_reached(locked: Client) -> None:
    for path in ("/me/take", "/me/take/code", "/me/erase"):
        assert locked.get(path).status_code == 423
    for path in ("backup", "export", "import", "restore"):
        assert locked.post(f"/me/take/{path}").status_code == 423
    assert locked.post("/me/erase", {"words": "erase everything"}).status_code == 423


def test_a_file_from_another_site_is_not_even_read(house: House) -> None:
    visitor = let_in(house, new_visitor(checks_forms=True))
    file = SimpleUploadedFile("x", b"x")
    assert visitor.post("/me/take/import", {"file": file}).status_code == 403
    page = visitor.get("/me/take").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    file = SimpleUploadedFile("x", b"x")
    fields = {"file": file, "csrfmiddlewaretoken": found[1]}
    answer = visitor.post("/me/take/import", fields, headers={"Origin": "http://localhost"})
    assert answer.status_code == 422


def test_more_than_a_zip_holds_is_said_on_the_page(
    seated: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(seat_in(house, seated))
    monkeypatch.setattr(exports, "MOST_ENTRIES", 3)
    answer = seated.post("/me/take/export")
    assert answer.status_code == 422
    assert "thaw export" in said(answer.content)
    assert seated.post("/me/take/export", headers=JSON).json()["error"]["code"] == "export.too_many"
    assert seated.post("/me/take/backup", headers=JSON).json()["error"]["code"] == "backup.no_lock"


def test_a_backup_that_does_not_open_again_is_not_handed_out(
    seated: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_paper(seated)

    def damaged(*_: object) -> None:
        raise InputError("backup.damaged", "This backup is damaged.")

    monkeypatch.setattr(backups, "check", damaged)
    assert seated.post("/me/take/backup").status_code == 422


def test_a_form_that_breaks_off_leaves_no_file_open(house: House) -> None:
    request = HttpRequest()
    handler = ToDisk(request)
    handler.upload_interrupted()
    handler.new_file("file", "x", "", 9)
    handler.receive_data_chunk(b"x", 0)
    handler.upload_interrupted()
    assert handler._file is not None
    assert handler._file.closed
    assert house.data.exists()
