"""A readable copy out of a store and into one: everything, just so, and nothing half."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.fakes.seats import FakeSeat
from tests.web.take.conftest import NOW, Home, key_of, rows, texts, write
from thaw.exchange.plain import read, written
from thaw.exchange.sources import FolderSource, ZipSource
from thaw.units import FullError, InputError, LockedError, OutsideError
from thaw.web import sealed
from thaw.web.database import files
from thaw.web.database.room import ReadOnlyRoom, enter
from thaw.web.ids import new_id
from thaw.web.people.models import Person, Setting
from thaw.web.take import exports
from thaw.web.take.exports import EXPORTED, SETTINGS, export_to, export_zip, person_of
from thaw.web.take.imports import TakenIn, take_in
from thaw.web.write.models import Note

NOT_EXPORTED = {
    "people_person": {"id": "of this store alone", "key_version": "of its sealing"},
    "people_setting": {"person_id": "of this store alone"},
    "people_keyslot": {"*": "keys belong in backups; a readable copy has none"},
    "people_keystate": {"*": "keys belong in backups; a readable copy has none"},
    "people_guesses": {"*": "counts wrong passphrases of this store"},
    "people_session": {"*": "opens with the cookie of a browser"},
    "take_backupcode": {"*": "keys belong in backups; a readable copy has none"},
    "database_instance": {"*": "of the folder"},
    "help_shownhelp": {
        "*": "what may be read while locked; it stands whole in the help of one's own"
    },
    "days_feed": {"*": "an address of this machine; it is made anew elsewhere"},
    **{
        model._meta.db_table: {"person_id": "of this store alone", "key_version": "of its sealing"}
        for model in EXPORTED.values()
    },
}
"""What a readable copy leaves out, each with the reason."""


def zipped(seat: FakeSeat) -> io.BytesIO:
    return io.BytesIO(b"".join(export_zip(seat, NOW)))


def filled(seat: FakeSeat) -> FakeSeat:
    """Write notes of many kinds, some in the trash, some changed since."""
    for number in range(12):
        row = write(seat, f"words {number} é 🌊\n\nand more", day=f"2026-11-{number + 1:02}")
        if number % 3 == 0:
            body = read(row.fields["body"]) | {"text": f"changed {number}"}
            sealed.save(Note, seat, row.id, 1, {"body": written(body)})
        if number % 4 == 0:
            sealed.trash(Note, seat, [row.id])
    return seat


def one_of_each(seat: FakeSeat) -> None:
    """Keep a row in every table of a copy."""
    for model in EXPORTED.values():
        has_day = any(field.attname == "day" for field in model._meta.concrete_fields)
        clear = {"day": NOW.date()} if has_day else {}
        sealed.create(model, seat, new_id(), dict.fromkeys(model.SEALED, b"{}"), **clear)


def test_every_column_of_the_store_is_in_it_or_says_why_not(home: Home, tmp_path: Path) -> None:
    seat = home.seat
    one_of_each(seat)
    export_to(tmp_path / "copy", seat, NOW)
    told = json.loads((tmp_path / "copy/manifest.json").read_text())
    there = {
        "people_person": set(told["person"]),
        "people_setting": set(told["person"]["settings"]),
    }
    for name, exported in EXPORTED.items():
        (row,) = json.loads((tmp_path / f"copy/{name}.json").read_text())
        there[exported._meta.db_table] = set(row)
    for model in apps.get_models():
        table = model._meta.db_table
        left_out = NOT_EXPORTED[table]
        columns = {field.attname for field in model._meta.concrete_fields}
        if "*" not in left_out:
            assert columns <= there[table] | set(left_out), table


def test_an_empty_store_that_takes_it_in_is_equal(home: Home, elsewhere: Home) -> None:
    seat = filled(home.seat)
    Setting.objects.update(country="nz", idle_minutes=25, look="dark", language="en")
    Person.objects.update(created_at="2026-01-02T03:04:05.678901Z")
    copy, were, person = zipped(seat), rows(seat), person_of(seat)
    home.close()
    elsewhere.open()
    there = elsewhere.seat
    assert take_in(there, ZipSource(copy)) == TakenIn(12, 0, 0)
    assert rows(there) == were
    assert person_of(there) == person
    assert zipped(there).getvalue() == copy.getvalue()


def test_a_folder_is_as_good_as_a_zip(home: Home, elsewhere: Home, tmp_path: Path) -> None:
    seat = filled(home.seat)
    made = export_to(tmp_path / "copy", seat, NOW)
    assert (made.rows["notes"], made.lost) == (12, [])
    were = rows(seat)
    home.close()
    elsewhere.open()
    take_in(elsewhere.seat, FolderSource(tmp_path / "copy"))
    assert rows(elsewhere.seat) == were


def test_taken_in_twice_it_is_there_once(home: Home) -> None:
    seat = filled(home.seat)
    copy, were = zipped(seat), rows(seat)
    assert take_in(seat, ZipSource(copy)) == TakenIn(0, 12, 0)
    assert rows(seat) == were


def test_what_is_here_with_other_words_stays_and_the_copy_comes_beside_it(home: Home) -> None:
    seat = home.seat
    first, second = write(seat, "first"), write(seat, "second")
    copy = zipped(seat)
    body = read(first.fields["body"]) | {"text": "first, changed"}
    sealed.save(Note, seat, first.id, 1, {"body": written(body)})
    assert take_in(seat, ZipSource(copy)) == TakenIn(0, 1, 1)
    assert sorted(texts(seat)) == ["first", "first, changed", "second"]
    assert sealed.row_of(Note, seat, first.id).version == 2
    assert take_in(seat, ZipSource(copy)) == TakenIn(0, 1, 1)
    assert len(texts(seat)) == 3
    sealed.trash(Note, seat, [second.id])
    take_in(seat, ZipSource(copy))
    assert sorted(texts(seat)) == ["first", "first, changed", "second", "second"]
    assert all(row.id.version == 7 for row in sealed.rows_of(Note, seat) if row.id)


def test_what_is_damaged_here_comes_back_beside_it(home: Home) -> None:
    seat = home.seat
    row = write(seat, "whole once")
    copy = zipped(seat)
    Note.objects.filter(id=row.id).update(body=b"\x01" * 300)
    assert take_in(seat, ZipSource(copy)).both == 1
    assert sorted(texts(seat)) == ["?", "whole once"]


def test_someone_else_here_keeps_theirs_and_the_copy_comes_in(home: Home) -> None:
    seat = filled(home.seat)
    copy = zipped(seat)
    other = FakeSeat(Person.objects.create().id, key_of(seat))
    assert take_in(other, ZipSource(copy)).both == 12
    assert sorted(texts(other)) == sorted(texts(seat))
    assert take_in(other, ZipSource(copy)).both == 12
    assert len(texts(other)) == 12


def test_settings_that_were_changed_here_stay(home: Home) -> None:
    seat = home.seat
    copy = zipped(seat)
    Setting.objects.update(look="light")
    take_in(seat, ZipSource(copy))
    assert Setting.objects.get().look == "light"


def test_what_is_damaged_is_named_in_the_copy(home: Home, tmp_path: Path) -> None:
    seat = home.seat
    write(seat, "whole")
    bad = write(seat)
    Note.objects.filter(id=bad.id).update(body=b"\x01" * 300)
    made = export_to(tmp_path / "copy", seat, NOW)
    assert (made.rows["notes"], [lost.id for lost in made.lost]) == (1, [str(bad.id)])
    assert str(bad.id) in (tmp_path / "copy/README.md").read_text()
    assert take_in(seat, FolderSource(tmp_path / "copy")) == TakenIn(0, 1, 0)


def test_locked_nothing_goes_out_or_in(home: Home, tmp_path: Path) -> None:
    seat = FakeSeat(home.seat.person_id, None)
    with pytest.raises(LockedError):
        export_to(tmp_path / "copy", seat, NOW)
    with pytest.raises(LockedError):
        export_zip(seat, NOW)
    with pytest.raises(LockedError):
        take_in(seat, FolderSource(tmp_path))
    assert not (tmp_path / "copy").exists()


def test_more_than_a_zip_holds_is_sent_to_the_command(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ENTRIES", 4)
    seat = home.seat
    for _ in range(2):
        write(seat)
    with pytest.raises(InputError) as refusal:
        export_zip(seat, NOW)
    assert refusal.value.code == "export.too_many"


def test_a_folder_with_something_in_it_is_left_as_it_is(home: Home, tmp_path: Path) -> None:
    seat = home.seat
    (tmp_path / "copy").mkdir()
    export_to(tmp_path / "copy", seat, NOW)
    for target, code in [
        (tmp_path / "copy", "export.not_empty"),
        (tmp_path / "copy/manifest.json", "export.not_empty"),
        (tmp_path / "nowhere/copy", "file.no_folder"),
    ]:
        with pytest.raises(InputError) as refusal:
            export_to(target, seat, NOW)
        assert refusal.value.code == code


def test_a_copy_is_written_whole_or_not_at_all(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "flush_file", full)
    with pytest.raises(OutsideError) as refusal:
        export_to(tmp_path / "copy", home.seat, NOW)
    assert refusal.value.code == "export.not_written"
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


def test_an_older_key_or_a_full_disk_takes_nothing_in(home: Home) -> None:
    seat = filled(home.seat)
    copy = zipped(seat)
    Note.objects.all().delete()
    newer = home.lock_with_passphrase()
    with pytest.raises(LockedError):
        take_in(seat, ZipSource(copy))
    assert Note.objects.count() == 0
    enter(ReadOnlyRoom())
    with pytest.raises(FullError):
        take_in(newer, ZipSource(copy))


def changed(copy: io.BytesIO, change: dict[str, object], folder: Path) -> FolderSource:
    """Return a copy in which the last of its rows was changed."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(copy) as packed:
        packed.extractall(folder)
    lines = (folder / "notes.json").read_bytes().splitlines()
    row = json.loads(lines[-2]) | change
    row = {name: value for name, value in row.items() if value != "gone"}
    lines[-2] = written(row)
    (folder / "notes.json").write_bytes(b"\n".join(lines) + b"\n")
    return FolderSource(folder)


