"""Whatever a person writes, types or is given is nowhere in clear: locked, and once erased.

A server is lived with whose logs are at their loudest and which breaks on the way. Then all it
left is looked through for every word, as it is, in UTF-16, base64 and hex, and packed.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2

from tests.conftest import LOOPBACK
from tests.house.tree import ROOT
from tests.proof.canary import Canaries, files_in, hits
from tests.proof.living import Life
from tests.proof.loud import CHEAP
from tests.web.serving import Guest
from thaw.exchange.bundle import MAGIC
from thaw.vault import beside
from thaw.vault.keys import derive
from thaw.vault.wraps import unwrap_with_passphrase

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")

CALLS = "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlinkat"
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"\n]+)", ([A-Z_|]+)')
MADE = re.compile(r'(?:creat|mkdir|mkdirat|renameat2?|rename|linkat|link)\([^\n]*"([^"\n]+)"')
SEED = 20261122
KEY = slice(5, 37)  # As it lies beside the data: docs/explanation/vault.md.


@dataclass(frozen=True)
class Found:
    """What lay on the disk at one moment, and in which of it a word was found."""

    files: dict[Path, bytes]
    hits: set[tuple[str, str]]


@dataclass(frozen=True)
class Lived:
    """A life, and what was found on the way."""

    life: Life
    locked: Found
    killed: Found
    erased: Found
    written: set[Path]
    log: bytes


@dataclass
class Place:
    """Where a server may write."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "logs" / "all.log"

    def look(self, canaries: Canaries) -> Found:
        """Look through everything."""
        files = files_in([self.data, self.root / "temp", self.root / "logs"])
        return Found(files, hits(canaries.needles(), files))

    def written(self) -> set[Path]:
        """Return every file that was opened to be written, made or given a name."""
        paths = set()
        for trace in self.root.glob("strace*"):
            text = trace.read_text(encoding="utf-8", errors="replace")
            paths |= {path for path, how in OPENED.findall(text) if re.search("WR|CREAT", how)}
            paths |= set(MADE.findall(text))
        return {Path(path) for path in paths}


@contextmanager
def served(place: Place, name: str) -> Iterator[tuple[Guest, "subprocess.Popen[str]"]]:
    """Serve as loud as can be, and watch what is written; yield a guest who was let in."""
    for folder in ("temp", "logs"):
        (place.root / folder).mkdir(exist_ok=True)
    surroundings = {
        **os.environ,
        "THAW_DATA": str(place.data),
        "TMPDIR": str(place.root / "temp"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(LOOPBACK),
    }
    watch = ["strace", "-f", "--seccomp-bpf", "-e", "signal=none", "-e", CALLS]
    command = [*watch, "-o", str(place.root / name), sys.executable, "-m", "tests.proof.loud"]
    with (place.root / "logs" / "errors.log").open("a") as errors:
        process = subprocess.Popen(
            [*command, str(place.log)],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        assert "://" in said, (place.root / "logs" / "errors.log").read_text()
        link = next(word for word in said.split() if "://" in word)
        guest = Guest(urlsplit(link).port or 0)
        assert guest.get(urlsplit(link).path).status == 303
        yield guest, process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Live with it for a while."""
    place = Place(tmp_path_factory.mktemp("canaries"))
    canaries = Canaries(SEED)
    with served(place, "strace1") as (guest, _):
        life = Life(place.data, guest, canaries)
        live_without_passphrase(life)
        canaries.secrets["the first key"] = key_beside(place.data)
        live_with_passphrase(life)
        life.lock()
        note_key(life)
        locked = place.look(canaries)
    killed = place.look(canaries)
    with served(place, "strace2") as (guest, _):
        life.guest = guest
        life.unlock(code=life.code)
        life.write_notes(3)
        life.erase()
        erased = place.look(canaries)
    return Lived(life, locked, killed, erased, place.written(), place.log.read_bytes())


def live_without_passphrase(life: Life) -> None:
    life.write_notes(12)
    life.write_what_is_refused()
    life.check_in()
    life.meet_oneself()
    life.do_a_course()
    life.keep_own_help()
    life.plan_days()
    life.look_for()
    life.prefer()
    life.sit_and_say()
    life.take_along()
    life.take_in()
    life.fill_every_form()
    life.break_down()


def live_with_passphrase(life: Life) -> None:
    life.set_passphrase()
    life.write_notes(12)
    life.keep_own_help()
    life.plan_days()
    life.change_keys()
    life.look_for()
    life.take_along()
    life.break_down()


def key_beside(data: Path) -> bytes:
    """Return the data key as it lies beside the data, without a passphrase."""
    return (data / "key").read_bytes()[KEY]


def note_key(life: Life) -> None:
    """Add the key that is sealed now to what is looked for, and what follows from it."""
    with closing(dbapi2.connect(str(life.data / "thaw.sqlite3"))) as store:
        query = "SELECT wrap, person_id FROM people_keyslot WHERE kind = 'passphrase'"
        wrap, person = store.execute(query).fetchone()
    key = unwrap_with_passphrase(wrap, life.passphrase, person=str(UUID(person)), least=CHEAP)
    assert beside.read_open(beside.lay_open(key, person="x"), person="x") == key
    life.canaries.secrets["the key"] = beside.lay_open(key, person="x")[KEY]
    for purpose in ("fields", "drafts", "backup"):
        life.canaries.secrets[f"the key of {purpose}"] = derive(key, purpose)


def test_enough_words_were_put_everywhere(lived: Lived) -> None:
    assert len(lived.life.canaries.words) >= 200
    assert len(lived.life.canaries.secrets) >= 10


def test_locked_nothing_of_it_is_in_the_folder_the_log_or_a_temporary_file(lived: Lived) -> None:
    names = {path.name for path in lived.locked.files}
    assert {"thaw.sqlite3", "thaw.sqlite3-wal", "all.log"} <= names
    assert not lived.locked.hits


def test_killed_nothing_of_it_is_there_either(lived: Lived) -> None:
    assert not lived.killed.hits


def test_a_backup_holds_nothing_of_it_in_clear(lived: Lived) -> None:
    needles = lived.life.canaries.needles()
    assert len(lived.life.bundles) == 2
    for bundle in lived.life.bundles:
        assert bundle.startswith(MAGIC)
        assert not needles.found_in(bundle)


def test_erased_nothing_of_it_is_anywhere(lived: Lived) -> None:
    assert not lived.erased.hits


def test_the_log_has_the_tracebacks_and_the_database_in_it(lived: Lived) -> None:
    assert lived.log.count(b"ForcedError") >= 6
    assert b"INSERT INTO" in lived.log


def test_the_server_writes_nowhere_else(lived: Lived) -> None:
    root = lived.life.data.parent
    elsewhere = {path for path in lived.written if not path.is_relative_to(root)}
    assert elsewhere <= {Path("/dev/null")}
