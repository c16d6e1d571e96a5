"""The data key as it lies beside the data while a person has no passphrase.

It is not protected: whoever can read this file can read everything. It is
``0x01 | key version (4, big-endian) | key (32) | checksum (8)``; the checksum covers the person
too, so that damage, or the key of another folder, is noticed before a row is opened with it.
"""

import struct

from thaw.vault.checksum import with_checksum, without_checksum
from thaw.vault.keys import DataKey
from thaw.vault.seal import damaged, data_key_of

_FORMAT = 1
_OPEN = struct.Struct(">BI32s")


def lay_open(key: DataKey, *, person: str) -> bytes:
    """Return the content of a file that its owner alone may read (mode 0600)."""
    content = _OPEN.pack(_FORMAT, key.version, key.secret)
    return with_checksum(content, beside=person.encode())


def read_open(raw: bytes, *, person: str) -> DataKey:
    """Return the data key.

    Raises:
        DamageError: It is not, byte for byte, what was laid open for this person.
    """
    content = without_checksum(raw, beside=person.encode())
    if len(content) != _OPEN.size or content[0] != _FORMAT:
        raise damaged()
    _, version, secret = _OPEN.unpack(content)
    return data_key_of(version, secret)