@pytest.mark.parametrize(
    "change",
    [
        *({"id": "no id"}, {"id": "c1d9ac2a-5d4c-4a3a-8b2e-2d2d2d2d2d2d"}, {"id": 5}),
        *({"version": 0}, {"version": "1"}, {"version": 2**70}, {"version": None}),
        *(
            {"created_at": "2026-11-22T10:00:00"},
            {"created_at": "yesterday"},
            {"created_at": "gone"},
        ),
        *({"day": None}, {"day": "2026-13-01"}, {"day": 5}, {"mood": 1}, {"person_id": "x"}),
        *({"body": 5}, {"body": []}, {"body": {}}, {"body": {"kind": "note"}}),
        *({"body": "gone"}, {"body": "gone", "body.base64": "AAAA"}),
        {"body": {"kind": "note", "text": "x" * (2**20 + 1)}},
        {"body": {"kind": "note", "text": "null \0 byte"}},
        {"body": {"kind": "note", "text": "x", "tags": [f"tag {n}" for n in range(500)]}},
    ],
)
def test_one_row_that_cannot_be_keeps_all_of_them_out(
    home: Home, tmp_path: Path, change: dict[str, object]
) -> None:
    seat = home.seat
    write(seat, "first")
    write(seat, "second")
    copy = zipped(seat)
    Note.objects.all().delete()
    with pytest.raises(InputError) as refusal:
        take_in(seat, changed(copy, change, tmp_path / "copy"))
    assert refusal.value.code == "export.damaged"
    assert Note.objects.count() == 0
    assert take_in(seat, changed(copy, {}, tmp_path / "copy")).new == 2


