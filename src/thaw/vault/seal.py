"""Seal a field so that only its person can open it, and only where it was written.

A sealed field is ``0x01 | key version (4, big-endian) | nonce (12) | AES-256-GCM``, the last
with its tag of 16 bytes (NIST SP 800-38D). The cipher is bound to the first five bytes, to
table, column, row and person. The nonce is random: 2**32 fields may be sealed with one key
before a repeated one becomes likelier than one in 2**32 (SP 800-38D, 8.3).
"""

import os
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from thaw.units import DamageError
from thaw.vault.binding import bind
from thaw.vault.keys import DataKey
from thaw.vault.padding import pad, unpad

FORMAT = 1
_HEAD = struct.Struct(">BI")
_NONCE = 12
_CIPHER = _HEAD.size + _NONCE


@dataclass(frozen=True, slots=True)
class Where:
    """The one place where a sealed field belongs; it opens nowhere else.

    Attributes:
        table: The name that the table keeps for ever, even when code calls it otherwise.
        column: The name that the column keeps for ever.
        row: The row's id and what else shall be bound to it, always written in the same way.
        person: The id of whom it belongs to, always written in the same way.
    """

    table: str
    column: str
    row: str
    person: str


def seal(key: DataKey, plain: bytes, where: Where) -> bytes:
    """Return ``plain`` sealed; each call gives other bytes.

    Args:
        key: The data key of the person.
        plain: Any bytes up to 2 GB; how many shows in steps of 256 only.
        where: Where the answer will stand.
    """
    head = _HEAD.pack(FORMAT, key.version)
    nonce = os.urandom(_NONCE)
    return head + nonce + gcm_sealed(key.cipher, nonce, pad(plain), _bound(head, where))


def open_sealed(key: DataKey, sealed: bytes | memoryview, where: Where) -> bytes:
    """Return what was sealed.

    Args:
        key: The same key; ``key_version_of`` says which one that is.
        sealed: As it was kept; a memoryview is what some databases give.
        where: Where it stands now.

    Raises:
        DamageError: It is not, byte for byte, what ``key`` sealed for this place.
    """
    raw = bytes(sealed)
    head, nonce, body = raw[: _HEAD.size], raw[_HEAD.size : _CIPHER], raw[_CIPHER:]
    if head != _HEAD.pack(FORMAT, key.version) or len(nonce) < _NONCE:
        raise damaged()
    padded = gcm_opened(key.cipher, nonce, body, _bound(head, where))
    plain = None if padded is None else unpad(padded)
    if plain is None:
        raise damaged()
    return plain


def gcm_sealed(cipher: AESGCM, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """Return ciphertext and tag; the same nonce never twice with one cipher."""
    return cipher.encrypt(nonce, plain, bound)


def gcm_opened(cipher: AESGCM, nonce: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    """Return the plaintext, or None when anything is not as it was sealed."""
    try:
        return cipher.decrypt(nonce, sealed, bound)
    except InvalidTag:
        return None


def key_version_of(sealed: bytes | memoryview) -> int:
    """Return the version of the key that opens this; it is only sure once opened.

    Raises:
        DamageError: This was not sealed by a Thaw of this age.
    """
    head = bytes(sealed[: _HEAD.size])
    found, version = _HEAD.unpack(head) if len(head) == _HEAD.size else (0, 0)
    if found != FORMAT or version < 1:
        raise damaged()
    return int(version)


def data_key_of(version: int, secret: bytes) -> DataKey:
    """Return a data key from what was read somewhere.

    Raises:
        DamageError: This cannot be one.
    """
    try:
        return DataKey(version, secret)
    except ValueError:
        raise damaged() from None


def damaged() -> DamageError:
    """Return the error of something that does not open, whatever the reason."""
    return DamageError(
        "vault.damaged",
        "This is no longer as it was written, so it is not shown. A backup may have it whole.",
    )


def _bound(head: bytes, where: Where) -> bytes:
    places = (where.table, where.column, where.row, where.person)
    # Any text has a place of its own, even one that UTF-8 cannot hold.
    return bind(
        b"thaw vault 1: field", head, *(place.encode("utf-8", "surrogatepass") for place in places)
    )
