"""Reading the store as it is at one moment, while others go on writing to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from thaw.web.database.keeping import in_sentences


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything that is read meanwhile be of one moment; nothing waits for it.

    Django would begin with a transaction that keeps others from writing (IMMEDIATE). This one
    only reads, so it is begun and ended by hand; nothing may be written in it.
    """
    if connection.in_atomic_block:
        yield
        return
    with in_sentences(), connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")  # The moment is the first read.
            yield
        finally:
            cursor.execute("ROLLBACK")
