"""Which SQLite may hold the store."""

from sqlcipher3 import dbapi2

from thaw.units import SettingError

_FIRST = (3, 7, 0)  # Began to have a write-ahead log.
_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))  # Each in its own line of releases.


def check_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite that can lose what it said it kept.

    When its log is begun anew while two connections are open, a commit may go missing (sqlite.org,
    "The WAL-reset bug").

    Raises:
        SettingError: ``store.sqlite``.
    """
    if not is_affected(version):
        return
    raise SettingError(
        "store.sqlite",
        f"SQLite {'.'.join(map(str, version))} can lose what it said it kept, so Thaw does not use "
        "it. Run script/bootstrap again, or install Thaw anew, to have a newer one.",
    )


def is_affected(version: tuple[int, ...]) -> bool:
    """Return whether this version of SQLite has the fault."""
    if version < _FIRST or version >= _MENDED[-1]:
        return False
    return not any(version[:2] == good[:2] and version >= good for good in _MENDED)
