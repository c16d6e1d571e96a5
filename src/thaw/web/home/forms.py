"""What a person chooses for the first sitting: how the words come, and nothing else."""

from django.http import QueryDict

from thaw.practice.plan import Choices
from thaw.web.home.queries import LEVEL, MINUTES, SEED, Offer, first_practice
from thaw.web.house import House
from thaw.web.preferences.queries import preferred_of
from thaw.web.sealed import Seat
from thaw.web.shelf.forms import ChoicesForm
from thaw.web.sound import SILENT


def choices_of(house: House, seat: Seat, voice: str) -> Choices:
    """Return what the first sitting is like, as gentle as there is, in the voice chosen.

    What was set as preferred holds here too: someone may have looked around first.

    Raises:
        InputError: ``voice.not_chosen``; ``choice.unknown``: it is not here.
    """
    given = QueryDict(mutable=True)
    given.update({"minutes": str(MINUTES), "level": str(LEVEL), "voice": voice, "seed": str(SEED)})
    preferred = preferred_of(seat)
    return ChoicesForm(house, first_practice(house), given, preferred=preferred).choices_to_sit()


def best_choices_of(house: House, seat: Seat, offer: Offer) -> Choices:
    """Return the same in the voice that is most likely to be chosen."""
    voice = offer.voices[0].name if offer.voices else SILENT
    return choices_of(house, seat, voice)
