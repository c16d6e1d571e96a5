"""Ids as browsers make them too: UUIDs of version 7, which begin with the time (RFC 9562)."""

import secrets
import time
from uuid import UUID

_TAIL = (1 << 62) - 1


def new_id() -> UUID:
    """Return an id that nobody has had; ids made later sort later, a clock set back aside."""
    return id_at(time.time_ns() // 1_000_000, secrets.randbits(74))


def id_at(milliseconds: int, chance: int) -> UUID:
    """Return the id of a moment (since 1970) and 74 bits of chance."""
    head = (milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | (chance >> 62 & 0xFFF) << 64
    return UUID(int=head | 0b10 << 62 | chance & _TAIL)
