"""What is sealed of preferences: everything that was chosen, as one JSON text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar, get_args

from thaw.practice.answers import RESPONSES
from thaw.practice.avoid import USUAL_SILENCE
from thaw.practice.pace import USUAL_PACE
from thaw.vault.seal import damaged

Pauses = Literal["shorter", "usual", "longer"]
Guidance = Literal["usual", "less"]
Volume = Literal[1, 2, 3]
Side = Literal["left", "right"]

PAUSES: tuple[Pauses, ...] = get_args(Pauses)
GUIDANCE: tuple[Guidance, ...] = get_args(Guidance)
VOLUMES: tuple[Volume, ...] = get_args(Volume)
SIDES: tuple[Side, ...] = get_args(Side)

_SILENCE = "silence"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Preferred:
    """What a person prefers in every sitting.

    Attributes:
        voice: A voice's name, ``none`` for words on the screen, or empty: not chosen yet.
        pace: Words a minute.
        pauses, guidance: As ``thaw.practice.plan.Choices``.
        bed: A bed's name, or empty.
        bed_volume: 1, 2 or 3.
        avoid: Terms of the avoid list, sorted, without any cap.
        silence_s: No silence is longer than so many seconds; None means as the level says.
        anchor, posture: None means as the practice has them.
        halves: What a tap on a half of the screen answers, for ``left`` and ``right``.
    """

    voice: str = ""
    pace: int = USUAL_PACE
    pauses: Pauses = "usual"
    guidance: Guidance = "usual"
    bed: str = ""
    bed_volume: Volume = 2
    avoid: tuple[str, ...] = ()
    silence_s: int | None = None
    anchor: str | None = None
    posture: str | None = None
    halves: Mapping[str, str | None] = field(default_factory=lambda: dict.fromkeys(SIDES))

    @property
    def avoided(self) -> tuple[str, ...]:
        """The avoid list as ``Choices`` have it: a cap on silence stands at its term."""
        return avoided(self.avoid, self.silence_s)

    @property
    def longest_silence(self) -> int | None:
        """The longest silence in seconds, or None: as the level says."""
        if self.silence_s is None and _SILENCE in self.avoid:
            return USUAL_SILENCE
        return self.silence_s


def avoided(terms: tuple[str, ...], silence_s: int | None) -> tuple[str, ...]:
    """Return terms and a cap on silence as ``Choices.avoid`` has them."""
    if silence_s is None:
        return tuple(sorted(terms))
    return tuple(sorted({*terms} - {_SILENCE} | {f"{_SILENCE}:{silence_s}"}))


def sealed_of(preferred: Preferred) -> bytes:
    """Return preferences as they are sealed; the same ones give the same bytes."""
    shape = asdict(preferred)
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def preferred_in(sealed: bytes) -> Preferred:
    """Return the preferences that were sealed.

    What a later Thaw added is passed over; a word that is not known here is as if not chosen.

    Raises:
        DamageError: These are no preferences.
    """
    try:
        shape: dict[str, Any] = json.loads(sealed)
        return Preferred(
            voice=_text(shape.get("voice")) or "",
            pace=_number(shape.get("pace")) or USUAL_PACE,
            pauses=_one_of(PAUSES, shape.get("pauses"), "usual"),
            guidance=_one_of(GUIDANCE, shape.get("guidance"), "usual"),
            bed=_text(shape.get("bed")) or "",
            bed_volume=_one_of(VOLUMES, shape.get("bed_volume"), 2),
            avoid=_texts(shape["avoid"]),
            silence_s=_number(shape.get("silence_s")),
            anchor=_text(shape.get("anchor")),
            posture=_text(shape.get("posture")),
            halves=_halves(shape.get("halves", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged() from None


def _halves(shape: Mapping[str, object]) -> dict[str, str | None]:
    return {side: _one_of((*RESPONSES, None), shape.get(side), None) for side in SIDES}


def _one_of(known: tuple[T, ...], value: object, otherwise: T) -> T:
    return next((each for each in known if type(each) is type(value) and each == value), otherwise)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(sorted(filter(None, map(_text, value))))


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value or None


def _number(value: object) -> int | None:
    if value is not None and type(value) is not int:
        raise TypeError
    return value
