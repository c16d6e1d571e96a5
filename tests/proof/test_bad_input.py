"""What can go wrong from outside, at a real server: each time a sentence, and no loss.

``ELSEWHERE`` names where the rest of it is tried, closer to the code that meets it.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.bench.serving import Server, headers_of, let_in, server
from tests.proof.test_privacy_page import names_in
from tests.web.conftest import until
from tests.web.serving import Guest, Reply
from thaw.web.ids import new_id

ACTIONS = "tests/web/write/test_actions.py"
ATTEMPTS = "tests/web/people/test_attempts.py"
BODY = "tests/web/write/test_body.py"
BUNDLE = "tests/exchange/test_bundle.py"
DISK = "tests/crash/test_full_disk.py"
DOOR = "tests/web/people/test_door.py"
EXPORT = "tests/exchange/test_export.py"
FOLDER = "tests/web/database/test_folder.py"
IDLE = "tests/web/people/test_idle.py"
KEYS = "tests/web/people/test_keys_in_a_folder.py"
LOCK = "tests/web/people/test_lock.py"
MOVING = "tests/web/database/test_moving.py"
PAGES = "tests/web/test_pages.py"
PRIVACY = "tests/web/me/test_privacy.py"
RESTORING = "tests/web/take/test_restoring.py"
VIEWS = "tests/web/write/test_views.py"
WRITING = "tests/e2e/test_writing.py"

ELSEWHERE = {
    "a wrong passphrase or code": (
        f"{LOCK}::test_what_does_not_open_is_a_sentence_and_stays_locked",
        f"{BUNDLE}::test_wrong_words_open_nothing",
        f"{ATTEMPTS}::test_a_few_mistypings_cost_nothing",
    ),
    "a damaged or foreign backup": (
        f"{BUNDLE}::test_any_bytes_are_refused_by_a_sentence",
        f"{BUNDLE}::test_a_file_of_another_kind_is_named_so",
        f"{RESTORING}::test_a_backup_that_is_not_whole_changes_nothing",
        f"{RESTORING}::test_nobody_takes_the_place_of_someone_else",
    ),
    "a truncated file": (
        f"{BUNDLE}::test_no_cut_and_no_turned_bit_passes",
        f"{EXPORT}::test_a_zip_that_is_cut_or_has_a_turned_bit_is_refused_or_the_same",
    ),
    "a zip bomb": (
        f"{EXPORT}::test_a_file_that_grows_beyond_all_measure_is_refused",
        f"{EXPORT}::test_a_zip_that_lies_about_its_size_is_refused",
        f"{EXPORT}::test_more_files_than_ours_have_are_not_even_listed",
    ),
    "path tricks": (
        f"{EXPORT}::test_names_that_lead_elsewhere_are_refused",
        f"{EXPORT}::test_a_link_in_a_zip_is_refused",
        f"{EXPORT}::test_a_link_in_a_folder_is_not_followed",
        f"{PAGES}::test_no_address_leads_to_a_file_elsewhere",
    ),
    "a newer version": (
        f"{EXPORT}::test_a_manifest_that_does_not_fit_is_refused",
        f"{BUNDLE}::test_a_backup_of_a_newer_thaw_is_named_so",
        f"{MOVING}::test_a_store_used_by_a_newer_thaw_is_refused",
    ),
    "a note of 5 MB": (
        f"{BODY}::test_a_text_has_a_million_bytes_at_most",
        f"{WRITING}::test_more_than_a_note_can_hold_is_said_and_the_text_stays",
    ),
    "null bytes and half characters": (
        f"{BODY}::test_a_character_that_cannot_be_kept_is_named",
        f"{VIEWS}::test_a_text_that_cannot_be_kept_comes_back",
        f"{PRIVACY}::test_half_a_character_is_refused_by_a_sentence",
    ),
    "a clock set back a day": (
        f"{ACTIONS}::test_a_clock_set_back_a_day_loses_nothing_and_lists_by_the_day",
        f"{DOOR}::test_a_clock_that_is_set_back_ends_nothing_that_is_open",
        f"{ATTEMPTS}::test_a_clock_set_back_a_day_makes_nobody_wait_a_day",
        f"{IDLE}::test_a_clock_on_the_wall_that_is_set_back_changes_nothing",
    ),
    "a disk that is full in the middle of a save": (
        f"{DISK}::test_a_full_disk_loses_nothing_and_lets_one_delete",
        f"{VIEWS}::test_a_full_disk_keeps_the_text_on_the_page",
        f"{WRITING}::test_a_full_disk_is_said_and_the_text_stays",
        f"{KEYS}::test_a_disk_that_is_full_in_the_middle_loses_nothing",
        f"{RESTORING}::test_a_disk_that_takes_nothing_leaves_what_was_there",
    ),
    "the database taken away": (
        f"{FOLDER}::test_a_store_that_was_taken_away_keeps_nothing",
        f"{ACTIONS}::test_a_database_taken_away_is_told_and_nothing_is_called_kept",
    ),
}

SENTENCE = re.compile(r"[A-Z][^<>{}]+\.")
BOUNDARY = "thawthaw"
BEFORE = "what was kept before"


@dataclass
class Person:
    """Someone at a browser, with one note that is kept."""

    found: Server
    guest: Guest
    headers: Mapping[str, str]

    def put(self, text: str, note: str | None = None) -> Reply:
        """Keep a new note as the island does."""
        body = {"version": 0, "text": text, "kind": "note", "day": "2026-11-22"}
        return self._send(
            "PUT", f"/write/notes/{note or new_id()}", "application/json", json.dumps(body).encode()
        )

    def post(self, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self._send("POST", path, kind, urlencode(fields).encode(), accept="text/html")

    def send_file(self, path: str, content: bytes, **fields: str) -> Reply:
        """Send a form with a file."""
        told = {f'name="{name}"': value.encode() for name, value in fields.items()}
        told['name="file"; filename="x"'] = content
        parts = [
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + value
            for name, value in told.items()
        ]
        body = b"\r\n".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        # The one before may still be on its way out when its answer is there.
        return until(
            lambda: self._send("POST", path, kind, body, accept="text/html"),
            lambda told: told.status != 429,
        )

    def write(self, text: str) -> Reply:
        """Keep a new note by the form of the page."""
        fields = {"version": "0", "text": text, "kind": "note", "day": "2026-11-22"}
        return self.post(f"/write/notes/{new_id()}", fields)

    def notes(self) -> str:
        """Return the page with all notes."""
        answer = self.guest.get("/write/list")
        assert answer.status == 200
        return unescape(answer.body.decode())

    def _send(
        self, method: str, path: str, kind: str, body: bytes, accept: str = "application/json"
    ) -> Reply:
        headers = {**self.headers, "Content-Type": kind, "Accept": accept}
        return self.guest.ask(method, path, headers, body)


@pytest.fixture
def person(thaw_data: Path) -> Iterator[Person]:
    with server(thaw_data) as found:
        guest = let_in(found, found.link)
        person = Person(found, guest, headers_of(guest))
        assert person.put(BEFORE).status == 200
        yield person


def code_of(answer: Reply) -> str:
    told = json.loads(answer.body)
    told = told.get("error", told)
    assert SENTENCE.match(told["message"]), told
    return str(told["code"])


def assert_said(answer: Reply, status: int) -> None:
    """Check that a page says what is wrong, and nothing of how it came to be."""
    text = unescape(re.sub(r"<[^>]+>", " ", answer.body.decode()))
    assert answer.status == status, text
    assert SENTENCE.search(text)
    assert "Traceback" not in text


@pytest.mark.parametrize("what", ELSEWHERE)
def test_each_of_it_is_tried_closer_to_the_code_too(what: str) -> None:
    wanted = [test.partition("::") for test in ELSEWHERE[what]]
    assert not [(path, name) for path, _, name in wanted if name not in names_in(path)]


def test_a_note_of_five_megabytes_is_refused_and_the_others_stay(person: Person) -> None:
    text = "five megabytes " * (5 * 2**20 // 15)
    assert person.put(text).status == 413
    assert_said(person.write(text), 413)
    assert BEFORE in person.notes()
    assert person.put("a short one").status == 200


@pytest.mark.parametrize("text", ["before \0 after", "before \ud800 after", "\udfff", "\0"])
def test_what_is_no_text_is_refused_and_comes_back(person: Person, text: str) -> None:
    assert code_of(person.put(text)) == "note.broken"
    answer = person.write(text.encode("utf-8", "replace").decode())
    if "\0" in text:
        assert_said(answer, 422)
        assert "before \N{REPLACEMENT CHARACTER} after" in answer.body.decode() or len(text) == 1
    assert BEFORE in person.notes()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are of Linux")
def test_a_disk_full_in_the_middle_of_a_save_keeps_the_text_on_the_page(person: Person) -> None:
    pid, text = person.found.pid, "word " * 60_000
    sizes = [path.stat().st_size for path in person.found.data.glob("thaw.sqlite3*")]
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (max(sizes) + 20_000, before[1]))
    by_script, by_form = person.put(text), person.write(text)
    assert (by_script.status, by_form.status) == (507, 507)
    assert code_of(by_script) in ("store.full", "store.not_written")
    assert_said(by_form, 507)
    assert text.strip() in by_form.body.decode()
    assert BEFORE in person.notes()
    assert text[:30] not in person.notes()
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    assert person.put(text).status == 200


def test_a_database_taken_away_is_told_and_goes_on_once_it_is_back(person: Person) -> None:
    store = person.found.data / "thaw.sqlite3"
    away = store.rename(person.found.data.parent / "away")
    by_script, by_form = person.put("into thin air"), person.write("into thin air")
    assert (by_script.status, code_of(by_script)) == (503, "store.gone")
    assert_said(by_form, 503)
    assert "into thin air" in by_form.body.decode()
    assert not store.exists()
    away.rename(store)
    assert BEFORE in person.notes()
    assert person.put("on firm ground").status == 200


def zip_with(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
        packed.writestr("notes.json", b"[\n]\n")
    return out.getvalue()


def manifest(**other: object) -> bytes:
    told = {"what": "thaw export", "version": 1, "rows": {"notes": 0}, "person": {"settings": {}}}
    return json.dumps(told | other).encode()


BAD_COPIES = {
    "no zip at all": b"thaw" * 1000,
    "damaged, cut off": zip_with("manifest.json", manifest())[:-30],
    "not a copy that Thaw made": zip_with("photos/one.jpg", b"x"),
    "larger than Thaw takes in": zip_with("manifest.json", b"[" + b" " * 200_000_000),
    "names that Thaw does not write": zip_with("../../manifest.json", manifest()),
    "holds names": zip_with("/etc/manifest.json", manifest()),
    "made by a newer Thaw": zip_with("manifest.json", manifest(version=2)),
    "does not know": zip_with("manifest.json", manifest(rows={"drawings": 1})),
    "No file was chosen": b"",
}
"""What is said of each."""


def test_a_copy_that_is_not_ours_is_refused_and_changes_nothing(person: Person) -> None:
    for words, content in BAD_COPIES.items():
        answer = person.send_file("/me/take/import", content)
        assert_said(answer, 422)
        assert words in answer.body.decode()
    assert BEFORE in person.notes()
    assert not list(person.found.data.glob("temp/*"))


def test_a_backup_that_is_not_ours_is_refused_and_changes_nothing(person: Person) -> None:
    whole = b"thaw backup\n\x00\x01" + bytes(200)
    newer = b"thaw backup\n\x00\x09" + bytes(200)
    for content in (b"", b"x", whole, newer, b"PK\x03\x04" + bytes(500), bytes(100_000)):
        answer = person.send_file("/me/take/restore", content, replace="yes", passphrase="x" * 20)
        assert_said(answer, 422)
    assert BEFORE in person.notes()
