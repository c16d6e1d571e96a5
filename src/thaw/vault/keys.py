"""A person's data key, and the keys that follow from it (RFC 5869)."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from hmac import compare_digest
from typing import NoReturn

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from thaw.vault.binding import bind

KEY_BYTES = 32
"""Every key in the vault has 256 bits."""

NEWEST_VERSION = 2**32 - 1


@dataclass(frozen=True, eq=False)
class DataKey:
    """The root of everything that is sealed for one person; never itself used to seal.

    It shows itself nowhere: not in ``repr``, and no pickle takes it along.

    Attributes:
        version: Counted from 1; a new key of the same person has the next.
        secret: 32 random bytes.
    """

    version: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES or not 1 <= self.version <= NEWEST_VERSION:
            raise ValueError("A data key has 32 bytes, and a version from 1 on.")

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, DataKey)
            and self.version == other.version
            and compare_digest(self.secret, other.secret)
        )

    def __hash__(self) -> int:
        return hash(self.version)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A data key is not to be pickled; wrap it (thaw.vault.wraps).")

    @cached_property
    def cipher(self) -> AESGCM:
        """What seals fields; made once, since thousands of rows are opened in one go."""
        return AESGCM(derive(self, "fields"))


def new_data_key(version: int = 1) -> DataKey:
    """Return a data key that nobody has seen before."""
    return DataKey(version, os.urandom(KEY_BYTES))


def next_data_key(key: DataKey) -> DataKey:
    """Return the key to take the place of ``key``; sealing anew is the store's."""
    return new_data_key(key.version + 1)


def derive(key: DataKey, purpose: str) -> bytes:
    """Return the 32 bytes of ``key`` for one purpose, such as ``drafts`` or ``backup``.

    Who has a derived key learns nothing of the data key, nor of what another purpose has.
    """
    return derive_from(key.secret, f"data key {key.version}: {purpose}")


def derive_from(secret: bytes, purpose: str, *, salt: bytes = b"") -> bytes:
    """Return the 32 bytes that follow from any uniformly random secret for one purpose."""
    info = bind(b"thaw vault 1", purpose.encode())
    return hkdf(secret, salt=salt, info=info, length=KEY_BYTES)


def hkdf(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    """Return ``length`` bytes by HKDF with SHA-256 (RFC 5869)."""
    return HKDF(SHA256(), length, salt, info).derive(secret)
