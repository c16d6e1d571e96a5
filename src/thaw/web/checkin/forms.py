"""What a page or an island sends of a check-in, as it was sent and as it can be kept."""

import json
import re
from dataclasses import dataclass, field
from itertools import zip_longest
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from thaw.library.figure import Figure
from thaw.web.checkin.body import CANT_TELL, Body, Slid, checked, shaped
from thaw.web.checkin.phrases import STEPS, slid_of, step_of
from thaw.web.checkin.refusals import refused
from thaw.web.checkin.way import Liked, checked_way, liked_of
from thaw.web.house import House
from thaw.web.ids import new_id

ROWS = 4
"""So many rows for marks a page without scripts has to begin with, and more each time."""

_MOST_ROWS = 40
_MOST_VERSION = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,2}")
_AFTER = "after/"


@dataclass(frozen=True, slots=True)
class Sent:
    """A check-in as it stands in a form, whether or not it can be kept.

    Attributes:
        marks: Rows of a place (``front.chest``, or empty) and a mark (or empty).
        slid_pleasant: Where the slider stands exactly, where it is known.
        slid_energy: As ``slid_pleasant``.
    """

    felt: str = field(default="", repr=False)
    unreal: bool = field(default=False, repr=False)
    below: str = field(default="", repr=False)
    pleasant: str = field(default="", repr=False)
    energy: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    marks: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    tag: str = field(default="", repr=False)
    slid_pleasant: str = field(default="", repr=False)
    slid_energy: str = field(default="", repr=False)

    def body(self) -> Body:
        """Return what is to be kept.

        Raises:
            InputError: Something of it cannot be.
        """
        return shaped(
            {
                "felt": _felt(self.felt),
                "unreal": self.unreal,
                "below": self.below or None,
                "pleasant": _step(self.pleasant, "pleasant"),
                "energy": _step(self.energy, "energy"),
                "words": list(self.words),
                "marks": [_mark(place, mark) for place, mark in self.marks if place or mark],
                "tag": self.tag or None,
            }
        )

    @property
    def has_more(self) -> bool:
        """Whether there is more than an answer to the first question."""
        said = (self.pleasant, self.energy, self.words, self.tag)
        return any(said) or any(map(any, self.marks))

    def with_rows(self, more: int) -> tuple[tuple[str, str], ...]:
        """Return the rows of marks with empty ones after those that are filled."""
        filled = [row for row in self.marks if any(row)]
        return (*filled, *[("", "")] * min(more, max(0, _MOST_ROWS - len(filled))))


def sent_of(body: Body) -> Sent:
    """Return a check-in as a form shows it."""
    return Sent(
        felt="" if body.felt is None else str(body.felt),
        unreal=body.unreal,
        below=body.below or "",
        pleasant=_step_in(body.pleasant),
        energy=_step_in(body.energy),
        words=body.words,
        marks=tuple((f"{each.side}.{each.region}", each.mark) for each in body.marks),
        tag=body.tag or "",
        slid_pleasant=_exactly(body.pleasant),
        slid_energy=_exactly(body.energy),
    )


def sent_of_form(given: QueryDict) -> Sent:
    """Return what a form sent."""
    rows = zip_longest(given.getlist("place"), given.getlist("mark"), fillvalue="")
    return Sent(
        felt=given.get("felt", ""),
        unreal="unreal" in given,
        below=given.get("below", ""),
        pleasant=given.get("pleasant", ""),
        energy=given.get("energy", ""),
        words=tuple(given.getlist("words")),
        marks=tuple(rows),
        tag=given.get("tag", ""),
    )


def body_in(sent: Sent, house: House) -> Body:
    """Return what a form sent as it can be kept.

    Raises:
        InputError: Something of it cannot be.
    """
    return _known(sent.body(), house)


def body_of_json(request: HttpRequest, house: House) -> tuple[int, Body]:
    """Return the version that an island's answers were made on, and the answers.

    Raises:
        InputError: ``checkin.unreadable``, or what one of them cannot be.
    """
    given = _json(request)
    version = given.get("version")
    if type(version) is not int or not 0 <= version <= _MOST_VERSION:
        raise refused("checkin.unreadable")
    return version, _known(shaped(given), house)


def liked_of_json(request: HttpRequest, figure: Figure) -> Liked:
    """Return how someone likes to be asked, as an island sent it.

    Raises:
        InputError: ``checkin.unreadable``, ``checkin.region``.
    """
    return checked_way(liked_of(_json(request)), figure.regions)


def liked_of_form(given: QueryDict, figure: Figure) -> Liked:
    """Return how someone likes to be asked, as a form sent it.

    Raises:
        InputError: ``checkin.region``.
    """
    shape = {"hidden": given.getlist("hidden"), "steps": "steps" in given}
    return checked_way(liked_of(shape), figure.regions)


def version_of(given: QueryDict) -> int:
    """Return a version; one that cannot be is one that nothing stands at."""
    text = given.get("version", "0")
    ours = text.isascii() and text.isdecimal() and len(text) < len(str(_MOST_VERSION))
    return int(text) if ours else _MOST_VERSION


def id_of(given: QueryDict) -> UUID:
    """Return the id that a form was made with, or a new one."""
    try:
        return UUID(given.get("id", ""))
    except ValueError:
        return new_id()


def next_of(text: str) -> str:
    """Return where one goes on afterwards, of a closed list: ``today`` where it is not in it."""
    if text.startswith(_AFTER):
        try:
            return f"{_AFTER}{UUID(text.removeprefix(_AFTER))}"
        except ValueError:
            return "today"
    return "today"


def kept_address(id_: UUID, onward: str) -> str:
    """Return the address of the thank-you."""
    return f"{reverse('checkin-kept', args=[id_])}?next={onward}"


def _known(body: Body, house: House) -> Body:
    return checked(body, house.feelings.words, house.figure.places)


def _json(request: HttpRequest) -> dict[str, object]:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        raise refused("checkin.unreadable") from None
    if not isinstance(given, dict):
        raise refused("checkin.unreadable")
    return given


def _felt(text: str) -> object:
    return int(text) if _NUMBER.fullmatch(text) else text or None


def _step(text: str, name: str) -> Slid:
    if not text:
        return None
    if text == CANT_TELL:
        return CANT_TELL
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= STEPS:
        raise refused("checkin.slid", name)
    return slid_of(int(text))


def _step_in(slid: Slid) -> str:
    return str(step_of(slid)) if isinstance(slid, float) else slid or ""


def _exactly(slid: Slid) -> str:
    return str(slid) if isinstance(slid, float) else ""


def _mark(place: str, mark: str) -> dict[str, str]:
    side, _, region = place.partition(".")
    if not region or not mark:
        raise refused("checkin.mark", "marks")
    return {"region": region, "side": side, "mark": mark}
