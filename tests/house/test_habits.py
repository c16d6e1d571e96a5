"""What never lands: patches in tests, stubs shown as done, paths of one machine."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SRC, our_files

TEXT = (".py", ".md", ".toml", ".yaml", ".ts", ".mjs", ".css", ".html", ".json", "")

# Spelt so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "work|root|home|Users|opt/wheels" + r")/")
UNFINISHED = re.compile(r"\b(?:" + "TO" + "DO|FIX" + r"ME|X" + r"XX|NotImplemented" + r"Error)\b")
PATCH = re.compile(r"\bmock\." + r"patch|Magic" + r"Mock|\bmock" + r"er\b")


def lines_with(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """Return every line of ours that ``pattern`` finds, with its place."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in our_files(*suffixes)
        if path.name not in {"LICENSE", "uv.lock", "package-lock.json"}
        for number, line in enumerate(_text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # A picture, a font, or bad input kept as an example.


def test_nothing_names_a_path_of_one_machine() -> None:
    assert not lines_with(MACHINE_PATH, *TEXT)


def test_nothing_is_left_unfinished() -> None:
    assert not lines_with(UNFINISHED, ".py", ".ts", ".mjs", ".html", ".css")


def test_no_test_patches_what_it_tests() -> None:
    assert not lines_with(PATCH, ".py")


def test_no_module_of_ours_prints() -> None:
    # Ruff bans print; this is for what writes past the one place that may (the command line).
    writes = re.compile(r"\bsys\.(stdout|stderr)\.write\b")
    found = [line for line in lines_with(writes, ".py") if line.startswith("src/")]
    assert not [line for line in found if not line.startswith("src/thaw/cli/")]


@pytest.mark.parametrize("name", ["bootstrap", "server", "test", "lint", "bench"])
def test_every_script_can_be_run(name: str) -> None:
    assert (ROOT / "script" / name).stat().st_mode & 0o111 == 0o111


def test_ci_runs_the_tests() -> None:
    run = ROOT / ".ci" / "run"
    assert run.stat().st_mode & 0o111 == 0o111
    assert "script/test" in run.read_text(encoding="utf-8")


def test_there_is_no_empty_room() -> None:
    rooms = [folder for folder in SRC.iterdir() if folder.is_dir() and folder.name[0] != "_"]
    assert not [room.name for room in rooms if len(list(room.rglob("*.py"))) < 2]
