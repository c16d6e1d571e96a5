"""The data folder of one Thaw: opened with every check first, watched while open, closed.

Whatever makes it unsafe to write ends the start with a sentence. A folder that can only be read
is opened for that: to read and to take along.
"""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.utils import timezone

from thaw.units import DamageError, SettingError, ThawError
from thaw.web.database import files, moving, sentinel
from thaw.web.database.connecting import FILE, in_full, to_read
from thaw.web.database.keeping import in_sentences
from thaw.web.database.locks import LOCK, Use, in_use, one_at_a_time
from thaw.web.database.mounts import check_local
from thaw.web.database.room import BALLAST, ReadOnlyRoom, Room, enter
from thaw.web.database.versions import check_sqlite

logger = logging.getLogger("thaw.web")

TEMP = "temp"
_OTHERS = ("key", "cache", "voices", "links", "running")
_OURS = (FILE, sentinel.INSTANCE, BALLAST, moving.BEFORE, LOCK, TEMP, *_OTHERS)
_DAY_S = 24 * 60 * 60
_PATIENCE_S = 5  # A look at the store that takes longer may end with the process.
_FULL = 2  # What PRAGMA synchronous answers for FULL.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it.

READ_ONLY = (
    "The data folder can only be read now. What is here can be read and taken along; nothing new "
    "can be kept."
)


_FOLDERS: list["Folder"] = []


