"""What opens a person's data key, and how that is changed so that nothing is ever lost.

Until there is a passphrase the key lies beside the data. The first passphrase makes a new key:
what wraps it, the older key wrapped by it, and the person's new version are kept in one
transaction, and from then on only the passphrase or the recovery code opens. Then every row is
sealed anew, the file is written without its gaps, and only then the key beside goes. Ended
anywhere, it goes on at the next unlock, or at the next start where nothing is locked.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thaw.units import DamageError, FullError, InputError, OutsideError, SettingError, ThawError
from thaw.vault import beside, recovery
from thaw.vault.keys import DataKey, derive, new_data_key
from thaw.vault.seal import Where, damaged, open_sealed, seal
from thaw.vault.stretch import SALT_BYTES, Cost, stretch
from thaw.vault.wraps import (
    unwrap_with_code,
    unwrap_with_key,
    unwrap_with_passphrase,
    wrap_with_code,
    wrap_with_key,
    wrap_with_passphrase,
)
from thaw.web.database import files
from thaw.web.database.keeping import in_sentences, keep
from thaw.web.database.scrubbing import scrub
from thaw.web.ids import new_id
from thaw.web.people.attempts import Clock, attempt
from thaw.web.people.models import KeySlot, KeyState, Person, Session, Setting
from thaw.web.sealed import reseal, sealed_models

KEY = "key"
"""The file in the data folder that holds the key while there is no passphrase."""

_KEY_PARTS = (KEY, f"{KEY}.new")
_FINISHING = Lock()


def first_person(data: Path) -> UUID:
    """Return the one person of a folder, made at its first start; finish what was left undone.

    Raises:
        SettingError: ``key.missing`` or ``key.damaged``: something is kept, and what opens it is
            gone.
        FullError: Nothing can be kept there.
    """
    with in_sentences():
        person_id = Person.objects.order_by("created_at", "id").values_list("id", flat=True).first()
        if person_id is None:
            return _made(data)
        if not has_passphrase(person_id):
            finish(person_id, _key_at_start(data, person_id), data)
    return person_id


def has_passphrase(person_id: UUID) -> bool:
    """Return whether it takes a passphrase, or the recovery code, to open what is kept."""
    return KeySlot.objects.filter(person_id=person_id).exists()


def key_beside(data: Path, person_id: UUID) -> DataKey | None:
    """Return the key that lies beside the data; None where there is a passphrase.

    Raises:
        DamageError: ``key.missing`` or ``key.damaged``: there is no passphrase, and the key is
            not there or not the right one.
    """
    return None if has_passphrase(person_id) else _read_beside(data, person_id)


def unlock_with_passphrase(
    person_id: UUID, text: str, cost: Cost = Cost.OWN, *, data: Path, clock: Clock = timezone.now
) -> DataKey:
    """Return the data key; an unfinished change of keys is carried on first.

    Raises:
        InputError: ``vault.wrong_passphrase``, or it is none at all.
        LimitError: ``unlock.wait`` or ``vault.busy``.
        DamageError: What it opens is not as it was written; the recovery code may help.
        OutsideError: There is not enough memory, or ``key.half_sealed``.
    """
    return _unlocked(person_id, lambda: _by_passphrase(person_id, text, cost), data, clock)


def unlock_with_code(
    person_id: UUID, text: str, *, data: Path, clock: Clock = timezone.now
) -> DataKey:
    """Return the data key, by the printed recovery code; else as ``unlock_with_passphrase``.

    Raises:
        InputError: ``vault.wrong_code``, or the words are no code.
    """
    return _unlocked(person_id, lambda: _by_code(person_id, text), data, clock)


def wrapped(key: DataKey, text: str, person_id: UUID, cost: Cost = Cost.OWN) -> bytes:
    """Return a key as only this passphrase opens it; nothing is kept yet.

    Raises:
        InputError: The passphrase is empty, too long or holds half a character.
        LimitError: ``vault.busy``.
        OutsideError: There is not enough memory.
    """
    return wrap_with_passphrase(key, text, person=str(person_id), cost=cost)


def set_passphrase(
    person_id: UUID,
    old: DataKey,
    new: DataKey,
    wrap: bytes,
    code: recovery.RecoveryCode,
    *,
    data: Path,
) -> bool:
    """Let a first passphrase and a recovery code open what is kept, and nothing else any more.

    Every session of the person is locked; who set the passphrase is given ``new`` afterwards.

    Args:
        person_id: Whose keys.
        old: The key that lies beside the data.
        new: The next key (``next_data_key``).
        wrap: The new key as the passphrase opens it (``wrapped``).
        code: The recovery code; the person has it on paper.
        data: The data folder.

    Returns:
        Whether all is done; else the passphrase counts, and the rest is done at an unlock.

    Raises:
        InputError: ``key.changed_meanwhile``; nothing was changed.
        FullError: Nothing can be kept now, and nothing was changed; or ``key.half_sealed``: it
            counts, and is carried on at the next unlock.
    """
    keep(lambda: _put_first(person_id, old, new, wrap, code), grows=True)
    return finish(person_id, new, data)


def change_passphrase(person_id: UUID, key: DataKey, wrap: bytes) -> bool:
    """Let another passphrase open the same key, and return whether the file is cleared of the old.

    Raises:
        InputError: ``key.changed_meanwhile``.
    """
    keep(lambda: _put_slot(person_id, key, KeySlot.Kind.PASSPHRASE, wrap), grows=False)
    return _cleared(person_id)


def change_code(person_id: UUID, key: DataKey, code: recovery.RecoveryCode) -> bool:
    """Let another recovery code open the same key; else as ``change_passphrase``.

    Raises:
        InputError: ``key.changed_meanwhile``.
    """
    wrap = wrap_with_code(key, code, person=str(person_id))
    keep(lambda: _put_slot(person_id, key, KeySlot.Kind.RECOVERY, wrap), grows=False)
    return _cleared(person_id)


def remove_passphrase(person_id: UUID, key: DataKey, *, data: Path) -> bool:
    """Lay the key beside the data again; return whether the file is cleared of what wrapped it.

    Raises:
        InputError: ``key.changed_meanwhile``.
        OutsideError: An older change of keys must be finished first, and cannot be now.
    """
    if not finish(person_id, key, data):
        raise OutsideError(
            "key.unfinished",
            "A change of the key is not finished yet, and cannot be just now. Try again in a "
            "moment.",
            retryable=True,
        )
    with transaction.atomic():
        _check_still(person_id, key, has_one=True)
    _lay_beside(data, person_id, key)
    try:
        keep(lambda: _take_slots(person_id, key), grows=False)
    except ThawError:
        finish(person_id, key, data)  # It takes the key away again, where the passphrase stayed.
        raise
    return _cleared(person_id)


def finish(person_id: UUID, key: DataKey, data: Path) -> bool:
    """Do what a change of keys left undone, as far as it goes now; return whether all is done.

    Raises:
        FullError: ``key.half_sealed``: rows are still sealed with the older key.
    """
    with _FINISHING:
        state = KeyState.objects.filter(person_id=person_id, is_unfinished=True).first()
        if state is not None and not _sealed_anew(person_id, state, key, data):
            return False
        try:
            if has_passphrase(person_id):
                _take_away_beside(data)
            if state is not None:
                done = KeyState.objects.filter(person_id=person_id)
                keep(lambda: done.update(older=None, is_unfinished=False), grows=False)
        except (OSError, OutsideError):  # What opens is there; the rest waits for a next time.
            return False
        return True


def is_unfinished(person_id: UUID) -> bool:
    """Return whether something of an older key may still lie in the folder."""
    return KeyState.objects.filter(person_id=person_id, is_unfinished=True).exists()


def drafts_keys(person_id: UUID, key: DataKey) -> tuple[bytes, ...]:
    """Return what a browser seals its drafts with, and what it may have sealed older ones with."""
    now = derive(key, "drafts")
    state = KeyState.objects.filter(person_id=person_id).first()
    if state is None or state.drafts is None:
        return (now,)
    try:
        return now, open_sealed(key, state.drafts, _drafts_place(person_id))
    except DamageError:
        return (now,)


def _made(data: Path) -> UUID:
    """Make the first person; their key is there before they are, and never the other way."""
    person_id = new_id()
    _lay_beside(data, person_id, new_data_key())
    keep(lambda: _put_person(person_id), grows=False)
    return person_id


def _put_person(person_id: UUID) -> None:
    with transaction.atomic():
        person = Person.objects.create(id=person_id)
        Setting.objects.create(person=person)


def _key_at_start(data: Path, person_id: UUID) -> DataKey:
    """Return the key beside the data; a new one where nothing is kept that the lost one opened."""
    try:
        return _read_beside(data, person_id)
    except DamageError as error:
        if _has_rows(person_id):
            raise SettingError(error.code, error.message) from error
    version = Person.objects.values_list("key_version", flat=True).get(id=person_id) + 1
    key = new_data_key(version)
    _lay_beside(data, person_id, key)
    keep(lambda: _put_version(person_id, version), grows=False)
    return key


def _put_version(person_id: UUID, version: int) -> None:
    with transaction.atomic():
        Person.objects.filter(id=person_id).update(key_version=version)
        _lock_sessions(person_id)


def _has_rows(person_id: UUID) -> bool:
    return any(
        model._default_manager.filter(person_id=person_id).exists() for model in sealed_models()
    )


def _read_beside(data: Path, person_id: UUID) -> DataKey:
    """Return the key beside the data, if it is the person's key now."""
    try:
        key = beside.read_open((data / KEY).read_bytes(), person=str(person_id))
    except OSError:
        raise DamageError(
            "key.missing",
            "The file key is no longer in the data folder, and without it nothing here opens. "
            "Put it back from a copy of the folder, or restore a backup.",
        ) from None
    except DamageError:
        key = None
    if key is None or not Person.objects.filter(id=person_id, key_version=key.version).exists():
        raise DamageError(
            "key.damaged",
            "The file key in the data folder is damaged, or of another folder, and nothing here "
            "opens with it. Put it back from a copy of the folder, or restore a backup.",
        )
    return key


