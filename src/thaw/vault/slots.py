"""A few places for work that takes much memory, taken in the order of asking."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from thaw.units import LimitError


class Slots:
    """A number of places that threads of this process share; who cannot wait is told so.

    Args:
        places: How many there are.
        waiting: How many may wait at once.
    """

    def __init__(self, places: int, *, waiting: int) -> None:
        self._free, self._places, self._most_waiting = places, places, waiting
        self._queue: deque[object] = deque()
        self._change = Condition()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._change:
            return len(self._queue)

    @contextmanager
    def take(self, places: int) -> Iterator[None]:
        """Hold so many places for the length of a ``with`` block, at most all there are.

        Raises:
            LimitError: Too many wait already.
        """
        wanted = min(places, self._places)
        with self._change:
            self._wait(wanted)
            self._free -= wanted
        try:
            yield
        finally:
            with self._change:
                self._free += wanted
                self._change.notify_all()

    def _wait(self, wanted: int) -> None:
        """Return when it is this thread's turn and the places are free."""
        must_wait = bool(self._queue) or self._free < wanted
        if must_wait and len(self._queue) >= self._most_waiting:
            raise LimitError(
                "vault.busy",
                "Many are unlocking at this moment. Wait a few seconds and try again.",
                {"retry_s": 5},
            )
        ticket = object()
        self._queue.append(ticket)
        try:
            self._change.wait_for(lambda: self._queue[0] is ticket and self._free >= wanted)
        finally:
            self._queue.remove(ticket)
            self._change.notify_all()
