"""Backups while another process writes as fast as it can: each is whole, and of one moment."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.web.conftest import until
from tests.web.take.conftest import CODE, NOW, Home, key_of, texts
from tests.web.take.test_restoring import by_code, put_back
from tests.web.take.writer import texts_after
from thaw.exchange.opening import Bundle
from thaw.web.sealed import Seat, fields_opened
from thaw.web.take import backups, codes
from thaw.web.take.tables import instance_of
from thaw.web.write.models import Note


@contextmanager
def writing(data: Path) -> Iterator[list[int]]:
    """Let a process write, and yield the steps that it said were kept, as they come."""
    command = [sys.executable, "-m", "tests.web.take.writer", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        output, kept = writer.stdout, [-1]
        listener = threading.Thread(target=lambda: kept.extend(map(int, output)))
        listener.start()
        try:
            yield kept
        finally:
            writer.kill()
            listener.join()


def texts_in(bundle: Bundle, seat: Seat) -> list[str]:
    """Return what the notes of a backup say, in the order of their ids."""
    found = {}
    for table, record in bundle.rows():
        if table == "write_note":
            row = instance_of(Note, record)
            values = {field.attname: getattr(row, field.attname) for field in Note._meta.fields}
            body = fields_opened(Note, key_of(seat), values)["body"]
            found[values["id"]] = json.loads(body)["text"]
    return [found[id_] for id_ in sorted(found)]


def make_many(home: Home, elsewhere: Home, folder: Path, count: int, restore_each: int) -> None:
    """Make so many backups while someone writes; look into each, and restore some."""
    seat = home.seat
    codes.keep_code(CODE, seat.person_id, key_of(seat), NOW)
    made: list[tuple[Path, int, int]] = []
    with writing(home.data) as kept:
        for number in range(count):
            until(lambda: kept[-1], lambda step: step >= made[-1][2] if made else step >= 0)
            before = kept[-1]
            path = folder / f"{number}.bin"
            backups.make_file(path, seat.person_id, key_of(seat), NOW)
            made.append((path, before, kept[-1] + 2))
    wrong = []
    for path, before, after in made:
        with path.open("rb") as file:
            found = texts_in(Bundle(file, key_of(seat)), seat)
        if found not in [texts_after(steps) for steps in range(before + 1, after + 2)]:
            wrong.append(path.name)
    assert not wrong
    home.close()
    for path, _, _ in made[::restore_each]:
        with path.open("rb") as file:
            said = sorted(texts_in(Bundle(file, key_of(seat)), seat))
        put_back(elsewhere, path.read_bytes(), by_code, replace=True)
        assert sorted(texts(seat)) == said
        elsewhere.close()


def test_backups_while_someone_writes_are_of_one_moment(
    home: Home, elsewhere: Home, tmp_path: Path
) -> None:
    make_many(home, elsewhere, tmp_path, 4, 3)


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_two_hundred_backups_while_someone_writes_are_all_good(
    home: Home, elsewhere: Home, tmp_path: Path
) -> None:
    make_many(home, elsewhere, tmp_path, 200, 10)
