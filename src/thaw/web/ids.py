"""Ids as browsers make them too: UUIDs of version 7, which begin with the time (RFC 9562)."""

import re
import secrets
import time
from uuid import UUID

_TAIL = (1 << 62) - 1
_VERSION = re.compile("[0-9]{1,9}")


def new_id() -> UUID:
    """Return an id that nobody has had; ids made later sort later, a clock set back aside."""
    return id_at(time.time_ns() // 1_000_000, secrets.randbits(74))


def id_at(milliseconds: int, chance: int) -> UUID:
    """Return the id of a moment (since 1970) and 74 bits of chance."""
    head = (milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | (chance >> 62 & 0xFFF) << 64
    return UUID(int=head | 0b10 << 62 | chance & _TAIL)


def id_or_new(text: str) -> UUID:
    """Return the id that a page was made with, or a new one where it sends none of ours."""
    try:
        id_ = UUID(text)
    except ValueError:
        return new_id()
    return id_ if id_.version == 7 else new_id()


def row_of(id_: str, version: str) -> tuple[UUID, int] | None:
    """Return which row a form was made from, at which version; None where it is no form of ours."""
    found = _VERSION.fullmatch(version)
    try:
        return (UUID(id_), int(found[0])) if found else None
    except ValueError:
        return None
