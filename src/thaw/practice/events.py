"""A draft and its lengths become the events of a plan."""

from collections.abc import Iterator

from thaw.practice.beds import Change
from thaw.practice.draft import Draft
from thaw.practice.elements import Element, Past, Say, Stroke
from thaw.practice.parts import Bed
from thaw.practice.plan import Event, Kind, Spot
from thaw.units import FRAME, Samples


def events_of(draft: Draft, wanted: int) -> Iterator[Event]:
    """Yield what is heard, from 0 on, when ``draft`` lasts ``wanted`` frames.

    What is past takes its time and yields nothing.
    """
    now = 0
    for (section, element), length in zip(draft.row, draft.lengths(wanted), strict=True):
        if length and not isinstance(element, Past):
            start, lasts = Samples(now * FRAME), Samples(length * FRAME)
            kind, text, spot = _heard(element)
            yield Event(kind, start, lasts, section.title, text, section.closing, spot)
        now += length


def changes_in(draft: Draft, wanted: int) -> Iterator[Change]:
    """Yield where beds begin and go when ``draft`` lasts ``wanted`` frames."""
    if not any(isinstance(element, Bed) for _, element in draft.row):
        return
    now = 0
    for (_, element), length in zip(draft.row, draft.lengths(wanted), strict=True):
        if isinstance(element, Bed):
            yield Change(Samples(now * FRAME), element.name)
        now += length


def _heard(element: Element) -> tuple[Kind, str, Spot | None]:
    match element:
        case Say(kind=kind, text=text, spot=spot):
            return kind, text, spot
        case Stroke(bowl=bowl, spot=spot):
            return "bell", bowl, spot
    return "rest", "", None
