"""What docs/explanation/sealed.md says of every column is what the models and a store have."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from tests.house.tree import DOCS
from thaw.web import folder
from thaw.web.database.rows import SealedRow
from thaw.web.folder import Folder
from thaw.web.take import settling

PAGE = DOCS / "explanation" / "sealed.md"
COLUMN = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (\w+) \| (.+) \|$", re.MULTILINE)
FILE = re.compile(r"^\| `([\w.]+)` \| ([\w ]+) \| (.+) \|$", re.MULTILINE)
LONGEST_CLEAR = 64

# What a person lets Help now show while locked, once they said so: ADR 0126.
CHOSEN = {("help_shownhelp", "text")}

# Kept by Django itself, before there is a model to ask.
MIGRATIONS = {("django_migrations", name) for name in ("id", "app", "name", "applied")}


def told() -> dict[tuple[str, str], str]:
    """Return how each column is kept, as the page says."""
    rows = COLUMN.findall(PAGE.read_text(encoding="utf-8"))
    found = {(table, column): how for table, column, how, _ in rows}
    assert len(found) == len(rows), "a column stands there twice"
    return found


def fields() -> Iterator[tuple[tuple[str, str], "models.Field[object, object]"]]:
    """Yield every column of every model with its field."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            assert field.column
            yield (model._meta.db_table, field.column), field


def test_every_column_of_the_models_is_told_and_nothing_else() -> None:
    assert set(told()) == {place for place, _ in fields()} | MIGRATIONS


@pytest.mark.usefixtures("store")
def test_every_column_of_a_store_is_told_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        found = {
            (table, column.name)
            for table in connection.introspection.table_names(cursor)
            for column in connection.introspection.get_table_description(cursor, table)
        }
    assert found == set(told())


def test_each_is_sealed_derived_or_clear_and_has_its_reason() -> None:
    assert set(told().values()) == {"sealed", "derived", "clear"}
    rows = COLUMN.findall(PAGE.read_text(encoding="utf-8"))
    assert all(len(why) > 5 for *_, why in rows)


def test_what_is_sealed_is_what_holds_bytes() -> None:
    binary = {place for place, field in fields() if isinstance(field, models.BinaryField)}
    assert binary == {place for place, how in told().items() if how == "sealed"}


def test_every_row_of_a_persons_own_says_itself_what_is_sealed() -> None:
    rows = [model for model in apps.get_models() if issubclass(model, SealedRow)]
    assert rows
    for model in rows:
        table = model._meta.db_table
        sealed = {column for (of, column), how in told().items() if (of, how) == (table, "sealed")}
        assert sealed == set(model.SEALED)


def test_no_clear_column_takes_a_text_that_a_person_makes_up() -> None:
    texts = [
        (place, field)
        for place, field in fields()
        if isinstance(field, models.CharField | models.TextField)
    ]
    assert texts
    long = {
        place for place, field in texts if (field.max_length or LONGEST_CLEAR + 1) > LONGEST_CLEAR
    }
    assert long == CHOSEN


def test_every_file_of_the_data_folder_is_told() -> None:
    page = PAGE.read_text(encoding="utf-8").partition("## Beside the store")[2]
    while_it_lasts = {settling.ASIDE, settling.RESTORED, settling.ERASING}
    assert {name for name, _, _ in FILE.findall(page)} == set(folder._OURS) | while_it_lasts


def test_a_folder_in_use_has_no_other_files(store: Folder) -> None:
    assert not [path for path in store.data.iterdir() if not path.name.startswith(folder._OURS)]