@pytest.mark.parametrize(
    "person",
    [
        *({}, {"created_at": "x", "settings": {}}, {"created_at": None, "settings": {}}),
        {"created_at": "2026-11-22T10:00:00Z", "settings": {"look": "red"}},
        {"created_at": "2026-11-22T10:00:00Z", "settings": {"mood": "red"}},
        {"created_at": "2026-11-22T10:00:00Z", "settings": []},
    ],
)
def test_settings_that_cannot_be_keep_all_of_it_out(
    home: Home, tmp_path: Path, person: dict[str, object]
) -> None:
    seat = home.seat
    export_to(tmp_path / "copy", seat, NOW)
    manifest = tmp_path / "copy/manifest.json"
    manifest.write_bytes(written(json.loads(manifest.read_text()) | {"person": person}))
    with pytest.raises(InputError) as refusal:
        take_in(seat, FolderSource(tmp_path / "copy"))
    assert refusal.value.code == "export.damaged"


def test_a_store_whose_settings_were_never_made_takes_those_of_the_copy(home: Home) -> None:
    seat = home.seat
    Setting.objects.update(country="nz")
    copy = zipped(seat)
    Setting.objects.all().delete()
    take_in(seat, ZipSource(copy))
    assert Setting.objects.get().country == "nz"


def test_a_copy_is_of_one_moment(home: Home) -> None:
    seat = home.seat
    for number in range(40):
        write(seat, f"{number} " + "x" * 5000 * (number % 7))
    pieces = export_zip(seat, NOW)
    first = next(pieces)
    assert connection.connection.in_transaction
    with zipfile.ZipFile(io.BytesIO(first + b"".join(pieces))) as packed:
        assert len(json.loads(packed.read("notes.json"))) == 40
        assert len(packed.namelist()) == 40 + len(EXPORTED) + 2
    assert not connection.connection.in_transaction


def test_every_table_of_rows_is_one_of_a_copy() -> None:
    assert set(EXPORTED.values()) == set(sealed.sealed_models())
    assert set(SETTINGS) == {"idle_minutes", "country", "language", "look"}
