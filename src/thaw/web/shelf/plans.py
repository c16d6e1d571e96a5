"""Plans for a practice's page: exact once the voice has spoken, a reader's until then."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from thaw.practice.compose import compose, lines_of
from thaw.practice.drawing import Drawing, draw
from thaw.practice.need import lines_needed
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.units import InputError, OutsideError, Samples, seconds_of
from thaw.web.booth import Voicing
from thaw.web.house import House
from thaw.web.own import Own
from thaw.web.sound import QUICK

LONG_WAIT_S = 10.0
"""Above it a quick voice is offered for today."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and whether its lengths are those of the voice."""

    plan: Plan
    exact: bool


def planned(house: House, practice: Practice, choices: Choices, own: Own | None = None) -> Planned:
    """Return the plan by the voice's lengths, or by a reader's where it is not voiced yet.

    Raises:
        InputError: As ``compose``.
    """
    plan = exact_plan(house, practice, choices, own)
    if plan is not None:
        return Planned(plan, exact=True)
    plan = compose(practice, choices, words=house.words, lengths=reading(choices))
    return Planned(plan, exact=False)


def exact_plan(
    house: House, practice: Practice, choices: Choices, own: Own | None = None
) -> Plan | None:
    """Return the plan by the voice's lengths, or None where a line is not voiced yet.

    Args:
        house: Has the words and the voices.
        practice: What is played.
        choices: What was chosen.
        own: Where the lines are that hold words the person gave.

    Raises:
        InputError: As ``compose``.
    """
    clips = house.sound.clips(choices.voice, choices.pace, own)
    try:
        return compose(practice, choices, words=house.words, lengths=clips.length)
    except OutsideError:
        return None


def reading(choices: Choices) -> Callable[[str], Samples]:
    """Return how long each line takes at the pace chosen, before a voice has spoken it."""
    return lambda text: length_at(text, choices.pace)


def own_lines_missing(
    house: House, practice: Practice, choices: Choices, own: Own
) -> tuple[str, ...]:
    """Return the lines to voice next of those that hold words the person gave.

    Raises:
        InputError: As ``compose``.
    """
    clips = house.sound.clips(choices.voice, choices.pace, own)

    def known(text: str) -> Samples | None:
        try:
            return clips.length(text)
        except OutsideError:
            return None

    needed = lines_needed(practice, choices, words=house.words, known=known)
    return tuple(text for text in needed if own.holds(text))


def lines(house: House, practice: Practice, choices: Choices) -> tuple[str, ...]:
    """Return every line that a sitting with these choices may need, at any length.

    Those that the usual length turns on come first, so that it can be played soonest.
    """
    any_length = replace(choices, seconds=0)
    key = repr((practice.id, practice.text_hash, any_length))
    found = house.lines.find(key)
    if found is None:
        usual = replace(choices, seconds=practice.minutes.usual * 60)
        first = lines_needed(practice, usual, words=house.words, known=lambda _text: None)
        every = lines_of(practice, any_length, words=house.words)
        found = tuple(dict.fromkeys((*first, *every)))
        house.lines.keep(key, found, 1)
    return found


def voicing_of(
    house: House, practice: Practice, choices: Choices, shape: Planned | None = None
) -> Voicing:
    """Return how far the voicing is; ready as soon as this length can be played.

    ``shape`` is what ``planned`` gave for the same, where it was asked already.

    Raises:
        InputError: As ``compose``, but for a length out of reach.
    """
    voicing = house.booth.look(choices.voice, choices.pace, lines(house, practice, choices))
    try:
        is_ready = shape.exact if shape else exact_plan(house, practice, choices) is not None
    except InputError:
        return voicing
    if not is_ready:
        return replace(voicing, ready=False)
    return replace(voicing, ready=True, waits_s=0.0, trouble=None, instead=None)


def voicing_json(house: House, choices: Choices, voicing: Voicing) -> dict[str, object]:
    """Return how far the voicing is, as islands read it."""
    quick = None
    if voicing.waits_s > LONG_WAIT_S and choices.voice != QUICK:
        quick = next((v.name for v in house.sound.voices() if v.name == QUICK), None)
    return {
        "voice": choices.voice,
        "done": voicing.done,
        "total": voicing.total,
        "ready": voicing.ready,
        "waits_s": voicing.waits_s,
        "trouble": voicing.trouble,
        "instead": voicing.instead,
        "quick": quick,
    }


def plan_json(plan: Plan) -> dict[str, object]:
    """Return a plan as the slider needs it."""
    drawing = draw(plan)
    return {
        "total_s": seconds_of(plan.total),
        "words": drawing.words,
        "view_box": drawing.view_box,
        "strokes": strokes_json(drawing),
        "notices": list(plan.origin.notices),
    }


def strokes_json(drawing: Drawing) -> list[dict[str, object]]:
    """Return the strokes of a drawing, ``start`` and ``end`` in samples."""
    return [
        {"kind": s.kind, "d": s.d, "start": s.start, "end": s.end, "ring": s.ring}
        for s in drawing.strokes
    ]
