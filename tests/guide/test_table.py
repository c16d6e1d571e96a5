"""The table of thresholds: whole, sourced, and changed only with its version."""

import ast
import hashlib
import re
from dataclasses import fields

import pytest

from tests.house.tree import DOCS, SRC, syntax_of
from thaw.guide import table
from thaw.guide.state import CheckIn, Decision, Sat, Unwelcome
from thaw.guide.table import TABLE, VERSION, of

ROOM = SRC / "guide"
KNOWN = {
    1: "2986ddc110a6dc79657b47e920806f65221f1348e03e96e82a4a6d9ceac1e680",
    2: "6d108dbe64d866a2bf1b7afeb64ed65dea89a73ed02a88f6a814324f5c30819f",
}
"""The SHA-256 of each version's rules, names and values; a change is a new version here."""


def test_every_rule_but_two_has_its_thresholds() -> None:
    rules = {row.rule for row in TABLE if row.rule.startswith("S")}
    assert rules == {f"S{number}" for number in range(1, 15)} - {"S9", "S10"}


def test_every_threshold_stands_once_and_says_where_it_comes_from() -> None:
    names = [(row.rule, row.name) for row in TABLE]
    assert len(set(names)) == len(names)
    assert all(row.source and row.means and row.value > 0 for row in TABLE)


def test_a_change_of_a_threshold_is_a_new_version() -> None:
    said = repr([(row.rule, row.name, row.value, row.unit) for row in TABLE])
    assert hashlib.sha256(said.encode()).hexdigest() == KNOWN[VERSION]


def test_a_threshold_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        of("S9", "anything")


def test_the_rules_of_the_plan_have_their_values() -> None:
    assert (of("S5", "times"), of("S5", "window"), of("S5", "pause")) == (2, 7, 7)
    assert (of("S6", "times"), of("S6", "window"), of("S6", "worse_next_day")) == (3, 14, 2)
    assert (of("S4", "unreal"), of("S4", "window"), of("S4", "clear")) == (2, 5, 5)
    assert (of("S7", "first"), of("S7", "second"), of("S7", "third")) == (1, 3, 5)
    assert (of("S13", "gap"), of("S13", "sittings"), of("S13", "window")) == (14, 6, 30)
    assert (of("S14", "minutes"), of("S14", "inward")) == (20, 3)
    assert (of("dose", "gentle_least"), of("dose", "gentle_most")) == (3, 5)


def test_no_free_text_reaches_the_guide() -> None:
    """S10: what a person writes is never scanned; the guide has no place for it."""
    names = {each.name for kind in (CheckIn, Sat, Unwelcome, Decision) for each in fields(kind)}
    assert not names & {"text", "note", "words", "body", "journal"}


def test_no_module_of_the_guide_asks_for_the_time() -> None:
    asked = [
        f"{path.name}:{node.lineno}"
        for path in ROOM.glob("*.py")
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "fromtimestamp"}
    ]
    assert not asked


def test_no_number_of_a_rule_stands_outside_the_table() -> None:
    found = [
        f"{path.name}:{node.lineno} {node.value}"
        for path in ROOM.glob("*.py")
        if path.name != "table.py"
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int)
        and not isinstance(node.value, bool)
        and node.value > 4
        and node.value != 3600
    ]
    assert not found


def test_the_page_about_the_rules_tells_every_threshold() -> None:
    page = (DOCS / "explanation" / "guiding.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| (\S+) \| `(\w+)` \| (\d+) \|", page, re.MULTILINE))
    assert told == {(row.rule, row.name, str(row.value)) for row in TABLE}
    assert f"version {VERSION}" in page
    assert table.CEBOLLA.split(":")[0] in page
