"""The steps of ``steps``, each taken as a page of the journal takes it.

``python -m tests.crash.journal DATA COUNT [PRAGMA ...]``: asks the pages themselves, with all that
stands before and behind them, and says each step once it was answered.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.writer import BALLAST_BYTES

if TYPE_CHECKING:
    from django.test import Client

    from tests.crash.steps import Step

DAY = "2026-03-29"


def main(data: Path, count: int, pragmas: list[str]) -> None:
    """Take the first ``count`` steps, and write the number of each when it was acknowledged."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
    import django

    django.setup()
    from django.db import connection

    from tests.crash.steps import steps
    from thaw.web.database.room import Room, enter
    from thaw.web.folder import open_folder

    folder = open_folder(data)
    enter(Room(folder.file, size=BALLAST_BYTES))
    with connection.cursor() as cursor:
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
    browser = _let_in(data)
    for number, step in enumerate(steps(count)):
        _take(browser, step)
        os.write(1, f"{number}\n".encode())
    folder.close()


def _let_in(data: Path) -> "Client":
    """Let a browser in to the person of the steps, whose key lies beside the data."""
    from django.test import Client

    from tests.crash.steps import KEY, PERSON, begin
    from thaw.vault.beside import lay_open
    from thaw.web.house import House, furnish

    begin()
    (data / "key").write_bytes(lay_open(KEY, person=str(PERSON)))
    house = House(data)
    furnish(house)
    browser = Client(headers={"Host": "localhost"})
    assert browser.get(f"/open/{house.links.make()}").status_code == 303
    return browser


def _take(browser: "Client", step: "Step") -> None:
    from tests.crash.steps import id_of, text_of

    path = f"/write/notes/{id_of(step.note)}"
    if step.act in ("trash", "purge"):
        assert browser.post(f"{path}/{step.act}").status_code == 303
        return
    version = 1 if step.act == "save" else 0
    body = {"version": version, "text": text_of(step.note, step.act), "kind": "note", "day": DAY}
    answer = browser.put(path, body, content_type="application/json")
    assert answer.status_code == 200, answer.content


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
