"""What the guide is told: plain immutable values, every moment in the person's own time zone.

A moment is a ``datetime`` with its zone; its date is the day it belongs to. Entries may stand in
any order. Nothing here is a score that anything is chosen by.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias, TypeVar

from thaw.guide.table import of

CantTell = Literal["cant-tell"]
Felt: TypeAlias = int | CantTell | None
After: TypeAlias = Literal["easier", "same", "harder", "further", "cant-tell"]
How: TypeAlias = Literal["on", "ended", "gently", "stopped", "left"]
Eyes: TypeAlias = Literal["open", "closed", "open or closed"]
Level: TypeAlias = Literal[1, 2, 3]

LEVELS: tuple[Level, ...] = (1, 2, 3)

UNWELCOME_NOTHING = "no"
"""The kind of an answer that says that nothing unwelcome came."""

_AHEAD_HOURS = of("clock", "ahead_hours")


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An answer to "How much do you feel?".

    Attributes:
        at: When.
        unreal: Whether things were unreal or far away.
        felt: 0 to 10, "can't tell", or nothing. It is shown to the person; nothing is chosen
            by it.
    """

    at: datetime
    unreal: bool = False
    felt: Felt = None


@dataclass(frozen=True, slots=True)
class Sat:
    """A sitting, over or broken off.

    Attributes:
        at: When it began.
        practice: Its practice's id.
        minutes: How long it was heard or read.
        inward_minutes: How much of that was turned inward.
        level: 1, 2 or 3.
        responses: The kinds of every tap, such as ``too-much``.
        felt_after: What was said afterwards; None where nothing was.
        how: How it ended.
    """

    at: datetime
    practice: str
    minutes: float
    inward_minutes: float = 0.0
    level: int = 1
    responses: tuple[str, ...] = ()
    felt_after: After | None = None
    how: How = "ended"


@dataclass(frozen=True, slots=True)
class Unwelcome:
    """An answer to "Did anything unwelcome come, then or later?".

    Attributes:
        at: When it was given.
        kinds: What came; ``("no",)`` says that nothing did.
        lasted: ``minutes``, ``hours``, ``next-day``, ``longer``, ``still`` or empty.
    """

    at: datetime
    kinds: tuple[str, ...]
    lasted: str = ""

    @property
    def is_something(self) -> bool:
        """Whether anything unwelcome came."""
        return self.kinds != (UNWELCOME_NOTHING,)


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a person decided about what is offered.

    Attributes:
        at: When.
        kind: One of those in ``thaw.guide.decided``; others are passed over.
        value: What it is about: a practice's id, a number of minutes, a level.
    """

    at: datetime
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Tastes:
    """What a person prefers.

    Attributes:
        avoid: Terms of the avoid list, without any cap.
        posture: The one they like; None for as it comes.
        anchor: The one they like; None for as it comes.
    """

    avoid: tuple[str, ...] = ()
    posture: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to offer: a practice, by its features.

    Attributes:
        id, title: The practice's own.
        level: The least experience it suits.
        least, usual, most: Its lengths, in whole minutes.
        is_inward: Whether it turns attention inward at all.
        moving: Whether it can be done in motion.
        eyes: As the practice says.
        themes, postures, anchors: As the practice says.
    """

    id: str
    title: str
    level: Level
    least: int
    usual: int
    most: int
    is_inward: bool
    moving: bool = False
    eyes: Eyes = "open"
    themes: tuple[str, ...] = ()
    postures: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


E = TypeVar("E", CheckIn, Sat, Unwelcome, Decision)


@dataclass(frozen=True, slots=True)
class State:
    """All that is known of a person here.

    Attributes:
        checkins, sittings, unwelcome, decisions: What happened, in any order.
        tastes: What they prefer.
    """

    checkins: tuple[CheckIn, ...] = field(default=(), repr=False)
    sittings: tuple[Sat, ...] = field(default=(), repr=False)
    unwelcome: tuple[Unwelcome, ...] = field(default=(), repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    tastes: Tastes = Tastes()


def known_at(state: State, now: datetime) -> State:
    """Return what happened up to ``now``, oldest first.

    A clock may have been wrong. What lies a little ahead (a journey to the west, an hour that
    was set back) happened now; what lies further ahead is left out until its time has come.
    """
    return replace(
        state,
        checkins=_past(state.checkins, now),
        sittings=_past(state.sittings, now),
        unwelcome=_past(state.unwelcome, now),
        decisions=_past(state.decisions, now),
    )


def _past(entries: Iterable[E], now: datetime) -> tuple[E, ...]:
    found = []
    for entry in sorted(entries, key=lambda each: each.at):
        if entry.at <= now:
            found.append(entry)
        elif (entry.at - now).total_seconds() <= _AHEAD_HOURS * 3600:
            found.append(replace(entry, at=now))
    return tuple(found)
