"""A store with notes in it, and what its person has."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.fakes.seats import FakeSeat
from thaw.vault.keys import DataKey, next_data_key
from thaw.vault.recovery import RecoveryCode, new_code
from thaw.vault.stretch import Cost
from thaw.web import sealed
from thaw.web.folder import Folder, open_folder
from thaw.web.ids import new_id
from thaw.web.people import keyring
from thaw.web.sealed import Seat
from thaw.web.take import backups, codes
from thaw.web.write.models import Note

CHEAP = Cost(64, passes=1, lanes=1)
PASSPHRASE = "quiet water under an old bridge"
CODE = new_code()
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


class Home:
    """A data folder and the person in it; opened, closed and opened again."""

    def __init__(self, data: Path, until: ExitStack) -> None:
        self.data, self._until = data, until
        self._open: ExitStack = ExitStack()

    def open(self) -> Folder:
        self.close()
        self._open = self._until.enter_context(ExitStack())
        return self._open.enter_context(closing(open_folder(self.data)))

    def close(self) -> None:
        self._open.close()

    @property
    def seat(self) -> FakeSeat:
        """The seat of the one person here, who has no passphrase."""
        person_id = keyring.first_person(self.data)
        return FakeSeat(person_id, keyring.key_beside(self.data, person_id))

    def lock_with_passphrase(self) -> FakeSeat:
        """Let ``PASSPHRASE`` and ``CODE`` open what is here; return the seat of who knows them."""
        seat = self.seat
        assert seat.key
        new = next_data_key(seat.key)
        wrap = keyring.wrapped(new, PASSPHRASE, seat.person_id, CHEAP)
        assert keyring.set_passphrase(seat.person_id, seat.key, new, wrap, CODE, data=self.data)
        return FakeSeat(seat.person_id, new)


@pytest.fixture
def home(own_database: None, thaw_data: Path) -> Iterator[Home]:
    """The folder of this test, open."""
    del own_database
    with ExitStack() as until:
        home = Home(thaw_data, until)
        home.open()
        yield home


@pytest.fixture
def elsewhere(own_database: None, tmp_path: Path) -> Iterator[Home]:
    """Another machine, on which nothing is open yet."""
    del own_database
    with ExitStack() as until:
        yield Home(tmp_path / "elsewhere" / "thaw-data", until)


def write(seat: Seat, text: str = "words", **clear: str) -> sealed.Row:
    """Keep a note."""
    body: dict[str, object] = {
        "colour": "",
        "kind": "note",
        "sitting": None,
        "tags": [],
        "text": text,
        "word": "",
    }
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    day = datetime.fromisoformat(clear.get("day", "2026-11-22")).date()
    return sealed.create(Note, seat, new_id(), {"body": raw}, day=day)


def texts(seat: Seat) -> list[str]:
    """Return what every note says, the trash too."""
    rows = sealed.rows_of(Note, seat, trashed=None, order=("id",))
    return [
        json.loads(row.fields["body"])["text"] if isinstance(row, sealed.Row) else "?"
        for row in rows
    ]


def rows(seat: Seat) -> list[object]:
    """Return every note with all that belongs to it."""
    return list(sealed.rows_of(Note, seat, trashed=None, order=("id",)))


def key_of(seat: Seat) -> DataKey:
    assert seat.key is not None
    return seat.key


def backed_up(seat: Seat, code: RecoveryCode = CODE) -> bytes:
    """Return a backup; where no passphrase is set, ``code`` opens it."""
    out, key = BytesIO(), key_of(seat)
    lock = codes.lock_with(code, seat.person_id, key, NOW)
    made = backups.make(out, seat.person_id, key, NOW, lock)
    backups.check(out, key, made)
    return out.getvalue()
