"""A memory of bounded size."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by key; those not used for longest are forgotten first. Safe among threads.

    Args:
        most: Bytes the values may weigh together; the latest is kept whatever it weighs.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._values: OrderedDict[str, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str) -> Value | None:
        """Return the value kept under ``key``, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: str, value: Value, weight: int) -> None:
        """Keep ``value``, which weighs some bytes, in place of what was under ``key``."""
        with self._lock:
            self._drop(key)
            self._values[key] = value, weight
            self._bytes += weight
            while self._bytes > self._most and len(self._values) > 1:
                self._drop(next(iter(self._values)))

    def forget(self, key: str) -> None:
        """Forget the value kept under ``key``, where there is one."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        if key in self._values:
            self._bytes -= self._values.pop(key)[1]
