"""How long nobody was at a browser; kept in memory, judged by clocks that nobody sets back.

A sitting that plays is a person who is there: until its end nothing is locked.
"""

import math
from dataclasses import dataclass
from threading import Lock

from thaw.web.people.clocks import Clocks

LIFE_S = 12 * 60 * 60
"""A session ends after so long, whatever was done in it."""

_SLEEP_S = 5.0  # Clocks are read one after the other; less is no sleep.


@dataclass(slots=True)
class _Watched:
    began: float
    seen: float
    limit_s: float = math.inf
    is_open: bool = False
    plays_until: float = -math.inf


class Idle:
    """The sessions that this process has seen, and when somebody was last there."""

    def __init__(self, clocks: Clocks | None = None) -> None:
        self.clocks = clocks or Clocks()
        self._watched: dict[str, _Watched] = {}
        self._asleep = self._gap()
        self._lock = Lock()

    def meet(
        self, session: str, *, age_s: float, idle_s: float, limit_s: float | None, is_open: bool
    ) -> None:
        """Watch a session; what is told of its past counts at the first time only.

        Args:
            session: Its name.
            age_s: How long it has been there, as far as the store knows.
            idle_s: How long nobody was seen in it, as far as the store knows.
            limit_s: How long nobody may be there before it is to be locked; None for ever.
            is_open: Whether its key is at hand.
        """
        now = self.clocks.passing()
        with self._lock:
            watched = self._watched.setdefault(session, _Watched(now - age_s, now - idle_s))
            watched.limit_s = math.inf if limit_s is None else limit_s
            watched.is_open = is_open

    def see(self, session: str) -> None:
        """Note that somebody is there."""
        with self._lock:
            if watched := self._watched.get(session):
                watched.seen = self.clocks.passing()

    def play(self, session: str, seconds: float) -> None:
        """Note that there is sound for so long from now on."""
        with self._lock:
            if watched := self._watched.get(session):
                watched.plays_until = max(watched.plays_until, self.clocks.passing() + seconds)

    def left_s(self, session: str) -> float:
        """Return the seconds until a session is to be locked: none or less when it is due."""
        with self._lock:
            watched = self._watched.get(session)
            return -math.inf if watched is None else self._left_s(watched)

    def rest(self, session: str) -> None:
        """Let a session be that is locked now."""
        with self._lock:
            if watched := self._watched.get(session):
                watched.limit_s, watched.plays_until = math.inf, -math.inf
                watched.is_open = False

    def knows(self, session: str) -> bool:
        """Return whether a session was seen by this process."""
        return session in self._watched

    def is_open(self, session: str) -> bool:
        """Return whether a session is not locked, nor should be."""
        with self._lock:
            watched = self._watched.get(session)
            return (
                watched is not None
                and watched.is_open
                and self._lives(watched)
                and self._left_s(watched) > 0
            )

    def lives(self, session: str) -> bool:
        """Return whether a session was seen by this process, and is not over."""
        with self._lock:
            watched = self._watched.get(session)
            return watched is not None and self._lives(watched)

    def due(self) -> list[str]:
        """Return the sessions that are to be locked by now."""
        with self._lock:
            return [name for name, each in self._watched.items() if self._left_s(each) <= 0]

    def over(self) -> list[str]:
        """Return the sessions that have had their time."""
        with self._lock:
            return [name for name, each in self._watched.items() if not self._lives(each)]

    def rename(self, session: str, new: str) -> None:
        """Go on watching a session under another name; it is as old as it was."""
        with self._lock:
            if watched := self._watched.pop(session, None):
                watched.seen = self.clocks.passing()
                self._watched[new] = watched

    def forget(self, session: str) -> None:
        """Watch a session no more."""
        with self._lock:
            self._watched.pop(session, None)

    def woke(self) -> bool:
        """Return whether the machine slept since this was last asked."""
        with self._lock:
            before, self._asleep = self._asleep, self._gap()
            return self._asleep - before > _SLEEP_S

    def _left_s(self, watched: _Watched) -> float:
        until = max(watched.seen + watched.limit_s, watched.plays_until)
        return until - self.clocks.passing()

    def _lives(self, watched: _Watched) -> bool:
        return self.clocks.passing() - watched.began < LIFE_S

    def _gap(self) -> float:
        return self.clocks.passing() - self.clocks.running()
