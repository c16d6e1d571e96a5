"""The process that writes while backups are made: it says each step kept, until it is ended.

``python -m tests.web.take.writer DATA``
"""

import os
import sys
from itertools import count
from pathlib import Path
from uuid import UUID

NOTES = 300
"""So many notes; each step changes the next of them."""


def id_of(number: int) -> UUID:
    """Return the id of a note."""
    from thaw.web.ids import id_at

    return id_at(1_700_000_000_000 + number, number)


def texts_after(steps: int) -> list[str]:
    """Return what every note says once so many steps are taken."""
    latest = [range(number, steps, NOTES)[-1:] for number in range(min(steps, NOTES))]
    return [str(step[0]) for step in latest]


def main(data: Path) -> None:
    """Take steps, for as long as someone listens."""
    from thaw.web import (
        asgi,  # noqa: F401 - It sets Django up.
        sealed,
    )
    from thaw.web.folder import open_folder
    from thaw.web.people import keyring
    from thaw.web.people.seats import Seat
    from thaw.web.write.body import Body, sealed_of
    from thaw.web.write.models import Note

    open_folder(data)
    person_id = keyring.first_person(data)
    seat = Seat(person_id, keyring.key_beside(data, person_id), "")
    for step in count():
        fields = {"body": sealed_of(Body(text=str(step)))}
        note = id_of(step % NOTES)
        if step < NOTES:
            sealed.create(Note, seat, note, fields, day="2026-11-22")
        else:
            sealed.save(Note, seat, note, step // NOTES, fields)
        os.write(1, f"{step}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
