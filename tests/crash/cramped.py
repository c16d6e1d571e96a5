"""The process that runs out of room, and then has some again.

``python -m tests.crash.cramped DATA FILLER`` for a small disk, ``... DATA`` for a limit on files.
It prints what happened as JSON.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

SPARE = 2 * 2**20
BALLAST_BYTES = 2**20


def main(data: Path, filler: Path | None) -> dict[str, Any]:
    """Write until there is no room, delete, make room, write on; return what was seen."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
    import django

    django.setup()
    from tests.crash.steps import begin
    from thaw.web.database.room import Room, enter
    from thaw.web.folder import open_folder

    folder = open_folder(data)
    room = Room(folder.file, size=BALLAST_BYTES)
    enter(room)
    room.set_aside()
    begin()
    run_short(filler)
    kept, refusals = write_until_refused()
    seen: dict[str, Any] = {"kept": kept, "refusals": refusals, "read": read_whole()}
    seen["thrown away"] = throw_away(kept // 2)
    make_room(filler)
    seen["kept later"], _ = write_until_refused(most=20)
    seen["read later"] = read_whole()
    folder.close()
    return seen


def run_short(filler: Path | None) -> None:
    """Leave little room on the disk, or let no file grow far."""
    if filler is None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SPARE, resource.RLIM_INFINITY))
        return
    free = os.statvfs(filler.parent)
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - SPARE))


def make_room(filler: Path | None) -> None:
    """Undo ``run_short``."""
    if filler is None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    else:
        filler.unlink()


def write_until_refused(most: int = 5000) -> tuple[int, list[tuple[str, int]]]:
    """Keep notes until three in a row are refused; return how many, and with what."""
    from tests.crash.steps import DAY, SEAT
    from thaw.units import ThawError
    from thaw.web import sealed
    from thaw.web.ids import new_id
    from thaw.web.write.models import Note

    kept = 0
    refusals: list[tuple[str, int]] = []
    while kept < most and len(refusals) < 3:
        try:
            sealed.create(Note, SEAT, new_id(), {"body": b"x" * 3000}, day=DAY)
            kept += 1
        except ThawError as error:
            refusals.append((error.code, error.status))
    return kept, refusals


def read_whole() -> int:
    """Return how many notes there are; each opens."""
    from tests.crash.steps import SEAT
    from thaw.web import sealed
    from thaw.web.write.models import Note

    rows = list(sealed.rows_of(Note, SEAT, trashed=None))
    return sum(isinstance(row, sealed.Row) and len(row.fields["body"]) == 3000 for row in rows)


def throw_away(count: int) -> int:
    """Delete so many notes for ever, as a person would; return how many went."""
    from tests.crash.steps import SEAT
    from thaw.web import sealed
    from thaw.web.write.models import Note

    ids = list(Note.objects.values_list("id", flat=True)[:count])
    gone = 0
    for start in range(0, count, 20):
        sealed.trash(Note, SEAT, ids[start : start + 20])
        gone += sealed.purge(Note, SEAT, ids[start : start + 20])
    return gone


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    sys.stdout.write(json.dumps(main(given[0], given[1] if len(given) > 1 else None)))
