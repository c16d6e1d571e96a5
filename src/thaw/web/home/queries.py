"""What the first screen and the choice after it show."""

from dataclasses import dataclass

from thaw.practice.drawing import Drawing
from thaw.practice.parts import Practice
from thaw.web import sealed
from thaw.web.checkin.models import CheckIn
from thaw.web.house import House
from thaw.web.preferences.queries import preferred_of
from thaw.web.sealed import Seat
from thaw.web.shelf.queries import Card, VoiceOption, card_of, voices_of
from thaw.web.sit.models import Sat

OFFERED = "five-things"
MINUTES = 3
LEVEL = 1

SEED = 0
"""The same wordings for everyone: voiced once, they are there at once for whoever comes next."""

_SHOWN = 3
"""So many voices stand open; the others are a tap away."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One practice, for how long, and the ways in which its words can come.

    Attributes:
        voices: Those shown at once: the preferred one first, then the best.
        more: The rest.
    """

    practice: Card
    minutes: int
    level: int
    seed: int
    voices: tuple[VoiceOption, ...]
    more: tuple[VoiceOption, ...]
    drawing: Drawing


def offer_of(house: House, seat: Seat) -> Offer:
    card = card_of(house, first_practice(house), minutes=MINUTES)
    voices = voices_of(house, preferred_of(seat).voice or "")
    best_first = sorted(voices, key=lambda voice: (not voice.chosen, not voice.is_default))
    return Offer(
        practice=card,
        minutes=MINUTES,
        level=LEVEL,
        seed=SEED,
        voices=tuple(best_first[:_SHOWN]),
        more=tuple(best_first[_SHOWN:]),
        drawing=card.drawing,
    )


def first_practice(house: House) -> Practice:
    return house.shelf.published(OFFERED)


def is_new(seat: Seat) -> bool:
    """Return whether nothing was sat and nothing checked in yet."""
    return not any(next(sealed.rows_of(model, seat), None) for model in (Sat, CheckIn))
