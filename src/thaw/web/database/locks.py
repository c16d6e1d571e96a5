"""Who uses a data folder: many at once, or one alone."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thaw.units import SettingError

if sys.platform != "win32":
    import fcntl

LOCK = "lock"


class Use:
    """This process uses the folder until ``close``; so may others, unless one is alone.

    Raises:
        SettingError: ``store.in_use``: another has it alone.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        if sys.platform != "win32":  # There nobody can take away a file that is open.
            self._handle = os.open(folder, os.O_RDONLY)
            if not self._take(fcntl.LOCK_SH):
                self.close()
                raise in_use()

    def become_alone(self) -> bool:
        """Keep others out from now on; return False where there are some, and let them be."""
        if sys.platform == "win32" or self._take(fcntl.LOCK_EX):
            return True
        self._take(fcntl.LOCK_SH)  # A try that failed may have given up what was held.
        return False

    def let_in(self) -> None:
        """Let others in again."""
        if sys.platform != "win32":
            self._take(fcntl.LOCK_SH)

    def close(self) -> None:
        """End the use."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _take(self, how: int) -> bool:
        if sys.platform == "win32" or self._handle is None:
            return True
        try:
            fcntl.flock(self._handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Open a folder while nobody else does."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def in_use() -> SettingError:
    """Return what is said to who must be alone and is not."""
    return SettingError(
        "store.in_use", "Thaw is open with this data folder. End it there, then try again."
    )
