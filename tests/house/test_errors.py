"""Every error code is listed in docs/reference/errors.md, and nothing else is."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import DOCS, SRC, syntax_of

CODE = re.compile(r"[a-z]+\.[A-Za-z0-9_]+")
LISTED = re.compile(r"^\| `([a-z]+\.[a-z0-9_]+)`", re.MULTILINE)
FILE_NAME = re.compile(r".+\.(html|css|ts|js|md|yaml|json|vtt|txt|wav|mp3|mp4|opus)")
RULE = re.compile(r"\bR\d\d\b")


def listed_codes() -> set[str]:
    """Return the codes of the tables in errors.md."""
    return set(LISTED.findall((DOCS / "reference" / "errors.md").read_text(encoding="utf-8")))


def texts_in(node: ast.AST) -> Iterator[str]:
    """Yield every string constant at or under ``node``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def raised_directly() -> set[str]:
    """Return the codes given straight to an error or a problem."""
    codes: set[str] = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(syntax_of(path)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name.endswith("Error"):
                codes.update(filter(CODE.fullmatch, texts_in(ast.Tuple(node.args[:1]))))
            if name == "Problem":
                given = [word.value for word in node.keywords if word.arg == "code"]
                codes.update(filter(CODE.fullmatch, texts_in(ast.Tuple(node.args[3:4] + given))))
    return {code for code in codes if not code.startswith("lint.")}


def mentioned(families: set[str]) -> set[str]:
    """Return everything in the source that looks like a code of one of these families."""
    return {
        text
        for path in SRC.rglob("*.py")
        for text in texts_in(syntax_of(path))
        if CODE.fullmatch(text) and text.partition(".")[0] in families
    }


def test_every_code_that_is_raised_is_listed() -> None:
    assert not raised_directly() - listed_codes()


def test_every_code_that_is_listed_can_be_raised() -> None:
    listed = listed_codes()
    assert not listed - mentioned({code.partition(".")[0] for code in listed})


def test_every_code_passed_on_by_a_function_is_listed() -> None:
    listed = listed_codes()
    families = {code.partition(".")[0] for code in listed | raised_directly()}
    codes = {code for code in mentioned(families) if not FILE_NAME.fullmatch(code)}
    assert not codes - listed


def test_every_lint_rule_is_described() -> None:
    described = set(RULE.findall((DOCS / "reference" / "lint.md").read_text(encoding="utf-8")))
    rules = {text[-3:] for text in mentioned({"lint"}) if RULE.fullmatch(text[-3:])}
    assert not rules - described
