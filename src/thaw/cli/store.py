"""The store from the command line, beside a Thaw that runs or without one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from thaw.cli.asking import Words
from thaw.cli.folders import data_folder

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat


@contextmanager
def opened_store(words: Words) -> Iterator["Seat"]:
    """Open the data folder and yield the seat of its one person; ask where it is locked."""
    set_up()
    from thaw.web.folder import open_folder

    data = data_folder()
    with closing(open_folder(data)):
        yield _seat_of(data, words)


def set_up() -> None:
    """Let Django find its settings; it is heavy, and most commands need none of it."""
    from thaw.web import asgi  # noqa: F401 - It sets Django up.


def entries(count: int) -> str:
    """Return how many entries there are, in words."""
    return "1 entry" if count == 1 else f"{count} entries"


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def _seat_of(data: Path, words: Words) -> "Seat":
    from thaw.web.people import keyring
    from thaw.web.people.proof import Proof, key_of_person
    from thaw.web.people.seats import Seat

    person_id = keyring.first_person(data)
    key = keyring.key_beside(data, person_id)
    if key is None:
        key = key_of_person(person_id, Proof(*words.given()), data=data)
    return Seat(person_id, key, session="")
