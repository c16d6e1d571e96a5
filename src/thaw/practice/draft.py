"""A draft: one link of the chain put in a row, with its ways out, ready to be fitted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaw.practice.cap import Cap
from thaw.practice.elements import HEARD, Say
from thaw.practice.fit import Elastic, fit_rests
from thaw.practice.leave import Marks, Placed, marks_needed, speak_at
from thaw.practice.parts import Level
from thaw.units import FRAME, Samples


@dataclass(frozen=True, slots=True)
class Draft:
    """What is played, with how long it may last.

    Attributes:
        row: What is played, with the marks, in order.
        marks: At which of the marks a way out is spoken.
        rests: The rests of the row, within the cap.
        spoken: How long lines and bells last, in frames.
        least, most: The bounds of the whole, in frames.
    """

    row: Sequence[Placed]
    marks: Marks
    rests: Sequence[Elastic]
    spoken: int
    least: int
    most: int

    def lengths(self, wanted: int) -> list[int]:
        """Return how long each thing in the row lasts, in frames; a mark lasts 0.

        A draft that cannot last ``wanted`` frames is as near to it as it can be.
        """
        if wanted <= self.least:
            rests: Iterator[int] = iter([rest.least for rest in self.rests])
        else:
            fitted = fit_rests(
                self.rests,
                spoken=Samples(self.spoken * FRAME),
                wanted=Samples(min(wanted, self.most) * FRAME),
            )
            rests = iter([length // FRAME for length in fitted])
        return [
            next(rests)
            if isinstance(element, Elastic)
            else element.length
            if isinstance(element, HEARD)
            else 0
            for _, element in self.row
        ]


def draft_of(row: Sequence[Placed], marks: Marks, lines: Sequence[Say], cap: Cap) -> Draft:
    """Return the draft of ``row`` with a way out spoken at ``marks``."""
    played = list(speak_at(row, marks, lines)) if marks else row
    rests = [cap.on(element) for _, element in played if isinstance(element, Elastic)]
    spoken = sum(element.length for _, element in played if isinstance(element, HEARD))
    return Draft(
        row=played,
        marks=marks,
        rests=rests,
        spoken=spoken,
        least=spoken + sum(rest.least for rest in rests),
        most=spoken + sum(rest.most for rest in rests),
    )


def draft_with_ways_out(
    row: Sequence[Placed], lines: Sequence[Say], cap: Cap, wanted: int, level: Level
) -> Draft:
    """Return the draft in which every way out is spoken that a sitting of ``wanted`` needs.

    Where one is spoken everything around it moves, so it is looked at again until nothing is
    missing; each round speaks at one mark more, so there is an end.
    """
    draft = draft_of(row, frozenset(), lines, cap)
    while lines:  # where there are none, marks stay silent
        needed = marks_needed(draft.row, draft.lengths(wanted), draft.marks, level)
        if not needed:
            break
        draft = draft_of(row, draft.marks | needed, lines, cap)
    return draft
