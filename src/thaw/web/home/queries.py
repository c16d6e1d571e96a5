"""What the first screen offers."""

from dataclasses import dataclass

from thaw.practice.drawing import Drawing
from thaw.web.house import House
from thaw.web.shelf.lists import new_seed
from thaw.web.shelf.queries import Card, VoiceOption, card_of, voices_of

OFFERED = "five-things"
MINUTES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One practice, and for how long."""

    practice: Card
    minutes: int
    seed: int
    voice: VoiceOption | None
    drawing: Drawing


def offer_of(house: House) -> Offer:
    card = card_of(house, house.shelf.published(OFFERED), minutes=MINUTES)
    return Offer(
        practice=card,
        minutes=MINUTES,
        seed=new_seed(),
        voice=next((voice for voice in voices_of(house, "") if voice.is_default), None),
        drawing=card.drawing,
    )
