"""Writing files so that they are whole after a power cut, and nobody else's."""

import os
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read; one that is there becomes so."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    make_private(path, PRIVATE_FILE)


def make_private(path: Path, mode: int) -> None:
    """Take away what others may do, where the file system knows of it."""
    if path.stat().st_mode & 0o777 & ~mode:
        path.chmod(mode)


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file: after a power cut it is as before or as now, never between."""
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(new, path)


def put_in_place(new: Path, path: Path) -> None:
    """Let ``new``, which is whole on the disk, stand for ``path``."""
    new.replace(path)
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Wait until a file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system offers that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
