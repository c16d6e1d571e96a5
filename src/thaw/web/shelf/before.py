"""What is read once before a practice begins: who should talk to a professional first.

Reading a practice is never gated; only to begin one that turns inward is, until the card was
read. What was chosen goes through the card unchanged.
"""

from dataclasses import dataclass

from django.http import QueryDict

from thaw.library.help import HelpText
from thaw.practice.parts import Line, Practice
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.today.actions import decide
from thaw.web.today.queries import has_decided

SOMEONE_FIRST = "someone-first"
FIELD = "read"

_NOT_CARRIED = frozenset({"csrfmiddlewaretoken", FIELD})


@dataclass(frozen=True, slots=True)
class Card:
    """A text that is read before one goes on.

    Attributes:
        name: What a form says once it was read, in the field ``read``.
        go_on: What the button says.
    """

    name: str
    text: HelpText
    go_on: str


def card_before(house: House, seat: Seat, practice: Practice, given: QueryDict) -> Card | None:
    """Return the card that is still to be read, or None; what ``given`` says was read is kept.

    Raises:
        FullError, LockedError: As ``thaw.web.sealed``.
    """
    kind = f"{FIELD}:{SOMEONE_FIRST}"
    if not turns_inward(practice) or has_decided(seat, kind):
        return None
    if SOMEONE_FIRST in given.getlist(FIELD):
        decide(seat, kind)
        return None
    return Card(SOMEONE_FIRST, house.help.someone_first, "I have read this")


def turns_inward(practice: Practice) -> bool:
    """Return whether any of it turns attention inside."""
    return any(
        section.when.inward
        or any(
            variant.when.inward
            for item in section.items
            if isinstance(item, Line)
            for variant in item.variants
        )
        for section in practice.sections
        if section.response is None
    )


def carried(given: QueryDict) -> list[tuple[str, str]]:
    """Return all that was chosen, as the fields of a form."""
    return [
        (name, value)
        for name, values in given.lists()
        if name not in _NOT_CARRIED
        for value in values
    ]


def unread(card: Card) -> InputError:
    """Return the error for an island: this is to be read, then sent with ``read``."""
    return InputError(
        "begin.unread",
        f"Before this practice there is something to read: {card.text.title}.",
        {"field": FIELD},
    )


def card_json(card: Card) -> dict[str, object]:
    """Return a card as an island shows it."""
    return {
        "name": card.name,
        "title": card.text.title,
        "before": card.text.before,
        "points": card.text.points,
        "after": card.text.after,
        "go_on": card.go_on,
    }
