"""The data folder: private, whole, its own, and refused when it is not."""

import shutil
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from tests.fakes.seats import FakeSeat, new_seat
from tests.web.conftest import until
from tests.web.database.conftest import Open
from thaw.units import DamageError, FullError, OutsideError, SettingError, ThawError
from thaw.web import folder as folders
from thaw.web import sealed
from thaw.web.database.connecting import to_read
from thaw.web.database.keeping import in_sentences, keep
from thaw.web.database.locks import Use
from thaw.web.folder import Folder, alone_in, open_folder, the_folder
from thaw.web.ids import new_id
from thaw.web.people.models import Person
from thaw.web.write.models import Note


def write(seat: FakeSeat, text: str = "kept") -> None:
    """Keep a note."""
    sealed.create(Note, seat, new_id(), {"body": text.encode()}, day="2026-11-22")


def asked(pragma: str) -> object:
    """Return what the database says to a pragma."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


def refused(opened: Open) -> str:
    """Return with which code the folder is refused."""
    with pytest.raises(ThawError) as refusal:
        opened()
    assert refusal.value.exit_code in (1, 78)
    assert refusal.value.message.endswith((".", "instance."))
    return refusal.value.code


def test_a_new_folder_is_private_and_safe(opened: Open, thaw_data: Path) -> None:
    folder = opened()
    assert folder.file == thaw_data / "thaw.sqlite3"
    assert (folder.notice, folder.is_read_only, the_folder()) == ("", False, folder)
    write(new_seat())
    if sys.platform != "win32":
        modes = {path.name: path.stat().st_mode & 0o777 for path in thaw_data.iterdir()}
        assert set(modes.values()) == {0o600}, modes
        assert thaw_data.stat().st_mode & 0o777 == 0o700
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
    assert [asked(pragma) for pragma in pragmas] == ["wal", 2, 1, 1, 2]


def test_what_was_kept_is_there_when_it_is_opened_again(opened: Open, thaw_data: Path) -> None:
    opened()
    Person.objects.create()
    opened().close()
    assert the_folder() is None
    assert not (thaw_data / "thaw.sqlite3-wal").exists()
    opened()
    assert Person.objects.count() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes.")
def test_what_others_might_read_is_made_private(opened: Open, thaw_data: Path) -> None:
    opened().close()
    thaw_data.chmod(0o755)
    (thaw_data / "thaw.sqlite3").chmod(0o644)
    opened()
    assert thaw_data.stat().st_mode & 0o777 == 0o700
    assert (thaw_data / "thaw.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes.")
def test_a_folder_that_holds_more_than_ours_stays_open_to_others(
    opened: Open, thaw_data: Path
) -> None:
    thaw_data.mkdir(mode=0o755)
    (thaw_data / "letters").mkdir()
    opened()
    assert thaw_data.stat().st_mode & 0o777 == 0o755


def test_a_store_that_is_gone_is_not_begun_anew(opened: Open, thaw_data: Path) -> None:
    opened().close()
    (thaw_data / "thaw.sqlite3").unlink()
    assert refused(opened) == "store.missing"
    assert not (thaw_data / "thaw.sqlite3").exists()
    (thaw_data / "thaw.sqlite3").touch()
    assert refused(opened) == "store.missing"
    (thaw_data / "instance").unlink()
    opened()


def test_the_store_of_another_folder_is_refused(
    opened: Open, thaw_data: Path, tmp_path: Path
) -> None:
    open_other = tmp_path / "other"
    opened().close()
    open_folder(open_other).close()
    shutil.copy(open_other / "thaw.sqlite3", thaw_data)
    assert refused(opened) == "store.foreign"


def test_a_store_older_than_the_folder_remembers_is_refused_until_it_is_meant(
    opened: Open, thaw_data: Path, tmp_path: Path
) -> None:
    opened().close()
    old = shutil.copy(thaw_data / "thaw.sqlite3", tmp_path)
    opened().close()
    shutil.copy(old, thaw_data)
    assert refused(opened) == "store.older"
    (thaw_data / "instance").unlink()
    opened().close()
    opened()


def test_a_damaged_memory_of_the_folder_is_refused(opened: Open, thaw_data: Path) -> None:
    opened().close()
    (thaw_data / "instance").write_bytes(b"\xff\x00")
    assert refused(opened) == "store.instance"


def test_a_start_that_was_cut_off_before_the_folder_knew_is_taken_up(
    opened: Open, thaw_data: Path
) -> None:
    opened().close()
    (thaw_data / "instance").unlink()
    opened().close()
    assert (thaw_data / "instance").exists()


@pytest.mark.parametrize("place", [0, 18, 100, 5000])
def test_a_store_that_is_no_database_is_refused_and_left(
    opened: Open, thaw_data: Path, place: int
) -> None:
    opened().close()
    file = thaw_data / "thaw.sqlite3"
    content = bytearray(file.read_bytes())
    content[place : place + 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    with pytest.raises(DamageError) as refusal:
        opened()
    assert refusal.value.code == "store.damaged"
    assert file.read_bytes() == content


def test_a_folder_taken_alone_is_not_opened_and_one_that_is_open_not_taken(
    opened: Open, thaw_data: Path
) -> None:
    thaw_data.mkdir()
    with alone_in(thaw_data):
        assert refused(opened) == "store.in_use"
    opened()
    with pytest.raises(SettingError, match="End it"), alone_in(thaw_data):
        raise AssertionError
    other = Use(thaw_data)
    other.close()


def test_what_was_left_in_temp_is_erased_at_the_next_start(opened: Open, thaw_data: Path) -> None:
    with opened().temp() as lent:
        (lent / "half").write_text("x")
        shutil.copytree(lent, thaw_data / "temp" / "left")
    assert not lent.exists()
    opened()
    assert not (thaw_data / "temp").exists()


def test_temp_stays_while_another_uses_the_folder(opened: Open, thaw_data: Path) -> None:
    folder = opened()
    with folder.temp() as lent:
        other = open_folder(thaw_data)
        assert lent.exists()
        other.close()


def test_a_store_that_was_taken_away_keeps_nothing(opened: Open, thaw_data: Path) -> None:
    opened()
    seat = new_seat()
    shutil.move(thaw_data / "thaw.sqlite3", thaw_data / "moved")
    with pytest.raises(OutsideError) as refusal:
        write(seat)
    assert (refusal.value.code, refusal.value.status) == ("store.gone", 503)
    shutil.move(thaw_data / "moved", thaw_data / "thaw.sqlite3")
    write(seat)


def test_settings_that_lose_saves_are_refused(opened: Open) -> None:
    opened()
    asked_before = connection.settings_dict["OPTIONS"]["init_command"]
    assert "synchronous = FULL" in asked_before
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
    with pytest.raises(SettingError) as refusal:
        folders._check_durable()
    assert refusal.value.code == "store.not_durable"


def read_only(thaw_data: Path) -> Folder:
    """Open a folder as one that takes no writing is opened."""
    return folders._open_to_read(thaw_data, ExitStack())


def test_a_folder_that_takes_no_writing_is_read_with_its_log(
    opened: Open, thaw_data: Path, tmp_path: Path
) -> None:
    opened()
    seat = new_seat()
    write(seat, "in the log")
    frozen = tmp_path / "frozen"
    shutil.copytree(thaw_data, frozen)
    opened().close()
    before = {path.name: path.read_bytes() for path in frozen.iterdir()}
    folder = read_only(frozen)
    assert (folder.is_read_only, folder.notice) == (True, folders.READ_ONLY)
    (row,) = sealed.rows_of(Note, seat)
    assert isinstance(row, sealed.Row)
    assert row.fields["body"] == b"in the log"
    with pytest.raises(FullError) as refusal:
        write(seat)
    assert (refusal.value.code, refusal.value.status) == ("store.read_only", 507)
    with pytest.raises(FullError):
        sealed.trash(Note, seat, [row.id])
    keep(Person.objects.create, grows=False, lasts=False)
    folder.look_after()
    copy = folder.file
    folder.close()
    assert not copy.exists()
    assert {path.name: path.read_bytes() for path in frozen.iterdir()} == before


def test_without_a_store_there_is_nothing_to_read(own_database: None, tmp_path: Path) -> None:
    del own_database
    with pytest.raises(SettingError) as refusal:
        read_only(tmp_path)
    assert refusal.value.code == "data.unusable"


def test_without_room_for_a_copy_the_file_itself_is_read(opened: Open, thaw_data: Path) -> None:
    opened()
    seat = new_seat()
    write(seat)
    opened().close()
    file = thaw_data / "thaw.sqlite3"
    with ExitStack() as undo:
        folders._point(to_read(file), undo)
        folders._check_readable(file)
        assert len(list(sealed.rows_of(Note, seat))) == 1
        with pytest.raises(FullError) as refusal:
            write(seat)
        assert refusal.value.code == "store.read_only"
        file.with_name("thaw.sqlite3-wal").write_bytes(b"more")
        with pytest.raises(SettingError) as refused:
            folders._check_readable(file)
        assert refused.value.code == "store.not_readable_there"
        file.with_name("thaw.sqlite3-wal").unlink()


def test_damage_found_while_running_stops_writing_and_not_reading(opened: Open) -> None:
    folder = opened()
    seat = new_seat()
    write(seat)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DELETE FROM people_person")
    folder.look_after()
    with pytest.raises(DamageError):
        write(seat)
    assert "damaged" in folder.notice
    assert len(list(sealed.rows_of(Note, seat))) == 1


def test_looking_after_a_folder_sets_room_aside_and_empties_the_trash(
    opened: Open, thaw_data: Path
) -> None:
    folder = opened()
    seat = new_seat()
    write(seat)
    Note.objects.update(trashed_at="2020-01-01T00:00:00Z")
    folder.look_after()
    assert not Note.objects.exists()
    assert (thaw_data / "ballast").stat().st_size == 16 * 2**20


def test_a_folder_is_watched_until_it_is_closed(opened: Open, thaw_data: Path) -> None:
    folder = opened()
    folder.watch()
    until((thaw_data / "ballast").exists, bool)
    folder.close()
    assert "folder" not in {thread.name for thread in threading.enumerate()}


def test_looking_after_a_store_that_is_busy_lets_it_go_on(opened: Open) -> None:
    folder = opened()
    seat = new_seat()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE write_note RENAME TO elsewhere")
    folder.look_after()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO write_note")
    write(seat)


def test_no_empty_database_is_laid_in_the_place_of_one_that_was_taken_away(
    opened: Open, thaw_data: Path
) -> None:
    folder = opened()
    write(new_seat())
    away = folder.file.rename(thaw_data / "away")
    connection.close()  # As in a thread that has none yet.
    with pytest.raises(OutsideError, match="no longer"), in_sentences():
        Note.objects.count()
    assert not folder.file.exists()
    away.rename(folder.file)
    assert Note.objects.count() == 1
