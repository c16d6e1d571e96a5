"""Where something failed, in words that hold nothing private."""

import traceback
from pathlib import Path

import thaw


def place_of(error: BaseException | None) -> str:
    """Return what failed and where in our code; never what the error says, nor an address."""
    if error is None:
        return "unknown"
    ours = Path(thaw.__file__).parent
    places = [
        f" at {Path(frame.filename).relative_to(ours)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ours)
    ]
    return type(error).__name__ + "".join(places[-1:])
