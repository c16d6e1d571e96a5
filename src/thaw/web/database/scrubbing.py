"""Leaving nothing of what was deleted in the files of the store."""

from django.db import DEFAULT_DB_ALIAS, connections

from thaw.units import OutsideError
from thaw.web.database.base import DatabaseWrapper
from thaw.web.database.keeping import keeping


@keeping(grows=False)
def scrub() -> None:
    """Write the database anew without its gaps, and empty its log.

    Other databases see to this by themselves. Not to be asked for in a transaction.

    Raises:
        OutsideError: ``store.busy``: something reads for so long that the log cannot be emptied.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, DatabaseWrapper) or connection.is_in_memory_db():
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = cursor.fetchone()[0]
    if is_busy:
        raise OutsideError(
            "store.busy",
            "Something else is using the store for long. Try again in a moment.",
            retryable=True,
        )
