"""What is not protected is as true as what is: each limit that the privacy page names."""

import io
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from sqlcipher3 import dbapi2

from tests.fakes.sounding import FakeSound
from tests.web.conftest import CHEAP, CODE, PASSPHRASE, seat_in, set_passphrase, until
from thaw.exchange.opening import open_with_code, open_with_passphrase, read_head
from thaw.units import AccessError, InputError
from thaw.vault.keys import DataKey
from thaw.vault.recovery import new_code
from thaw.web import sealed
from thaw.web.folder import open_folder
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people import keyring, sessions
from thaw.web.people.models import KeySlot
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name
from thaw.web.take.backups import make
from thaw.web.write.models import Note
from thaw.web.write.queries import notes_before

WORDS = "what only I should read"
OTHER = "three lanterns behind the old mill"
NOTE = {"version": "0", "text": WORDS, "kind": "note", "day": "2026-03-29"}


def write(browser: Client, words: str = WORDS) -> None:
    answer = browser.post(f"/write/notes/{new_id()}", NOTE | {"text": words})
    assert answer.status_code == 303


def read(data: Path, open_: Callable[[Path], DataKey | None]) -> list[str]:
    """Open a folder that nobody runs, and return what stands in its notes."""
    with closing(open_folder(data)):
        person_id = keyring.first_person(data)
        listing = notes_before(Seat(person_id, open_(data), ""), "")
    return [note.body.text for day in listing.days for note in day.notes if hasattr(note, "body")]


def beside(data: Path) -> DataKey | None:
    return keyring.key_beside(data, keyring.first_person(data))


def by_passphrase(text: str) -> Callable[[Path], DataKey]:
    def key_of(data: Path) -> DataKey:
        return keyring.unlock_with_passphrase(keyring.first_person(data), text, CHEAP, data=data)

    return key_of


def copied(house: House, to: Path) -> Path:
    """Copy the folder as it lies there, as any program may."""
    connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return shutil.copytree(house.data, to)


def test_without_a_passphrase_whoever_has_the_folder_reads_everything(
    house: House, seated: Client, tmp_path: Path
) -> None:
    write(seated)
    assert read(copied(house, tmp_path / "copy"), beside) == [WORDS]


def test_a_copy_from_before_the_passphrase_opens_with_the_key_that_lay_in_it(
    house: House, seated: Client, tmp_path: Path
) -> None:
    write(seated)
    before = copied(house, tmp_path / "before")
    set_passphrase(house)
    after = copied(house, tmp_path / "after")
    assert read(before, beside) == [WORDS]
    assert not (after / "key").exists()


def test_a_copy_from_before_a_new_passphrase_opens_with_the_older_one(
    house: House, seated: Client, tmp_path: Path
) -> None:
    write(seated)
    set_passphrase(house)
    before = copied(house, tmp_path / "before")
    person_id = keyring.first_person(house.data)
    key = by_passphrase(PASSPHRASE)(house.data)
    keyring.change_passphrase(person_id, key, keyring.wrapped(key, OTHER, person_id, CHEAP))
    after = copied(house, tmp_path / "after")
    assert read(before, by_passphrase(PASSPHRASE)) == [WORDS]
    assert read(after, by_passphrase(OTHER)) == [WORDS]


def test_a_backup_opens_with_what_counted_when_it_was_made(house: House, seated: Client) -> None:
    write(seated)
    set_passphrase(house)
    person_id = keyring.first_person(house.data)
    key = by_passphrase(PASSPHRASE)(house.data)
    bundle = io.BytesIO()
    make(bundle, person_id, key, house.idle.clocks.now())
    keyring.change_passphrase(person_id, key, keyring.wrapped(key, OTHER, person_id, CHEAP))
    keyring.change_code(person_id, key, new_code())
    bundle.seek(0)
    head = read_head(bundle)
    assert open_with_passphrase(head, PASSPHRASE, least=CHEAP) == key
    assert open_with_code(head, CODE) == key
    with pytest.raises(InputError):
        open_with_passphrase(head, OTHER, least=CHEAP)


def test_while_it_is_open_a_program_that_has_the_cookie_reads_what_its_owner_reads(
    house: House, seated: Client
) -> None:
    write(seated)
    set_passphrase(house)
    key = by_passphrase(PASSPHRASE)(house.data)
    person_id = keyring.first_person(house.data)
    token = sessions.begin(person_id, key, house.idle.clocks.now())
    thief = Client(headers={"Host": "localhost"})
    thief.cookies[cookie_name(house.data)] = token
    assert WORDS in thief.get("/write/list").content.decode()


def test_a_browser_that_is_left_open_shows_everything(seated: Client) -> None:
    write(seated)
    assert WORDS in seated.get("/write/list").content.decode()


def raw_notes(house: House) -> list[tuple[object, ...]]:
    """Return what stands in the table of notes, read by any program that reads SQLite."""
    with closing(dbapi2.connect(str(house.data / "thaw.sqlite3"))) as store:
        query = "SELECT day, version, length(body), trashed_at FROM write_note ORDER BY id"
        found: list[tuple[object, ...]] = store.execute(query).fetchall()
    return found


def test_the_folder_tells_days_counts_and_rough_sizes_and_no_word(
    house: House, seated: Client
) -> None:
    write(seated, "short")
    write(seated, "a little longer than that one was, and still one step")
    write(seated, "long " * 500)
    (first, second, third) = raw_notes(house)
    assert first == second == ("2026-03-29", 1, first[2], None)
    assert isinstance(third[2], int)
    assert isinstance(first[2], int)
    assert (third[2] - first[2]) % 256 == 0
    assert third[2] > first[2]


def test_no_other_passphrase_shows_anything_else(house: House) -> None:
    set_passphrase(house)
    assert {slot.kind for slot in KeySlot.objects.all()} == {"passphrase", "recovery"}
    assert set(KeySlot.Kind.values) == {"passphrase", "recovery"}


def words_of(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text.lower()))


def test_only_words_of_the_library_are_voiced(
    house: House, seated: Client, sound: FakeSound
) -> None:
    word = "qzjxkvbwmp"
    write(seated, word)
    library = words_of(" ".join(page.read_text("utf-8") for page in house.content.rglob("*.*")))
    form = {"voice": "flite-slt", "minutes": "3"}
    refused = seated.post("/library/five-things/voicing", form | {"anchor": word})
    assert refused.status_code == 422
    seated.post("/library/five-things/voicing", form)
    spoken = until(lambda: " ".join(line for _, line in sound.spoken), lambda said: len(said) > 900)
    assert words_of(spoken) <= library
    assert word not in library


def test_a_browser_is_let_in_without_any_passphrase_where_there_is_none(
    house: House, visitor: Client
) -> None:
    assert visitor.get(f"/open/{house.links.make()}").status_code == 303
    assert seat_in(house, visitor).key is not None


def test_what_is_deleted_for_good_is_not_in_the_store_any_more(
    house: House, seated: Client
) -> None:
    id_ = new_id()
    seated.post(f"/write/notes/{id_}", NOTE)
    sealed_body = bytes(Note.objects.get(id=id_).body)
    for step in ("trash", "purge"):
        seated.post(f"/write/notes/{id_}/{step}")
    connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed_body[40:80] not in (house.data / "thaw.sqlite3").read_bytes()
    with pytest.raises(AccessError):
        sealed.row_of(Note, seat_in(house, seated), id_)
