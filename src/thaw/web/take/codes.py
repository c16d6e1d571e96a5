"""What opens a person's backups: what opens their key, or a code of the backups' own."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from thaw.exchange.bundle import Lock, LockKind
from thaw.units import DamageError, OutsideError
from thaw.vault.checksum import without_checksum
from thaw.vault.keys import DataKey
from thaw.vault.recovery import RecoveryCode
from thaw.vault.wraps import wrap_with_code
from thaw.web.database.keeping import keep
from thaw.web.people.models import KeySlot
from thaw.web.take.models import BackupCode
from thaw.web.take.tables import plain_of


def locks_of(person_id: UUID, key: DataKey, newest: Lock | None = None) -> tuple[Lock, ...]:
    """Return what opens this key, each lock looked at for damage; none where none is whole.

    ``newest`` is the lock of a code that was just made, and stands for one of before.
    """
    slots = tuple(lock for lock in _slots(person_id, key) if _is_whole(lock))
    if slots:
        return slots
    return (newest,) if newest else tuple(filter(_is_whole, _code(person_id, key)))


def lock_with(code: RecoveryCode, person_id: UUID, key: DataKey, now: datetime) -> Lock:
    """Return the lock that a code opens."""
    wrap = wrap_with_code(key, code, person=str(person_id))
    return Lock(LockKind.RECOVERY, wrap, plain_of(now))


def keep_code(code: RecoveryCode, person_id: UUID, key: DataKey, now: datetime) -> None:
    """Let a code open the backups to come.

    Raises:
        FullError: Nothing can be kept now.
    """
    values = {
        "wrap": wrap_with_code(key, code, person=str(person_id)),
        "key_version": key.version,
        "created_at": now,
    }
    keep(
        lambda: BackupCode.objects.update_or_create(person_id=person_id, defaults=values),
        grows=False,
    )


def try_to_keep_code(code: RecoveryCode, person_id: UUID, key: DataKey, now: datetime) -> None:
    """Let a code open the backups to come, where that can be kept; else it opens one alone."""
    with suppress(OutsideError):
        keep_code(code, person_id, key, now)


def _slots(person_id: UUID, key: DataKey) -> Iterator[Lock]:
    slots = KeySlot.objects.filter(person_id=person_id, key_version=key.version)
    for slot in slots.order_by("kind"):
        yield Lock(LockKind(slot.kind), bytes(slot.wrap), plain_of(slot.created_at))


def _code(person_id: UUID, key: DataKey) -> Iterator[Lock]:
    for code in BackupCode.objects.filter(person_id=person_id, key_version=key.version):
        yield Lock(LockKind.RECOVERY, bytes(code.wrap), plain_of(code.created_at))


def _is_whole(lock: Lock) -> bool:
    try:
        without_checksum(lock.wrap)
    except DamageError:
        return False
    return True
