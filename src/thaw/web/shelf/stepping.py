"""A practice step by step, to do alone and to print: the words of a sitting, as one reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from thaw.practice.compose import compose
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Event, Plan, spoken
from thaw.practice.respond import Context, respond
from thaw.units import SAMPLE_RATE, Samples
from thaw.web.house import House
from thaw.web.shelf.plans import reading
from thaw.web.sound import SILENT

HARD = {
    "restless": "Restless",
    "frustrated": "Frustrated, or nothing happens",
    "sleepy": "Sleepy",
    "wandering": "The mind wanders",
    "too-much": "It is too much",
}
"""What may come up, and what the page calls it."""

_LEAST_QUIET_S = 10
"""A shorter rest is a breath between two lines."""

_STEP_S = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A line, and the quiet after it in seconds; 0 where it is short."""

    text: str
    quiet_s: int


@dataclass(frozen=True, slots=True)
class Step:
    """A section as it is gone through."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Hard:
    """What may come up, and what can be done then."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A practice to go through alone.

    Attributes:
        minutes: How long it lasts with these pauses.
        posture: How the body is in it.
        may_close_eyes: Whether closed eyes are an offer.
        may_breathe: Whether a few breaths are.
    """

    minutes: int
    posture: str
    ready: tuple[str, ...]
    may_close_eyes: bool
    may_breathe: bool
    steps: tuple[Step, ...]
    hard: tuple[Hard, ...]


def steps_of(house: House, practice: Practice, choices: Choices) -> Steps:
    """Return a practice step by step, as it would be sat; nothing that is avoided is in it.

    Raises:
        InputError: As ``compose``.
    """
    choices = replace(choices, voice=SILENT, asked=())
    plan = compose(practice, choices, words=house.words, lengths=reading(choices))
    avoided = {term.partition(":")[0] for term in choices.avoid}
    settled = plan.origin.choices
    return Steps(
        minutes=max(1, round(plan.total / SAMPLE_RATE / 60)),
        posture=settled.posture or practice.postures[0],
        ready=practice.ready,
        may_close_eyes=practice.eyes != "open" and "closed-eyes" not in avoided,
        may_breathe="breath" not in avoided,
        steps=tuple(_steps(plan)),
        hard=tuple(_hard(house, practice, plan, choices)),
    )


def _steps(plan: Plan) -> Iterator[Step]:
    for title, events in groupby(plan.events, key=lambda event: event.section):
        said = tuple(_said(list(events)))
        if said:
            yield Step(title, said)


def _said(events: list[Event]) -> Iterator[Said]:
    for number, event in enumerate(events):
        if event.kind == "say":
            following = events[number + 1] if number + 1 < len(events) else None
            yield Said(spoken(event.text), _quiet_of(following))


def _quiet_of(event: Event | None) -> int:
    """Return how long it is quiet, in steps of five seconds."""
    if event is None or event.kind != "rest":
        return 0
    seconds = event.length / SAMPLE_RATE
    return round(seconds / _STEP_S) * _STEP_S if seconds >= _LEAST_QUIET_S else 0


def _hard(house: House, practice: Practice, plan: Plan, choices: Choices) -> Iterator[Hard]:
    """Yield what a sitting would answer half way through it."""
    context = Context(practice, house.shelf.answers, house.words, reading(choices))
    middle = Samples(plan.total // 2)
    for kind, title in HARD.items():
        answer = respond(plan, middle, kind, context).answer
        if answer:
            yield Hard(title, tuple(map(spoken, answer)))
