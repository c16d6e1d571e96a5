"""Choose wordings: the seed decides, and none comes again before all have been used.

The order is taken from SHA-256, not from a random generator, so that it is the same on every
machine and with every version of Python.
"""

from collections.abc import Container, Iterable
from functools import lru_cache
from hashlib import sha256


class Wordings:
    """The order in which the wordings of one line come.

    Args:
        seed: The sitting's.
        place: What tells this line from others: its number in the text, or a name.
        count: How many wordings there are.
        heard: Which of them were said already, in order.
    """

    def __init__(self, seed: int, place: int | str, count: int, heard: Iterable[int] = ()) -> None:
        self._name = f"{seed}:{place}"
        self._count = count
        self._cycle = 0
        self._waiting: list[int] = []
        self._last: int | None = None
        for index in heard:
            if index < count:  # A text may have been edited since.
                self._hear(index)

    def choose(self, allowed: Container[int]) -> int:
        """Return the next wording among those ``allowed``, of which there must be one.

        Where only some are allowed each time, one may come again early, as nothing else is
        left to say.
        """
        chosen = self._first(allowed)
        while chosen is None:
            chosen = self._begin_cycle(allowed)
        self._waiting.remove(chosen)
        self._last = chosen
        return chosen

    def _hear(self, index: int) -> None:
        if index not in self._waiting:
            self._begin_cycle(range(self._count))
        self._waiting.remove(index)
        self._last = index

    def _first(self, allowed: Container[int]) -> int | None:
        return next((index for index in self._waiting if index in allowed), None)

    def _begin_cycle(self, allowed: Container[int]) -> int | None:
        """Put all in a new order; what was said last does not come first if anything else may."""
        self._waiting = list(shuffled(f"{self._name}:{self._cycle}", self._count))
        self._cycle += 1
        if self._last is not None and self._first(allowed) == self._last:
            self._waiting.remove(self._last)
            self._waiting.append(self._last)
        return self._first(allowed)


@lru_cache(maxsize=4096)
def shuffled(name: str, count: int) -> tuple[int, ...]:
    """Return the numbers below ``count`` in an order that follows from ``name`` alone."""
    digests = [sha256(f"{name}:{index}".encode()).digest() for index in range(count)]
    return tuple(sorted(range(count), key=digests.__getitem__))
