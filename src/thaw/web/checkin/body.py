"""What is sealed of a check-in: every answer, as one JSON text.

A question that was not touched is null, which is never the same as the middle; "can't tell" is an
answer of its own.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, TypeVar, get_args

from thaw.units import InputError
from thaw.vault.seal import damaged
from thaw.web.checkin.refusals import refused

CantTell = Literal["cant-tell"]
Below = Literal["flat", "walled-off", "far-away", "unreal", "tired", "cant-tell"]
Tag = Literal["slept-badly", "drank-or-used", "argued", "moved", "with-people"]
Side = Literal["front", "back"]
MarkKind = Literal[
    "warm",
    "cool",
    "tight",
    "heavy",
    "tingling",
    "pain",
    "empty",
    "wooden",
    "see-through",
    "not-mine",
    "nothing-here",
]

Known = TypeVar("Known", bound=str)

Felt: TypeAlias = int | CantTell | None
Slid: TypeAlias = float | CantTell | None

CANT_TELL: CantTell = "cant-tell"
BELOWS: tuple[Below, ...] = get_args(Below)
TAGS: tuple[Tag, ...] = get_args(Tag)
SIDES: tuple[Side, ...] = get_args(Side)
MARKS: tuple[MarkKind, ...] = get_args(MarkKind)
MOST_FELT = 10
MOST_WORDS = 3
LITTLE = 3
"""Up to here there is something to ask about: flat, or walled off?"""

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_MOST_ID = 32
_MOST_LISTED = 1000  # More than every mark on every part of the body.
_DIGITS = 3  # A slider of a hundred steps, and nine steps, both fit.


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What is felt at a place of the body: a region, which side of it, and what."""

    region: str
    side: Side
    mark: MarkKind


@dataclass(frozen=True, slots=True)
class Body:
    """A check-in without its id, version and day; what was not answered is None."""

    felt: Felt = field(default=None, repr=False)
    unreal: bool = field(default=False, repr=False)
    below: Below | None = field(default=None, repr=False)
    pleasant: Slid = field(default=None, repr=False)
    energy: Slid = field(default=None, repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    tag: Tag | None = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered at all; "can't tell" is an answer."""
        return self == Body()

    @property
    def is_little(self) -> bool:
        """Whether so little is felt that there is more to ask about it."""
        return isinstance(self.felt, int) and self.felt <= LITTLE

    @property
    def is_unreal(self) -> bool:
        """Whether things are unreal or far away, by the tick or in the question below it."""
        return self.unreal or self.below in ("far-away", "unreal")


def sealed_of(body: Body) -> bytes:
    """Return a body as it is sealed; the same body gives the same bytes."""
    return json.dumps(shape_of(body), ensure_ascii=False, separators=(",", ":")).encode()


def shape_of(body: Body) -> dict[str, object]:
    """Return a body as JSON has it."""
    return {
        "below": body.below,
        "energy": body.energy,
        "felt": body.felt,
        "marks": [
            {"mark": each.mark, "region": each.region, "side": each.side} for each in body.marks
        ],
        "pleasant": body.pleasant,
        "tag": body.tag,
        "unreal": body.unreal,
        "words": list(body.words),
    }


def body_of(sealed: bytes) -> Body:
    """Return the body that was sealed; what a later Thaw added to it is passed over.

    Words and regions may be ones that are no longer in the lists: they were when it was kept.

    Raises:
        DamageError: This is no body of a check-in.
    """
    try:
        return shaped(json.loads(sealed))
    except (ValueError, RecursionError, InputError):
        raise damaged() from None


def shaped(given: object) -> Body:
    """Return what a JSON text says, each answer one that can be given.

    Raises:
        InputError: ``checkin.unreadable``, or the code of an answer that there is not.
    """
    if not isinstance(given, dict):
        raise refused("checkin.unreadable")
    unreal = given.get("unreal", False)
    if not isinstance(unreal, bool):
        raise refused("checkin.unreadable")
    body = Body(
        felt=_felt(given.get("felt")),
        unreal=unreal,
        below=_one_of(given.get("below"), BELOWS, "below"),
        pleasant=_slid(given.get("pleasant"), "pleasant"),
        energy=_slid(given.get("energy"), "energy"),
        words=_words(given.get("words")),
        marks=_marks(given.get("marks")),
        tag=_one_of(given.get("tag"), TAGS, "tag"),
    )
    # A question that is no longer asked has no answer.
    return body if body.is_little else replace(body, below=None)


def checked(body: Body, words: Collection[str], regions: Mapping[str, Collection[str]]) -> Body:
    """Return a body that can be kept: its words and regions are in the lists.

    Args:
        body: Whose shape is right.
        words: Every word that can be chosen.
        regions: The sides that each region of the body is drawn on.

    Raises:
        InputError: ``checkin.word``, ``checkin.region``.
    """
    if not set(body.words) <= set(words):
        raise refused("checkin.word", "words")
    if not all(each.side in regions.get(each.region, ()) for each in body.marks):
        raise refused("checkin.region", "marks")
    return body


def region_of(given: object) -> str:
    """Return the id of a region; whether it is on the drawing, ``checked`` asks.

    Raises:
        InputError: ``checkin.region``.
    """
    return _id(given, "checkin.region", "marks")


def _felt(given: object) -> Felt:
    if given is None:
        return None
    if given == CANT_TELL:
        return CANT_TELL
    if type(given) is not int or not 0 <= given <= MOST_FELT:
        raise refused("checkin.felt", "felt")
    return given


def _slid(given: object, name: str) -> Slid:
    if given is None:
        return None
    if given == CANT_TELL:
        return CANT_TELL
    # Booleans are integers too.
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise refused("checkin.slid", name)
    return round(float(given), _DIGITS)


def _one_of(given: object, known: tuple[Known, ...], name: str) -> Known | None:
    if given is None:
        return None
    for each in known:
        if given == each:
            return each
    raise refused("checkin.answer", name)


def _words(given: object) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(_id(each, "checkin.word", "words") for each in _list(given)))
    if len(words) > MOST_WORDS:
        raise refused("checkin.words", "words")
    return words


def _marks(given: object) -> tuple[Mark, ...]:
    return tuple(sorted({_mark(each) for each in _list(given)}))


def _mark(given: object) -> Mark:
    if not isinstance(given, dict):
        raise refused("checkin.unreadable")
    side = _one_of(given.get("side"), SIDES, "marks")
    mark = _one_of(given.get("mark"), MARKS, "marks")
    if side is None or mark is None:
        raise refused("checkin.unreadable")
    return Mark(region_of(given.get("region")), side, mark)


def _list(given: object) -> list[object]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > _MOST_LISTED:
        raise refused("checkin.unreadable")
    return given


def _id(given: object, code: str, where: str) -> str:
    """Return the id of a word or a region; which there are, ``checked`` asks."""
    if not isinstance(given, str) or len(given) > _MOST_ID or not _ID.fullmatch(given):
        raise refused(code, where)
    return given
