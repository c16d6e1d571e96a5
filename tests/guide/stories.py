"""Trajectories: days of a person as data files, and what should be offered along the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from thaw.guide.state import CheckIn, Decision, Sat, State, Tastes, Unwelcome

FOLDER = Path(__file__).parent / "trajectories"
ZONE = timezone(timedelta(hours=1))
FIRST_DAY = datetime(2026, 3, 1, tzinfo=ZONE)  # Day 1 of every story.

Step = Mapping[str, Any]  # As YAML has it.

STEPS: Mapping[str, frozenset[str]] = {
    "sat": frozenset({"minutes", "inward", "level", "taps", "after", "how"}),
    "check-in": frozenset({"unreal"}),
    "decides": frozenset({"value"}),
    "unwelcome": frozenset({"lasted"}),
    "expect": frozenset(),
}
WHEN = frozenset({"day", "at"})


@dataclass
class Days:
    """What happened so far."""

    tastes: Tastes
    checkins: list[CheckIn] = field(default_factory=list)
    sittings: list[Sat] = field(default_factory=list)
    unwelcome: list[Unwelcome] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def add(self, step: Step) -> None:
        at = moment_of(step)
        if "sat" in step:
            self.sittings.append(_sat(step, at))
        elif "check-in" in step:
            self.checkins.append(CheckIn(at, step.get("unreal", False), step["check-in"]))
        elif "decides" in step:
            self.decisions.append(Decision(at, step["decides"], str(step.get("value", ""))))
        elif "unwelcome" in step:
            told = Unwelcome(at, tuple(step["unwelcome"]), step.get("lasted", ""))
            self.unwelcome.append(told)

    def state(self) -> State:
        return State(
            tuple(self.checkins),
            tuple(self.sittings),
            tuple(self.unwelcome),
            tuple(self.decisions),
            self.tastes,
        )


@dataclass(frozen=True)
class Trajectory:
    """A story, the shelf it plays with, and its steps in order."""

    name: str
    story: str
    shelf: str
    tastes: Tastes
    steps: tuple[Step, ...]

    def moments(self) -> Iterator[tuple[datetime, State, Step]]:
        """Yield each moment at which something is expected, with what happened up to it."""
        days = Days(self.tastes)
        for step in self.steps:
            if "expect" in step:
                yield moment_of(step), days.state(), step["expect"]
            days.add(step)

    def whole(self) -> State:
        """Return everything that ever happens in it."""
        days = Days(self.tastes)
        for step in self.steps:
            days.add(step)
        return days.state()


def moment_of(step: Step) -> datetime:
    hours, minutes = map(int, str(step.get("at", "19:00")).split(":"))
    return FIRST_DAY + timedelta(days=step["day"] - 1, hours=hours, minutes=minutes)


def trajectories() -> list[Trajectory]:
    return [_read(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _read(path: Path) -> Trajectory:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(told) <= {"story", "shelf", "tastes", "steps"}, path.name
    steps = tuple(told["steps"])
    for step in steps:
        (what,) = set(step) & set(STEPS)
        assert set(step) <= {what} | STEPS[what] | WHEN, (path.name, step)
    return Trajectory(
        path.stem,
        told["story"],
        told.get("shelf", "now"),
        Tastes(**{name: _hashable(value) for name, value in told.get("tastes", {}).items()}),
        steps,
    )


def _hashable(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _sat(step: Step, at: datetime) -> Sat:
    return Sat(
        at,
        step["sat"],
        float(step.get("minutes", 3)),
        float(step.get("inward", 0)),
        step.get("level", 1),
        tuple(step.get("taps", ())),
        step.get("after"),
        step.get("how", "ended"),
    )
