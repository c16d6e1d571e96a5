"""Folders of a test's own, beside the database that other tests share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from thaw.web.folder import Folder, open_folder

Open = Callable[[], Folder]


@pytest.fixture
def own_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this test open databases; whatever others left open is there again afterwards."""
    shared = connections["default"]
    with django_db_blocker.unblock():
        before = dict(shared.settings_dict)
        del connections["default"]
        yield
        connections["default"].close()
        connections["default"] = shared
        shared.settings_dict.update(before)


@pytest.fixture
def opened(own_database: None, thaw_data: Path) -> Iterator[Open]:
    """Opens the data folder of this test; opening it again closes it first."""
    del own_database
    with ExitStack() as until_the_end:

        def open_again() -> Folder:
            until_the_end.close()
            return until_the_end.enter_context(closing(open_folder(thaw_data)))

        yield open_again
