"""Whose reminder of a day was put away; kept in memory only, and gone when Thaw ends."""

from datetime import date
from threading import Lock
from uuid import UUID

_MOST = 64


class Resting:
    """The last personal day on which each person put the reminder away."""

    def __init__(self) -> None:
        self._days: dict[UUID, date] = {}
        self._lock = Lock()

    def put_away(self, person_id: UUID, day: date) -> None:
        """Note that it is not to be shown again on this day."""
        with self._lock:
            self._days.pop(person_id, None)
            self._days[person_id] = day
            while len(self._days) > _MOST:
                del self._days[next(iter(self._days))]

    def is_put_away(self, person_id: UUID, day: date) -> bool:
        """Return whether it was put away on this day."""
        return self._days.get(person_id) == day
