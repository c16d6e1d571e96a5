"""Sittings in memory: whose they are, what they play, and how they changed."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from thaw.practice.plan import Plan
from thaw.units import AccessError
from thaw.web.sound import Audible

KEEP_S = 12 * 60 * 60
"""How long a sitting is kept after it was last asked for."""

_MOST = 512
_MOST_OF_ONE = 32
_MOST_REVISIONS = 16


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of a sitting: the address of its sound never changes its bytes."""

    number: int
    plan: Plan
    audible: Audible


@dataclass(frozen=True, slots=True)
class Sitting:
    """One playing of a plan, with every state it had that can still be asked for."""

    id: str
    session: str
    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]

    def revision(self, number: int) -> Revision:
        for revision in self.revisions:
            if revision.number == number:
                return revision
        raise unknown()


class Sittings:
    """Every sitting of this process: bounded, forgotten when old, safe among threads."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        most: int = _MOST,
        most_of_one: int = _MOST_OF_ONE,
        keep_s: float = KEEP_S,
    ) -> None:
        self._clock = clock
        self._most, self._most_of_one, self._keep_s = most, most_of_one, keep_s
        self._kept: OrderedDict[str, tuple[float, Sitting]] = OrderedDict()
        self._lock = Lock()

    def begin(self, session: str, plan: Plan, audible: Audible) -> Sitting:
        """Keep a new sitting; the ones longest untouched make room for it."""
        sitting = Sitting(secrets.token_urlsafe(24), session, (Revision(1, plan, audible),))
        with self._lock:
            self._forget_old()
            own = [name for name, (_, kept) in self._kept.items() if kept.session == session]
            for name in own[: max(0, len(own) - self._most_of_one + 1)]:
                del self._kept[name]
            while len(self._kept) >= self._most:
                self._kept.popitem(last=False)
            self._keep(sitting)
        return sitting

    def sitting(self, name: str, session: str) -> Sitting:
        """Return a sitting of ``session``.

        Raises:
            AccessError: ``sitting.unknown``; that it is another's looks the same.
        """
        with self._lock:
            return self._own(name, session)

    def revise(
        self, name: str, session: str, change: Callable[[Revision], tuple[Plan, Audible]]
    ) -> Sitting:
        """Add the state that ``change`` makes of the latest; the same state adds nothing."""
        with self._lock:
            sitting = self._own(name, session)
            latest = sitting.latest
            plan, audible = change(latest)
            if (plan, audible) == (latest.plan, latest.audible):
                return sitting
            revised = replace(
                sitting,
                revisions=(
                    *sitting.revisions[1 - _MOST_REVISIONS :],
                    Revision(latest.number + 1, plan, audible),
                ),
            )
            self._keep(revised)
            return revised

    def latest_of(self, session: str) -> Sitting | None:
        """Return the sitting of a session that was asked for last, without keeping it longer."""
        with self._lock:
            self._forget_old()
            own = (kept for _, kept in reversed(self._kept.values()) if kept.session == session)
            return next(own, None)

    def forget_of(self, session: str) -> None:
        """Forget all that is played at one session; who listens to it is let go."""
        with self._lock:
            for name in [name for name, (_, kept) in self._kept.items() if kept.session == session]:
                del self._kept[name]

    def is_there(self, name: str) -> bool:
        """Return whether a sitting is kept, without keeping it longer."""
        return name in self._kept

    def _own(self, name: str, session: str) -> Sitting:
        self._forget_old()
        _, sitting = self._kept.get(name, (0.0, None))
        if sitting is None or not secrets.compare_digest(sitting.session, session):
            raise unknown()
        self._keep(sitting)
        return sitting

    def _keep(self, sitting: Sitting) -> None:
        self._kept[sitting.id] = (self._clock(), sitting)
        self._kept.move_to_end(sitting.id)

    def _forget_old(self) -> None:
        limit = self._clock() - self._keep_s
        while self._kept and next(iter(self._kept.values()))[0] < limit:
            self._kept.popitem(last=False)


def unknown() -> AccessError:
    return AccessError(
        "sitting.unknown",
        "This sitting is over, or it was begun in another browser. You can begin a new one "
        "from the library.",
    )
