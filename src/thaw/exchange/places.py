"""Where a readable copy lies: a folder, or a zip."""

import os
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_REGULAR = 0o100000


class FolderPlace:
    """A folder that is there; what is put into it is for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Write a file that was not there."""
        path = self._folder.joinpath(*name.split("/"))
        path.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        with os.fdopen(handle, "wb") as file:
            for chunk in content:
                file.write(chunk)


class ZipPlace:
    """A zip that is written from its beginning to its end, so that it can be sent meanwhile.

    Args:
        out: Where to; it need not be able to seek.
        at: The time that its files bear; only its date and clock count.
    """

    def __init__(self, out: BinaryIO, at: datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._at = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Write a file."""
        told = zipfile.ZipInfo(name, self._at)
        told.compress_type = zipfile.ZIP_DEFLATED
        told.external_attr = (_REGULAR | _PRIVATE_FILE) << 16
        with self._zip.open(told, "w", force_zip64=False) as file:
            for chunk in content:
                file.write(chunk)

    def close(self) -> None:
        """Write what a zip ends with."""
        self._zip.close()
