"""How much of a sitting was turned inward, as far as its texts say what is."""

from collections.abc import Iterator

from thaw.practice.answers import GROUNDING, Answers
from thaw.practice.parts import Bell, Check, Conditions, Line, Practice, Section
from thaw.practice.plan import LEAVE, Plan, Spot
from thaw.units import Samples


def inward_until(plan: Plan, practice: Practice, answers: Answers, until: Samples) -> Samples:
    """Return how much of the first ``until`` samples of a plan was turned inward.

    A line is where its section, its wording or its list entry is marked ``inward``; the quiet
    after it belongs to it. A way out leaves things as they are.

    Args:
        plan: What was played, with every answer in it.
        practice: What it was made from.
        answers: What is answered to each response.
        until: How far it was played.
    """
    total, is_inward = 0, False
    for event in plan.events:
        if event.start >= until:
            break
        if event.spot is not None and event.spot.script != LEAVE:
            is_inward = _is_inward(event.spot, practice, answers)
        if is_inward:
            total += min(event.end, until) - event.start
    return Samples(total)


def _is_inward(spot: Spot, practice: Practice, answers: Answers) -> bool:
    for text, section in _sections(spot, practice, answers):
        for item in section.items:
            if isinstance(item, Line | Bell | Check) and item.place.line == spot.line:
                return any(when.inward for when in _conditions(spot, text, section, item))
    return False


def _conditions(
    spot: Spot, text: Practice, section: Section, item: Line | Bell | Check
) -> Iterator[Conditions]:
    yield section.when
    if section.each:
        yield text.lists[section.each][spot.entry].when
    if isinstance(item, Line):
        yield item.variants[spot.variant].when


def _sections(
    spot: Spot, practice: Practice, answers: Answers
) -> Iterator[tuple[Practice, Section]]:
    """Yield the sections among which a spot is; a practice's own answer comes first."""
    for section in practice.sections:
        if spot.is_in_practice or spot.script == section.response:
            yield practice, section
    others = {**answers.by_kind, GROUNDING: answers.grounding}
    if spot.script in others:
        script = others[spot.script].script
        yield from ((script, section) for section in script.sections)
