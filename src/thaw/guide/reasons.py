"""Why something is suggested, in one sentence: the first thing that decided it."""

from collections.abc import Iterator
from dataclasses import dataclass

from thaw.guide.scene import Scene
from thaw.guide.state import Offered
from thaw.guide.taste import kind_of, returned_to


@dataclass(frozen=True, slots=True)
class Reason:
    """Why.

    Attributes:
        code: Stable, such as ``after-gap``.
        sentence: What is told.
    """

    code: str
    sentence: str


def reason_for(practice: Offered, scene: Scene) -> Reason:
    """Return why this practice is suggested."""
    return next(_reasons(practice, scene))


def rest_reason(scene: Scene, *, is_anything: bool) -> Reason:
    """Return why nothing is suggested, without a word of blame."""
    if scene.asked.is_not_today:
        return Reason("not-today", "Not today is a full answer. Thank you for looking in.")
    if scene.guard.stops:
        card = scene.guard.cards[0]
        return Reason(card.code, card.reason)
    if is_anything:
        return Reason("rest", "That was all for now, and a day without is a good answer, too.")
    return Reason("nothing-fits", "Nothing here fits just now, and rest is a good answer, too.")


def _reasons(practice: Offered, scene: Scene) -> Iterator[Reason]:
    if scene.asked.shorter_than is not None:
        yield Reason("shorter", "Shorter is fine, so here is a shorter one.")
    if scene.asked.declined:
        yield Reason("something-else", "You asked for something else, so here is another one.")
    for card in scene.guard.cards:
        if card.code != "repair":  # That one is about people, and changes nothing offered.
            yield Reason(card.code, card.reason)
    if scene.dose.is_gap:
        yield Reason("gap", "A short one is a gentle way to begin again.")
    if scene.dose.is_first:
        yield Reason("first", "A short one with the eyes open is a gentle way to begin.")
    if any(sat.at.date() == scene.now.date() for sat in scene.known.sittings):
        yield Reason("again", "You sat today already, so this one is here only in case.")
    yield from _by_taste(practice, scene)


def _by_taste(practice: Offered, scene: Scene) -> Iterator[Reason]:
    known = scene.known
    if scene.is_night and kind_of(practice) == "sleep":
        yield Reason("night", "It is late, and this one is made for the night.")
    if returned_to(known) == practice.id:
        yield Reason("returned", "You have come back to this one lately.")
    if practice.id not in {sat.practice for sat in known.sittings}:
        yield Reason("new", "This is one that you have not sat yet.")
    yield Reason("in-turn", "Of those that fit, you sat this one the longest time ago.")
