"""Beds: which sound lies under a sitting, from when to when.

A bed comes in slowly where it begins, and goes slowly from where it is turned off: what is
heard at a moment follows from what came before it. So a change ahead is never heard early,
but at the end of a plan, where every bed has gone.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from thaw.units import Samples, samples_of

BEDS: Final = ("rain", "sea", "brown")
"""The beds there are; ``brown`` is brown noise."""

OFF: Final = "off"
"""What a person chooses who wants no bed, whatever the practice says."""

FADE: Final = samples_of(4)
"""How long a bed takes to be there, and to be gone."""


class BedSpan(NamedTuple):
    """A bed from its first sample to its last, in samples at 48 kHz.

    It comes in over the first ``FADE`` and goes over the last. Where one bed gives way to
    another, their spans overlap by as much.
    """

    bed: str
    start: Samples
    length: Samples

    @property
    def end(self) -> Samples:
        """The first sample after it."""
        return Samples(self.start + self.length)


class Change(NamedTuple):
    """A moment at which a bed begins, or at which the one that is heard begins to go (None)."""

    at: Samples
    bed: str | None


def spans_of(changes: Iterable[Change], total: Samples) -> tuple[BedSpan, ...]:
    """Return the beds of a plan of ``total`` samples.

    Args:
        changes: In order; of several at one moment the last holds.
        total: Where the plan ends, and every bed with it.
    """
    last = {change.at: change.bed for change in changes if change.at < total}
    # What is turned off that late goes with the plan, as it would anyway.
    kept = ((at, bed) for at, bed in last.items() if bed is not None or at < total - FADE)
    return tuple(_spans(kept, total))


def chosen_spans(chosen: str, changes: Iterable[Change], total: Samples) -> tuple[BedSpan, ...]:
    """Return the beds of a plan for who chose a bed; what the practice says, where none was.

    Args:
        chosen: One of ``BEDS``, ``OFF``, or empty.
        changes: What the practice says, in order.
        total: Where the plan ends.
    """
    if chosen:
        changes = [Change(Samples(0), None if chosen == OFF else chosen)]
    return spans_of(changes, total)


def _spans(changes: Iterable[tuple[Samples, str | None]], total: Samples) -> Iterator[BedSpan]:
    heard: tuple[str, Samples] | None = None
    for at, bed in changes:
        if heard is not None and heard[0] != bed:
            yield _span(*heard, Samples(min(at + FADE, total)))
            heard = None
        if heard is None and bed is not None:
            heard = bed, at
    if heard is not None:
        yield _span(*heard, total)


def _span(bed: str, start: Samples, end: Samples) -> BedSpan:
    return BedSpan(bed, start, Samples(end - start))


def changes_of(spans: Iterable[BedSpan], total: Samples) -> tuple[Change, ...]:
    """Return the changes that ``spans`` of a plan of ``total`` samples stand for."""
    begun: dict[Samples, str | None] = {}
    for span in spans:
        begun[span.start] = span.bed
        if span.end < total:
            begun[Samples(span.end - FADE)] = None
    return tuple(Change(at, bed) for at, bed in begun.items())


def changes_after(
    spans: Iterable[BedSpan], total: Samples, *, old: Samples, new: Samples
) -> Iterator[Change]:
    """Yield the changes from ``old`` on where what was there is heard from ``new`` on.

    Args:
        spans: The beds of a plan.
        total: Where that plan ends.
        old: A moment in it.
        new: When it comes instead. The bed that is meant there then is meant now.
    """
    changes = changes_of(spans, total)
    yield Change(new, bed_at(changes, old))
    for at, bed in changes:
        if at > old:
            yield Change(Samples(at - old + new), bed)


def bed_at(changes: Iterable[Change], at: Samples) -> str | None:
    """Return the bed that is meant to be heard at a moment, or None."""
    bed = None
    for change in changes:
        if change.at <= at:
            bed = change.bed
    return bed
