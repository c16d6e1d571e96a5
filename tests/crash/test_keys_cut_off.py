"""The power goes while a passphrase is set, changed or removed: what the person has still opens.

A process that changes what opens the notes is traced once. From its trace follow the disks, with
the database, its log and the key beside, that a power cut could have left at any moment. Each is
started again and opened with all that the person has.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest

from tests.conftest import DEEP
from tests.crash.disk import Left, power_cuts
from tests.crash.keyholder import CHANGES, CHEAP, NOTES, Opens
from tests.crash.tracing import Ack, Event, traced
from tests.fakes.seats import FakeSeat
from tests.house.tree import ROOT
from thaw.units import InputError
from thaw.vault.keys import DataKey
from thaw.web import sealed
from thaw.web.folder import open_folder
from thaw.web.people import attempts, keyring
from thaw.web.people.models import Person
from thaw.web.sealed import Row
from thaw.web.write.models import Note

pytestmark = [
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux"),
    pytest.mark.usefixtures("own_database"),
]

CUTS = 2_000 if DEEP else 100
SEED = 20261122


@pytest.fixture
def memory() -> Iterator[Path]:
    """A place that is quick to write."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it.
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def events(tmp_path: Path, thaw_data: Path) -> list[Event]:
    """What the process did."""
    command = [sys.executable, "-m", "tests.crash.keyholder", str(thaw_data)]
    done = traced(command, thaw_data, tmp_path / "strace", ROOT)
    assert [event.step for event in done if isinstance(event, Ack)] == list(range(len(CHANGES)))
    return done


def laid(left: Left, place: Path) -> Path:
    """Lay the files of a disk out, and return their folder."""
    folder = place / "cut"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in left.files.items():
        (folder / name).write_bytes(content)
    return folder


def opened(data: Path, person_id: UUID, opens: Opens) -> DataKey | None:
    """Return the key, if just these open it: all of what there is, and nothing else."""
    if not opens.passphrase:
        return keyring.key_beside(data, person_id)
    words = " ".join(opens.code.words)
    try:
        by_code = keyring.unlock_with_code(person_id, words, data=data)
        key = keyring.unlock_with_passphrase(person_id, opens.passphrase, CHEAP, data=data)
    except InputError:
        return None
    assert key == by_code
    return key


def state_of(left: Left, data: Path) -> int:
    """Start and open what is left; return after which of the changes it stands."""
    person_id = keyring.first_person(data)
    if left.acknowledged < 0:
        assert keyring.key_beside(data, person_id)
        return 0
    keys = {
        state: key
        for state in (left.acknowledged, left.acknowledged + 1)
        if state < len(CHANGES) and (key := opened(data, person_id, CHANGES[state]))
    }
    [(state, key)] = keys.items()
    rows = list(sealed.rows_of(Note, FakeSeat(person_id, key)))
    assert sum(isinstance(row, Row) for row in rows) == NOTES
    assert not keyring.is_unfinished(person_id)
    assert Person.objects.get().key_version == key.version
    is_beside = any((data / name).exists() for name in ("key", "key.new"))
    assert is_beside is not bool(CHANGES[state].passphrase)
    return state


def test_no_power_cut_locks_a_person_out(events: list[Event], memory: Path) -> None:
    seen = dict.fromkeys(range(len(CHANGES)), 0)
    for left in power_cuts(events, CUTS, SEED):
        data = laid(left, memory)
        attempts._UNWRITTEN.clear()
        try:
            with closing(open_folder(data)):
                seen[state_of(left, data)] += 1
        except Exception as error:
            error.add_note(f"after event {left.at} of seed {SEED}")
            raise
    assert all(seen.values()), seen
