"""The drawing of a practice, made from its plan: what will be heard, seen at once.

One closed contour a minute, from the middle outwards, each beginning at the top and running
clockwise; fine where there is rest, heavier where there is voice, amber for bells. A last
minute that is not whole is an open arc. The wobble follows from the practice's id, so every
practice has a shape of its own and keeps it at any length.

The drawing carries no meaning that its words do not: ``words`` says how long, how much voice
and where the bells are.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from thaw.practice.plan import Event, Plan
from thaw.units import SAMPLE_RATE, clock_of

StrokeKind = Literal["rest", "say", "bell"]
_KINDS: Final[tuple[StrokeKind, ...]] = get_args(StrokeKind)

SIZE = 400
"""Width and height of the drawing, in its own units."""

_MINUTE = 60 * SAMPLE_RATE
_CENTRE = SIZE / 2
_MARGIN = 6.0
_HARMONICS = (2, 3, 5)
_AMPLITUDES = (0.055, 0.05, 0.022)
_PIECE = math.tau / 24
"""Longest arc drawn as one cubic; at 15 degrees it stays within a tenth of a unit."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a contour: one event, or the part of it that lies in one minute.

    Attributes:
        ring: Which contour, counted from 0 in the middle.
        kind: What is heard there.
        d: An SVG path.
        start, end: In samples at 48 kHz.
    """

    ring: int
    kind: StrokeKind
    d: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture of a plan.

    Attributes:
        strokes: In playing order; together they cover the whole plan.
        words: What the drawing shows, as a person reads it.
        lines: Every stroke of a kind as one SVG path, for a drawing that stands still.
    """

    strokes: tuple[Stroke, ...]
    words: str
    lines: tuple[tuple[StrokeKind, str], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        joined = ((kind, " ".join(s.d for s in self.strokes if s.kind == kind)) for kind in _KINDS)
        object.__setattr__(self, "lines", tuple((kind, d) for kind, d in joined if d))

    @property
    def view_box(self) -> str:
        """The SVG view box that holds every stroke."""
        return f"0 0 {SIZE} {SIZE}"


def draw(plan: Plan) -> Drawing:
    """Return the drawing of ``plan``; the same plan gives the same drawing."""
    shape = _Shape(plan.practice, rings=max(1, math.ceil(plan.total / _MINUTE)))
    strokes = (
        Stroke(ring, kind, shape.path(ring, start, end), start, end)
        for kind, first, last in _spans(plan.events)
        for ring, start, end in _minutes(first, last)
    )
    return Drawing(tuple(strokes), _words(plan))


class _Shape:
    """The contours of one practice: a circle with three slow waves, turning outwards.

    The radius grows with the ring at every angle as long as the waves' amplitudes, and their
    amplitudes times their turn, add up to less than 1: contours never cross.
    """

    def __init__(self, practice: str, *, rings: int) -> None:
        numbers = [byte / 255 for byte in hashlib.sha256(practice.encode()).digest()]
        self._amplitudes = [a * (0.6 + 0.6 * n) for a, n in zip(_AMPLITUDES, numbers, strict=False)]
        self._phases = [math.tau * n for n in numbers[3:6]]
        self._turns = [2.4 * n - 1.2 for n in numbers[6:9]]
        self._outer = (_CENTRE - _MARGIN) / (1 + sum(self._amplitudes))
        self._rings = rings

    def path(self, ring: int, start: int, end: int) -> str:
        """Return the contour of ``ring`` from ``start`` to ``end``, as cubics."""
        first = math.tau * (start - ring * _MINUTE) / _MINUTE
        last = math.tau * (end - ring * _MINUTE) / _MINUTE
        pieces = max(1, math.ceil((last - first) / _PIECE - 1e-9))
        step = (last - first) / pieces
        x, y, dx, dy = self._at(ring, first)
        parts = [f"M{_number(x)} {_number(y)}"]
        for piece in range(1, pieces + 1):
            x2, y2, dx2, dy2 = self._at(ring, first + piece * step)
            handles = (
                x + dx * step / 3,
                y + dy * step / 3,
                x2 - dx2 * step / 3,
                y2 - dy2 * step / 3,
            )
            parts.append("C" + " ".join(_number(value) for value in (*handles, x2, y2)))
            x, y, dx, dy = x2, y2, dx2, dy2
        return "".join(parts)

    def _at(self, ring: int, angle: float) -> tuple[float, float, float, float]:
        """Return the place on a contour and its derivative by the angle."""
        share = (ring + 2) / (self._rings + 1)
        wave, slope = 1.0, 0.0
        for k, amplitude, phase, turn in zip(
            _HARMONICS, self._amplitudes, self._phases, self._turns, strict=True
        ):
            wave += amplitude * math.cos(k * angle + phase + turn * share)
            slope -= amplitude * k * math.sin(k * angle + phase + turn * share)
        radius, growth = self._outer * share * wave, self._outer * share * slope
        sine, cosine = math.sin(angle), math.cos(angle)
        return (
            _CENTRE + radius * sine,
            _CENTRE - radius * cosine,
            growth * sine + radius * cosine,
            radius * sine - growth * cosine,
        )


def _number(value: float) -> str:
    """Return a coordinate to a tenth, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")


def _spans(events: Sequence[Event]) -> Iterator[tuple[StrokeKind, int, int]]:
    """Yield what is heard from where to where; a question is a voice."""
    for event in events:
        kind: StrokeKind = "say" if event.kind == "check" else event.kind
        yield kind, event.start, event.end


def _minutes(start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut a span at the whole minutes: yield ``(ring, start, end)`` of each part."""
    while start < end:
        ring = start // _MINUTE
        stop = min(end, (ring + 1) * _MINUTE)
        yield ring, start, stop
        start = stop


def _words(plan: Plan) -> str:
    return f"{_length(plan.total)}. {_voice(plan)}. {_bells(plan)}."


def _length(samples: int) -> str:
    minutes, seconds = divmod(round(samples / SAMPLE_RATE), 60)
    parts = [_count(minutes, "minute")] if minutes else []
    if seconds or not minutes:
        parts.append(_count(seconds, "second"))
    return " ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _voice(plan: Plan) -> str:
    lines = [event.length for event in plan.lines()]
    if not lines:
        return "No words"
    seconds = sum(lines) / SAMPLE_RATE
    about = (
        _count(round(seconds / 60), "minute")
        if seconds >= 90
        else _count(max(1, round(seconds / 5)) * 5, "second")
    )
    what = "Words" if plan.voice == "none" else "A voice"
    return f"{what} for about {about}, in {_count(len(lines), 'line')}"


def _bells(plan: Plan) -> str:
    places = [_bell_place(event, plan) for event in plan.events if event.kind == "bell"]
    if not places:
        return "No bells"
    *others, last = places
    if not others:
        return f"A bell {last}"
    return f"Bells {', '.join(others)} and {last}"


def _bell_place(bell: Event, plan: Plan) -> str:
    if bell.start == 0:
        return "at the start"
    return "at the end" if bell.end == plan.total else f"at {clock_of(bell.start)}"
