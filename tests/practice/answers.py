"""Answers for these tests to stand on: every kind, with words that some avoid."""

from tests.practice.words import WORDS
from thaw.practice.answers import ANSWERED, Answer, Answers
from thaw.practice.parts import Practice
from thaw.practice.plan import Plan
from thaw.practice.read import read_answer

EFFECTS = {
    **dict.fromkeys(ANSWERED, "continue"),
    "restless": "move",
    "frustrated": "switch-anchor",
    "wandering": "switch-anchor",
    "bored": "shorten",
    "angry": "outward",
    "pain": "outward",
    "memory": "outward",
    "unreal": "outward",
    "too-much": "end",
    "less-talk": "quieter",
}
HEADER = """\
---
{about}
author: Thaw
licence: CC-BY-SA-4.0
language: en
lists: {{sights: [a line, a wall, a friend, a corner, a bell]}}
---
"""
SAID = """
## {kind}

- {kind}, that is all right.
- {kind}, and you could touch the wall.
- {kind}, as a friend would say it.
- {kind}, and you can stand. {{posture=sitting}}
- Take your time.

[rest 2..4..9]
"""
MORE = {
    "nothing": "\n- Where does it end? {inward extra}\n- Look around. {extra}\n\n[rest 3..6]\n",
    "frustrated": "\nPerhaps turn to {anchor}.\n\n[rest 2]\n",
    "wandering": "\nBack to {anchor}.\n",
    "too-much": "\nLook around.\n\n[rest 1..3]\n\nName five things.\n\n[rest 4..8]\n",
    "unreal": "\nSay where you are.\n\n[rest 2..9]\n",
}
FILLS = """
## To see {each=sights}

- Find {sights}.
- Look for {sights}.

[rest 2..5..15]

[leave]

## To hear

- Listen for a sound.
- Is there a sound?

[rest 2..5..15]
"""


def answer_of(about: str, body: str) -> Answer:
    """Return an answer; ``about`` says what it answers or fills."""
    return read_answer(HEADER.format(about=about) + body, file="answer.md", words=WORDS)


def _answer(kind: str) -> Answer:
    about = f"answers: {kind}\neffect: {EFFECTS[kind]}"
    return answer_of(about, SAID.format(kind=kind.capitalize()) + MORE.get(kind, ""))


ANSWERS = Answers(
    {kind: _answer(kind) for kind in ANSWERED},
    answer_of("fills: outward", FILLS),
)


def said(plan: Plan) -> list[str]:
    """Return what is spoken, in order."""
    return [event.text for event in plan.lines()]


def sections_said(plan: Plan, practice: Practice) -> list[str]:
    """Return the titles of the practice's sections that are spoken from, each once."""
    titles = {section.title for section in practice.sections}
    return list(dict.fromkeys(e.section for e in plan.lines() if e.section in titles))
