"""Where a readable copy comes from: a folder or a zip, each read as if a stranger had made it.

Files are asked for by the few names that we know, so no path leads anywhere else; how much is
read follows from what was read, never from what a zip says of itself.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol

from thaw.exchange.export import MANIFEST
from thaw.units import InputError

MOST_BYTES = 2 * 2**30
"""What a file of a copy may come to."""

MOST_ENTRIES = 65_534
"""Files in a zip; a zip of another form could hold more."""

_MOST_DIRECTORY = 16 * 2**20
_MOST_TIMES = 200  # A text of one letter shrinks to a thousandth; what people write never so.
_ALLOWANCE = 2**20
_TAIL = 22 + 2**16  # The record that a zip ends with, and the longest remark behind it.
_END = struct.Struct("<4s4H2LH")
_LARGE = b"PK\x06\x07"
_LARGE_BEFORE = 20

_PLAIN = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

# What zipfile and zlib raise at bytes that are not what they should be.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
)


class Source(Protocol):
    """A readable copy as it arrives."""

    def lines(self, name: str, most: int) -> Iterator[bytes]:
        """Yield the lines of a file, each with at most ``most`` bytes.

        Raises:
            InputError: It is not there, cannot be read, or is larger than it may be.
        """
        ...

    def whole(self, name: str, most: int) -> bytes:
        """Return a file of at most ``most`` bytes.

        Raises:
            InputError: As ``lines``.
        """
        ...


class FolderSource:
    """A folder, as it lies on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lines(self, name: str, most: int) -> Iterator[bytes]:
        """Yield the lines of a file; a link to elsewhere is not followed."""
        with _opened(self._folder / name) as file:
            yield from _bounded(file, most, MOST_BYTES)

    def whole(self, name: str, most: int) -> bytes:
        """Return a file; a link to elsewhere is not followed."""
        with _opened(self._folder / name) as file:
            return _all_of(file, most)


class ZipSource:
    """A zip.

    Args:
        file: Its bytes; they can be sought in.

    Raises:
        InputError: ``export.not_zip``, ``export.large`` or ``export.strange``.
    """

    def __init__(self, file: BinaryIO) -> None:
        size = file.seek(0, os.SEEK_END)
        self._most = min(MOST_BYTES, size * _MOST_TIMES + _ALLOWANCE)
        _check_directory(file, size)
        with _as_sentence():
            self._zip = zipfile.ZipFile(file)
        names = [told.filename for told in self._zip.infolist()]
        if len(set(names)) != len(names) or any(map(_is_strange, self._zip.infolist())):
            raise _strange()
        self._top = _top_of(names)

    def lines(self, name: str, most: int) -> Iterator[bytes]:
        """Yield the lines of a file, counted as they come out."""
        told = self._told(name)
        with _as_sentence(), self._zip.open(told) as file:
            yield from _bounded(file, most, self._most)

    def whole(self, name: str, most: int) -> bytes:
        """Return a file."""
        told = self._told(name)
        with _as_sentence(), self._zip.open(told) as file:
            return _all_of(file, min(most, self._most))

    def _told(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._zip.getinfo(self._top + name)
        except KeyError:
            raise _missing(name) from None


def too_large() -> InputError:
    """Return the error of a copy that is larger than any of ours."""
    return InputError(
        "export.large",
        "This copy is larger than Thaw takes in at once, so nothing of it was taken. Is it the "
        "right file?",
    )


def damaged() -> InputError:
    """Return the error of a copy that is not as we write it."""
    return InputError(
        "export.damaged",
        "This copy is damaged or was changed, so nothing of it was taken. Try another copy of it.",
    )


def _opened(path: Path) -> BinaryIO:
    """Open a plain file: no link, no folder, nothing that would make us wait."""
    try:
        handle = os.open(path, _PLAIN)
    except OSError:
        raise _missing(path.name) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _missing(path.name)
    return os.fdopen(handle, "rb")


def _bounded(file: IO[bytes], most: int, most_in_all: int) -> Iterator[bytes]:
    while line := file.readline(most + 1):
        most_in_all -= len(line)
        if len(line) > most or most_in_all < 0:
            raise too_large()
        yield line


def _all_of(file: IO[bytes], most: int) -> bytes:
    content = file.read(most + 1)
    if len(content) > most:
        raise too_large()
    return content


@contextmanager
def _as_sentence() -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        raise InputError(
            "export.not_zip",
            "This zip cannot be read: it is damaged, cut off, locked or no zip at all. Nothing of "
            "it was taken. Choose the file that Thaw made.",
        ) from None


def _check_directory(file: BinaryIO, size: int) -> None:
    """Refuse a zip that tells of more files than ours ever have, before all are listed."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        return  # zipfile finds no end either, and says so.
    _, _, _, _, entries, length, _, _ = _END.unpack_from(tail, place)
    is_large = tail[max(0, place - _LARGE_BEFORE) :].startswith(_LARGE)
    if is_large or entries > MOST_ENTRIES or length > _MOST_DIRECTORY:
        raise too_large()


def _is_strange(told: zipfile.ZipInfo) -> bool:
    """Return whether a name leads elsewhere, or stands for no file of its own."""
    path = PurePosixPath(told.filename)
    mode = told.external_attr >> 16
    return (
        path.is_absolute()
        or ".." in path.parts
        or any(character in told.filename for character in "\\:\0")
        or (stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR))
        or told.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    )


def _top_of(names: list[str]) -> str:
    """Return the folder that the copy lies in: none, unless someone has packed it again."""
    tops = [name.removesuffix(MANIFEST) for name in names if name.endswith(MANIFEST)]
    found = [top for top in tops if top.count("/") == bool(top)]
    return min(found, key=len, default="")


def _strange() -> InputError:
    return InputError(
        "export.strange",
        "This zip holds names that Thaw does not write, so nothing of it was taken. Choose the "
        "file that Thaw made.",
    )


def _missing(name: str) -> InputError:
    if name == MANIFEST:
        return InputError(
            "export.foreign",
            f"There is no {MANIFEST} here, so this is not a copy that Thaw made. Choose another "
            "one.",
        )
    return damaged()
