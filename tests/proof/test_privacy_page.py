"""Each sentence of docs/explanation/privacy.md leads to a test, and each of those is there."""

import ast
import re

import pytest

from tests.house.tree import DOCS, ROOT, syntax_of
from thaw.practice.english import sentences_of
from thaw.practice.pace import count_words
from thaw.practice.parts import Place
from thaw.practice.rules.reading import Sentence, grade_of
from thaw.practice.rules.syllables import count_syllables

PAGE = DOCS / "explanation" / "privacy.md"

MARK = re.compile(r"\[\^([a-z]+)\]")
TOLD = re.compile(r"^\[\^([a-z]+)\]: (.+)$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
HARDEST = 6.5

# What no page that a server sends can promise, and words that promise more than they say.
NEVER = (
    "zero-knowledge",
    "zero knowledge",
    "end-to-end",
    "end to end",
    "military",
    "bank-grade",
    "unbreakable",
    "hack",
    "guarantee",
    "100%",
    "completely",
    "totally",
    "always safe",
)


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def prose() -> list[str]:
    """Return every paragraph, without headings and without what the marks lead to."""
    blocks = [" ".join(block.split()) for block in TOLD.sub("", page()).split("\n\n")]
    return [block for block in blocks if block and not block.startswith("#")]


def marks() -> dict[str, list[tuple[str, str]]]:
    """Return the tests that each mark leads to."""
    return {mark: TEST.findall(tests) for mark, tests in TOLD.findall(page())}


def unmarked(text: str) -> list[str]:
    """Return the sentences that no mark stands behind."""
    pieces = re.split(r"(?<=[.!?])((?:\[\^[a-z]+\])*)(?=\s|$)", text)
    sentences = zip(pieces[::2], [*pieces[1::2], ""], strict=True)
    return [sentence.strip() for sentence, mark in sentences if sentence.strip() and not mark]


def test_every_sentence_has_a_mark() -> None:
    assert len(prose()) > 10
    assert not [sentence for block in prose() for sentence in unmarked(block)]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("One.[^a] Two.[^b]", []),
        ("One. Two.[^b]", ["One."]),
        ("One.[^a] Two", ["Two"]),
        ("One.[^a][^b] Two: `x.y`, three.[^c]", []),
    ],
)
def test_a_sentence_without_a_mark_is_seen(text: str, bare: list[str]) -> None:
    assert unmarked(text) == bare


def test_every_mark_leads_somewhere_and_is_used() -> None:
    used = {mark for block in prose() for mark in MARK.findall(block)}
    assert used == set(marks())
    assert len(TOLD.findall(page())) == len(marks())


def names_in(path: str) -> set[str]:
    """Return the names of the tests of a file that are run on every change."""
    file = ROOT / path
    body = syntax_of(file).body if file.is_file() else []
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        and not any("deep" in ast.unparse(mark) for mark in node.decorator_list)
    }


@pytest.mark.parametrize("mark", sorted(marks()))
def test_every_mark_leads_to_a_test_that_is_there(mark: str) -> None:
    tests = marks()[mark]
    assert tests
    assert not [(path, name) for path, name in tests if name not in names_in(path)]


def test_nothing_is_promised_that_cannot_be_kept() -> None:
    words = page().lower()
    assert not [word for word in NEVER if word in words]


def plain() -> str:
    return MARK.sub("", "\n".join(prose()))


def test_it_reads_easily() -> None:
    text = plain()
    parts = [text[start:end] for start, end in sentences_of(text)]
    counted = [
        Sentence(Place(1, 1), count_words(part), sum(map(count_syllables, part.split())))
        for part in parts
    ]
    assert grade_of(counted) <= HARDEST
    assert max(sentence.words for sentence in counted) <= 30
