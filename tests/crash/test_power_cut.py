"""A power cut at any moment: the store holds together, and what was acknowledged is there.

A writer is traced once. From its trace follow the disks that a power cut could have left at any
moment; each is opened and compared with what was acknowledged until then.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest

from tests.conftest import DEEP
from tests.crash.disk import Left, power_cuts
from tests.crash.reading import BrokenError, notes_in
from tests.crash.steps import SEAT, Found, left_by, steps
from tests.crash.tracing import Ack, Event, Sync, traced
from tests.house.tree import ROOT
from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.folder import open_folder
from thaw.web.sealed import Row
from thaw.web.write.models import Note

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")

STEPS = 90
CUTS = 10_000 if DEEP else 300
SEED = 20261122

# Small enough that the log is written back, begun anew and written back again.
OFTEN = "wal_autocheckpoint = 30"

Trace = Callable[..., list[Event]]
Read = Callable[[Path], tuple[dict[UUID, Found], tuple[str, int] | None]]


@dataclass
class Tally:
    """What was seen over many power cuts."""

    cuts: int = 0
    broken: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A place that is quick to write."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it.
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def trace(tmp_path: Path, thaw_data: Path) -> Trace:
    """Traces the writer, with pragmas of its own."""

    def run(*pragmas: str, count: int = STEPS) -> list[Event]:
        command = [sys.executable, "-m", "tests.crash.writer"]
        words = [str(thaw_data), "0", str(count), *pragmas]
        return traced([*command, *words], thaw_data, tmp_path / "strace", ROOT)

    return run


def tally(events: list[Event], cuts: int, place: Path, read: Read = notes_in) -> Tally:
    """Look at what so many power cuts leave; ``read`` gets the notes out of a database."""
    seen = Tally()
    plan = steps(STEPS)
    for left in power_cuts(events, cuts, SEED):
        seen.cuts += 1
        named = f"cut {seen.cuts} of seed {SEED}, after event {left.at}"
        try:
            notes, instance = read(_laid(left, place))
        except (BrokenError, DamageError) as error:
            seen.broken.append(f"{named}: {error!r}")
            continue
        done = left.acknowledged + 1
        if notes not in (left_by(plan[:done]), left_by(plan[: done + 1])):
            seen.lost.append(named)
        if not _belongs(left, instance):
            seen.refused.append(named)
    return seen


def _laid(left: Left, place: Path) -> Path:
    """Lay the files of a disk out, and return where the database is."""
    shutil.rmtree(place / "cut", ignore_errors=True)
    folder = place / "cut"
    folder.mkdir()
    for name, content in left.files.items():
        (folder / name).write_bytes(content)
    return folder / "thaw.sqlite3"


def _belongs(left: Left, instance: tuple[str, int] | None) -> bool:
    """Return whether the folder would take this database for its own."""
    if "instance" not in left.files:
        return True
    _, id_, starts = left.files["instance"].decode().split()
    return (
        instance is not None and instance[0] == id_.replace("-", "") and instance[1] >= int(starts)
    )


def test_no_power_cut_loses_what_was_acknowledged(trace: Trace, memory: Path) -> None:
    events = trace(OFTEN)
    assert sum(isinstance(event, Ack) for event in events) == STEPS
    seen = tally(events, CUTS, memory)
    assert seen == Tally(cuts=CUTS)


@pytest.mark.usefixtures("own_database")
def test_a_start_cut_off_at_any_moment_is_made_again(trace: Trace, memory: Path) -> None:
    assert_opened(trace(count=1), 300 if DEEP else 40, memory)


@pytest.mark.usefixtures("own_database")
def test_what_a_power_cut_leaves_is_opened_as_ever(trace: Trace, memory: Path) -> None:
    assert_opened(trace(OFTEN), 100 if DEEP else 10, memory)


def assert_opened(events: list[Event], cuts: int, place: Path) -> None:
    """Open what so many power cuts leave, as Thaw does, and see what is in it."""
    plan = steps(STEPS)
    for left in power_cuts(events, cuts, SEED + 1):
        with closing(open_folder(_laid(left, place).parent)):
            rows = sealed.rows_of(Note, SEAT, trashed=None)
            ids = {row.id for row in rows if isinstance(row, Row)}
        done = left.acknowledged + 1
        assert ids in [set(left_by(plan[:count])) for count in (done, done + 1)]


@pytest.mark.parametrize("pragma", ["synchronous = NORMAL", "synchronous = OFF"])
def test_the_same_look_sees_what_weaker_settings_lose(
    trace: Trace, memory: Path, pragma: str
) -> None:
    events = trace(OFTEN, pragma)
    seen = tally(events, 200, memory)
    assert len(seen.lost) + len(seen.broken) > 20
    assert sum(isinstance(event, Sync) for event in events) < STEPS
