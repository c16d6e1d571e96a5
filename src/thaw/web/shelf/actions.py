"""What a practice's page can do: have it voiced, and begin a sitting."""

from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.web.house import House
from thaw.web.shelf import queries
from thaw.web.sit.sittings import Sitting


def start_voicing(house: House, practice: Practice, choices: Choices) -> None:
    """Voice every line this sitting may need at any length, in the background."""
    house.booth.ask(choices.voice, choices.pace, queries.lines(house, practice, choices))


def begin(house: House, plan: Plan, person: str) -> Sitting:
    """Keep a sitting of ``plan`` for ``person``."""
    return house.sittings.begin(person, plan, "all")
