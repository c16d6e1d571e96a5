"""What is sealed of a decision and of what was unwelcome, as JSON texts."""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from thaw.units import InputError
from thaw.vault.seal import damaged

KINDS: Mapping[str, str] = {
    "more-numb": "More numb, or further away",
    "anxious": "Anxious or on edge",
    "memories": "Memories that came by themselves",
    "worse-sleep": "Worse sleep",
    "low": "Low",
    "anger": "Anger",
    "pain": "Pain",
    "other": "Something else",
    "no": "Nothing unwelcome",
}
"""What may come that is unwelcome, with its words on a page (clinical.md 5.2, S7)."""

NOTHING = "no"

LASTED: Mapping[str, str] = {
    "minutes": "A few minutes",
    "hours": "Some hours",
    "next-day": "Into the next day",
    "longer": "Longer",
    "still": "It is still here",
    "": "Can't tell",
}
"""How long it was there, with its words on a page."""

MOST_VALUE = 80

_KIND = re.compile(r"[a-z][a-z-]{0,30}(:[A-Za-z0-9][A-Za-z0-9-]{0,30})?")
_BROKEN = re.compile("[\x00-\x1f\ud800-\udfff]")


def sealed_decision(kind: str, value: str) -> bytes:
    """Return a decision as it is sealed; the same decision gives the same bytes.

    Raises:
        InputError: ``today.decision``: there is no such kind, or too much is said about it.
    """
    if not _KIND.fullmatch(kind) or len(value) > MOST_VALUE or _BROKEN.search(value):
        raise InputError("today.decision", "This is nothing that can be decided here. Go back.")
    return _written({"kind": kind, "value": value})


def decision_of(sealed: bytes) -> tuple[str, str]:
    """Return the kind and the value that were sealed.

    Raises:
        DamageError: This is no decision.
    """
    shape = _read(sealed)
    kind, value = shape.get("kind"), shape.get("value", "")
    if not isinstance(kind, str) or not isinstance(value, str):
        raise damaged()
    return kind, value


def sealed_unwelcome(kinds: tuple[str, ...], lasted: str, sitting: UUID | None) -> bytes:
    """Return what was unwelcome as it is sealed, each kind once and in their own order.

    Raises:
        InputError: ``today.unwelcome``: none was chosen, or one that is not known.
    """
    if not kinds or not set(kinds) <= set(KINDS) or lasted not in LASTED:
        raise InputError(
            "today.unwelcome",
            "Choose what came, or “Nothing unwelcome”.",
            {"field": "kinds"},
        )
    came = [kind for kind in KINDS if kind in kinds and kind != NOTHING]
    return _written(
        {
            "kinds": came or [NOTHING],
            "lasted": lasted if came else "",
            "sitting": str(sitting) if sitting else None,
        }
    )


def unwelcome_of(sealed: bytes) -> tuple[tuple[str, ...], str, UUID | None]:
    """Return the kinds, how long they lasted, and the sitting that were sealed.

    A kind that a later Thaw added is passed over.

    Raises:
        DamageError: This says nothing of what was unwelcome.
    """
    shape = _read(sealed)
    try:
        kinds = tuple(kind for kind in shape["kinds"] if kind in KINDS)
        lasted = shape.get("lasted", "")
        given = shape.get("sitting")
        sitting = UUID(given) if given else None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise damaged() from None
    return kinds or ("other",), lasted if lasted in LASTED else "", sitting


def check_decision(fields: Mapping[str, bytes]) -> None:
    """Let no row of another hand in that is no decision.

    Raises:
        InputError, DamageError: It is none.
    """
    sealed_decision(*decision_of(fields["body"]))


def check_unwelcome(fields: Mapping[str, bytes]) -> None:
    """Let no row of another hand in that says nothing of what was unwelcome.

    Raises:
        InputError, DamageError: It does not.
    """
    sealed_unwelcome(*unwelcome_of(fields["body"]))


def _written(shape: Mapping[str, object]) -> bytes:
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()


def _read(sealed: bytes) -> dict[str, Any]:  # As JSON has it; whoever asks looks at each part.
    try:
        shape = json.loads(sealed)
    except ValueError:
        raise damaged() from None
    if not isinstance(shape, dict):
        raise damaged()
    return shape
