"""Files written whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from thaw.units import InputError, OutsideError


def check_target(path: Path) -> None:
    """Make sure that a file may be written at ``path``, before any work is done for it.

    Raises:
        InputError: The folder is missing or cannot be written to, or ``path`` is a folder.
    """
    if not path.parent.is_dir():
        raise InputError(
            "file.no_folder",
            f"There is no folder {path.parent}. Make it first, or name another place.",
        )
    if path.is_dir():
        raise InputError("file.is_folder", f"{path} is a folder. Name a file in it.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise InputError(
            "file.not_allowed", f"Nothing may be written into {path.parent}. Name another place."
        )


@contextlib.contextmanager
def written_whole(path: Path, chunks: Iterable[bytes]) -> Iterator[None]:
    """Write ``chunks`` to a file beside ``path``; it takes its place when the block ends well.

    Several may be nested: then all are written before the first takes its place. Whatever
    goes wrong, what stood at ``path`` before stays as it was.

    Raises:
        OutsideError: The file could not be written, for example because the disk is full.
    """
    made: Path | None = None
    try:
        with (
            _as_sentence(path),
            tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
            ) as file,
        ):
            made = Path(file.name)
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield
        with _as_sentence(path):
            _give_usual_rights(made, path)
            made.replace(path)
            made = None
            _keep_folder(path.parent)
    finally:
        if made is not None:
            made.unlink(missing_ok=True)


@contextlib.contextmanager
def _as_sentence(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutsideError(
            "file.not_written",
            f"{path} could not be written ({error.strerror}). Make room or name another place; "
            "nothing was changed.",
        ) from error


def _give_usual_rights(made: Path, path: Path) -> None:
    """Give a temporary file, private at first, the rights of the old file or of any new one."""
    if path.exists():
        made.chmod(path.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    made.chmod(0o666 & ~mask)


def _keep_folder(folder: Path) -> None:
    """Write the folder's entry to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
