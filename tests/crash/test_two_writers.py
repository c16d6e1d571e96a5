"""Two tabs that write in one note: every acknowledged word is in it at the end."""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.crash.steps import DAY, SEAT, begin, id_of
from thaw.units import ConflictError
from thaw.web import sealed
from thaw.web.folder import open_folder
from thaw.web.write.models import Note

ROUNDS = 200

NOTE = id_of(1)


def save(version: int, text: str) -> int | ConflictError:
    """Save the note, and return its next version or what stands in the way."""
    try:
        return sealed.save(Note, SEAT, NOTE, version, {"body": text.encode()}).version
    except ConflictError as conflict:
        return conflict


def write_rounds(name: str, meet: Callable[[], object], kept: list[str], late: list[int]) -> None:
    """Add a word in each round on top of what was last seen, and again where it came too late."""
    version, text = 1, "begun"
    for round_ in range(ROUNDS):
        meet()  # Both write at the same moment, on the same version.
        word = f"{name}{round_}"
        wanted = f"{text} {word}"
        while isinstance(answer := save(version, wanted), ConflictError):
            late.append(round_)
            wanted, version = f"{answer.theirs} {word}", answer.version
        version, text = answer, wanted
        kept.append(word)
    connection.close()


@pytest.mark.usefixtures("own_database")
def test_two_writers_lose_no_acknowledged_word(thaw_data: Path) -> None:
    with closing(open_folder(thaw_data)):
        begin()
        sealed.create(Note, SEAT, NOTE, {"body": b"begun"}, day=DAY)
        barrier = threading.Barrier(2, timeout=60)
        kept: dict[str, list[str]] = {"a": [], "b": []}
        late: list[int] = []
        writers = [
            threading.Thread(target=write_rounds, args=(name, barrier.wait, kept[name], late))
            for name in kept
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        words = sealed.row_of(Note, SEAT, NOTE).fields["body"].decode().split()
    assert [len(each) for each in kept.values()] == [ROUNDS, ROUNDS]
    assert sorted(words) == sorted(["begun", *kept["a"], *kept["b"]])
    assert late, "They never met; this proves nothing."
