"""Ranges of bytes and preconditions, after RFC 9110, sections 13 and 14."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``start`` up to, but not including, ``stop``."""

    start: int
    stop: int


class UnsatisfiableError(ValueError):
    """The range lies wholly outside: 416."""


def part_of(header: str | None, size: int) -> Part | None:
    """Return the one range that ``header`` asks for, or None where all is to be sent.

    A header that is malformed, names another unit or several ranges is as if it were not
    there, which RFC 9110, 14.2 allows; what is answered is never shorter than what was asked
    for and is there.

    Raises:
        UnsatisfiableError: Nothing of the range exists.
    """
    found = _RANGE.fullmatch(header.strip()) if header else None
    if found is None:
        return None
    first, last = found.groups()
    if max(len(first), len(last)) > _MOST_DIGITS or not first + last:
        return None
    if not first:
        return _last(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise UnsatisfiableError
    return Part(int(first), min(int(last) + 1, size) if last else size)


def _last(length: int, size: int) -> Part:
    if not length or not size:
        raise UnsatisfiableError
    return Part(max(0, size - length), size)


def is_same(header: str, etag: str) -> bool:
    """Return whether ``If-Range`` holds: one strong tag, ours. A date never is."""
    return header.strip() == etag


def names(header: str, etag: str, *, weak: bool) -> bool:
    """Return whether a list of tags (``If-Match``, ``If-None-Match``) names ``etag``."""
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or etag in tags or (weak and f"W/{etag}" in tags)
