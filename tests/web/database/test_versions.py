"""Which SQLite may hold the store."""

import pytest
from sqlcipher3 import dbapi2

from thaw.units import SettingError
from thaw.web.database.versions import check_sqlite, is_affected

# From the table of sqlite.org/wal.html: the fault came with the log and was mended thrice.
AFFECTED = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)]
GOOD = [(3, 6, 23), (3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 51, 3), (3, 53, 4), (4, 0, 0)]


@pytest.mark.parametrize("version", AFFECTED)
def test_an_affected_sqlite_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(SettingError) as refusal:
        check_sqlite(version)
    assert (refusal.value.code, refusal.value.exit_code) == ("store.sqlite", 78)


@pytest.mark.parametrize("version", GOOD)
def test_a_mended_sqlite_is_taken(version: tuple[int, ...]) -> None:
    check_sqlite(version)


def test_the_sqlite_that_comes_with_thaw_is_not_affected() -> None:
    assert not is_affected(dbapi2.sqlite_version_info)
