"""The process that is cut off while it changes what opens a person's notes.

``python -m tests.crash.keyholder DATA`` writes the number of each change when it is kept.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from thaw.vault.recovery import RecoveryCode
from thaw.vault.stretch import Cost

CHEAP = Cost(64, passes=1, lanes=1)
FIRST, SECOND = "seven quiet herons over the lake", "nine slow trains before the morning"
CODES = tuple(RecoveryCode(bytes(range(start, start + 16))) for start in (0, 16))
NOTES = 24
DAY = dt.date(2026, 3, 29)


@dataclass(frozen=True, slots=True)
class Opens:
    """What opens the notes: the key beside the data, or a passphrase and a code."""

    passphrase: str = ""
    code: RecoveryCode = CODES[0]


CHANGES = (
    Opens(),
    Opens(FIRST),
    Opens(SECOND),
    Opens(SECOND, CODES[1]),
    Opens(),
    Opens(FIRST, CODES[1]),
)
"""What opens them after each change."""


def main(data: Path) -> None:
    """Make a person with some notes, then change what opens them, again and again."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
    import django

    django.setup()
    from tests.crash.writer import BALLAST_BYTES
    from thaw.web.database.room import Room, enter
    from thaw.web.folder import open_folder
    from thaw.web.people.keyring import first_person

    folder = open_folder(data)
    enter(Room(folder.file, size=BALLAST_BYTES))
    person_id = first_person(data)
    _write(data, person_id)
    for number, change in enumerate(_changes(data, person_id)):
        change()
        os.write(1, f"{number}\n".encode())
    folder.close()


def _write(data: Path, person_id: UUID) -> None:
    from tests.fakes.seats import FakeSeat
    from thaw.web import sealed
    from thaw.web.ids import new_id
    from thaw.web.people.keyring import key_beside
    from thaw.web.write.models import Note

    seat = FakeSeat(person_id, key_beside(data, person_id))
    for number in range(NOTES):
        sealed.create(Note, seat, new_id(), {"body": b"%d" % number}, day=DAY)


def _changes(data: Path, person_id: UUID) -> list[Callable[[], object]]:
    """Return what leads from each of ``CHANGES`` to the next; nothing to the first."""
    from thaw.vault.keys import DataKey, next_data_key
    from thaw.web.people import keyring

    def key(text: str) -> DataKey:
        return keyring.unlock_with_passphrase(person_id, text, CHEAP, data=data)

    def set_first(code: RecoveryCode) -> None:
        old = keyring.key_beside(data, person_id)
        assert old is not None
        new = next_data_key(old)
        wrap = keyring.wrapped(new, FIRST, person_id, CHEAP)
        assert keyring.set_passphrase(person_id, old, new, wrap, code, data=data)

    def change() -> None:
        wrap = keyring.wrapped(key(FIRST), SECOND, person_id, CHEAP)
        assert keyring.change_passphrase(person_id, key(FIRST), wrap)

    return [
        lambda: None,
        lambda: set_first(CODES[0]),
        change,
        lambda: keyring.change_code(person_id, key(SECOND), CODES[1]),
        lambda: keyring.remove_passphrase(person_id, key(SECOND), data=data),
        lambda: set_first(CODES[1]),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
