"""From a tap to what a sitting holds next, or could hold (docs/adr/0110)."""

from dataclasses import dataclass, replace
from uuid import UUID

from thaw.practice.answers import END, STOP
from thaw.practice.ending import first_difference
from thaw.practice.respond import Context, Reply, respond
from thaw.units import InputError, OutsideError, Samples, samples_of
from thaw.web.house import House
from thaw.web.sit.body import Tap
from thaw.web.sit.phrases import offers_for, sentence_for
from thaw.web.sit.sittings import OtherRevisionError, Sitting, Told

AT_ONCE = (END, STOP)
"""What is held without waiting for the player: it must not be lost."""

_GOES_ON_S = 30.0
"""So long a tap that was not heard yet still counts beside the next one."""

_ASKED_AGAIN_S = 60.0
"""A player whose silence passed asks again no later; whoever does is another tap."""

_OUT_OF_ORDER_S = 10.0
"""Taps that overtook each other are no farther apart."""


@dataclass(frozen=True, slots=True)
class Given:
    """A tap as it was sent.

    Attributes:
        at_s: How far the sitting is, in seconds.
        revision: What the player holds; None where a form asks, which holds what the page has.
    """

    tap: UUID
    kind: str
    at_s: float
    revision: int | None


def answered(house: House, sitting: Sitting, given: Given) -> Sitting:
    """Return a sitting with the answer to a tap: ``told_to`` has it.

    The same tap again changes nothing. A player that is ahead, as its word that it took the
    latest proposal is still on the way, is believed.

    Raises:
        InputError: ``response.tap``: the id was another response's.
        OtherRevisionError: The player holds something else.
    """
    if sitting.was_told(given.tap):
        return _again(sitting, given)
    if given.revision is not None and given.kind != STOP:
        sitting = _met(sitting, given.revision)
    return _answered(house, sitting, given)


def answered_in_writing(house: House, sitting: Sitting, given: Given) -> Sitting:
    """Return a sitting that plays on as it did, with the answer to a tap to be shown.

    Raises:
        InputError: As ``answered``.
    """
    if sitting.was_told(given.tap):
        return _again(sitting, given)
    after = _answered(house, sitting, given)
    if given.kind in AT_ONCE:
        return after
    *before, told = after.told
    told = replace(told, revision=told.base, is_spoken=False)
    return replace(sitting, listened=after.listened, told=(*before, told))


def _again(sitting: Sitting, given: Given) -> Sitting:
    told = sitting.told_to(given.tap)
    if told.kind != given.kind:
        raise InputError(
            "response.tap",
            "This tap was answered before, as another one. Tap again.",
            {"field": "tap"},
        )
    kept = (sitting.held, *sitting.proposals, *sitting.history)
    if told.revision not in {revision.number for revision in kept}:
        raise OtherRevisionError(sitting)
    return sitting


def _met(sitting: Sitting, revision: int) -> Sitting:
    if revision == sitting.held.number:
        return sitting
    if sitting.proposals and sitting.proposals[-1].number == revision:
        return sitting.taking(revision)
    raise OtherRevisionError(sitting)


def _answered(house: House, sitting: Sitting, given: Given) -> Sitting:
    pending = _still_counting(sitting, given)
    at = samples_of(max([given.at_s, *(tap.at_s for tap in pending if _is_near(tap, given))]))
    reply = _reply(house, sitting, given.kind, at, pending)
    held, tap = sitting.held, Tap(round(given.at_s, 2), given.kind)
    # Asked again, as the first answer came too late to be heard: that is one tap, not two.
    is_new = not any(_is_asked_again(each, given) for each in sitting.pending)
    listened = sitting.listened.tapped(tap) if is_new else sitting.listened
    after = _changed(sitting, given.kind, reply, (*pending, tap))
    events = reply.plan.events
    is_over = at >= held.plan.total or _is_closing(sitting, at)
    times = sum(each.kind == given.kind for each in listened.taps)
    told = Told(
        tap=given.tap,
        kind=given.kind,
        base=held.number,
        revision=after.latest_number if reply.plan != held.plan else held.number,
        switch=reply.switch if not pending else first_difference(held.plan.events, events),
        answer=reply.answer,
        is_spoken=reply.is_spoken,
        offers=() if is_over else offers_for(given.kind, times),
        sentence="" if is_over else sentence_for(given.kind),
    )
    return replace(after, listened=listened).telling(told)


def _still_counting(sitting: Sitting, given: Given) -> tuple[Tap, ...]:
    """Return the taps whose answer was not heard yet, and that this one comes beside."""
    if given.kind in AT_ONCE:
        return ()
    return tuple(
        tap
        for tap in sitting.pending
        if tap.kind != given.kind and abs(tap.at_s - given.at_s) <= _GOES_ON_S
    )


def _is_asked_again(tap: Tap, given: Given) -> bool:
    return tap.kind == given.kind and abs(tap.at_s - given.at_s) <= _ASKED_AGAIN_S


def _is_near(tap: Tap, given: Given) -> bool:
    return abs(tap.at_s - given.at_s) <= _OUT_OF_ORDER_S


def _reply(
    house: House, sitting: Sitting, kind: str, at: Samples, pending: tuple[Tap, ...]
) -> Reply:
    """Return what becomes of what is held: what earlier taps changed stays changed."""
    context = context_of(house, sitting)
    plan = sitting.held.plan
    for tap in pending:
        plan = respond(plan, at, tap.kind, context).plan
    return respond(plan, at, kind, context)


def _changed(sitting: Sitting, kind: str, reply: Reply, pending: tuple[Tap, ...]) -> Sitting:
    if reply.plan == sitting.held.plan:
        return sitting
    if kind in AT_ONCE:
        return sitting.holding(reply.plan, sitting.held.audible)
    return sitting.proposing(reply.plan, pending)


def _is_closing(sitting: Sitting, at: Samples) -> bool:
    return any(event.closing and event.start <= at for event in sitting.held.plan.events)


def context_of(house: House, sitting: Sitting) -> Context:
    """Return what answers to a sitting stand on: its own texts, and its voice."""
    choices = sitting.held.plan.origin.choices
    clips = house.sound.clips(choices.voice, choices.pace, sitting.own)

    def known(text: str) -> Samples | None:
        try:
            return clips.length(text)
        except OutsideError:
            return None

    texts = sitting.texts
    return Context(texts.practice, texts.answers, texts.words, known)
