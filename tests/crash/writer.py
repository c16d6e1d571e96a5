"""The process that is cut off: opens a folder, takes steps, says each one that is kept.

``python -m tests.crash.writer DATA FROM TO [PRAGMA ...]``
"""

import os
import sys
from pathlib import Path

BALLAST_BYTES = 2**20


def main(data: Path, first: int, last: int, pragmas: list[str]) -> None:
    """Take the steps from ``first`` up to ``last``, and write the number of each when kept."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
    import django

    django.setup()
    from django.db import connection

    from tests.crash.steps import begin, steps, take
    from thaw.web.database.room import Room, enter
    from thaw.web.folder import open_folder

    folder = open_folder(data)
    enter(Room(folder.file, size=BALLAST_BYTES))
    with connection.cursor() as cursor:
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
    begin()
    for number, step in enumerate(steps(last)[first:], first):
        take(step)
        os.write(1, f"{number}\n".encode())
    folder.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
