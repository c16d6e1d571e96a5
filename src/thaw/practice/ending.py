"""End a sitting gently: the way back follows at the next end of a line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from thaw.practice.beds import Change, changes_after, changes_of, chosen_spans, spans_of
from thaw.practice.plan import Event, Plan
from thaw.units import FRAME, Samples, samples_of

PAUSE = samples_of(1.5)
"""The rest between what was running and the way back, at least."""


def end_gently(plan: Plan, at: Samples) -> tuple[Plan, Samples]:
    """Return the plan with its closing right after what is running at ``at``.

    A line or a bell is heard to its end; a rest is cut at ``at``, but is never shorter than
    1.5 s. Once the closing has begun the plan stays as it is.

    Args:
        plan: What is being played.
        at: How far it has been played.

    Returns:
        The plan as it goes on, and the sample from which it differs from ``plan``; its end
        where it does not differ.
    """
    closing = [event for event in plan.events if event.closing]
    if not closing or closing[0].start <= at:
        return plan, plan.total
    events = tuple(_row([*heard_until(plan, at), *closing]))
    total = events[-1].end
    begins = next(event.start for event in events if event.closing)
    changes = [*changes_until(plan, at), *_closing_changes(plan, closing[0].start, begins)]
    beds = chosen_spans(plan.origin.choices.bed, changes, total)
    ended = replace(plan, events=events, total=total, beds=beds)
    return ended, first_difference(plan.events, events)


def stop_at(plan: Plan, at: Samples) -> tuple[Plan, Samples]:
    """Return the plan with nothing after ``at``, and the sample from which nothing is heard.

    A line or a bell that is cut there is no event any more: its time stands as a rest.
    """
    end = Samples(min(-(-at // FRAME) * FRAME, plan.total))
    events = [event for event in plan.events if event.end <= end]
    running = next((event for event in plan.events if event.start < end < event.end), None)
    if running is not None:
        length = Samples(end - running.start)
        events.append(Event("rest", running.start, length, running.section, "", running.closing))
    beds = spans_of(changes_of(plan.beds, plan.total), end)
    return replace(plan, events=tuple(events), total=end, beds=beds), end


def closing_of(plan: Plan) -> Plan:
    """Return the closing alone, as a plan that begins at 0; empty if there is none."""
    closing = [event for event in plan.events if event.closing]
    events = tuple(_row(closing))
    if not events:
        return replace(plan, events=(), total=Samples(0), beds=())
    total = events[-1].end
    changes = _closing_changes(plan, closing[0].start, Samples(0))
    return replace(plan, events=events, total=total, beds=spans_of(changes, total))


def changes_until(plan: Plan, at: Samples) -> list[Change]:
    """Return where beds began and went until ``at``: that was heard, and stays."""
    return [change for change in changes_of(plan.beds, plan.total) if change.at <= at]


def _closing_changes(plan: Plan, old: Samples, new: Samples) -> Iterator[Change]:
    return changes_after(plan.beds, plan.total, old=old, new=new)


def heard_until(plan: Plan, at: Samples, pause: Samples = PAUSE) -> tuple[Event, ...]:
    """Return what is heard until something else follows, with a rest at its end.

    Args:
        plan: What is being played; its closing has not begun.
        at: How far it has been played. A line or a bell that runs there is heard to its end.
        pause: The rest lasts at least so long.
    """
    *before, running = (event for event in plan.events if event.start <= at and not event.closing)
    if running.kind == "rest":
        played = -(-(at - running.start) // FRAME) * FRAME
        rest = replace(running, length=Samples(max(min(played, running.length), pause)))
        return (*before, rest)
    return (*before, running, Event("rest", running.end, pause, running.section))


def _row(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events one after another, from 0."""
    now = 0
    for event in events:
        yield replace(event, start=Samples(now))
        now += event.length


def first_difference(old: Iterable[Event], new: Iterable[Event]) -> Samples:
    """Return the first sample at which two different rows of events sound different."""
    end = Samples(0)
    for one, other in zip_longest(old, new):
        if one != other:
            both_rest = one and other and one.kind == other.kind == "rest"
            return Samples(min(one.end, other.end)) if both_rest else end
        end = one.end
    return end
