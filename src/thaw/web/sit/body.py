"""What is sealed of a sitting in the log, as one JSON text."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar, get_args
from uuid import UUID

from thaw.practice.answers import RESPONSES
from thaw.units import InputError
from thaw.vault.seal import damaged

How = Literal["on", "ended", "gently", "stopped", "left"]
"""How a sitting stands: it goes on, or how it ended."""

Felt = Literal["easier", "same", "harder", "further", "cant-tell"]
"""How it was afterwards; ``further`` is further away, or more numb."""

HOWS: Final[tuple[How, ...]] = get_args(How)
FELTS: Final[tuple[Felt, ...]] = get_args(Felt)

MOST_RESPONSES = 1000
MOST_S = 2 * 60 * 60
_MOST_TEXT = 200
_MOST_UNWELCOME = 20

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tap:
    """A response, and how far the sitting was then."""

    at_s: float
    kind: str


@dataclass(frozen=True, slots=True)
class After:
    """What a person said once it was over; None where nothing was said.

    Attributes:
        felt: How it was.
        note: The id of a note that was written then.
        checkin: The id of a check-in then.
    """

    felt: Felt | None = None
    note: UUID | None = None
    checkin: UUID | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A sitting without its id and day.

    Attributes:
        practice, title: What was sat.
        plan_hash: SHA-256 of the plan it began with.
        planned_s: How long that plan is.
        sat_s: How much was heard or read; never more than the time that passed, nor the total.
        inward_s: How much of that was turned inward.
        is_inward: Whether the practice, as it began, turns inward at all.
        voice, level, posture, seed: As it began.
        responses: Every tap, in the order in which they came.
        how: How it stands.
        before: The id of the check-in before it.
        after: What was said afterwards.
        unwelcome: What unwelcome came; None where it was not asked, empty for "no".
    """

    practice: str
    title: str
    plan_hash: str
    planned_s: float
    voice: str
    level: int
    posture: str | None
    seed: int
    is_inward: bool
    sat_s: float = 0.0
    inward_s: float = 0.0
    responses: tuple[Tap, ...] = field(default=(), repr=False)
    how: How = "on"
    before: UUID | None = None
    after: After = field(default_factory=After, repr=False)
    unwelcome: tuple[str, ...] | None = field(default=None, repr=False)


def sealed_of(body: Body) -> bytes:
    """Return a body as it is sealed; the same body gives the same bytes."""
    shape = {
        "practice": body.practice,
        "title": body.title,
        "plan_hash": body.plan_hash,
        "planned_s": body.planned_s,
        "sat_s": body.sat_s,
        "inward_s": body.inward_s,
        "is_inward": body.is_inward,
        "voice": body.voice,
        "level": body.level,
        "posture": body.posture,
        "seed": body.seed,
        "responses": [{"at_s": tap.at_s, "kind": tap.kind} for tap in body.responses],
        "how": body.how,
        "before": _text_of(body.before),
        "after": {
            "felt": body.after.felt,
            "note": _text_of(body.after.note),
            "checkin": _text_of(body.after.checkin),
        },
        "unwelcome": None if body.unwelcome is None else list(body.unwelcome),
    }
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()


def body_of(sealed: bytes) -> Body:
    """Return the body that was sealed; what a later Thaw added to it is passed over.

    Raises:
        DamageError: This is no body of a sitting.
    """
    try:
        return _body_of(json.loads(sealed))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise damaged() from None


def practice_of(sealed: bytes) -> str:
    """Return what was sat, by a body that was sealed; nothing else of it is looked at.

    Raises:
        DamageError: This is no body of a sitting.
    """
    try:
        return str(json.loads(sealed)["practice"])
    except (ValueError, KeyError, TypeError):
        raise damaged() from None


def checked(body: Body) -> Body:
    """Return a body that the log can show.

    Raises:
        InputError: ``sat.wrong``: something in it is of no sitting.
    """
    texts = [body.practice, body.title, body.plan_hash, body.voice, body.posture or ""]
    texts += body.unwelcome or ()
    lengths = [body.planned_s, body.sat_s, body.inward_s, *(tap.at_s for tap in body.responses)]
    is_right = (
        all(len(text) <= _MOST_TEXT for text in texts)
        and all(0 <= length <= MOST_S for length in lengths)
        and body.inward_s <= body.sat_s
        and body.level in (1, 2, 3)
        and len(body.responses) <= MOST_RESPONSES
        and all(tap.kind in RESPONSES for tap in body.responses)
        and len(body.unwelcome or ()) <= _MOST_UNWELCOME
    )
    if not is_right:
        raise InputError("sat.wrong", "This is not what a sitting's log can hold.")
    return body


# What is read may be of any shape.
def _body_of(shape: Mapping[str, Any]) -> Body:
    after = shape["after"]
    unwelcome = shape["unwelcome"]
    return Body(
        practice=str(shape["practice"]),
        title=str(shape["title"]),
        plan_hash=str(shape["plan_hash"]),
        planned_s=_seconds(shape["planned_s"]),
        voice=str(shape["voice"]),
        level=int(shape["level"]),
        posture=None if shape["posture"] is None else str(shape["posture"]),
        seed=int(shape["seed"]),
        is_inward=bool(shape["is_inward"]),
        sat_s=_seconds(shape["sat_s"]),
        inward_s=_seconds(shape["inward_s"]),
        responses=tuple(Tap(_seconds(tap["at_s"]), str(tap["kind"])) for tap in shape["responses"]),
        how=_one_of(HOWS, shape["how"]),
        before=_id_of(shape["before"]),
        after=After(
            felt=None if after["felt"] is None else _one_of(FELTS, after["felt"]),
            note=_id_of(after["note"]),
            checkin=_id_of(after["checkin"]),
        ),
        unwelcome=None if unwelcome is None else tuple(map(str, unwelcome)),
    )


def _seconds(value: float) -> float:
    seconds = float(value)
    if not math.isfinite(seconds):
        raise ValueError("no length")
    return seconds


def _one_of(values: Sequence[_T], value: object) -> _T:
    return values[[str(each) for each in values].index(str(value))]


def _id_of(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _text_of(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)
