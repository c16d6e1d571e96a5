"""Waiting after wrong passphrases: longer each time, told plainly, kept through a restart.

A try is counted before it is judged, so that neither many at once nor a process that is ended
in the middle gives one for nothing; the right one takes all of them back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from thaw.units import InputError, LimitError
from thaw.vault.slots import Slots
from thaw.web.database.keeping import keep
from thaw.web.people.models import Guesses

T = TypeVar("T")
Clock = Callable[[], datetime]

FREE = 5
"""So many in a row may be wrong before anyone waits: words are easily mistyped."""

LONGEST = timedelta(minutes=15)
"""Nobody is kept out of their own for longer, whoever else was at the keyboard."""

_FIRST = timedelta(seconds=15)
_FORGOTTEN = timedelta(days=1)
_MOST_WAITING = 16
_DOORS: dict[UUID, Slots] = {}
_DOORS_LOCK = Lock()

# What was no try at all: nothing was compared with what is kept.
_NOT_A_TRY = frozenset(
    {
        "vault.passphrase_empty",
        "vault.passphrase_too_long",
        "vault.passphrase_unreadable",
        "vault.code_words",
        "vault.code_word_unknown",
        "vault.code_checksum",
    }
)


def delay_after(failures: int) -> timedelta:
    """Return how long to wait after so many wrong ones in a row: twice as long each time."""
    if failures < FREE:
        return timedelta(0)
    doublings = min(failures - FREE, 10)  # Long past the longest; a huge power is not a time.
    return min(_FIRST * (1 << doublings), LONGEST)


def attempt(person_id: UUID, clock: Clock, check: Callable[[], T]) -> T:
    """Return what ``check`` returns, unless it is too early for another try.

    Raises:
        LimitError: ``unlock.wait``: too many were wrong; ``vault.busy``: too many at once.
        InputError: What ``check`` raises when this was not it.
    """
    with _door_of(person_id).take(1):
        before = _count(person_id, clock())
        try:
            found = check()
        except InputError as error:
            if error.code in _NOT_A_TRY:
                _set(person_id, before)
            raise
        except BaseException:
            _set(person_id, before)
            raise
        _set(person_id, 0)
        return found


def wait_s(person_id: UUID, now: datetime) -> int:
    """Return how many seconds to wait before the next try."""
    guesses = Guesses.objects.filter(person_id=person_id).first()
    return 0 if guesses is None else _seconds(_left(guesses, now))


def _door_of(person_id: UUID) -> Slots:
    with _DOORS_LOCK:
        return _DOORS.setdefault(person_id, Slots(1, waiting=_MOST_WAITING))


def _count(person_id: UUID, now: datetime) -> int:
    """Count a try that begins now; return how many were wrong before it."""
    before, left = keep(lambda: _counted(person_id, now), grows=False, lasts=False)
    if left:
        raise _too_early(_seconds(left))
    return before


def _counted(person_id: UUID, now: datetime) -> tuple[int, timedelta]:
    """Return how many were wrong before, and what is left to wait; only without it, count."""
    with transaction.atomic():
        found = Guesses.objects.select_for_update()
        guesses, _ = found.get_or_create(person_id=person_id, defaults={"last_at": now})
        # A clock that was set back must not make the wait a day.
        guesses.last_at = min(guesses.last_at, now)
        left = _left(guesses, now)
        before = 0 if now - guesses.last_at > _FORGOTTEN else guesses.failures
        if not left:
            guesses.failures, guesses.last_at = before + 1, now
        guesses.save()
    return before, left


def _set(person_id: UUID, failures: int) -> None:
    found = Guesses.objects.filter(person_id=person_id).exclude(failures=failures)
    keep(lambda: found.update(failures=failures), grows=False, lasts=False)


def _left(guesses: Guesses, now: datetime) -> timedelta:
    """Return what is left to wait; never longer than the whole, if the clock was set back."""
    whole = delay_after(guesses.failures)
    return max(min(guesses.last_at, now) + whole - now, timedelta(0))


def _seconds(left: timedelta) -> int:
    return -(-left // timedelta(seconds=1))


def _too_early(seconds: int) -> LimitError:
    minutes = -(-seconds // 60)
    wait = f"{seconds} seconds" if seconds < 60 else f"{minutes} minutes"
    if seconds == 1 or seconds == 60:
        wait = wait[:-1]
    return LimitError(
        "unlock.wait",
        f"That was not it several times. Wait {wait}, then try again. Nothing is lost meanwhile.",
        {"retry_s": seconds},
    )
