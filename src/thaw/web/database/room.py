"""Room set aside for a full disk.

On a full disk SQLite can delete nothing: even that is first written to its log. So a file of
16 MB lies beside the database and is let go when the disk is full: enough to open the store,
take everything along and delete. It is laid again once there is room.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Lock

from thaw.units import DamageError, FullError, OutsideError, ThawError

BALLAST = "ballast"
BALLAST_BYTES = 16 * 2**20

_CHUNK = 2**20
_SPARE = 2  # It is laid again once this many times its size is free.


class Room:
    """What is left of the disk under one database file.

    Args:
        file: The database.
        size: Bytes to set aside.
    """

    def __init__(self, file: Path, *, size: int = BALLAST_BYTES) -> None:
        self._file, self._size = file, size
        self._ballast = file.with_name(BALLAST)
        self._lock = Lock()
        self._identity = _identity_of(file)
        self._stopped: ThawError | None = None

    def stop(self, error: ThawError) -> None:
        """Let nothing more be kept here, for this reason."""
        self._stopped = error

    def check_there(self) -> None:
        """Raise ``OutsideError`` unless the file is still the one that was opened.

        A file that was taken away could be written to for long, and all of it lost.
        """
        if self._stopped is not None:
            raise self._stopped
        if self._identity == _identity_of(self._file):
            return
        raise OutsideError(
            "store.gone",
            "The data folder is no longer what it was, so this is not kept. Put it back, then "
            "start Thaw again.",
        )

    def check_free(self) -> None:
        """Raise ``FullError`` while what was set aside is gone and cannot be laid again."""
        if self._ballast.exists() or self.set_aside():
            return
        needed = self._size * _SPARE // 2**20
        raise FullError(
            "store.full",
            "The disk is full, so this is not kept yet. What was kept before is safe. Make "
            f"{needed} MB of room on the disk; reading, taking along and deleting work meanwhile.",
            {"needed_mb": needed},
        )

    def set_aside(self) -> bool:
        """Lay the ballast where there is none and room for it; return whether it is there."""
        with self._lock:
            if self._ballast.exists():
                return True
            free = shutil.disk_usage(self._file.parent).free
            return free > self._size * _SPARE and self._lay()

    def let_go(self) -> bool:
        """Give the room back to the disk; return whether there was any."""
        with self._lock:
            try:
                self._ballast.unlink()
            except OSError:
                return False
            return True

    def _lay(self) -> bool:
        """Write what no file system can make smaller."""
        new = self._ballast.with_suffix(".new")
        try:
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                for _ in range(0, self._size, _CHUNK):
                    file.write(os.urandom(_CHUNK))
            new.replace(self._ballast)
        except OSError:
            with suppress(OSError):  # What is left of it is written over the next time.
                new.unlink()
            return False
        return True


class _Boundless(Room):
    """Where no folder is open: nothing to watch, nothing set aside."""

    def __init__(self) -> None:
        """Stand for any place."""

    def check_there(self) -> None:
        """Find nothing missing."""

    def check_free(self) -> None:
        """Find room."""

    def let_go(self) -> bool:
        return False


class ReadOnlyRoom(_Boundless):
    """Where nothing can be kept, but for what need not outlive the process."""

    def check_there(self) -> None:
        raise read_only()

    def stop(self, error: ThawError) -> None:
        """Stay as it is."""


_BOUNDLESS = _Boundless()
_ROOMS: list[Room] = []


def enter(room: Room | None) -> None:
    """Make ``room`` the one that changes are kept in; None takes it away."""
    _ROOMS[:] = [] if room is None else [room]


def the_room() -> Room:
    """Return the room of the folder that is open in this process."""
    return _ROOMS[0] if _ROOMS else _BOUNDLESS


def read_only() -> FullError:
    """Return the error of a folder that takes no writing."""
    return FullError(
        "store.read_only",
        "The data folder can only be read now, so this is not kept. Reading and taking along "
        "work meanwhile.",
    )


def damaged_store() -> DamageError:
    """Return the error of a database that does not hold together."""
    return DamageError(
        "store.damaged",
        "The store is damaged, so nothing more is written to it. Put back the newest backup with "
        "thaw restore.",
    )


def _identity_of(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
