"""What a person can do in a sitting."""

from thaw.practice.ending import closing_of, end_gently
from thaw.practice.plan import Plan
from thaw.units import Samples, samples_of
from thaw.web.house import House
from thaw.web.sit.sittings import Revision, Sitting
from thaw.web.sound import Audible


def end(house: House, sitting: str, session: str, at_s: float) -> tuple[Sitting, Samples]:
    """Let the closing follow the running line; return from where on the sound differs."""
    switch = Samples(0)

    def change(latest: Revision) -> tuple[Plan, Audible]:
        nonlocal switch
        at = Samples(min(samples_of(at_s), latest.plan.total))
        plan, switch = end_gently(latest.plan, at)
        return plan, latest.audible

    return house.sittings.revise(sitting, session, change), switch


def close(house: House, sitting: str, session: str) -> Sitting:
    """Make the close alone what is played, from its start."""
    return house.sittings.revise(
        sitting, session, lambda latest: (closing_of(latest.plan), latest.audible)
    )


def hear(house: House, sitting: str, session: str, audible: Audible) -> Sitting:
    """Choose what is heard: all, bells or nothing. The length stays."""
    return house.sittings.revise(sitting, session, lambda latest: (latest.plan, audible))
