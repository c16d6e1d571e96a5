"""Where a sitting with a bed is cut into stretches, each of which is encoded by itself.

The cuts follow from the events alone, from the start on: sittings that begin alike are cut
alike as far as they are alike. A cut lies in a rest, where only the bed is heard; where none
comes for long, at the end of a line or a bell, which is silent by then.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from thaw.practice.plan import Event
from thaw.units import FRAME, Frames

GRID: Final = Frames(6)
"""Cuts lie on whole steps of 120 ms: one packet of Opus, or five frames of MP3."""

ABOUT: Final = Frames(540)
"""How long a stretch is at most where there are rests, 10.8 s."""


def borders_of(events: Sequence[Event], total: Frames, about: Frames = ABOUT) -> list[int]:
    """Return the frames at which stretches begin, and the end of the last.

    A stretch is half as long to as long as ``about`` where there are rests, up to twice as
    long where lines follow each other, and longer only for the sake of one long line.

    Args:
        events: What a plan says, in order.
        total: How long the plan is.
        about: How long a stretch should be.
    """
    cuts = _Cuts(events)
    borders = [0]
    while total - borders[-1] > about + about // 2:
        border = cuts.after(borders[-1], about)
        if border is None or border > total - about // 2:
            break
        borders.append(border)
    return [*borders, total]


class _Cuts:
    """Where one may cut.

    Attributes:
        rests: The first and the last cut of each rest, in order.
        ends: A cut at the end of each event, in order.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        rests = [event for event in events if event.kind == "rest"]
        spans = [(_up(event.start // FRAME), _down(event.end // FRAME)) for event in rests]
        self.rests = [(first, last) for first, last in spans if first <= last]
        self.lasts = [last for _, last in self.rests]
        self.ends = [_down(event.end // FRAME) for event in events]

    def after(self, start: int, about: int) -> int | None:
        """Return where the stretch that begins at ``start`` ends, or None."""
        least, best, most = start + about // 2, start + about, start + 2 * about
        in_rest = self._in_rest(least, best)
        if in_rest is not None and in_rest <= most:
            return in_rest
        at = bisect_left(self.ends, least)
        ends = self.ends[at : bisect_left(self.ends, most + 1)] or self.ends[at : at + 1]
        return ends[-1] if ends else in_rest

    def _in_rest(self, least: int, best: int) -> int | None:
        """Return the last cut in a rest up to ``best``, or else the first one after it."""
        at = bisect_left(self.lasts, least)
        found = None
        while at < len(self.rests):
            first, last = self.rests[at]
            if first > best:
                return first if found is None else found
            found = min(last, _down(best))
            at += 1
        return found


def _up(frame: int) -> int:
    return -(-frame // GRID) * GRID


def _down(frame: int) -> int:
    return frame // GRID * GRID
