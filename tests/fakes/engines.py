"""Programs that stand in for a voice's engine: each misbehaves in one way."""

import time
from pathlib import Path

SCRIPTS = {
    # flite's arguments end in: -f GIVEN -o MADE
    "crashes": "kill -SEGV $$",
    "refuses": "exit 3",
    "hangs": "sleep 600",
    "hangs_with_a_child": "sleep 600 & echo $! > {note}; sleep 600",
    "leaves_a_child": "sleep 600 & echo $! > {note}; exit 0",
    "says_nothing": "exit 0",
    "breaks_the_wav": 'eval "made=\\${{$#}}"; printf "RIFFxxxxWAVEjunk" > "$made"',
    "floods": "cat /dev/zero",
    "repeats": "cat",
}


def engine(folder: Path, way: str) -> str:
    """Write a program that misbehaves in this way and return its path."""
    program = folder / way
    program.write_text("#!/bin/sh\n" + SCRIPTS[way].format(note=folder / "note") + "\n")
    program.chmod(0o755)
    return str(program)


def note_of(folder: Path) -> int:
    """Return the process id that the program noted."""
    return int((folder / "note").read_text())


def is_gone(pid: int) -> bool:
    """Whether the process ends: killed ones may stay as zombies until their parent looks."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
