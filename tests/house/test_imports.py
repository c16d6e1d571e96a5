"""Imports point one way only (design, the house); import-linter reads the contracts."""

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT


def test_every_import_keeps_its_contract() -> None:
    # As a process: in this one it would set up logging anew for every other test.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
