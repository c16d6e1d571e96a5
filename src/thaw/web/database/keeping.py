"""Every change of the store passes here: what the disk refuses becomes a sentence.

A change that grows the store waits while room is short, so that what room there is stays for
opening, taking along and deleting; see ``room``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection
from sqlcipher3 import dbapi2

from thaw.units import FullError, OutsideError, ThawError
from thaw.web.database.room import damaged_store, read_only, the_room

P = ParamSpec("P")
T = TypeVar("T")

# What writing meets when the disk, a quota or a limit says no.
_SHORT = (dbapi2.SQLITE_FULL, dbapi2.SQLITE_IOERR)


def keeping(*, grows: bool) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function that changes the store say what stood in its way, as ``keep`` does."""

    def decorate(change: Callable[P, T]) -> Callable[P, T]:
        @wraps(change)
        def kept(*args: P.args, **named: P.kwargs) -> T:
            return keep(lambda: change(*args, **named), grows=grows)

        return kept

    return decorate


def keep(change: Callable[[], T], *, grows: bool, lasts: bool = True) -> T:
    """Return what ``change`` returns, once it is safely in the file it belongs to.

    ``change`` must do all of its work or none, in a transaction of its own, as it may be done
    again: what does not grow the store is tried again on the room that was set aside.

    Args:
        change: What writes.
        grows: Whether the store may be larger afterwards.
        lasts: Whether it must outlive the process; what need not, such as a session, is kept
            even while the folder can only be read.

    Raises:
        FullError: ``store.full``, ``store.not_written`` or ``store.read_only``.
        OutsideError: ``store.gone`` or ``store.busy``.
        DamageError: ``store.damaged``.
    """
    room = the_room()
    if lasts:
        room.check_there()
    if grows:
        room.check_free()
    try:
        done = change()
    except DatabaseError as error:
        is_short = _code_of(error) in _SHORT
        if is_short and lasts:
            room.check_there()  # A file that is gone cannot be written either.
        made_room = is_short and (room.let_go() | _write_log_back())
        with in_sentences(writing=True):
            if grows or not made_room:
                raise
            done = change()
    if lasts:
        room.check_there()
    return done


@contextmanager
def in_sentences(*, writing: bool = False) -> Iterator[None]:
    """Let what the database says be what a person can read, where they can do something."""
    try:
        yield
    except DatabaseError as error:
        refusal = refusal_of(error, writing=writing)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: DatabaseError, *, writing: bool) -> ThawError | None:
    """Return what a person reads when the database says this; None where it is our mistake."""
    code = _code_of(error)
    if writing and code == dbapi2.SQLITE_IOERR:
        return _not_written()
    make = _SENTENCES.get(code)
    return make() if make else None


def _code_of(error: DatabaseError) -> int:
    return int(getattr(error.__cause__, "sqlite_errorcode", 0))


def _write_log_back() -> bool:
    """Let the log be written over from its start, so that it need not grow; return whether so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(RESTART)")
            return not cursor.fetchone()[0]
    except DatabaseError:
        return False


def _not_written() -> ThawError:
    return FullError(
        "store.not_written",
        "The disk did not take this, so it is not kept yet. What was kept before is safe. Check "
        "the disk and its limits, then try again.",
    )


def _full() -> ThawError:
    return FullError(
        "store.full",
        "The disk is full, so this is not kept yet. What was kept before is safe. Make some room "
        "on the disk; reading, taking along and deleting work meanwhile.",
    )


def _gone() -> ThawError:
    return OutsideError(
        "store.gone",
        "The data folder is no longer where it was, so this is not kept. Put it back, then start "
        "Thaw again.",
    )


def _busy() -> ThawError:
    return OutsideError(
        "store.busy",
        "Something else is using the store for long. Try again in a moment.",
        retryable=True,
    )


_SENTENCES: dict[int, Callable[[], ThawError]] = {
    dbapi2.SQLITE_FULL: _full,
    dbapi2.SQLITE_READONLY: read_only,
    dbapi2.SQLITE_IOERR: _gone,
    dbapi2.SQLITE_CANTOPEN: _gone,
    dbapi2.SQLITE_BUSY: _busy,
    dbapi2.SQLITE_LOCKED: _busy,
    dbapi2.SQLITE_CORRUPT: damaged_store,
    dbapi2.SQLITE_NOTADB: damaged_store,
}
