"""What is sealed of a day that was done, as a JSON text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from thaw.units import InputError
from thaw.vault.seal import damaged

How = Literal["written", "paper", "left"]
"""How the small thing of a day was done: in the journal, on paper, or left as it is."""

HOWS: tuple[How, ...] = get_args(How)

_COURSE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_COURSE = 80
_MOST_DAY = 999


@dataclass(frozen=True, slots=True)
class Finished:
    """A day that was done.

    Attributes:
        course: The course's id; it may be in the library no longer.
        day: Its number.
        how: How the small thing was done.
        note: What was written, where it went into the journal.
    """

    course: str
    day: int
    how: How
    note: UUID | None = None


def sealed_of(finished: Finished) -> bytes:
    """Return a day as it is sealed; the same day gives the same bytes."""
    shape = {
        "course": finished.course,
        "day": finished.day,
        "how": finished.how,
        "note": str(finished.note) if finished.note else None,
    }
    return json.dumps(shape, separators=(",", ":")).encode()


def finished_in(sealed: bytes) -> Finished:
    """Return the day that was sealed; a way that a later Thaw added reads as "left".

    Raises:
        DamageError: This is no day of a course.
    """
    try:
        shape = json.loads(sealed)
        course, day, note = shape["course"], shape["day"], shape.get("note")
        how: How = next((each for each in HOWS if each == shape.get("how")), "left")
        is_right = (
            isinstance(course, str)
            and len(course) <= _MOST_COURSE
            and _COURSE.fullmatch(course)
            and type(day) is int
            and 1 <= day <= _MOST_DAY
        )
        if not is_right:
            raise damaged()
        return Finished(course, day, how, UUID(note) if note else None)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged() from None


def how_of(text: str) -> How:
    """Return the way that a form names.

    Raises:
        InputError: ``course.how``.
    """
    for how in HOWS:
        if text == how:
            return how
    raise InputError("course.how", "Keep it, do it on paper, or leave it at that.")


def check_done(fields: Mapping[str, bytes]) -> None:
    """Let no row of another hand in that is no day of a course.

    Raises:
        DamageError: It is none.
    """
    finished_in(fields["body"])
