"""A data key, wrapped so that a passphrase, a recovery code or a newer key opens it.

A wrap by passphrase or code is ``header | sealed key | checksum (8)``. The header is
``0x01 | kind (1) | salt (16) | memory in KiB (4) | passes (4) | lanes (1)``, the numbers
big-endian and, for a code, zero. The key is sealed as a field is (thaw.vault.seal), with a key
that follows from the passphrase or code; where a field has its row, the whole header stands.
So each part of it is authenticated: kind, salt, parameters, version, person.

The data key is filled up to 256 bytes, and so a wrap opens under one key only: to make one
that opens under two would mean to make two ciphers agree on 200 zeros.
"""

import os
import struct
from enum import IntEnum

from thaw.units import DamageError, InputError
from thaw.vault.checksum import with_checksum, without_checksum
from thaw.vault.keys import DataKey, derive_from
from thaw.vault.recovery import RecoveryCode
from thaw.vault.seal import Where, damaged, data_key_of, key_version_of, open_sealed, seal
from thaw.vault.stretch import SALT_BYTES, Cost, stretch

_FORMAT = 1
_HEAD = struct.Struct(">BB16sIIB")
_VERSION = struct.Struct(">I")
_PLACE = "vault: wrap"  # A colon, as no table has one.


class _Kind(IntEnum):
    PASSPHRASE = 1
    CODE = 2


def wrap_with_passphrase(key: DataKey, passphrase: str, *, person: str, cost: Cost) -> bytes:
    """Return ``key`` so that ``passphrase`` opens it.

    Args:
        key: The person's data key.
        passphrase: Any words; how good they must be is judged where they are chosen.
        person: The person's id, always written in the same way.
        cost: What each guess shall cost: ``Cost.OWN`` or ``Cost.HOST``.

    Raises:
        InputError: The passphrase is empty, too long or holds half a character.
        LimitError: Too many are unlocking.
        OutsideError: There is not enough free memory.
    """
    salt = os.urandom(SALT_BYTES)
    head = _HEAD.pack(_FORMAT, _Kind.PASSPHRASE, salt, cost.memory_kib, cost.passes, cost.lanes)
    return _closed(key, _by_passphrase(passphrase, salt, cost), head, person)


def unwrap_with_passphrase(
    wrap: bytes | memoryview, passphrase: str, *, person: str, least: Cost
) -> DataKey:
    """Return the data key.

    Args:
        wrap: As it was kept.
        passphrase: What was typed.
        person: Whose wrap it is.
        least: Parameters weaker than these are refused before anything is tried.

    Raises:
        InputError: The passphrase is wrong, or none at all.
        DamageError: The wrap is not as it was written, or its parameters are too weak.
        LimitError: Too many are unlocking.
        OutsideError: There is not enough free memory.
    """
    head, sealed = _parts(wrap, _Kind.PASSPHRASE)
    salt, cost = _salt_and_cost(head)
    if cost.is_weaker_than(least):
        raise DamageError(
            "vault.weak_parameters",
            "This lock is weaker than Thaw makes them, so it is not tried. Use the recovery "
            "code, or a backup.",
        )
    key = _opened(sealed, _by_passphrase(passphrase, salt, cost), head, person)
    if key is None:
        raise InputError(
            "vault.wrong_passphrase",
            "This is not the passphrase. Try again, or use the recovery code.",
        )
    return key


def wrap_with_code(key: DataKey, code: RecoveryCode, *, person: str) -> bytes:
    """Return ``key`` so that ``code`` opens it."""
    salt = os.urandom(SALT_BYTES)
    head = _HEAD.pack(_FORMAT, _Kind.CODE, salt, 0, 0, 0)
    return _closed(key, _by_code(code, salt), head, person)


def unwrap_with_code(wrap: bytes | memoryview, code: RecoveryCode, *, person: str) -> DataKey:
    """Return the data key.

    Raises:
        InputError: It is another code.
        DamageError: The wrap is not as it was written.
    """
    head, sealed = _parts(wrap, _Kind.CODE)
    salt = _HEAD.unpack(head)[2]
    key = _opened(sealed, _by_code(code, salt), head, person)
    if key is None:
        raise InputError(
            "vault.wrong_code",
            "This recovery code belongs to something else. An older code no longer opens "
            "this; look for the newest.",
        )
    return key


def wrap_with_key(key: DataKey, by: DataKey, *, person: str) -> bytes:
    """Return ``key`` so that ``by`` opens it: the old one, kept while rows are sealed anew."""
    return seal(by, _VERSION.pack(key.version) + key.secret, _where(b"", person))


def unwrap_with_key(wrap: bytes | memoryview, by: DataKey, *, person: str) -> DataKey:
    """Return the data key.

    Raises:
        DamageError: It is not what ``wrap_with_key`` made with this key for this person.
    """
    plain = open_sealed(by, wrap, _where(b"", person))
    return data_key_of(int.from_bytes(plain[: _VERSION.size], "big"), plain[_VERSION.size :])


def cost_of(wrap: bytes | memoryview) -> Cost:
    """Return what a guess at this wrap costs, to wrap anew where that has become too little.

    Raises:
        DamageError: It is no wrap by passphrase, or not as it was written.
    """
    return _salt_and_cost(_parts(wrap, _Kind.PASSPHRASE)[0])[1]


def _by_passphrase(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # The stretched secret has other purposes to come: a host's sign-in follows from it too.
    return derive_from(stretch(passphrase, salt, cost), "wrap by passphrase")


def _by_code(code: RecoveryCode, salt: bytes) -> bytes:
    return derive_from(code.secret, "wrap by recovery code", salt=salt)


def _closed(key: DataKey, secret: bytes, head: bytes, person: str) -> bytes:
    by = DataKey(key.version, secret)
    return with_checksum(head + seal(by, key.secret, _where(head, person)))


def _opened(sealed: bytes, secret: bytes, head: bytes, person: str) -> DataKey | None:
    """Return the data key, or None when ``secret`` does not open it."""
    version = key_version_of(sealed)
    try:
        plain = open_sealed(DataKey(version, secret), sealed, _where(head, person))
    except DamageError:
        return None
    return data_key_of(version, plain)


def _where(head: bytes, person: str) -> Where:
    return Where(_PLACE, "key", head.hex(), person)


def _parts(wrap: bytes | memoryview, kind: _Kind) -> tuple[bytes, bytes]:
    """Return header and sealed key of a whole wrap of this kind."""
    content = without_checksum(bytes(wrap))
    head, sealed = content[: _HEAD.size], content[_HEAD.size :]
    if len(head) < _HEAD.size or tuple(head[:2]) != (_FORMAT, kind):
        raise damaged()
    return head, sealed


def _salt_and_cost(head: bytes) -> tuple[bytes, Cost]:
    _, _, salt, memory_kib, passes, lanes = _HEAD.unpack(head)
    try:
        return salt, Cost(memory_kib, passes, lanes)
    except ValueError:
        raise damaged() from None
