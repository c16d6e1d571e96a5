"""One suggestion with its reason, and two others a tap away.

Tolerance and preference decide: what was borne, what was liked, what was declined. How much was
felt chooses nothing. "Something else", "shorter" and "not today" are full answers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from thaw.guide.cards import Card
from thaw.guide.dose import asks_longer_quiet
from thaw.guide.guardrail import Guard
from thaw.guide.reasons import Reason, reason_for, rest_reason
from thaw.guide.scene import Scene, scene_of
from thaw.guide.state import Level, Offered, State, Tastes
from thaw.guide.table import of
from thaw.guide.taste import is_for_another_time, kind_of, ranked

_OTHERS = of("taste", "others")


@dataclass(frozen=True, slots=True)
class Offer:
    """A practice, and how to sit it.

    Attributes:
        practice: What.
        minutes: How long.
        level: 1, 2 or 3.
        posture: How; None for as the practice has it.
    """

    practice: Offered
    minutes: int
    level: Level
    posture: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is offered now.

    Attributes:
        practice: What is suggested; None for rest.
        minutes: How long; 0 for rest.
        level: At which level.
        posture: How; None for as the practice has it, and for rest.
        reason: Why.
        others: Up to two others, different in kind where there are any.
        cards: What is in force.
        before: The level from before a gap, one tap away.
        asks_longer_quiet: Whether to ask "Longer quiet between the words?".
        can_be_other: Whether "something else" would find another one.
        can_be_shorter: Whether "shorter" would find a shorter one.
    """

    practice: Offered | None
    minutes: int
    level: Level
    posture: str | None
    reason: Reason
    others: tuple[Offer, ...]
    cards: tuple[Card, ...]
    before: Level | None = None
    asks_longer_quiet: bool = False
    can_be_other: bool = False
    can_be_shorter: bool = False


def suggest(state: State, shelf: Iterable[Offered], now: datetime) -> Suggestion:
    """Return what to offer; the same arguments give the same suggestion.

    Args:
        state: What happened; entries may stand in any order, and some in the future.
        shelf: What there is to offer, in any order.
        now: The moment, in the person's own time zone.
    """
    scene = scene_of(state, now)
    practices = ranked(shelf, scene)
    left = _left(practices, scene)
    is_rest = scene.guard.stops or scene.asked.is_not_today
    best = left[0] if left and not is_rest else None
    others = _others(best, left, practices, scene)
    if best is None:
        reason = rest_reason(scene, is_anything=bool(others))
    else:
        reason = reason_for(best.practice, scene)
    return Suggestion(
        practice=best.practice if best else None,
        minutes=best.minutes if best else 0,
        level=scene.dose.level,
        posture=best.posture if best else None,
        reason=reason,
        others=others,
        cards=scene.guard.cards,
        before=scene.dose.before,
        asks_longer_quiet=asks_longer_quiet(scene.known, scene.guard, now),
        can_be_other=len(left) > 1,
        can_be_shorter=best is not None and _is_shorter_left(best, left, scene),
    )


def posture_for(practice: Offered, tastes: Tastes, guard: Guard) -> tuple[bool, str | None]:
    """Return whether there is a posture for a practice now, and which; None for its usual."""
    left_out = {"lying"} if guard.is_eyes_open else set()
    left_out |= {"lying", "standing"} & set(tastes.avoid)
    free = [each for each in practice.postures if each not in left_out]
    if tastes.posture in free:
        return True, tastes.posture
    if practice.moving and (not free or guard.favours[:1] == ("movement",)):
        return True, "walking" if "walking" in free else "moving"
    if not free:
        return not practice.postures, None
    return True, None if free[0] == practice.postures[0] else free[0]


def _offers(
    practices: Iterable[Offered], scene: Scene, shorter_than: int | None
) -> Iterator[Offer]:
    """Yield how each can be sat now; those that cannot be so short are passed over."""
    for practice in practices:
        minutes = scene.dose.minutes(practice, scene.guard, shorter_than)
        is_possible, posture = posture_for(practice, scene.known.tastes, scene.guard)
        if minutes is not None and is_possible:
            yield Offer(practice, minutes, scene.dose.level, posture)


def _left(practices: Sequence[Offered], scene: Scene) -> list[Offer]:
    """Return what was not declined today; of other kinds than what was come first."""
    declined = scene.asked.declined
    kinds = {kind_of(practice) for practice in practices if practice.id in declined}
    left = [
        offer
        for offer in _offers(practices, scene, scene.asked.shorter_than)
        if offer.practice.id not in declined
    ]
    return sorted(left, key=lambda offer: kind_of(offer.practice) in kinds)


def _is_shorter_left(best: Offer, left: Sequence[Offer], scene: Scene) -> bool:
    return any(_offers((offer.practice for offer in left), scene, best.minutes))


def _others(
    best: Offer | None, left: Sequence[Offer], practices: Sequence[Offered], scene: Scene
) -> tuple[Offer, ...]:
    """Return two others: of other kinds first; what is longer or was declined today comes last."""
    found = {offer.practice.id: offer for offer in left}
    for offer in _offers(practices, scene, None):
        found.setdefault(offer.practice.id, offer)
    kinds = set()
    if best is not None:
        del found[best.practice.id]
        kinds.add(kind_of(best.practice))
    chosen: list[Offer] = []
    for offer in found.values():
        is_other = kind_of(offer.practice) not in kinds
        if is_other and not is_for_another_time(offer.practice, scene):
            kinds.add(kind_of(offer.practice))
            chosen.append(offer)
    chosen += [offer for offer in found.values() if offer not in chosen]
    return tuple(chosen[:_OTHERS])
