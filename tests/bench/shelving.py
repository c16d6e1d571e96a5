"""The library page with a hundred practices, for someone who sat every day of a year."""

import gc
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figure import Figure, median_ms
from tests.bench.filling import set_up
from tests.bench.studio import Studio
from thaw.library.content import content_folder

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat

PRACTICES = 100
SITTINGS = 365
TIMES = 15

_BEGUN = date(2025, 11, 22)


def measure(studio: Studio) -> Iterator[Figure]:
    studio.tell(f"Putting {PRACTICES} practices on the shelf.")
    content = studio.data / "shelving-content"
    fill_shelf(content, PRACTICES)
    with _library(studio.data / "shelving", content) as (look, narrow):
        whole, some = median_ms(look, times=TIMES), median_ms(narrow, times=TIMES)
    how = f"the whole answer within the server, {SITTINGS} sittings in the log; median of {TIMES}"
    yield Figure(f"library with {PRACTICES} practices", whole, "ms", 50.0, how)
    yield Figure(f"library with {PRACTICES} practices, narrowed down", some, "ms", 50.0, how)


def fill_shelf(content: Path, count: int) -> None:
    """Make a content folder whose practices are those of Thaw, again and again."""
    own = content_folder()
    shutil.copytree(own, content, ignore=shutil.ignore_patterns("practices"))
    (content / "practices").mkdir()
    shutil.copy(own / "practices" / "needs.yaml", content / "practices")
    files = sorted((own / "practices").glob("*.md"))
    for number, file in enumerate(islice(cycle(files), count)):
        shutil.copy(file, content / "practices" / f"{file.stem}-{number}.md")


@contextmanager
def _library(
    data: Path, content: Path
) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    set_up(data)
    from django.test import Client

    from thaw.web.folder import open_folder
    from thaw.web.house import House, furnish
    from thaw.web.people.keyring import first_person, key_beside
    from thaw.web.people.seats import Seat

    folder = open_folder(data)
    house = House(data, content=content)
    furnish(house)
    _ = house.finder  # Made once, behind the first page with the search box.
    person_id = first_person(data)
    _sit_daily(Seat(person_id, key_beside(data, person_id), ""), house.shelf.ids())
    client = Client(headers={"Host": "localhost"})
    client.get(f"/open/{house.links.make()}")

    def look() -> None:
        _check(client.get("/library").content, PRACTICES)

    def narrow() -> None:
        _check(client.post("/library", {"minutes": "5", "before": "yes"}).content, 1)

    look()
    narrow()
    gc.freeze()  # As the server does once it is warm.
    try:
        yield look, narrow
    finally:
        furnish(None)
        house.close()
        folder.close()


def _check(page: bytes, least: int) -> None:
    assert len(re.findall(rb'<h3><a href="/library/', page)) >= least


def _sit_daily(seat: "Seat", practices: Sequence[str]) -> None:
    from tests.fakes.sat import FIVE_THINGS
    from thaw.web import sealed
    from thaw.web.ids import new_id
    from thaw.web.sit.body import sealed_of
    from thaw.web.sit.models import Sat

    for day, practice in zip(range(SITTINGS), cycle(practices), strict=False):
        body = sealed_of(replace(FIVE_THINGS, practice=practice))
        on = _BEGUN + timedelta(days=day)
        sealed.create(Sat, seat, new_id(), {"body": body}, day=on)
