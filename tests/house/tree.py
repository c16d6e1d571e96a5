"""The files of the house, as the house tests read them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "thaw"
DOCS = ROOT / "docs"

# What is built, fetched or kept by tools, never written by us.
NOT_OURS = frozenset(
    {".git", ".venv", ".tools", "node_modules", "dist", "__pycache__", "test-results"}
    | {".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache"}
)


def our_files(*suffixes: str) -> Iterator[Path]:
    """Yield every file we wrote, of these suffixes or of all."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS)
        # In a second working tree .git is a file.
        for name in sorted(set(names) - NOT_OURS):
            path = Path(folder, name)
            if not suffixes or path.suffix in suffixes:
                yield path


@cache
def syntax_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
