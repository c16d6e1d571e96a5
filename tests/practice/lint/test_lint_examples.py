"""Every rule has example files that pass, that fail, and that nearly fail.

In a file that fails, a note says which rule the next such words break: ``<!-- R05: you will
feel -->`` in the text, ``# R09: minutes:`` in the front matter.
"""

import re
from pathlib import Path

import pytest

from tests.practice.lint.judging import EXAMPLES, FIXTURES, codes, judge, places, read
from tests.practice.words import WORDS
from thaw.practice.check import check_practice
from thaw.practice.lint import RULES

NOTE = re.compile(r"^ *(?:<!--|#) (R\d\d): (.*?)(?: -->)?$", re.MULTILINE)
NOT_FROM_TEXT = {"R20"}  # it is about finished sound


def files(kind: str) -> list[Path]:
    return sorted(EXAMPLES.glob(f"R??/{kind}*.md"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def noted(text: str) -> set[tuple[str, int, int]]:
    """Return where the notes of a text say that rules are broken."""
    found = set()
    for note in NOTE.finditer(text):
        at = text.index(note[2], note.end())
        found.add((note[1], text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)))
    return found


def test_every_rule_that_text_and_metadata_decide_is_there() -> None:
    expected = {f"R{number:02}" for number in range(1, 24)} - NOT_FROM_TEXT

    assert {rule.code for rule in RULES} == expected


@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_every_rule_has_examples_of_each_kind(rule: str) -> None:
    kinds = {path.stem.partition("-")[0] for path in (EXAMPLES / rule).glob("*.md")}

    assert kinds == {"pass", "fail", "near"}


@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_every_rule_is_broken_in_three_ways_or_more(rule: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in files("fail")]

    assert len([code for text in texts for code, _, _ in noted(text) if code == rule]) >= 3


@pytest.mark.parametrize("path", files("fail"), ids=name_of)
def test_what_breaks_a_rule_is_found_where_it_stands_and_nothing_else_is(path: Path) -> None:
    assert places(judge(path)) == noted(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", files("near"), ids=name_of)
def test_what_nearly_breaks_a_rule_is_left_alone(path: Path) -> None:
    assert not judge(path)


@pytest.mark.parametrize("path", files("pass"), ids=name_of)
def test_what_keeps_a_rule_is_clean_and_can_be_played(path: Path) -> None:
    practice = read(path)

    assert not judge(path)
    assert not check_practice(practice, words=WORDS)


def test_the_quoted_meditation_fails_as_it_should() -> None:
    found = judge(FIXTURES / "should-fail.md")

    expected = {"R01", "R03", "R04", "R05", "R07", "R10", "R11", "R12", "R18", "R19"}
    assert expected <= codes(found)
    assert "R02" not in codes(found)  # "or maintain a soft gaze" leaves the choice
    severities = {problem.code: problem.severity for problem in found}
    assert severities["lint.R18"] == severities["lint.R11"] == "warning"


def test_the_gentle_wording_passes_as_it_should() -> None:
    assert not judge(FIXTURES / "should-pass.md")


def test_the_example_of_the_language_is_clean() -> None:
    assert not judge(EXAMPLES.parent.parent / "examples" / "thawing-shortened.md")
