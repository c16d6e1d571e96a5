"""What the pages of today show, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from thaw.guide import Suggestion, suggest
from thaw.guide.cards import Card
from thaw.guide.reasons import Reason
from thaw.guide.state import LEVELS, Level, State
from thaw.guide.suggest import Offer
from thaw.practice.drawing import Drawing
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.units import InputError
from thaw.web.checkin.queries import latest_today
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.preferences.body import Preferred
from thaw.web.preferences.queries import preferred_of
from thaw.web.shelf import lists
from thaw.web.shelf.plans import planned
from thaw.web.shelf.queries import card_of
from thaw.web.shelf.tastes import tastes_for
from thaw.web.sound import SILENT
from thaw.web.today.body import KINDS, LASTED, NOTHING
from thaw.web.today.offering import offered_of
from thaw.web.today.queries import Came, state_at, unwelcome_since

BEFORE = "Not while driving, in water, or minding a small child."
"""The one line of S8; nobody is asked whether they drank."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A practice that is offered, as the page shows it.

    Attributes:
        posture: How it is meant to be sat; empty for as the practice has it.
    """

    id: str
    title: str
    summary: str
    minutes: int
    level: Level
    posture: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Today:
    """The page of today.

    Attributes:
        offer: What is suggested; None for rest.
        reason: Why; None where a card says it.
        voice: The voice it begins with at once; empty where none was chosen yet.
        before: The level from before a gap, and what it is called.
        quieter: The level that "Longer quiet between the words?" leads to, or None.
        is_answered: Whether there is an answer of today to take back.
        checkin: The last check-in of this day, or None.
    """

    offer: Shown | None
    reason: Reason | None
    others: tuple[Shown, ...]
    cards: tuple[Card, ...]
    voice: str
    choices: Choices | None
    before: tuple[Level, str] | None
    quieter: Level | None
    can_be_other: bool
    can_be_shorter: bool
    is_answered: bool
    checkin: UUID | None


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of what was unwelcome, in words."""

    id: UUID
    day: date
    kinds_words: str = field(repr=False)
    lasted_words: str = field(repr=False)


def today_of(house: House, seat: Seat, now: datetime) -> Today:
    """Return the page of today.

    Args:
        house: Its shelf is suggested from.
        seat: Whose page it is.
        now: The moment, in the person's own time zone.
    """
    preferred, state = preferred_of(seat), state_at(seat, now)
    seed = lists.same_seed(str(seat.person_id), now.date(), len(state.sittings))
    found = _suggested(house, state, preferred, now)
    best = _best_of(found)
    latest = latest_today(seat)
    practice = house.shelf.published(best.practice.id) if best else None
    voice = tastes_for(house, practice, preferred).voice if practice else ""
    return Today(
        offer=_shown(house, best) if best else None,
        reason=_reason_of(found),
        others=tuple(_shown(house, offer) for offer in found.others),
        cards=found.cards,
        voice=voice,
        choices=_choices(house, practice, best, preferred, seed) if practice and best else None,
        before=(found.before, lists.LEVELS[found.before]) if found.before else None,
        quieter=_next_level(found.level) if found.asks_longer_quiet else None,
        can_be_other=found.can_be_other,
        can_be_shorter=found.can_be_shorter,
        is_answered=found.reason.code in {"not-today", "rest", "something-else", "shorter"},
        checkin=latest.id if latest else None,
    )


def log_of(seat: Seat) -> tuple[Logged, ...]:
    """Return what was unwelcome, newest first; answers that nothing was are left out."""
    return tuple(_logged(came) for came in unwelcome_since(seat) if came.kinds != (NOTHING,))


def _suggested(house: House, state: State, preferred: Preferred, now: datetime) -> Suggestion:
    """Return what the guide suggests of what plays with all that the person avoids."""
    practices = {each.id: each for each in house.shelf.practices()}
    shelf = [offered_of(each) for each in practices.values()]
    while True:
        found = suggest(state, shelf, now)
        offers = [*filter(None, [_best_of(found)]), *found.others]
        silent = {
            offer.practice.id
            for offer in offers
            if not _plays(house, practices[offer.practice.id], offer, preferred)
        }
        if not silent:
            return found
        shelf = [each for each in shelf if each.id not in silent]


def _plays(house: House, practice: Practice, offer: Offer, preferred: Preferred) -> bool:
    if not preferred.avoided:
        return True
    try:
        planned(house, practice, _choices(house, practice, offer, preferred, 0))
    except InputError:
        return False
    return True


def _choices(
    house: House, practice: Practice, offer: Offer, preferred: Preferred, seed: int
) -> Choices:
    """Return what the practice would be begun with."""
    liked = tastes_for(house, practice, preferred)
    return Choices(
        seconds=offer.minutes * 60,
        level=offer.level,
        voice=liked.voice or SILENT,
        pace=liked.pace,
        posture=offer.posture or liked.posture,
        anchor=liked.anchor,
        avoid=preferred.avoided,
        seed=seed,
        bed=liked.bed,
        bed_volume=liked.bed_volume,
        pauses=liked.pauses,
        guidance=liked.guidance,
    )


def _best_of(found: Suggestion) -> Offer | None:
    if found.practice is None:
        return None
    return Offer(found.practice, found.minutes, found.level, found.posture)


def _reason_of(found: Suggestion) -> Reason | None:
    """Return the reason, unless a card above it says the same."""
    told = {card.reason for card in found.cards}
    return None if found.reason.sentence in told else found.reason


def _shown(house: House, offer: Offer) -> Shown:
    practice = house.shelf.published(offer.practice.id)
    return Shown(
        id=practice.id,
        title=practice.title,
        summary=practice.summary,
        minutes=offer.minutes,
        level=offer.level,
        posture=offer.posture or "",
        drawing=card_of(house, practice, minutes=offer.minutes).drawing,
    )


def _next_level(level: Level) -> Level:
    return min((each for each in LEVELS if each > level), default=level)


def _logged(came: Came) -> Logged:
    words = [KINDS[kind] for kind in came.kinds]
    said = ", ".join([*words[:1], *(word[0].lower() + word[1:] for word in words[1:])])
    return Logged(came.id, came.at.astimezone().date(), said, LASTED[came.lasted])
