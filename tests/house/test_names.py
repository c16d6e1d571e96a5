"""Names say what a thing is; some words never do (style, Names)."""

import ast
import re

from tests.house.tree import ROOT, SRC, our_files, syntax_of

EMPTY_WORDS = frozenset(
    {"util", "utils", "common", "helper", "helpers", "core", "misc", "manager", "managers"}
    | {"handler", "handlers", "processor", "processors", "service", "services", "data", "info"}
)
# ``new_seed`` makes a seed and is fine; ``new_fit`` beside ``fit`` would not be, which only a
# reader can tell. These can be told.
OLD_AND_NEW = re.compile(r"^legacy_|_v\d+$")

# A data key is what cryptographers call the key that seals data; it is no key of some data.
TERMS = re.compile(r"data_?key", re.IGNORECASE)

# Names that a library looks for by this very word.
GIVEN_BY_OTHERS = frozenset({"apps", "conftest", "sitecustomize"})


def words_of(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name, lower case, without terms."""
    told = TERMS.sub("", name)
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", told)}


def test_no_module_or_folder_has_an_empty_name() -> None:
    python = [path for path in our_files(".py") if path.stem not in GIVEN_BY_OTHERS]
    names = {part for path in python for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not {name for name in names if words_of(name) & EMPTY_WORDS or OLD_AND_NEW.search(name)}


def test_no_class_or_function_has_an_empty_name() -> None:
    empty = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SRC.rglob("*.py")
        for node in ast.walk(syntax_of(path))
        if (isinstance(node, ast.ClassDef) and words_of(node.name) & EMPTY_WORDS)
        or (
            isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and OLD_AND_NEW.search(node.name)
        )
    }
    assert not empty


def test_every_exception_ends_in_error() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SRC.rglob("*.py")
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id.endswith("Error") for base in node.bases)
        and not node.name.endswith("Error")
    }
    assert not wrong
