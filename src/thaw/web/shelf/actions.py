"""What a practice's page can do: have it voiced, and begin a sitting."""

from contextlib import suppress

from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.units import ConflictError, FullError
from thaw.web.booth import Voicing
from thaw.web.house import House
from thaw.web.own import Own
from thaw.web.people.seats import Seat
from thaw.web.preferences.actions import prefer_voice
from thaw.web.preferences.body import Preferred
from thaw.web.shelf import plans
from thaw.web.sit import actions as sit
from thaw.web.sit.sittings import Sitting

_ROUNDS = 20
"""A line that was voiced may lead to others; so often at most."""


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


def make_own(house: House, practice: Practice, choices: Choices) -> Own | None:
    """Voice the lines that hold words the person gave, for them alone; None where there are none.

    There are few of them, and only those that this length needs are voiced: it is waited for.

    Raises:
        OutsideError: The voice does not work.
        InputError: As ``compose``.
    """
    if not choices.asked or not choices.is_voiced:
        return None
    own = Own(choices)
    for _ in range(_ROUNDS):
        texts = plans.own_lines_missing(house, practice, choices, own)
        if not texts:
            break
        house.sound.voice_lines(
            texts,
            voice=choices.voice,
            pace=choices.pace,
            progress=_untold,
            stop=lambda: False,
            own=own,
        )
    return own


def begin(
    house: House, practice: Practice, plan: Plan, session: str, own: Own | None = None
) -> Sitting:
    """Keep a sitting of ``plan`` for a session."""
    return sit.begin(house, session, practice, plan, own)


def remember_voice(seat: Seat, preferred: Preferred, voice: str) -> None:
    """Let a voice that was chosen by name be there the next time, where none was preferred yet.

    Where it cannot be kept just now, that keeps nobody from sitting: it is asked again.
    """
    if not preferred.voice:
        with suppress(FullError, ConflictError):
            prefer_voice(seat, voice)


def _untold(done: int, total: int) -> None:
    """Tell nobody: there is no page yet that could show it."""
    del done, total
