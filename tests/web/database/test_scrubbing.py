"""What was deleted is gone from the files, too."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from sqlcipher3 import dbapi2

from tests.web.database.conftest import Open
from thaw.units import OutsideError
from thaw.web.database.scrubbing import scrub
from thaw.web.people.models import Person, Setting

CANARY = "canary-fcd1b7"


def fill(times: int) -> None:
    """Keep rows that hold the canary, then delete them."""
    with transaction.atomic():
        for _ in range(times):
            Setting.objects.create(person=Person.objects.create(), language=CANARY)
    Person.objects.all().delete()


def hits(data: Path) -> int:
    """Return how often the canary stands in the files of the folder."""
    files = [path for path in data.iterdir() if path.name.startswith("thaw.sqlite3")]
    return sum(path.read_bytes().count(CANARY.encode()) for path in files)


def test_nothing_deleted_is_left_in_the_files(opened: Open, thaw_data: Path) -> None:
    opened()
    fill(500)
    assert hits(thaw_data)
    scrub()
    assert hits(thaw_data) == 0


def test_a_long_reader_is_named_instead_of_a_promise(opened: Open, thaw_data: Path) -> None:
    opened()
    fill(1)
    reader = dbapi2.connect(str(thaw_data / "thaw.sqlite3"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people_person").fetchall()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(OutsideError) as refusal:
        scrub()
    assert (refusal.value.code, refusal.value.retryable) == ("store.busy", True)
    reader.close()
    scrub()


@pytest.mark.django_db
def test_a_database_in_memory_has_no_files() -> None:
    scrub()
