"""Open sessions as they are kept: by what follows from the cookie, the key sealed with the rest.

They are kept even where little else can be. On a full disk, or in a folder that is only read,
what cannot be written is remembered here until Thaw ends.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from thaw.units import LockedError, OutsideError
from thaw.vault.keys import DataKey
from thaw.vault.session import SessionKey, new_token, open_for_session, seal_for_session
from thaw.web.database.keeping import in_sentences, keep
from thaw.web.people.idle import LIFE_S
from thaw.web.people.models import IDLE_MINUTES, KeySlot, Person, Session

LIFE = timedelta(seconds=LIFE_S)
_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is kept, and what must be known of its person to judge it.

    Attributes:
        id: ``Session.id_hash``.
        key_version: The key that the person's rows are sealed with now.
        has_passphrase: Whether there is anything to unlock it with.
    """

    id: str
    person_id: UUID
    created_at: datetime
    seen_at: datetime
    sealed_key: bytes | None = field(repr=False)
    key_version: int
    has_passphrase: bool
    idle_minutes: int


_UNWRITTEN: dict[str, Held | None] = {}
"""Sessions as they should stand in the store, where that could not be written; None: ended."""


def begin(
    person_id: UUID, key: DataKey | None, now: datetime, *, since: datetime | None = None
) -> str:
    """Let a browser in and return the token for its cookie.

    Args:
        person_id: Who sits there.
        key: Their key; None lets them in locked.
        now: The time.
        since: When the session that this one follows began; they end together.
    """
    token = new_token()
    session = SessionKey.of(token)
    row = Session(
        id_hash=session.id_hash.hex(),
        person_id=person_id,
        sealed_key=key and seal_for_session(key, session, person=str(person_id)),
        created_at=since or now,
        seen_at=now,
        locked_at=None if key else now,
    )
    _write(lambda: row.save(force_insert=True), lambda: {row.id_hash: _held_of_new(row)})
    return token


def name_of(token: str) -> str:
    """Return the name of the session that a cookie opens, if there is one."""
    return SessionKey.of(token).id_hash.hex()


def find(token: str) -> Held | None:
    """Return the session that a cookie opens, if there is one."""
    name = name_of(token)
    return _UNWRITTEN[name] if name in _UNWRITTEN else _find(name)


def key_of(held: Held, token: str) -> DataKey | None:
    """Return the key in a session; None while it is locked, or its key is no longer the one."""
    if held.sealed_key is None:
        return None
    try:
        key = open_for_session(held.sealed_key, SessionKey.of(token), person=str(held.person_id))
    except LockedError:
        return None
    return key if key.version == held.key_version else None


def give_key(token: str, person_id: UUID, key: DataKey) -> None:
    """Put a new key in an open session, as when the person's key has changed."""
    session = SessionKey.of(token)
    name, sealed = session.id_hash.hex(), seal_for_session(key, session, person=str(person_id))
    _change(
        [name],
        lambda held: replace(held, sealed_key=sealed, key_version=key.version),
        sealed_key=sealed,
        locked_at=None,
    )


def lock(names: Iterable[str], now: datetime) -> None:
    """Take the keys out of these sessions."""
    _change(
        list(names),
        lambda held: replace(held, sealed_key=None),
        sealed_key=None,
        locked_at=now,
    )


def touch(held: Held, now: datetime) -> None:
    """Note that somebody is there, once a minute at most; it is no loss where it cannot be."""
    if timedelta(0) <= now - held.seen_at < _EVERY:
        return
    if held.id in _UNWRITTEN:
        _UNWRITTEN[held.id] = replace(held, seen_at=now)
        return
    found = Session.objects.filter(id_hash=held.id)
    with suppress(OutsideError):
        keep(lambda: found.update(seen_at=now), grows=False, lasts=False)


def end(names: Iterable[str]) -> None:
    """Let these browsers be let in no more."""
    wanted = list(names)
    _write(Session.objects.filter(id_hash__in=wanted).delete, lambda: dict.fromkeys(wanted))


def end_all(person_id: UUID) -> list[str]:
    """Let none of a person's browsers be let in any more; return their sessions."""
    names = {name for name, held in _UNWRITTEN.items() if held and held.person_id == person_id}
    with in_sentences():
        names |= set(Session.objects.filter(person_id=person_id).values_list("id_hash", flat=True))
    end(names)
    return sorted(names)


def forget_old(now: datetime) -> None:
    """Drop the sessions that have had their time; it does not matter when."""
    old = Session.objects.filter(created_at__lt=now - LIFE)
    with suppress(OutsideError):
        keep(old.delete, grows=False, lasts=False)


def with_passphrase() -> list[str]:
    """Return every session that can be unlocked again."""
    with in_sentences():
        names = {
            held.id for held in map(_held, _rows(Session.objects.all())) if held.has_passphrase
        }
    names |= {name for name, held in _UNWRITTEN.items() if held and held.has_passphrase}
    return sorted(names - {name for name, held in _UNWRITTEN.items() if held is None})


def forget_unwritten() -> None:
    """Forget what could not be written; for who opens another folder."""
    _UNWRITTEN.clear()


def _find(name: str) -> Held | None:
    with in_sentences():
        return next(map(_held, _rows(Session.objects.filter(id_hash=name))), None)


def _rows(found: QuerySet[Session]) -> Iterable[Mapping[str, Any]]:  # As the database gives them.
    return found.values(
        "person_id",
        "created_at",
        "seen_at",
        "sealed_key",
        id=F("id_hash"),
        key_version=F("person__key_version"),
        has_passphrase=_has_passphrase("person_id"),
        idle_minutes=Coalesce(F("person__setting__idle_minutes"), IDLE_MINUTES),
    )


def _has_passphrase(person: str) -> Exists:
    return Exists(KeySlot.objects.filter(person_id=OuterRef(person)))


def _held(row: Mapping[str, Any]) -> Held:  # As the database gives it.
    sealed = row["sealed_key"]
    return Held(**{**row, "sealed_key": None if sealed is None else bytes(sealed)})


def _held_of_new(row: Session) -> Held:
    """Return a session that is in no table, with what the tables say of its person."""
    with in_sentences():
        person = Person.objects.filter(id=row.person_id).values(
            "key_version",
            has_passphrase=_has_passphrase("id"),
            idle_minutes=Coalesce(F("setting__idle_minutes"), IDLE_MINUTES),
        )
        told = person.get()
    names = ("person_id", "created_at", "seen_at", "sealed_key")
    return Held(id=row.id_hash, **{name: getattr(row, name) for name in names}, **told)


def _change(names: list[str], changed: Callable[[Held], Held], **values: object) -> None:
    for name in names:
        if held := _UNWRITTEN.get(name):
            _UNWRITTEN[name] = changed(held)
    written = [name for name in names if name not in _UNWRITTEN]
    found = Session.objects.filter(id_hash__in=written)
    _write(
        lambda: found.update(**values),
        lambda: {held.id: changed(held) for held in map(_held, _rows(found))},
    )


def _write(change: Callable[[], object], instead: Callable[[], dict[str, Any]]) -> None:
    """Make a change, in the store or else in memory."""
    try:
        keep(change, grows=False, lasts=False)
    except OutsideError:
        _UNWRITTEN.update(instead())
