"""How the store is opened: once in full, once only to be read."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

FILE = "thaw.sqlite3"

# A save that was acknowledged is on the disk (tests/crash), and what is deleted is overwritten. The
# two fullfsync ask macOS to empty the disk's own memory too; other systems know no difference.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    "PRAGMA journal_size_limit = 4194304",
)
_BUSY_S = 10


def in_full(file: Path) -> dict[str, Any]:
    """Return Django's settings for a database that is there, to be read and written.

    SQLite would lay an empty one in the place of a file that was taken away.
    """
    return {
        "ENGINE": "thaw.web.database",
        "NAME": _address_of(file, "mode=rw"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": _BUSY_S,
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(_PRAGMAS),
        },
    }


def to_read(file: Path) -> dict[str, Any]:
    """Return Django's settings for a database on a disk that takes no writing.

    Nothing else may change the file meanwhile, and its write-ahead log must be empty.
    """
    settings = in_full(file)
    settings["NAME"] = _address_of(file, "mode=ro&immutable=1")
    settings["OPTIONS"] = {"init_command": "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY"}
    return settings


def _address_of(file: Path, asked: str) -> str:
    return f"file:{quote(str(file.absolute()))}?{asked}"
