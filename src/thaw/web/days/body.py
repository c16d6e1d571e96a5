"""What is sealed of a plan of days, as one JSON text."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from thaw.units import InputError
from thaw.vault.seal import damaged

SIT, WRITE, CHECK_IN, OWN = "sit", "write", "check-in", "own"

WHAT: Mapping[str, str] = {
    SIT: "A practice",
    WRITE: "A line in the journal",
    CHECK_IN: "A check-in",
    OWN: "Something of my own",
}
"""What may be planned, and what it is called."""

ANCHORS = (
    "after brushing teeth",
    "after the first drink of the day",
    "after lunch",
    "when I come home",
    "before I put out the light",
)
"""What goes before it on every day; anything else may be typed."""

MOST = 80
"""Letters of one phrase."""

_LABELS = {"own": "what it is", "anchor": "what it comes after", "words": "your calendar"}
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Body:
    """What is planned, in words.

    Attributes:
        what: One of ``WHAT``.
        own: What it is, where it is something of one's own.
        anchor: What it comes after; may be empty.
        words: What calendars say; empty for "a quiet minute".
        token: What the address of the calendar ends with; empty where none was made.
    """

    what: str = SIT
    own: str = field(default="", repr=False)
    anchor: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


_NAMES = tuple(each.name for each in fields(Body))


def sealed_of(body: Body) -> bytes:
    """Return it as it is sealed; the same gives the same bytes."""
    return json.dumps(asdict(body), ensure_ascii=False, separators=(",", ":")).encode()


def body_in(sealed: bytes) -> Body:
    """Return what was sealed; what a later Thaw added is passed over.

    Raises:
        DamageError: This is no such body.
    """
    try:
        shape = json.loads(sealed)
        told = {name: shape[name] for name in _NAMES}
    except (ValueError, KeyError, TypeError):
        raise damaged() from None
    if not all(isinstance(each, str) for each in told.values()) or told["what"] not in WHAT:
        raise damaged()
    return Body(**told)


def phrase(name: str, text: str) -> str:
    """Return a phrase as it can be kept: on one line, without spaces around it.

    Raises:
        InputError: ``days.broken`` or ``days.long``.
    """
    if _BROKEN.search(text):
        raise InputError(
            "days.broken",
            f"There is a character in {_LABELS[name]} that cannot be kept. It is left out below; "
            "look at it, then keep it.",
            {"field": name},
        )
    tidy = " ".join(text.split())
    if len(tidy) > MOST:
        raise InputError(
            "days.long",
            f"This is long for {_LABELS[name]}: {MOST} letters at most. A few words are enough.",
            {"field": name},
        )
    return tidy


def mended(text: str) -> str:
    """Return a phrase without what cannot be kept."""
    return _BROKEN.sub("", text)


def check(sealed: Mapping[str, bytes]) -> None:
    """Let no row of another hand in that is no plan.

    Raises:
        InputError, DamageError: It is none.
    """
    body = body_in(sealed["body"])
    for name in _LABELS:
        phrase(name, getattr(body, name))