def _lay_beside(data: Path, person_id: UUID, key: DataKey) -> None:
    try:
        files.write_whole(data / KEY, beside.lay_open(key, person=str(person_id)))
    except OSError as error:
        raise FullError(
            "key.not_written",
            "The disk did not take the key, so nothing was changed. Check the disk and its "
            "limits, then try again.",
        ) from error


def _take_away_beside(data: Path) -> None:
    """Take the key away, and what a write that was ended in the middle may have left of it.

    It is not written over first: a backup by hard links would lose its copy by that.
    """
    there = [data / name for name in _KEY_PARTS if (data / name).exists()]
    for path in there:
        path.unlink(missing_ok=True)
    if there:
        files.flush_folder(data)


def _unlocked(person_id: UUID, check: Callable[[], DataKey], data: Path, clock: Clock) -> DataKey:
    key = attempt(person_id, clock, check)
    finish(person_id, key, data)
    return key


def _by_passphrase(person_id: UUID, text: str, cost: Cost) -> DataKey:
    wrap = _wrap_of(person_id, KeySlot.Kind.PASSPHRASE)
    if wrap is None:  # It takes as long as where there is one, and says the same.
        stretch(text, bytes(SALT_BYTES), cost)
        raise InputError(
            "vault.wrong_passphrase",
            "This is not the passphrase. Try again, or use the recovery code.",
        )
    return unwrap_with_passphrase(wrap, text, person=str(person_id), least=cost)


