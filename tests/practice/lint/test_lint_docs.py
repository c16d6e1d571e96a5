"""The page on the rules lists every rule, and its examples do what it says."""

import re
from pathlib import Path

import pytest

from tests.practice.words import WORDS, practice_of
from thaw.practice.lint import RULES, lint_practice

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "lint.md").read_text(encoding="utf-8")

HEADING = re.compile(r"^## (R\d\d) (.+)$", re.MULTILINE)
EXAMPLE = re.compile(r"^- (Fails|Passes): \*(.+)\*$", re.MULTILINE)


def sections() -> dict[str, str]:
    """Return what the page says under the heading of each rule."""
    heads = list(HEADING.finditer(PAGE))
    ends = [head.start() for head in heads[1:]] + [len(PAGE)]
    return {head[1]: PAGE[head.start() : end] for head, end in zip(heads, ends, strict=True)}


def examples(kind: str) -> list[tuple[str, str]]:
    """Return the rule and the text of each example of a kind."""
    return [
        (code, example[2])
        for code, text in sections().items()
        for example in EXAMPLE.finditer(text)
        if example[1] == kind
    ]


def test_every_rule_has_its_heading_and_no_other_does() -> None:
    assert HEADING.findall(PAGE) == [(rule.code, rule.title) for rule in RULES]


@pytest.mark.parametrize(("code", "severity"), [(rule.code, rule.severity) for rule in RULES])
def test_every_rule_has_its_weight_and_its_reason(code: str, severity: str) -> None:
    text = sections()[code]

    assert f"\n*{severity.capitalize()}*" in text.replace(".*", "*")
    assert "\n**Why.** " in text


@pytest.mark.parametrize(("code", "text"), examples("Fails"))
def test_an_example_that_fails_fails_that_rule(code: str, text: str) -> None:
    assert code in codes_of(text)


@pytest.mark.parametrize(("code", "text"), examples("Passes"))
def test_an_example_that_passes_passes_that_rule(code: str, text: str) -> None:
    assert code not in codes_of(text)


def codes_of(line: str) -> set[str]:
    said = f"{line}\n\n[rest 4..10]\n\nThe window is there.\n"
    practice = practice_of(f"## Here\n\n{said}\n## An answer {{response=tears}}\n\n{said}")
    found = lint_practice(practice, words=WORDS)
    return {problem.code.removeprefix("lint.") for problem in found if problem.line > 16}
