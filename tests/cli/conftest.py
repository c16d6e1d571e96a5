"""The command line as tests call it: in this process, or as a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from thaw.cli.main import run_to_code


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Thaw = Callable[..., Ended]


@pytest.fixture
def thaw(capsys: pytest.CaptureFixture[str]) -> Thaw:
    """Return a function that runs the command in this process."""

    def run(*arguments: str | Path) -> Ended:
        capsys.readouterr()
        code = run_to_code([str(each) for each in arguments])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


@pytest.fixture
def thaw_process() -> Thaw:
    """Return a function that runs the installed command as a process."""

    def run(*arguments: str | Path) -> Ended:
        command = [str(Path(sys.executable).parent / "thaw"), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
        return Ended(done.returncode, done.stdout, done.stderr)

    return run
