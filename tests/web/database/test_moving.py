"""Bringing the store to a newer form: with a check and a copy before, and a way back."""

import shutil
from pathlib import Path

import pytest
from django.db import connection

from tests.fakes.seats import new_seat
from tests.web.database.conftest import Open
from thaw.units import DamageError, SettingError
from thaw.web.database.locks import Use
from thaw.web.people.models import Person


def tell(*commands: str) -> None:
    """Change the open database as an older, newer or broken Thaw would have."""
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)


@pytest.fixture
def behind(opened: Open) -> Open:
    """A folder with a person in it, and without the journal."""
    opened()
    new_seat()
    tell("DROP TABLE write_note", "DELETE FROM django_migrations WHERE app = 'write'")
    return opened


def forms() -> list[str]:
    """Return the form of the open database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master ORDER BY 1")
        schema = [str(row) for row in cursor.fetchall()]
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        return schema + [str(row) for row in cursor.fetchall()]


def test_a_store_used_by_a_newer_thaw_is_refused(opened: Open) -> None:
    opened()
    tell(
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('write', '0099_later', '2030-01-01')"
    )
    with pytest.raises(SettingError) as refusal:
        opened()
    assert refusal.value.code == "store.newer"


def test_an_older_store_is_brought_up_to_date(behind: Open, thaw_data: Path) -> None:
    behind()
    assert "write_note" in connection.introspection.table_names()
    assert Person.objects.count() == 1
    assert not list(thaw_data.glob("before*"))


def test_where_that_fails_the_store_is_as_it_was(behind: Open, thaw_data: Path) -> None:
    tell("CREATE TABLE write_note (mine)")
    before = forms()
    with pytest.raises(SettingError) as refusal:
        behind()
    assert refusal.value.code == "store.not_moved"
    assert not list(thaw_data.glob("before*"))
    shutil.copy(thaw_data / "thaw.sqlite3", thaw_data / "look.sqlite3")
    assert not (thaw_data / "thaw.sqlite3-wal").exists()
    connection.settings_dict["NAME"] = str(thaw_data / "look.sqlite3")
    assert forms() == before
    assert Person.objects.count() == 1


def test_a_damaged_store_is_not_changed(behind: Open) -> None:
    tell("PRAGMA foreign_keys = OFF", "INSERT INTO people_setting VALUES ('x', 1, '', '', '')")
    with pytest.raises(DamageError):
        behind()


def test_a_store_in_use_is_not_changed(behind: Open, thaw_data: Path) -> None:
    other = Use(thaw_data)
    with pytest.raises(SettingError) as refusal:
        behind()
    assert refusal.value.code == "store.in_use"
    other.close()
    behind()


def test_no_migration_is_missing(own_database: None, thaw_data: Path, opened: Open) -> None:
    from django.core.management import call_command

    del own_database, thaw_data
    opened()
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
