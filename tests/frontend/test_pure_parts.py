"""The parts of the front end that need no browser, tried by Node."""

import shutil
import subprocess

import pytest

from tests.house.tree import ROOT

FRONTEND = ROOT / "frontend"
NODE = shutil.which("node")
READY = NODE is not None and (FRONTEND / "node_modules" / "esbuild").is_dir()


@pytest.mark.skipif(not READY, reason="needs Node 20 and frontend/node_modules: script/lint")
def test_what_needs_no_browser_does_what_its_own_tests_say() -> None:
    assert NODE
    run = subprocess.run([NODE, "test.mjs"], cwd=FRONTEND, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert "# fail 0" in run.stdout
