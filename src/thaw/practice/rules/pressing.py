"""The rule on answers to a tap: R23, nobody is pressed."""

import re
from collections.abc import Iterator
from typing import Final

from thaw.practice.english import DENIAL
from thaw.practice.rules.rule import Finding, Phrases, Rule
from thaw.practice.rules.script import Script

_PRESSING: Final = (
    Phrases(
        re.compile(
            r"\b(?:you (?:have|need|ought) to|must|should|try (?:to|again|harder|your best)|"
            r"keep (?:going|trying|at it|on)|push (?:through|on|yourself)|hang on|hold out|"
            r"do your best|come on|give up|concentrate|focus|pay attention|calm down|relax|"
            r"be (?:brave|strong|patient|quick)|hurry|"
            r"stay with (?:it|that|the (?:feeling|pain)))\b",
            re.IGNORECASE,
        ),
        "“{words}” presses a person who has said that it is hard.",
        "Say what may be done instead, and that it need not be: “you could …, or let it be”.",
        denied_by=DENIAL,
    ),
    Phrases(
        re.compile(
            r"\b(?:(?:don't|do not) (?:stop|cry|move|leave|quit|fight it|think)|"
            r"why (?:are|do|don't|can't) you)\b",
            re.IGNORECASE,
        ),
        "“{words}” forbids or questions what a person does.",
        "Let it be as it is, and offer something beside it.",
        denied_by=None,
    ),
)


def judge_pressing(script: Script) -> Iterator[Finding]:
    """Yield words that press, forbid or question, where a person has tapped (R23)."""
    for wording in script.wordings():
        for phrases in _PRESSING:
            yield from phrases.found_in(wording)


RULES: Final = (Rule("R23", "error", "An answer presses nobody", judge_pressing, holds="answers"),)