def _by_code(person_id: UUID, text: str) -> DataKey:
    code = recovery.parse(text)
    wrap = _wrap_of(person_id, KeySlot.Kind.RECOVERY)
    if wrap is None:
        raise InputError(
            "vault.wrong_code",
            "This recovery code belongs to something else. An older code no longer opens "
            "this; look for the newest.",
        )
    return unwrap_with_code(wrap, code, person=str(person_id))


def _wrap_of(person_id: UUID, kind: KeySlot.Kind) -> bytes | None:
    found = KeySlot.objects.filter(person_id=person_id, kind=kind).order_by("-key_version")
    wrap = found.values_list("wrap", flat=True).first()
    if wrap is not None and not isinstance(wrap, bytes | memoryview):
        raise damaged()
    return None if wrap is None else bytes(wrap)


def _put_first(
    person_id: UUID, old: DataKey, new: DataKey, wrap: bytes, code: recovery.RecoveryCode
) -> None:
    person = str(person_id)
    with transaction.atomic():
        _check_still(person_id, old, has_one=False)
        _put(person_id, new, KeySlot.Kind.PASSPHRASE, wrap)
        _put(person_id, new, KeySlot.Kind.RECOVERY, wrap_with_code(new, code, person=person))
        KeyState.objects.update_or_create(
            person_id=person_id,
            defaults={
                "older": wrap_with_key(old, new, person=person),
                "drafts": seal(new, derive(old, "drafts"), _drafts_place(person_id)),
                "is_unfinished": True,
            },
        )
        Person.objects.filter(id=person_id).update(key_version=new.version)
        _lock_sessions(person_id)


