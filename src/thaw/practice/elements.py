"""What a sitting is made of before it has a length, and how sections are joined.

Where something that sounds is left out, two rests may meet that the author never put side by
side. One of them is kept: a gap is not a reason for a longer silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from thaw.practice.fit import Elastic
from thaw.practice.parts import Bed, Leave, Section
from thaw.practice.plan import Spot
from thaw.units import FRAMES_PER_SECOND, Frames

BELL_FRAMES = Frames(8 * FRAMES_PER_SECOND)


@dataclass(frozen=True, slots=True)
class Say:
    """A line in one wording, its slots filled.

    Attributes:
        text: With ``*emphasis*``.
        length: In frames.
        spot: Where it was taken from.
        is_way_out: Whether it tells a person that they may stop.
        kind: Whether it is the question of a ``[check]``.
    """

    text: str
    length: Frames
    spot: Spot
    is_way_out: bool
    kind: Literal["say", "check"] = "say"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A bell."""

    bowl: str
    spot: Spot
    length: Frames = BELL_FRAMES


@dataclass(frozen=True, slots=True)
class Past:
    """A stretch that was heard already: it stays as it was."""

    length: Frames
    is_way_out: bool = False


@dataclass(frozen=True, slots=True)
class Omitted:
    """Stands where something that sounds was left out."""


Element = Say | Elastic | Stroke | Past | Leave | Bed
"""A ``Leave`` and a ``Bed`` are marks and take no time."""

MARKS = (Leave, Bed)

HEARD = (Say, Stroke, Past)
"""What has a length of its own. (A tuple, as a union would be made anew at each question.)"""


@dataclass(frozen=True, slots=True)
class Run:
    """Elements played one after another; ``last`` is the last but for marks, if there is one."""

    elements: tuple[Element, ...]
    last: Element | Omitted | None


@dataclass(frozen=True, slots=True)
class Portion:
    """A section as it is played in some link of the chain.

    Attributes:
        section: Where it comes from.
        whole: What is played, in order.
        after_cut: The same where it follows a rest only because something was left out.
        opens_cut, ends_cut: Whether something was left out before its first sound, or after
            its last.
    """

    section: Section
    whole: Run
    after_cut: Run
    opens_cut: bool
    ends_cut: bool


def portion_of(section: Section, row: list[Element | Omitted]) -> Portion:
    """Return a section's portion from what is played and left out of it, in order."""
    whole = _run(tuple(_without_met_rests(row)))
    first, last = _first_sound(row), _first_sound(reversed(row))
    opens_with_rest = isinstance(_first_sound(whole.elements), Elastic)
    return Portion(
        section=section,
        whole=whole,
        after_cut=_run(tuple(_without_first_rests(whole.elements))) if opens_with_rest else whole,
        opens_cut=isinstance(first, Omitted),
        ends_cut=isinstance(last, Omitted),
    )


def join(
    portions: Iterable[Portion | None], *, after_rest: bool = False
) -> Iterator[tuple[Section, tuple[Element, ...]]]:
    """Yield the elements of each section that is played.

    Args:
        portions: In the order of the text; None stands for a section left out.
        after_rest: Whether a rest is heard before, so that none needs to come first.
    """
    is_cut = ends_in_rest = after_rest
    for portion in portions:
        if portion is None:
            is_cut = True
            continue
        is_cut = is_cut or portion.opens_cut
        run = portion.after_cut if is_cut and ends_in_rest else portion.whole
        yield portion.section, run.elements
        if run.last is not None:
            ends_in_rest, is_cut = isinstance(run.last, Elastic), portion.ends_cut


def _run(elements: tuple[Element, ...]) -> Run:
    return Run(elements, _first_sound(reversed(elements)))


def _first_sound(row: Iterable[Element | Omitted]) -> Element | Omitted | None:
    return next((item for item in row if not isinstance(item, MARKS)), None)


def _without_met_rests(row: Iterable[Element | Omitted]) -> Iterator[Element]:
    is_cut = ends_in_rest = False
    for item in row:
        if isinstance(item, Omitted):
            is_cut = True
        elif isinstance(item, MARKS):
            yield item
        elif not (isinstance(item, Elastic) and is_cut and ends_in_rest):
            yield item
            ends_in_rest, is_cut = isinstance(item, Elastic), False


def _without_first_rests(elements: Iterable[Element]) -> Iterator[Element]:
    has_sounded = False
    for element in elements:
        has_sounded = has_sounded or isinstance(element, HEARD)
        if has_sounded or isinstance(element, MARKS):
            yield element
