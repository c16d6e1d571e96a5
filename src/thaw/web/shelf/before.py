"""What is read before a practice begins; reading the practice itself is never gated.

Before the first one that turns inward it is, once, who should talk to a professional first. Before
one that is not suggested just now it is why, each time; "go on anyway" is a full answer to that.
What was chosen goes through a card unchanged.
"""

from dataclasses import dataclass

from django.http import QueryDict

from thaw.guide.cards import Card as Reason
from thaw.library.help import HelpText
from thaw.practice.parts import Practice
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.people.seats import Seat
from thaw.web.today.actions import decide
from thaw.web.today.offering import turns_inward
from thaw.web.today.queries import caution_for, has_decided

SOMEONE_FIRST = "someone-first"
CAUTION = "caution"
FIELD = "read"

_NOT_CARRIED = frozenset({"csrfmiddlewaretoken", FIELD})


@dataclass(frozen=True, slots=True)
class Card:
    """What is read before one goes on.

    Attributes:
        name: What a form says once it was read, in the field ``read``.
        text: Title, paragraphs, and perhaps a list.
        go_on: What the button says.
        is_caution: Whether something else would be better just now.
        reasons: The rules in force, where it is a caution.
    """

    name: str
    text: HelpText
    go_on: str
    is_caution: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def signposts(self) -> frozenset[str]:
        """Where else to turn."""
        return frozenset(sign for reason in self.reasons for sign in reason.signposts)


def card_before(house: House, seat: Seat, practice: Practice, given: QueryDict) -> Card | None:
    """Return the card that is still to be read, or None; what ``given`` says was read counts.

    Raises:
        FullError, LockedError: As ``thaw.web.sealed``.
    """
    read = given.getlist(FIELD)
    if turns_inward(practice) and not _has_read(seat, read):
        return Card(SOMEONE_FIRST, house.help.someone_first, "I have read this")
    caution = caution_for(seat, practice)
    if caution is None or CAUTION in read:
        return None
    said = [words for card in caution.cards for words in (card.reason, *card.says)]
    text = HelpText(caution.cards[0].title, tuple(dict.fromkeys(said)), (), ())
    return Card(CAUTION, text, "Go on anyway", is_caution=True, reasons=caution.cards)


def _has_read(seat: Seat, read: list[str]) -> bool:
    """Return whether the first card was read; that it was is kept for good."""
    kind = f"{FIELD}:{SOMEONE_FIRST}"
    if has_decided(seat, kind):
        return True
    if SOMEONE_FIRST not in read:
        return False
    decide(seat, kind)
    return True


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
