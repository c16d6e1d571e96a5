"""One flipped bit anywhere in the store: nothing wrong is shown as good, nothing goes unnoticed."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from django.db import DatabaseError

from tests.conftest import DEEP
from tests.crash.steps import SEAT, begin, steps, take
from thaw.units import DamageError, ThawError
from thaw.web import sealed
from thaw.web.database import moving, sentinel
from thaw.web.database.connecting import FILE, in_full
from thaw.web.folder import _point, open_folder
from thaw.web.sealed import DamagedRow, Row
from thaw.web.write.models import Note

FLIPS = 2000 if DEEP else 400
SEED = 20261122

pytestmark = pytest.mark.usefixtures("own_database")


@dataclass
class Seen:
    """What one flipped bit did."""

    noticed: bool
    rows: set[str]


@pytest.fixture
def whole(thaw_data: Path) -> Path:
    """A closed folder with thirty steps in it."""
    with closing(open_folder(thaw_data)):
        begin()
        for step in steps(30):
            take(step)
    return thaw_data


def look(data: Path) -> Seen:
    """Open a store as Thaw does, look after it as Thaw does, and read every row."""
    with ExitStack() as undo:
        _point(in_full(data / FILE), undo)
        checks = (lambda: sentinel.check_belongs(data), moving.is_behind, moving.check_whole)
        noticed = [_fails(check) for check in checks]
        rows: list[Row | DamagedRow] = []
        noticed.append(_fails(lambda: rows.extend(sealed.rows_of(Note, SEAT, trashed=None))))
    good = {f"{row!r} {row.fields}" for row in rows if isinstance(row, Row)}
    return Seen(any(noticed) or len(good) < len(rows), good)


def _fails(check: Callable[[], object]) -> bool:
    try:
        check()
    except (ThawError, DatabaseError, ValueError, UnicodeError):
        return True
    return False


def test_no_flipped_bit_is_shown_as_good_or_goes_unnoticed(whole: Path, tmp_path: Path) -> None:
    chance = Random(SEED)  # noqa: S311 - nothing is kept secret by it.
    content = (whole / FILE).read_bytes()
    good = look(whole)
    assert not good.noticed
    assert len(good.rows) > 10
    copy = tmp_path / "flipped"
    shutil.copytree(whole, copy)
    noticed = 0
    for flip in range(FLIPS):
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        (copy / FILE).write_bytes(flipped)
        seen = look(copy)
        named = f"flip {flip} of seed {SEED}: bit {bit} of byte {place}"
        assert seen.rows <= good.rows, f"{named} is shown as good"
        assert seen.noticed or seen.rows == good.rows, f"{named} goes unnoticed"
        noticed += seen.noticed
    assert noticed > FLIPS // 20


def test_a_damaged_row_is_named_and_the_others_are_shown(whole: Path) -> None:
    with closing(open_folder(whole)):
        hurt = Note.objects.order_by("id")[3]
        Note.objects.filter(id=hurt.id).update(body=bytes(hurt.body)[:-1] + b"x")
        rows = list(sealed.rows_of(Note, SEAT, trashed=None))
        assert [row.id for row in rows if isinstance(row, DamagedRow)] == [hurt.id]
        assert len(rows) == Note.objects.count()
        with pytest.raises(DamageError):
            sealed.row_of(Note, SEAT, hurt.id)
