"""The clocks that say how long nobody was there, and whether the machine slept."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _passing() -> float:
    # Elsewhere only the clock on the wall is known to go on while the machine sleeps.
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.time()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Three clocks.

    Attributes:
        passing: Seconds that pass, also while the machine sleeps.
        running: Seconds that pass while it does not.
        now: The date and time, which someone may set back.
    """

    passing: Callable[[], float] = _passing
    running: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
