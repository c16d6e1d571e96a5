"""A backup of ten years, put back on an empty machine with nothing but its recovery code."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.filling import fill
from tests.bench.serving import THAW
from tests.bench.studio import Studio

NOTES = 10_000


def measure(studio: Studio) -> Iterator[Figure]:
    data, code = studio.data / "restoring", studio.data / "code.txt"
    bundle = studio.data / "backup.bin"
    studio.tell(f"Writing {NOTES} notes.")
    fill(data, NOTES)
    studio.tell("Backing them up, and putting them back.")
    made, _ = _timed(data, "backup", str(bundle), "--code-to", str(code))
    back, said = _timed(studio.data / "restored", "restore", str(bundle), "--code-from", str(code))
    assert f"{NOTES} entries are back" in said, said
    yield Figure(
        f"restore of {NOTES:,} notes",
        back,
        "s",
        60.0,
        f"the command, by recovery code, into an empty folder; {bundle.stat().st_size / 1e6:.0f} "
        f"MB; to make the backup, opened again and counted, took {made:.1f} s",
    )


def _timed(data: Path, *words: str) -> tuple[float, str]:
    """Run a command of Thaw's; return how long it took and what it said."""
    surroundings = {**os.environ, "THAW_DATA": str(data)}
    begun = time.perf_counter()
    done = subprocess.run([THAW, *words], env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - begun, done.stdout
