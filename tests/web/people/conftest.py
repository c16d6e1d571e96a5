"""Stores in trouble."""

from collections.abc import Iterator

import pytest
from django.db import connection

from thaw.web.folder import Folder
from thaw.web.house import House


@pytest.fixture
def store_is_gone(store: Folder, house: House) -> Iterator[None]:
    """From now on nothing is where the database was."""
    del house
    connection.close()
    away = store.data.with_name("away")
    store.data.rename(away)
    yield
    connection.close()
    away.rename(store.data)
