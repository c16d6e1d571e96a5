"""Where Thaw keeps what it makes on this machine."""

import os
from pathlib import Path

from thaw.units import SettingError


def data_folder() -> Path:
    """Return the data folder, made if need be: ``THAW_DATA``, or the system's own place."""
    named = os.environ.get("THAW_DATA")
    folder = Path(named).absolute() if named else _usual_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # One with a store in it is opened to be read, where it takes no writing.
        needed = 0 if (folder / "thaw.sqlite3").exists() else os.W_OK
        usable = os.access(folder, os.R_OK | os.X_OK | needed)
    except OSError:
        usable = False
    if not usable:
        raise SettingError(
            "data.unusable",
            f"Thaw cannot use {folder} for its data. Set THAW_DATA to a folder you may write to.",
        )
    return folder


def clips_folder(data: Path) -> Path:
    """Return where voiced lines are kept."""
    return data / "cache" / "clips"


def _usual_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("thaw", appauthor=False)
