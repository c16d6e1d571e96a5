"""Sittings in memory: whose they are, what they play, and how they changed.

A sitting holds one revision. An answer proposes another, with an address of its own; it is held
once the player says that it plays (docs/adr/0110).
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from uuid import UUID

from thaw.practice.answers import Answers
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Plan
from thaw.units import AccessError, InputError, Samples
from thaw.web.ids import new_id
from thaw.web.own import Own
from thaw.web.sit.body import MOST_RESPONSES, How, Tap
from thaw.web.sound import Audible

KEEP_S = 12 * 60 * 60
"""How long a sitting is kept after it was last asked for."""

_MOST = 512
_MOST_OF_ONE = 32
_MOST_HELD = 16
_MOST_PROPOSED = 4
_MOST_TOLD = 64


class OtherRevisionError(InputError):
    """The player is not where its sitting is; carries the sitting, so that it can catch up."""

    status = 409

    def __init__(self, sitting: "Sitting") -> None:
        super().__init__(
            "sitting.other_revision",
            "This sitting has gone on somewhere else. It goes on here from there.",
        )
        self.sitting = sitting


NOTHING = Samples(0)


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of a sitting: the address of its sound never changes its bytes.

    Attributes:
        before: How much was planned before this sound begins; a close alone comes after it.
    """

    number: int
    plan: Plan
    audible: Audible
    before: Samples = NOTHING


@dataclass(frozen=True, slots=True)
class Texts:
    """What a sitting is made of; an edited text changes nothing for one that is under way."""

    practice: Practice
    words: Words
    answers: Answers


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on that is shown beside an answer."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to a tap; told again to the same tap.

    Attributes:
        base: The revision that was held.
        revision: The one that follows; the same where nothing changes.
        switch: From where on it sounds different.
        answer: The lines of the answer.
        is_spoken: Whether the sound says them.
        offers: What may be chosen now.
        sentence: Why it goes on so, or nothing.
    """

    tap: UUID
    kind: str
    base: int
    revision: int
    switch: Samples
    answer: tuple[str, ...] = field(default=(), repr=False)
    is_spoken: bool = False
    offers: tuple[Offer, ...] = ()
    sentence: str = ""

    @property
    def changes(self) -> bool:
        return self.revision != self.base


@dataclass(frozen=True, slots=True)
class Listened:
    """What the log will say of a sitting.

    Attributes:
        taps: Every response, in the order in which they came.
        sat_s, inward_s: How much was heard, and how much of it was turned inward.
        how: How it stands.
    """

    taps: tuple[Tap, ...] = field(default=(), repr=False)
    sat_s: float = 0.0
    inward_s: float = 0.0
    how: How = "on"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was heard, tapped or ended yet."""
        return not self.taps and not self.sat_s and self.how in ("on", "left")

    def tapped(self, tap: Tap) -> "Listened":
        return replace(self, taps=(*self.taps, tap)[:MOST_RESPONSES])


