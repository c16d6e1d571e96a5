"""Bringing the database to the form that this Thaw knows: checked, and never without a way back."""

import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from django.apps import apps
from django.db import connection, transaction

from thaw.units import SettingError
from thaw.web.database.files import flush_file, flush_folder, make_private_file, put_in_place
from thaw.web.database.reading import has_table
from thaw.web.database.room import damaged_store

Migration: TypeAlias = tuple[str, str]
"""An app's label and a migration's name."""

BEFORE = "before.sqlite3"
"""The database as it was before it is brought to a new form; gone once that is done."""


def bring_up_to_date(file: Path, become_alone: Callable[[], bool]) -> None:
    """Apply what is missing; where that fails, leave the database as it was.

    Args:
        file: The database that is open.
        become_alone: Called before a database with something in it is changed; returns whether
            nobody else uses it.

    Raises:
        SettingError: ``store.newer``, ``store.in_use`` or ``store.not_moved``.
        DamageError: ``store.damaged``.
    """
    if not is_behind():
        return
    if not _applied():
        _migrate()
        return
    if not become_alone():
        raise SettingError(
            "store.in_use", "An older Thaw is open with this data folder. End it, then try again."
        )
    check_whole()
    before = _snapshot(file)
    try:
        _migrate()
        check_whole()
    except BaseException as error:
        _put_back(before, file)
        raise SettingError(
            "store.not_moved",
            "The store could not be brought to the form that this Thaw needs, so it was left as it "
            "was. Use the Thaw you had before, and please report this.",
        ) from error
    before.unlink()


def is_behind() -> bool:
    """Return whether the open database lacks something that this Thaw needs.

    Raises:
        SettingError: ``store.newer``: it has something that this Thaw does not know.
    """
    applied, known = _applied(), _known()
    if applied - known:
        raise SettingError(
            "store.newer",
            "The store was used by a newer Thaw, and this one could harm it. Install that Thaw "
            "again, or a newer one.",
        )
    return applied != known


def check_whole() -> None:
    """Read the whole open database and check that it holds together.

    Raises:
        DamageError: ``store.damaged``.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        is_whole = cursor.fetchone()[0] == "ok"
        cursor.execute("PRAGMA foreign_key_check")
        is_whole = is_whole and cursor.fetchone() is None
    if not is_whole:
        raise damaged_store()


def _applied() -> set[Migration]:
    if not has_table("django_migrations"):
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


def _known() -> set[Migration]:
    """Return what there is to apply, by name only: reading them all would slow every start."""
    return {
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(app.path, "migrations"))])
    }


def _migrate() -> None:
    """Apply everything or nothing; Django alone notes some changes after they are made."""
    from django.db.migrations.executor import MigrationExecutor

    connection.disable_constraint_checking()  # SQLite allows it only before a transaction.
    try:
        with transaction.atomic():
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
    finally:
        connection.enable_constraint_checking()


def _snapshot(file: Path) -> Path:
    """Return a whole copy of the open database, on the disk."""
    before, new = file.with_name(BEFORE), file.with_name(f"{BEFORE}.new")
    new.unlink(missing_ok=True)
    make_private_file(new)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(new)])
    flush_file(new)  # SQLite leaves that to who asks for a copy.
    put_in_place(new, before)
    return before


def _put_back(before: Path, file: Path) -> None:
    """Let the copy stand for the database; no log of the other may be left beside it."""
    connection.close()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    flush_folder(file.parent)
    put_in_place(before, file)
