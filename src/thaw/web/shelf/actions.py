"""What a practice's page can do: have it voiced, and begin a sitting."""

from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.web.booth import Voicing
from thaw.web.house import House
from thaw.web.shelf import plans
from thaw.web.sit import actions as sit
from thaw.web.sit.sittings import Sitting


def voice(house: House, practice: Practice, choices: Choices, *, again: bool) -> Voicing:
    """Voice every line this sitting may need at any length, in the background.

    Returns how far it is. ``again`` tries once more where the voice failed.
    """
    texts = plans.lines(house, practice, choices)
    now = plans.voicing_of(house, practice, choices)
    if again and not now.ready:
        house.booth.forget(choices.voice, choices.pace, texts)
    house.booth.ask(choices.voice, choices.pace, texts, again=again)
    return plans.voicing_of(house, practice, choices)


def begin(house: House, practice: Practice, plan: Plan, session: str) -> Sitting:
    """Keep a sitting of ``plan`` for a session."""
    return sit.begin(house, session, practice, plan)
