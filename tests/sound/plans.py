"""Plans made by hand: what is said, struck and left quiet, one after another."""

from collections.abc import Iterable

from thaw.practice.plan import Choices, Event, Origin, Plan, spoken
from thaw.sound.clip import Clip, Clips
from thaw.units import FRAME, Samples

Step = str | int
"""A line, a bell as ``bell low``, or a rest in frames."""


def plan_of(steps: Iterable[Step], clips: Clips, *, title: str = "Thawing") -> Plan:
    """Return a plan of these steps. A line ``# Heading`` opens a section and is not played."""
    events: list[Event] = []
    now, section, struck = 0, "Arriving", False
    for step in steps:
        if isinstance(step, str) and step.startswith("# "):
            section = step[2:]
            continue
        event = _event(step, clips, now, section, first=not struck)
        struck = struck or event.kind == "bell"
        events.append(event)
        now = event.end
    origin = Origin("", Choices(seconds=now // 48_000), 0, (), 90)
    return Plan("thawing", title, "en", Samples(now), tuple(events), origin)


def _event(step: Step, clips: Clips, now: int, section: str, *, first: bool) -> Event:
    start = Samples(now)
    if isinstance(step, int):
        return Event("rest", start, Samples(step * FRAME), section)
    if step.startswith("bell "):
        bowl = step[5:]
        return Event("bell", start, clips.bell(bowl, first=first).length, section, bowl)
    return Event("say", start, clips.line(spoken(step)).length, section, step)


def clip_of(event: Event, clips: Clips) -> Clip:
    """Return the clip of a line or a bell; a bell at the very start is the first."""
    if event.kind == "bell":
        return clips.bell(event.text, first=event.start == 0)
    return clips.line(spoken(event.text))
