"""docs/reference/mission.md leaves out no row, and names only tests that are there."""

import ast
import re

import pytest

from tests.house.tree import DOCS, ROOT, syntax_of

PAGE = DOCS / "reference" / "mission.md"
ROW = re.compile(r"^\| ([AM]\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
OPEN = re.compile(r"open: \S.*")

ROWS = [*(f"A{number}" for number in range(1, 19)), *(f"M{number}" for number in range(1, 15))]

ANSWERED = {
    *("A1", "A2", "A3", "A5", "A9", "A14", "A15", "A17", "A18"),
    *("M1", "M2", "M3", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13"),
}
"""Rows whose answer is in the product. None of them may fall open again."""


def wrong_with(page: str) -> list[str]:
    """Return a sentence for each thing that is wrong with a table of rows."""
    rows = ROW.findall(page)
    names = [name for name, *_ in rows]
    wrong = [f"{name} has no row." for name in ROWS if name not in names]
    wrong += [f"{name} has two rows." for name in {*names} if names.count(name) > 1]
    wrong += [f"{name} is no row of the mission." for name in {*names} - {*ROWS}]
    for name, _, _, tests in rows:
        named = TEST.findall(tests)
        wrong += [
            f"{name} names {path}::{test}, which is not run on a change."
            for path, test in named
            if test not in _tests_in(path)
        ]
        if not named and not OPEN.fullmatch(tests):
            wrong.append(f"{name} has neither a test nor a word on what is open.")
        if not named and name in ANSWERED:
            wrong.append(f"{name} was answered, and names no test.")
    return wrong


def _tests_in(path: str) -> set[str]:
    file = ROOT / path
    body = syntax_of(file).body if file.is_file() else []
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        and not any("deep" in ast.unparse(mark) for mark in node.decorator_list)
    }


def test_every_row_of_the_mission_has_a_test_or_is_open() -> None:
    assert not wrong_with(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| A5 |", "| A55 |", ["A5 has no row.", "A55 is no row of the mission."]),
        ("| A1 |", "| A2 |", ["A1 has no row.", "A2 has two rows."]),
        (
            "::test_it_recognises_and_asks_for_nothing",
            "::test_that_there_is_not",
            [
                (
                    "A1 names tests/web/home/test_first_screen.py::test_that_there_is_not, "
                    "which is not run on a change."
                )
            ],
        ),
        ("open: the canvas", "later", ["A16 has neither a test nor a word on what is open."]),
        (
            "`tests/proof/test_mission.py::test_nothing_is_claimed_of_the_brain`",
            "open: all of it",
            ["M5 was answered, and names no test."],
        ),
    ],
)
def test_what_is_wrong_with_the_table_is_said(old: str, new: str, says: list[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert old in page
    assert wrong_with(page.replace(old, new, 1)) == says
