"""What a person can do in a sitting, and say of it afterwards."""

from dataclasses import replace
from uuid import UUID

from thaw.practice.ending import closing_of, end_gently
from thaw.practice.plan import Plan
from thaw.units import Samples, samples_of
from thaw.web.house import House
from thaw.web.sealed import Seat
from thaw.web.sit import log
from thaw.web.sit.body import After, Body, Felt, checked
from thaw.web.sit.queries import SatEntry, entry_of
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


def note_after(
    seat: Seat,
    id_: UUID,
    *,
    felt: Felt | None = None,
    note: UUID | None = None,
    checkin: UUID | None = None,
    unwelcome: tuple[str, ...] | None = None,
) -> SatEntry:
    """Note in the log how it was afterwards; what is None stays as it stands.

    Args:
        seat: Whose log.
        id_: The sitting's ``sat_id``.
        felt: How it was.
        note: A note that was written then.
        checkin: A check-in then.
        unwelcome: What unwelcome came, by its kinds; empty for "no".

    Raises:
        InputError: ``sat.wrong``: more, or longer, than the log holds.
        AccessError: There is no such sitting, or it is not this person's.
        FullError, LockedError, DamageError: As ``thaw.web.sealed``.
    """

    def change(body: Body) -> Body:
        was = body.after
        after = After(felt or was.felt, note or was.note, checkin or was.checkin)
        said = body.unwelcome if unwelcome is None else unwelcome
        return checked(replace(body, after=after, unwelcome=said))

    return entry_of(log.alter(seat, id_, change))
