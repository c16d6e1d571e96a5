"""What may mean danger is seen in the search box, whatever it is written like, and nowhere else."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.tree import SRC, syntax_of
from tests.library.search.labelled import watch
from thaw.library import speech

WATCH = "thaw.library.danger"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("I want to die", "thoughts"),
        ("I WANT TO DIE!!!", "thoughts"),
        ("i wnat to die", "thoughts"),
        ("i wanna dieee", "thoughts"),
        ("sucicide", "thoughts"),
        ("su1c1de", "thoughts"),
        ("su*cide", "thoughts"),
        ("s u i c i d e", "thoughts"),
        ("k.i.l.l myself", "thoughts"),
        ("kill\u2014myself", "thoughts"),
        ("SELF-HARM", "thoughts"),
        ("took 40 paracetamol", "overdose"),
        ("my boyfriend strangled me", "hurt"),
        ("scared i'll hurt my kids", "afraid"),
    ],
)
def test_danger_is_seen_however_it_is_written(typed: str, kind: str) -> None:
    assert watch().look(typed)[0] == kind


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\0", "?", "^", "$", "^ $", "dead inside", "nothing", "I push everyone away"],
)
def test_what_says_nothing_of_danger_is_left_alone(typed: str) -> None:
    assert not watch().look(typed)


def test_the_most_urgent_comes_first() -> None:
    typed = "he hits me, I want to die, I might hurt my kids, took all my pills"
    assert watch().look(typed) == ("overdose", "afraid", "thoughts", "hurt")


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    watch().look(typed)


def imports_of(path: Path) -> set[str]:
    """Return the modules that a file imports, and what it takes from them."""
    names: set[str] = set()
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def modules_with(name: str) -> set[str]:
    return {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        if any(each == name or each.startswith(f"{name}.") for each in imports_of(path))
    }


def test_no_word_that_is_typed_is_remembered() -> None:
    asked = watch()
    before = speech._stem_of_ours.cache_info()
    asked.look("zwielicht above the harbour")
    assert speech._stem_of_ours.cache_info() == before


def test_only_the_search_box_looks_for_danger() -> None:
    assert modules_with(f"{WATCH}.load_watch") == {"web/find/finder.py"}
    assert modules_with(f"{WATCH}.Watch") == {"web/find/finder.py"}
    assert modules_with(WATCH) <= {"web/find/finder.py", "web/find/queries.py"}


def test_what_asks_it_is_asked_by_the_search_box_alone() -> None:
    users = modules_with("thaw.web.find.finder")
    assert users <= {"web/house.py"}
    askers = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr in ("finder", "kinds_in")
            for node in ast.walk(syntax_of(path))
        )
    }
    # The house builds it, and asks it nothing.
    assert askers == {"web/find/queries.py", "web/house.py"}
