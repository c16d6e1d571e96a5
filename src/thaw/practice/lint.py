"""Judge a practice by the rules of lint: choice, ways out, plain and harmless words.

Every rule, with its reason and examples, stands in docs/reference/lint.md.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from thaw.practice.answers import Answer
from thaw.practice.parts import Practice, Words
from thaw.practice.rules import body, choice, closing, phrases, pressing, reading, timing
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.units import Problem

_FAMILIES: Final = (body, choice, closing, phrases, pressing, reading, timing)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
"""Every rule there is, by code."""

ANSWER_RULES: Final = tuple(rule for rule in RULES if rule.holds != "practices")
"""What an answer to a tap has to obey."""

PRACTICE_RULES: Final = tuple(rule for rule in RULES if rule.holds != "answers")
"""What everything else of a practice has to obey."""


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
        (Script(practice, words, played), PRACTICE_RULES),
        *((Script(practice, words, (answer,)), ANSWER_RULES) for answer in answers),
    ]
    return _judged(scripts, strict=strict)


def lint_answer(answer: Answer, *, words: Words, strict: bool = False) -> tuple[Problem, ...]:
    """Return every breach of the rules by an answer that stands in a text of its own.

    Args:
        answer: What ``read_answer`` returned.
        words: The words practices stand on; an answer may use every anchor.
        strict: Whether a warning is an error, too.
    """
    script = Script(answer.script, words, answer.script.sections)
    return _judged([(script, ANSWER_RULES)], strict=strict)


def _judged(
    scripts: Iterable[tuple[Script, Sequence[Rule]]], *, strict: bool
) -> tuple[Problem, ...]:
    found: dict[tuple[object, ...], Problem] = {}
    for script, rules in scripts:
        for rule in rules:
            for finding in rule.judge(script):
                key = (rule.code, finding.place, finding.hint)
                problem = _problem(script.practice.file, rule, finding, strict=strict)
                found.setdefault(key, problem)
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
