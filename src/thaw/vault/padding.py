"""Sizes in steps, so that the length of what is sealed tells little of what was written."""

STEP = 256
"""What is sealed is a whole number of these bytes long."""

_MARK = b"\x80"


def pad(plain: bytes) -> bytes:
    """Return ``plain`` filled up to whole steps: one byte 80, then zeros (ISO/IEC 7816-4)."""
    return plain + _MARK + bytes(-(len(plain) + 1) % STEP)


def unpad(padded: bytes) -> bytes | None:
    """Return what was filled up, or None when it was not filled up so."""
    plain = padded.rstrip(b"\0")[:-1]
    return plain if pad(plain) == padded else None
