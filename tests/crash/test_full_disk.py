"""No room: what was kept stays, what was sent is refused with 507, and one can still delete."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts are of Linux")

CRAMPED = [sys.executable, "-m", "tests.crash.cramped"]
SMALL_DISK = (
    'mount -t tmpfs -o size=8m small "$1" && exec "$2" -m tests.crash.cramped "$1"/d "$1"/f'
)
OWN_MOUNTS = ["unshare", "--mount", "--map-root-user"]


def may_mount() -> bool:
    """Return whether a process may have mounts of its own here."""
    done = subprocess.run(
        [*OWN_MOUNTS, "mount", "-t", "tmpfs", "x", "/mnt"], capture_output=True, check=False
    )
    return done.returncode == 0


def seen_by(command: list[str]) -> dict[str, Any]:
    """Return what the cramped process saw."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def assert_kept_and_refused(seen: dict[str, Any], codes: set[str]) -> None:
    """Check that nothing kept was lost, and nothing was refused without a sentence."""
    assert seen["kept"] > 50
    assert seen["read"] == seen["kept"]
    assert {status for _, status in seen["refusals"]} == {507}
    assert {code for code, _ in seen["refusals"]} <= codes
    assert seen["thrown away"] == seen["kept"] // 2
    assert seen["kept later"] == 20
    assert seen["read later"] == seen["kept"] - seen["thrown away"] + 20


def test_a_full_disk_loses_nothing_and_lets_one_delete(tmp_path: Path) -> None:
    if not may_mount():
        pytest.skip("no process may have mounts of its own here; the limit of files stands for it")
    place = tmp_path / "small"
    place.mkdir()
    seen = seen_by([*OWN_MOUNTS, "sh", "-c", SMALL_DISK, "sh", str(place), sys.executable])
    assert_kept_and_refused(seen, {"store.full", "store.not_written"})


def test_a_limit_of_files_loses_nothing_and_lets_one_delete(thaw_data: Path) -> None:
    assert_kept_and_refused(
        seen_by([*CRAMPED, str(thaw_data)]), {"store.full", "store.not_written"}
    )
