"""Judge a practice by the rules of lint: choice, ways out, plain and harmless words.

Every rule, with its reason and examples, stands in docs/reference/lint.md.
"""

from typing import Final

from thaw.practice.parts import Practice, Words
from thaw.practice.rules import body, choice, closing, phrases, reading, timing
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.units import Problem

_FAMILIES: Final = (body, choice, closing, phrases, reading, timing)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
"""Every rule there is, by code."""

ANSWER_RULES: Final = tuple(rule for rule in RULES if rule.for_answers)
"""What an answer to a tap has to obey."""


def lint_practice(practice: Practice, *, words: Words, strict: bool = False) -> tuple[Problem, ...]:
    """Return every breach of the rules, in the order of the text.

    Args:
        practice: What ``read_practice`` returned.
        words: The words practices stand on.
        strict: Whether a warning is an error, too.

    Returns:
        One problem for each place and rule; its code is ``lint.`` and the rule's.
    """
    played = tuple(section for section in practice.sections if section.response is None)
    answers = (section for section in practice.sections if section.response is not None)
    scripts = [
        (Script(practice, words, played), RULES),
        *((Script(practice, words, (answer,)), ANSWER_RULES) for answer in answers),
    ]
    found: dict[tuple[object, ...], Problem] = {}
    for script, rules in scripts:
        for rule in rules:
            for finding in rule.judge(script):
                key = (rule.code, finding.place, finding.hint)
                found.setdefault(key, _problem(practice.file, rule, finding, strict=strict))
    return tuple(sorted(found.values()))


def _problem(file: str, rule: Rule, finding: Finding, *, strict: bool) -> Problem:
    severity = "error" if strict else finding.severity or rule.severity
    return Problem(
        file,
        finding.place.line,
        finding.place.column,
        f"lint.{rule.code}",
        severity,
        finding.message,
        finding.hint,
    )
