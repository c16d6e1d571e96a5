"""kill -9 in the middle of saving: nothing acknowledged is lost, nothing is there twice."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.crash.reading import notes_in
from tests.crash.steps import left_by, steps
from tests.house.tree import ROOT


def run_until(data: Path, first: int, last: int, kill_after: int) -> int:
    """Let a writer take steps, kill it after so many acknowledgements; return the next step."""
    command = [sys.executable, "-m", "tests.crash.writer", str(data), str(first), str(last)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            first = int(line) + 1
            kill_after -= 1
            if kill_after == 0:
                writer.kill()
    return first


def run_through(data: Path, count: int, kills: int) -> None:
    """Take ``count`` steps, with so many kills on the way, and compare what is there."""
    chance, taken = Random(count), 0  # noqa: S311 - nothing is kept secret by it.
    for _ in range(kills):
        share = chance.randint(1, 2 * count // kills - 1)
        taken = run_until(data, taken, count, min(share, count - taken))
        notes, _ = notes_in(data / "thaw.sqlite3")
        assert notes in (left_by(steps(taken)), left_by(steps(taken + 1)))
    assert run_until(data, taken, count, count + 1) == count
    notes, instance = notes_in(data / "thaw.sqlite3")
    assert notes == left_by(steps(count))
    assert instance is not None
    assert instance[1] >= kills


def test_a_killed_writer_goes_on_where_it_was(thaw_data: Path) -> None:
    run_through(thaw_data, 60, 2)


@pytest.mark.deep
def test_twenty_kills_over_a_thousand_saves_lose_nothing(thaw_data: Path) -> None:
    run_through(thaw_data, 1000, 20)
