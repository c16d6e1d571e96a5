"""Tell damage from a wrong passphrase: a digest at the end of what is kept.

Anyone can make such a digest, so it proves nothing; ciphers do that. It is there so that a
person whose disk has erred is not told, for ever, that the passphrase is wrong.
"""

import hashlib

from thaw.vault.binding import bind
from thaw.vault.seal import damaged

_DIGEST_BYTES = 8


def with_checksum(content: bytes, *, beside: bytes = b"") -> bytes:
    """Return ``content`` with its digest behind it, which covers ``beside`` as well."""
    return content + _digest(content, beside)


def without_checksum(raw: bytes, *, beside: bytes = b"") -> bytes:
    """Return the content.

    Raises:
        DamageError: It, or what belongs beside it, is not as it was.
    """
    content, digest = raw[:-_DIGEST_BYTES], raw[-_DIGEST_BYTES:]
    if digest != _digest(content, beside):
        raise damaged()
    return content


def _digest(content: bytes, beside: bytes) -> bytes:
    return hashlib.sha256(bind(content, beside)).digest()[:_DIGEST_BYTES]