def _put(person_id: UUID, key: DataKey, kind: KeySlot.Kind, wrap: bytes) -> None:
    KeySlot.objects.create(person_id=person_id, kind=kind, wrap=wrap, key_version=key.version)


def _put_slot(person_id: UUID, key: DataKey, kind: KeySlot.Kind, wrap: bytes) -> None:
    with transaction.atomic():
        _check_still(person_id, key, has_one=True)
        KeySlot.objects.filter(person_id=person_id, kind=kind).delete()
        _put(person_id, key, kind, wrap)
        _leave_unfinished(person_id)


def _take_slots(person_id: UUID, key: DataKey) -> None:
    with transaction.atomic():
        _check_still(person_id, key, has_one=True)
        KeySlot.objects.filter(person_id=person_id).delete()
        _leave_unfinished(person_id)


def _leave_unfinished(person_id: UUID) -> None:
    KeyState.objects.update_or_create(person_id=person_id, defaults={"is_unfinished": True})


def _check_still(person_id: UUID, key: DataKey, *, has_one: bool) -> None:
    """Let a change be made only on what it was begun on."""
    person = Person.objects.select_for_update().filter(id=person_id, key_version=key.version)
    if not person.exists() or has_passphrase(person_id) is not has_one:
        raise InputError(
            "key.changed_meanwhile",
            "The passphrase was changed somewhere else meanwhile. Nothing was changed here; "
            "load the page again.",
        )


def _lock_sessions(person_id: UUID) -> None:
    open_ones = Session.objects.filter(person_id=person_id, sealed_key__isnull=False)
    open_ones.update(sealed_key=None, locked_at=timezone.now())


def _cleared(person_id: UUID) -> bool:
    """Clear the file of what was replaced; what stands in the way is met again later."""
    with _FINISHING:
        state = KeyState.objects.get(person_id=person_id)
        if state.older is not None:
            return False  # Rows come first, at the next unlock.
        try:
            scrub()
        except OutsideError:
            return False
        found = KeyState.objects.filter(person_id=person_id)
        keep(lambda: found.update(is_unfinished=False), grows=False)
        return True


def _sealed_anew(person_id: UUID, state: KeyState, key: DataKey, data: Path) -> bool:
    """Seal every row with ``key`` and clear the file; return whether both are done."""
    try:
        if state.older is None:
            scrub()
            return True
        older = _older_key(person_id, state, key, data)
        if older is None:  # Those rows are lost; the others are not.
            return False
        reseal(person_id, older, key)
    except OutsideError as error:
        if _has_older_rows(person_id, key):
            raise _half_sealed() from error
        return False
    return True


def _older_key(person_id: UUID, state: KeyState, key: DataKey, data: Path) -> DataKey | None:
    """Return the key before: as the newer one opens it, or as it still lies beside the data."""
    try:
        return unwrap_with_key(state.older or b"", key, person=str(person_id))
    except DamageError:
        pass
    try:
        older = beside.read_open((data / KEY).read_bytes(), person=str(person_id))
    except (OSError, DamageError):
        return None
    return older if older.version < key.version else None


def _has_older_rows(person_id: UUID, key: DataKey) -> bool:
    return any(
        model._default_manager.filter(person_id=person_id).exclude(key_version=key.version).exists()
        for model in sealed_models()
    )


def _drafts_place(person_id: UUID) -> Where:
    return Where(KeyState._meta.db_table, "drafts", str(person_id), str(person_id))


def _half_sealed() -> FullError:
    return FullError(
        "key.half_sealed",
        "Your passphrase counts, but the disk did not take everything that is to be sealed with "
        "it. Nothing is lost. Make some room on the disk, then unlock with the passphrase.",
    )
