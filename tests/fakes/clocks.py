"""Clocks that stand until they are moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from thaw.web.people.clocks import Clocks


@dataclass
class FakeClocks:
    """Where three clocks stand.

    Attributes:
        passing: Seconds that passed, also in sleep.
        running: Seconds that passed awake.
        now: The date and time.
    """

    passing: float = 1_000.0
    running: float = 1_000.0
    now: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        passed = minutes * 60 + seconds
        self.passing += passed
        self.running += passed
        self.now += timedelta(seconds=passed)

    def sleep(self, *, minutes: float) -> None:
        """Let the machine sleep."""
        before = self.running
        self.wait(minutes=minutes)
        self.running = before

    def as_clocks(self) -> Clocks:
        return Clocks(lambda: self.passing, lambda: self.running, lambda: self.now)
