"""Where a readable copy is written to: a folder, or a zip that is sent while it is made."""

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from thaw.exchange.export import File

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_REGULAR = 0o100000
_PIECE = 64 * 1024


def put_files(folder: Path, files: Iterable[File]) -> None:
    """Write files that were not there into a folder that is; for its owner alone."""
    for name, content in files:
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        with os.fdopen(handle, "wb") as file:
            for chunk in content:
                file.write(chunk)


def zip_of(files: Iterable[File], at: datetime) -> Iterator[bytes]:
    """Yield a zip, piece by piece, as its files are gone through; nothing of it is kept.

    Args:
        files: What to put into it.
        at: The time that its files bear; only its date and clock count.
    """
    out = _Out()
    clock = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            told = zipfile.ZipInfo(name, clock)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = (_REGULAR | _PRIVATE_FILE) << 16
            with packed.open(told, "w") as file:
                for chunk in content:
                    file.write(chunk)
                    yield from out.taken(_PIECE)
    yield from out.taken(1)


class _Out(io.RawIOBase):
    """What a zip is written to, and taken away from; nobody can seek in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, content: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._held += content
        return len(content)

    def taken(self, least: int) -> Iterator[bytes]:
        """Yield what was written, once there is this much of it."""
        if len(self._held) >= least:
            yield bytes(self._held)
            self._held.clear()
