"""Waiting after wrong passphrases: longer each time, told plainly, kept through a restart.

A try is counted before it is judged, so that neither many at once nor a process that is ended
in the middle gives one for nothing; the right one takes all of them back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import TypeVar
from uuid import UUID

from thaw.units import FullError, InputError, LimitError, ThawError
from thaw.vault.slots import Slots
from thaw.web.database.keeping import in_sentences, keep
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
        before = _count(person_id, now := clock())
        try:
            found = check()
        except ThawError as error:
            if not isinstance(error, InputError) or error.code in _NOT_A_TRY:
                _put(person_id, before)
            raise
        _put(person_id, _Tries(0, now))
        return found


def forget_unwritten() -> None:
    """Forget what could not be written; for who opens another folder."""
    _UNWRITTEN.clear()


@dataclass(frozen=True, slots=True)
class _Tries:
    failures: int
    last_at: datetime


_UNWRITTEN: dict[UUID, _Tries] = {}
"""What the disk did not take: on a full one, too, a person gets in, and a guesser waits."""


def _door_of(person_id: UUID) -> Slots:
    with _DOORS_LOCK:
        return _DOORS.setdefault(person_id, Slots(1, waiting=_MOST_WAITING))


def _count(person_id: UUID, now: datetime) -> _Tries:
    """Count a try that begins now; return what was before it.

    Raises:
        LimitError: It is too early for one.
    """
    before = _tries_of(person_id, now)
    if left := _left(before, now):
        if before.last_at == now:
            _put(person_id, before)  # The clock was set back: the wait begins anew from here.
        raise _too_early(_seconds(left))
    _put(person_id, _Tries(before.failures + 1, now))
    return before


def _tries_of(person_id: UUID, now: datetime) -> _Tries:
    """Return the tries so far; those of long ago are forgotten."""
    tries = _UNWRITTEN.get(person_id) or _kept_tries(person_id) or _Tries(0, now)
    # A clock that was set back must not make the wait a day.
    last_at = min(tries.last_at, now)
    return _Tries(0 if now - last_at > _FORGOTTEN else tries.failures, last_at)


def _kept_tries(person_id: UUID) -> _Tries | None:
    with in_sentences():
        found = Guesses.objects.filter(person_id=person_id)
        row = found.values_list("failures", "last_at").first()
    return None if row is None else _Tries(*row)


def _put(person_id: UUID, tries: _Tries) -> None:
    kept = {"failures": tries.failures, "last_at": tries.last_at}
    write = partial(Guesses.objects.update_or_create, person_id=person_id, defaults=kept)
    try:
        keep(write, grows=False, lasts=False)
    except FullError:
        _UNWRITTEN[person_id] = tries
    else:
        _UNWRITTEN.pop(person_id, None)


def _left(tries: _Tries, now: datetime) -> timedelta:
    return max(tries.last_at + delay_after(tries.failures) - now, timedelta(0))


def _seconds(left: timedelta) -> int:
    return -(-left // timedelta(seconds=1))


def _too_early(seconds: int) -> LimitError:
    count, unit = (seconds, "second") if seconds < 60 else (-(-seconds // 60), "minute")
    wait = f"{count} {unit}{'' if count == 1 else 's'}"
    return LimitError(
        "unlock.wait",
        f"That was not it several times. Wait {wait}, then try again. Nothing is lost meanwhile.",
        {"retry_s": seconds},
    )
