"""What the pages of today send: a decision of a closed list, or what was unwelcome."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

from thaw.guide.decided import (
    LEVEL,
    NOT_TODAY,
    OFFER_AGAIN,
    QUIET_AS_IT_IS,
    SEEN_PROFESSIONAL,
    SEEN_REPAIR,
    SHORTER,
    SOMETHING_ELSE,
    override_of,
)
from thaw.guide.state import LEVELS
from thaw.units import InputError
from thaw.web.ids import id_or_new, new_id
from thaw.web.today.body import NOTHING

_ALONE = frozenset(
    {NOT_TODAY, OFFER_AGAIN, QUIET_AS_IT_IS, SEEN_PROFESSIONAL, SEEN_REPAIR}
    | {override_of(rule) for rule in ("S3", "S4", "S5", "S6", "S7", "S14")}
)
_MOST_MINUTES = 60


@dataclass(frozen=True, slots=True)
class UnwelcomeForm:
    """What a form says came that was unwelcome.

    Attributes:
        kinds: As they were sent; "no" for "nothing unwelcome".
        lasted: How long it was there.
        id: Made with the page, so that what is sent twice is kept once.
    """

    kinds: tuple[str, ...] = field(default=(), repr=False)
    lasted: str = field(default="", repr=False)
    id: UUID = field(default_factory=new_id)


def unwelcome_of_form(given: QueryDict) -> UnwelcomeForm:
    """Return what was sent; ``came=no`` is the button "Nothing unwelcome"."""
    kinds = (NOTHING,) if given.get("came") == NOTHING else tuple(given.getlist("kinds"))
    return UnwelcomeForm(kinds, given.get("lasted", ""), id_or_new(given.get("id", "")))


def decision_of_form(given: QueryDict) -> tuple[str, str]:
    """Return the kind of a decision and what it is about.

    Raises:
        InputError: ``today.decision``: it is none of those on the page.
    """
    kind, value = given.get("kind", ""), given.get("value", "")
    if kind in _ALONE:
        return kind, ""
    is_right = (
        (kind == SOMETHING_ELSE and value != "")
        or (kind == SHORTER and value in map(str, range(1, _MOST_MINUTES + 1)))
        or (kind == LEVEL and value in map(str, LEVELS))
    )
    if not is_right:
        raise InputError("today.decision", "This is nothing that can be decided here. Go back.")
    return kind, value