@dataclass(frozen=True, slots=True)
class Sitting:
    """One playing of a plan, with every state it had that can still be asked for.

    Attributes:
        id: Its address; nobody guesses it.
        session: Whose it is.
        sat_id: The id of its row in the log.
        texts: What it is made of.
        first: The plan it began with.
        began_s: When, on the house's clock.
        history: What it held before, the latest last.
        held: What it plays.
        proposals: What could be held next, and before it what it took the place of; the
            player may be fetching that still.
        pending: The taps that the latest proposal answers.
        told: What was said to the latest taps.
        own: What is spoken to this person alone; None where no word was given.
    """

    id: str
    session: str
    sat_id: UUID
    texts: Texts
    first: Plan
    began_s: float
    held: Revision
    history: tuple[Revision, ...] = ()
    proposals: tuple[Revision, ...] = ()
    latest_number: int = 1
    pending: tuple[Tap, ...] = field(default=(), repr=False)
    told: tuple[Told, ...] = field(default=(), repr=False)
    listened: Listened = field(default_factory=Listened, repr=False)
    own: Own | None = field(default=None, repr=False)
    turn: Lock = field(default_factory=Lock, compare=False, repr=False)

    def revision(self, number: int) -> Revision:
        """Return a state that can still be asked for, held or not.

        Raises:
            AccessError: ``sitting.unknown``.
        """
        for revision in (self.held, *self.proposals, *self.history):
            if revision.number == number:
                return revision
        raise unknown()

    def was_told(self, tap: UUID) -> bool:
        """Return whether a tap was answered, and not too long ago."""
        return any(told.tap == tap for told in self.told)

    def told_to(self, tap: UUID) -> Told:
        """Return what was said to a tap that was answered."""
        return next(told for told in self.told if told.tap == tap)

    def holding(self, plan: Plan, audible: Audible, before: Samples | None = None) -> "Sitting":
        """Return the sitting with another state held; the same state changes nothing."""
        held = self.held
        if (plan, audible) == (held.plan, held.audible):
            return self
        number = self.latest_number + 1
        now = Revision(number, plan, audible, held.before if before is None else before)
        return replace(self._held_now(now), latest_number=number)

    def proposing(self, plan: Plan, pending: tuple[Tap, ...]) -> "Sitting":
        """Return the sitting with a state that is held once the player says so."""
        number = self.latest_number + 1
        proposal = replace(self.held, number=number, plan=plan)
        proposals = (*self.proposals, proposal)[-_MOST_PROPOSED:]
        return replace(self, proposals=proposals, pending=pending, latest_number=number)

    def taking(self, number: int) -> "Sitting":
        """Return the sitting with its latest proposal held; what was held before stays so.

        Raises:
            OtherRevisionError: A newer proposal came, or another was taken.
            AccessError: There never was such a one.
        """
        if not 1 <= number <= self.latest_number:
            raise unknown()
        if number in {revision.number for revision in (self.held, *self.history)}:
            return self
        if not self.proposals or self.proposals[-1].number != number:
            raise OtherRevisionError(self)
        return self._held_now(self.proposals[-1])

    def telling(self, told: Told) -> "Sitting":
        """Return the sitting with what was said to a tap remembered."""
        return replace(self, told=(*self.told, told)[-_MOST_TOLD:])

    def _held_now(self, revision: Revision) -> "Sitting":
        history = (*self.history, self.held)[1 - _MOST_HELD :]
        return replace(self, held=revision, history=history, proposals=(), pending=())


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

    def begin(self, session: str, plan: Plan, texts: Texts, *, own: Own | None = None) -> Sitting:
        """Keep a new sitting; the ones longest untouched make room for it."""
        name, now = secrets.token_urlsafe(24), self._clock()
        held = Revision(1, plan, "all")
        sitting = Sitting(name, session, new_id(), texts, plan, now, held, own=own)
        with self._lock:
            self._forget_old()
            own_names = [name for name, (_, kept) in self._kept.items() if kept.session == session]
            for name in own_names[: max(0, len(own_names) - self._most_of_one + 1)]:
                self._drop(name)
            while len(self._kept) >= self._most:
                self._drop(next(iter(self._kept)))
            self._keep(sitting)
        return sitting

    def sitting(self, name: str, session: str) -> Sitting:
        """Return a sitting of ``session``.

        Raises:
            AccessError: ``sitting.unknown``; that it is another's looks the same.
        """
        with self._lock:
            return self._own(name, session)

    def change(self, name: str, session: str, change: Callable[[Sitting], Sitting]) -> Sitting:
        """Keep what ``change`` makes of a sitting, one at a time; others are not held up.

        Raises:
            AccessError: As ``sitting``; also where it was forgotten meanwhile.
            ThawError: As ``change``; nothing is kept then.
        """
        with self.sitting(name, session).turn:
            before = self.sitting(name, session)
            after = change(before)
            with self._lock:
                self._own(name, session)
                self._keep(after)
            return after

    def passed_s(self, sitting: Sitting) -> float:
        """Return how long ago a sitting began, whatever the time of day says."""
        return max(0.0, self._clock() - sitting.began_s)

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
                self._drop(name)

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
            self._drop(next(iter(self._kept)))

    def _drop(self, name: str) -> None:
        _, sitting = self._kept.pop(name)
        if sitting.own is not None:
            sitting.own.clear()


def unknown() -> AccessError:
    return AccessError(
        "sitting.unknown",
        "This sitting is over, or it was begun in another browser. You can begin a new one "
        "from the library.",
    )
