"""Making the first sitting ready while one reads, and beginning it."""

from dataclasses import dataclass

from thaw.practice.plan import Choices
from thaw.web.home.queries import first_practice
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.preferences.queries import preferred_of
from thaw.web.shelf import actions as shelf
from thaw.web.shelf import plans


@dataclass(frozen=True, slots=True)
class Begun:
    """A sitting's id; or, as long as the voice is not ready, a sentence about it."""

    sitting: str = ""
    sentence: str = ""


def make_ready(house: House, choices: Choices) -> None:
    """Voice the first sitting while one reads, so that it can begin at once."""
    practice = first_practice(house)
    if plans.exact_plan(house, practice, choices) is None:
        shelf.voice(house, practice, choices, again=False)


def begin(house: House, seat: Seat, choices: Choices) -> Begun:
    """Begin the first sitting; where it is not voiced yet, have it voiced and say so."""
    practice = first_practice(house)
    plan = plans.exact_plan(house, practice, choices)
    if plan is not None:
        shelf.remember_voice(seat, preferred_of(seat), choices.voice)
        return Begun(sitting=shelf.begin(house, practice, plan, seat.session).id)
    now = shelf.voice(house, practice, choices, again=True)
    waits = (
        f"The voice is being made ready: {now.done} of {now.total} lines are there. "
        "Press the button again in a moment."
    )
    return Begun(sentence=now.trouble or waits)
