"""What the disk refuses, as sentences; and the room that is set aside for that day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError
from sqlcipher3 import dbapi2

from thaw.units import FullError, ThawError
from thaw.web.database.keeping import in_sentences, keep
from thaw.web.database.room import Room, enter

MB = 2**20


def said(code: int) -> DatabaseError:
    """Return the error that Django raises when SQLite says ``code``."""
    error, cause = DatabaseError("x"), dbapi2.OperationalError("x")
    cause.sqlite_errorcode = code
    error.__cause__ = cause
    return error


pytestmark = pytest.mark.django_db


class Disk:
    """A change that says ``code`` as often as it is told to, then works."""

    def __init__(self, code: int, times: int) -> None:
        self.code, self.times, self.tries = code, times, 0

    def __call__(self) -> str:
        self.tries += 1
        if self.tries <= self.times:
            raise said(self.code)
        return "kept"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database file, as far as room is concerned."""
    path = tmp_path / "thaw.sqlite3"
    path.touch()
    return path


@pytest.fixture
def room(file: Path) -> Iterator[Room]:
    """Room with a ballast of 1 MB."""
    room = Room(file, size=MB)
    enter(room)
    yield room
    enter(None)


@pytest.mark.parametrize(
    ("code", "writing", "name", "status"),
    [
        (dbapi2.SQLITE_FULL, True, "store.full", 507),
        (dbapi2.SQLITE_IOERR, True, "store.not_written", 507),
        (dbapi2.SQLITE_IOERR, False, "store.gone", 503),
        (dbapi2.SQLITE_READONLY, True, "store.read_only", 507),
        (dbapi2.SQLITE_CANTOPEN, True, "store.gone", 503),
        (dbapi2.SQLITE_BUSY, True, "store.busy", 503),
        (dbapi2.SQLITE_CORRUPT, False, "store.damaged", 500),
        (dbapi2.SQLITE_NOTADB, False, "store.damaged", 500),
    ],
)
def test_what_the_disk_says_becomes_a_sentence(
    code: int, writing: bool, name: str, status: int
) -> None:
    with pytest.raises(ThawError) as refusal, in_sentences(writing=writing):
        raise said(code)
    assert (refusal.value.code, refusal.value.status) == (name, status)
    assert refusal.value.message.endswith(".")


def test_our_own_mistakes_stay_what_they_are() -> None:
    for mistake in (said(dbapi2.SQLITE_ERROR), DatabaseError("of nothing")):
        with pytest.raises(DatabaseError), in_sentences():
            raise mistake
    with pytest.raises(DatabaseError):
        keep(Disk(dbapi2.SQLITE_CONSTRAINT, 1), grows=True)


def test_the_ballast_is_laid_before_the_first_change(room: Room, file: Path) -> None:
    assert keep(Disk(0, 0), grows=True) == "kept"
    ballast = file.with_name("ballast")
    assert (ballast.stat().st_size, ballast.stat().st_mode & 0o77) == (MB, 0)
    assert room.set_aside()


def test_a_full_disk_refuses_what_grows_and_lets_the_ballast_go(room: Room, file: Path) -> None:
    room.set_aside()
    disk = Disk(dbapi2.SQLITE_FULL, 9)
    with pytest.raises(FullError):
        keep(disk, grows=True)
    assert disk.tries == 1
    assert not file.with_name("ballast").exists()


def test_what_does_not_grow_is_tried_again_on_the_ballast(room: Room) -> None:
    room.set_aside()
    disk = Disk(dbapi2.SQLITE_FULL, 1)
    assert keep(disk, grows=False) == "kept"
    assert disk.tries == 2


def test_it_is_tried_again_once(room: Room) -> None:
    room.set_aside()
    for _ in range(2):  # With the ballast, and after it.
        with pytest.raises(FullError):
            keep(Disk(dbapi2.SQLITE_FULL, 9), grows=False)


def test_while_room_is_short_only_what_does_not_grow_is_kept(file: Path) -> None:
    enter(Room(file, size=2**60))
    disk = Disk(0, 0)
    with pytest.raises(FullError, match="MB of room") as refusal:
        keep(disk, grows=True)
    assert (refusal.value.status, disk.tries) == (507, 0)
    assert keep(disk, grows=False) == "kept"
    enter(None)


def test_once_there_is_room_the_ballast_is_laid_again(room: Room, file: Path) -> None:
    room.set_aside()
    assert room.let_go()
    assert not room.let_go()
    assert keep(Disk(0, 0), grows=True) == "kept"
    assert file.with_name("ballast").exists()


@pytest.mark.usefixtures("room")
def test_without_a_ballast_nothing_grows(file: Path) -> None:
    file.with_name("ballast.new").mkdir()
    with pytest.raises(FullError):
        keep(Disk(0, 0), grows=True)
