"""What was heard of a sitting when something else follows: it stays as it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from thaw.practice.elements import Past
from thaw.practice.ending import PAUSE, heard_until
from thaw.practice.leave import Placed
from thaw.practice.parts import Section
from thaw.practice.plan import LEAVE, Event, Plan, Spot, spoken
from thaw.practice.remainder import Used
from thaw.practice.ways import is_way_out
from thaw.units import FRAME, SAMPLE_RATE, Frames, Samples

_BEFORE = Section("", ())
"""Where the past stands in a row; nothing is taken from it."""


@dataclass(frozen=True)
class Heard:
    """The part of a plan that is heard, with the rest before what follows.

    Attributes:
        events: What is heard; the last of it is a rest.
        ahead: What would have been heard after it.
    """

    events: tuple[Event, ...]
    ahead: tuple[Event, ...]

    @cached_property
    def frames(self) -> int:
        """How long it lasts."""
        return self.events[-1].end // FRAME

    @cached_property
    def spot(self) -> Spot | None:
        """How far the practice's own text was heard; None where none of it was."""
        spots = (event.spot for event in reversed(self.events) if event.spot)
        return next((spot for spot in spots if spot.is_in_practice), None)

    @cached_property
    def said(self) -> str:
        """The last line that was spoken, as a voice is given it; empty where none was."""
        return next((spoken(event.text) for event in reversed(self.events) if _is_line(event)), "")

    def used(self, script: str) -> Used:
        """Return the variants of a text that were heard, by line, in order."""
        used: dict[int, list[int]] = {}
        for spot in self._spots(script):
            used.setdefault(spot.line, []).append(spot.variant)
        return used

    def entries(self, script: str) -> Mapping[int, Mapping[int, int]]:
        """Return how often each entry of a text was heard, by line."""
        heard: dict[int, Counter[int]] = {}
        for spot in self._spots(script):
            heard.setdefault(spot.line, Counter())[spot.entry] += 1
        return heard

    @property
    def ways_out(self) -> Sequence[int]:
        """The ways out that the plan spoke."""
        return [spot.variant for spot in self._spots(LEAVE)]

    @cached_property
    def repeats(self) -> frozenset[tuple[Spot | None, Spot | None]]:
        """The lines that say the same as the line before them, as the author put them."""
        lines = [event for event in (*self.events, *self.ahead) if _is_line(event)]
        return frozenset(
            (one.spot, other.spot)
            for one, other in pairwise(lines)
            if spoken(one.text) == spoken(other.text)
        )

    def past(self) -> list[Placed]:
        """Return what was heard as the beginning of a row.

        All that matters of it is how long it lasts, and where its last way out is.
        """
        for event in reversed(self.events):
            if _is_line(event) and is_way_out(spoken(event.text)):
                start, end = event.start // FRAME, event.end // FRAME
                pieces = [Past(Frames(start)), Past(Frames(end - start), is_way_out=True)]
                return [(_BEFORE, piece) for piece in (*pieces, Past(Frames(self.frames - end)))]
        return [(_BEFORE, Past(Frames(self.frames)))]

    def _spots(self, script: str) -> Sequence[Spot]:
        spots = (event.spot for event in self.events if event.spot and _is_line(event))
        return [spot for spot in spots if spot.script == script]


def heard_of(plan: Plan, at: Samples) -> Heard:
    """Return what is heard of a plan when an answer follows at ``at``.

    Args:
        plan: What is being played; its closing has not begun.
        at: How far it has been played.
    """
    longest = Samples(int(plan.origin.rest_cap * SAMPLE_RATE) // FRAME * FRAME)
    events = heard_until(plan, at, Samples(min(PAUSE, longest)))
    return Heard(events, tuple(event for event in plan.events if event.start > at))


def _is_line(event: Event) -> bool:
    return event.kind in ("say", "check")
