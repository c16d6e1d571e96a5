"""A memory of bounded size."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by key; those not used for longest are forgotten first. Safe among threads.

    Args:
        most: Bytes the values may weigh together; the latest is kept whatever it weighs.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._bytes = self._times = 0
        self._values: OrderedDict[str, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def count(self) -> int:
        """How many values are kept."""
        return len(self._values)

    def get(self, key: str, make: Callable[[], tuple[Value, int]]) -> Value:
        """Return the value kept under ``key``, or else make it with its weight, and keep it.

        What was begun before ``clear`` is not kept after it.
        """
        found = self.find(key)
        if found is not None:
            return found
        times = self._times
        value, weight = make()
        with self._lock:
            if times == self._times:
                self._put(key, value, weight)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._times += 1
            self._values.clear()
            self._bytes = 0

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
            self._put(key, value, weight)

    def forget(self, key: str) -> None:
        """Forget the value kept under ``key``, where there is one."""
        with self._lock:
            self._drop(key)

    def _put(self, key: str, value: Value, weight: int) -> None:
        self._drop(key)
        self._values[key] = value, weight
        self._bytes += weight
        while self._bytes > self.most and len(self._values) > 1:
            self._drop(next(iter(self._values)))

    def _drop(self, key: str) -> None:
        if key in self._values:
            self._bytes -= self._values.pop(key)[1]
