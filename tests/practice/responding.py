"""A small practice to tap on, and what the tests of taps ask of it."""

from tests.practice.answers import ANSWERS, answer_of
from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.answers import Answers
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices, Event, Plan
from thaw.practice.respond import Context, Reply, respond
from thaw.units import samples_of

BODY = (
    "## A {inward}\n\nOne of many.\n\n[rest 3..20]\n\nTwo of many.\n\n[rest 3..20]\n\n"
    "## B\n\n[bell]\n\nThree of many.\n\n[rest 3..20]\n\n"
    "## C {optional}\n\nFour of many.\n\n[rest 3..20]\n"
)
MOVING = HEADER.replace("language: en", "language: en\nmoving: self")


def context_of(practice: Practice, *, words: Words = WORDS, answers: Answers = ANSWERS) -> Context:
    return Context(practice, answers, words, length_at)


def plan_of(practice: Practice, choices: Choices | None = None, *, words: Words = WORDS) -> Plan:
    return compose(practice, choices or Choices(90), words=words, lengths=length_at)


def tapped(
    body: str, seconds: float, kind: str, choices: Choices | None = None
) -> tuple[Plan, Reply]:
    """Return a plan of a body, and the reply to a tap on it."""
    practice = practice_of(body, header=MOVING)
    plan = plan_of(practice, choices)
    return plan, respond(plan, samples_of(seconds), kind, context_of(practice))


def line(plan: Plan, text: str) -> Event:
    return next(event for event in plan.lines() if event.text == text)


def with_only(kind: str, effect: str, body: str) -> Answers:
    """Return the answers of these tests with another one for a kind."""
    answer = answer_of(f"answers: {kind}\neffect: {effect}", body)
    return Answers({**ANSWERS.by_kind, kind: answer}, ANSWERS.grounding)