class Folder:
    """An open data folder.

    Attributes:
        data: Where it is.
        file: The database that is open; another than the folder's own while it is only read.
        notice: What a person should know of it, or nothing; it may change while it is open.
    """

    def __init__(self, data: Path, file: Path, room: Room, notice: str, until: ExitStack) -> None:
        self.data, self.file, self.notice = data, file, notice
        self._room, self._until = room, until
        self._ends = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be kept."""
        return isinstance(self._room, ReadOnlyRoom)

    @contextmanager
    def temp(self) -> Iterator[Path]:
        """Lend a private folder in the data folder; it is gone afterwards, or at a next start."""
        parent = self.data / TEMP
        parent.mkdir(mode=files.PRIVATE_FOLDER, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=parent) as lent:
            yield Path(lent)

    def watch(self) -> None:
        """Look after the folder now and once a day, until it is closed."""
        self._watcher = threading.Thread(target=self._watch, name="folder", daemon=True)
        self._watcher.start()

    def look_after(self) -> None:
        """Set room aside, check that the database holds together, empty the trash of its old."""
        try:
            with in_sentences():
                self._look_after()
        except DamageError as error:
            self._room.stop(error)
            self.notice = error.message
        except (ThawError, DatabaseError) as error:
            logger.warning("Looking after the store failed (%s).", type(error).__name__)
        finally:
            connection.close()

    def _look_after(self) -> None:
        from thaw.web.sealed import purge_old, sealed_models

        moving.check_whole()
        if not self.is_read_only:
            self._room.set_aside()
            for model in sealed_models():
                purge_old(model, timezone.now())

    def close(self) -> None:
        """Let the folder go; it may be opened again."""
        _FOLDERS.clear()
        self._ends.set()
        if self._watcher is not None:
            self._watcher.join(_PATIENCE_S)
        self._until.close()

    def _watch(self) -> None:
        while not self._ends.is_set():
            self.look_after()
            self._ends.wait(_DAY_S)


def open_folder(data: Path) -> Folder:
    """Open a data folder, made if need be, and let Django use its database.

    Raises:
        SettingError: Something makes it unsafe to write there; the sentence says what to do.
        DamageError: ``store.damaged``.
    """
    check_sqlite()
    data = data.absolute()
    data.mkdir(parents=True, exist_ok=True, mode=files.PRIVATE_FOLDER)
    check_local(data)
    with ExitStack() as undo, in_sentences():
        return (_open_to_write if _may_write(data) else _open_to_read)(data, undo)


def the_folder() -> Folder | None:
    """Return the folder that is open in this process, if one is."""
    return _FOLDERS[0] if _FOLDERS else None


@contextmanager
def alone_in(data: Path) -> Iterator[None]:
    """Have a data folder that is not open alone, to put files in place in it.

    Raises:
        SettingError: ``store.in_use``.
    """
    use = Use(data)
    try:
        if not use.become_alone():
            raise in_use()
        yield
    finally:
        use.close()


def _open_to_write(data: Path, undo: ExitStack) -> Folder:
    file = data / FILE
    _make_private(data)
    with one_at_a_time(data):
        use = Use(data)
        undo.callback(use.close)
        if use.become_alone():
            shutil.rmtree(data / TEMP, ignore_errors=True)
            use.let_in()
        sentinel.check_there(data, file)
        files.make_private_file(file)
        _point(in_full(file), undo)
        _check_durable()
        sentinel.check_belongs(data)
        moving.bring_up_to_date(file, use.become_alone)
        use.let_in()
        _carry_on(data)
        sentinel.count_start(data)
    return _entered(data, file, Room(file), "", undo)


def _carry_on(data: Path) -> None:
    """End a restore, or an erasing, in the middle of which a process was ended."""
    from thaw.web.take.settling import settle

    settle(data)


def _open_to_read(data: Path, undo: ExitStack) -> Folder:
    """Open a copy in memory, as even reading a log takes writing; without room, the file itself."""
    file = data / FILE
    if not file.is_file():
        raise SettingError(
            "data.unusable",
            f"Thaw cannot use {data} for its data. Set THAW_DATA to a folder you may write to.",
        )
    try:
        file = _copied(file, undo)
        _point(in_full(file), undo)
        moving.bring_up_to_date(file, lambda: True)
    except OSError:
        _point(to_read(file), undo)
        _check_readable(file)
    return _entered(data, file, ReadOnlyRoom(), READ_ONLY, undo)


def _copied(file: Path, undo: ExitStack) -> Path:
    """Return a private copy of a database and its log, gone when the folder is closed."""
    place = _MEMORY if _MEMORY.is_dir() else None
    folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="thaw-", dir=place)))
    for ending in ("", "-wal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            shutil.copyfile(part, folder / part.name)
    return folder / file.name


def _check_readable(file: Path) -> None:
    log = file.with_name(f"{file.name}-wal")
    if moving.is_behind() or (log.exists() and log.stat().st_size):
        raise SettingError(
            "store.not_readable_there",
            f"{file.parent} can only be read, and there is no room in memory to read it whole. "
            "Copy the folder to a disk that can be written, and set THAW_DATA to it.",
        )


def _entered(data: Path, file: Path, room: Room, notice: str, undo: ExitStack) -> Folder:
    enter(room)
    undo.callback(enter, None)
    folder = Folder(data, file, room, notice, undo.pop_all())
    _FOLDERS[:] = [folder]
    return folder


def _point(settings: dict[str, Any], undo: ExitStack) -> None:
    """Let Django use this database in every thread, and none once the folder is closed."""
    connection.close()
    before = dict(connections.settings[DEFAULT_DB_ALIAS])
    undo.callback(connections.settings[DEFAULT_DB_ALIAS].update, before)
    undo.callback(_leave)
    connections.settings[DEFAULT_DB_ALIAS].update(settings)


def _leave() -> None:
    """Close this thread's connection, the log written back so that the file stands alone."""
    with suppress(DatabaseError), connection.cursor() as cursor:  # It is as safe in the log.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _check_durable() -> None:
    """Refuse a file system on which SQLite cannot have its log, or settings that lose saves."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        is_full = cursor.fetchone()[0] >= _FULL
    if mode != "wal" or not is_full:
        raise SettingError(
            "store.not_durable",
            "What is kept here could be lost when the power fails. Set THAW_DATA to a folder on "
            "another disk of this machine.",
        )


def _may_write(data: Path) -> bool:
    file = data / FILE
    return os.access(data, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _make_private(data: Path) -> None:
    """Take away what others may do in a folder that holds nothing but ours."""
    if all(entry.name.startswith(_OURS) for entry in data.iterdir()):
        files.make_private(data, files.PRIVATE_FOLDER)
