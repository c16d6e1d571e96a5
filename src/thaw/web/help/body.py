"""What is sealed of one's own help: a person, a line, a plan, a country, as one JSON text."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args

from thaw.units import InputError
from thaw.vault.seal import damaged

Part = Literal["person", "plan", "country"]

PARTS: tuple[Part, ...] = get_args(Part)
"""What can be let be read while locked, each by itself."""

MOST_NAME = 80
MOST_NUMBER = 40
MOST_LINE = 300
MOST_STEP = 600
"""Letters of one step of the plan; all of it fits into one form."""

_BROKEN = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?")
_BETWEEN = re.compile(r"[ ().\-/]+")
_DIALLED = re.compile(r"\+?[0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a safety plan: the field it is in, and how it is asked."""

    name: str
    title: str
    hint: str


# Our own words, after the idea of the safety planning of Stanley and Brown; their form is theirs.
STEPS = (
    Step(
        "signs",
        "How I notice that it begins",
        "A thought, a mood, something you start or stop doing.",
    ),
    Step("myself", "What I can do by myself", "Small things that carried you before."),
    Step("places", "People and places", "Who or where takes your mind elsewhere for a while."),
    Step("ask", "Who I can ask for help", "Names, with numbers if you like."),
    Step("professionals", "Professionals", "A doctor, a therapist, a clinic, a line."),
    Step(
        "safer",
        "Making this place safer",
        "What could be locked away, or given to someone for now, and who helps with that.",
    ),
    Step("reason", "One reason", "Someone or something you stay for. It may be small."),
)


@dataclass(frozen=True, slots=True)
class Own:
    """Everything of one's own for help.

    Attributes:
        country: As in ``content/helplines``; empty where none was set.
        name: Whom one would call.
        number: As it was typed.
        line: What one could say.
        signs: The first step of the plan; the others follow in the order of ``STEPS``.
    """

    country: str = ""
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    line: str = field(default="", repr=False)
    signs: str = field(default="", repr=False)
    myself: str = field(default="", repr=False)
    places: str = field(default="", repr=False)
    ask: str = field(default="", repr=False)
    professionals: str = field(default="", repr=False)
    safer: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)

    @property
    def dialled(self) -> str:
        """The number as a dialler takes it; empty where there is none."""
        return _BETWEEN.sub("", self.number)

    @property
    def has_person(self) -> bool:
        return bool(self.name or self.number or self.line)

    @property
    def steps(self) -> tuple[tuple[Step, str], ...]:
        """Every step of the plan, and what stands in it."""
        return tuple((step, getattr(self, step.name)) for step in STEPS)

    @property
    def plan(self) -> tuple[tuple[Step, str], ...]:
        """The steps of the plan that have something in them."""
        return tuple((step, text) for step, text in self.steps if text)

    @property
    def is_empty(self) -> bool:
        return self == Own()

    def only(self, parts: Collection[Part]) -> "Own":
        """Return it with nothing in it but these parts."""
        kept = {name for part in parts for name in _FIELDS[part]}
        return replace(Own(), **{name: getattr(self, name) for name in kept})

    def filled(self) -> frozenset[Part]:
        """Return the parts that have something in them."""
        return frozenset(part for part in PARTS if not self.only([part]).is_empty)


_NAMES = tuple(each.name for each in fields(Own))
_FIELDS: Mapping[Part, tuple[str, ...]] = {
    "person": ("name", "number", "line"),
    "plan": tuple(step.name for step in STEPS),
    "country": ("country",),
}
_MOST = {"country": 5, "name": MOST_NAME, "number": MOST_NUMBER, "line": MOST_LINE}


def own_from(given: Mapping[str, str]) -> Own:
    """Return what stands in these fields, as it is."""
    return Own(**{name: given.get(name, "") for name in _NAMES})


def sealed_of(own: Own) -> bytes:
    """Return it as it is sealed; the same gives the same bytes."""
    shape = {name: getattr(own, name) for name in sorted(_NAMES)}
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()


def own_in(sealed: bytes) -> Own:
    """Return what was sealed; what a later Thaw added to it is passed over.

    Raises:
        DamageError: This is no such body.
    """
    try:
        shape = json.loads(sealed)
        return own_from({name: text for name in _NAMES if isinstance(text := shape[name], str)})
    except (ValueError, KeyError, TypeError):
        raise damaged() from None


def checked(own: Own, countries: Collection[str] | None = None) -> Own:
    """Return it as it can be kept: spaces around it gone, line ends made one.

    Raises:
        InputError: ``help.broken``, ``help.long``, ``help.number`` or ``help.country``.
    """
    tidy = {name: _BREAKS.sub("\n", getattr(own, name)).strip() for name in _NAMES}
    for name, text in tidy.items():
        _check_text(name, text)
    own = own_from(tidy)
    if own.number and not _DIALLED.fullmatch(own.dialled):
        raise InputError(
            "help.number",
            "This number cannot be dialled from here. Write it with digits, spaces and a + only.",
            {"field": "number"},
        )
    if countries is not None and own.country and own.country not in countries:
        raise InputError(
            "help.country", "This country is not in the list. Choose another.", {"field": "country"}
        )
    return own


def mended(own: Own) -> Own:
    """Return it with a mark in place of each character that cannot be kept."""
    return own_from(
        {name: _BROKEN.sub("\N{REPLACEMENT CHARACTER}", getattr(own, name)) for name in _NAMES}
    )


def _check_text(name: str, text: str) -> None:
    if _BROKEN.search(text):
        raise InputError(
            "help.broken",
            "There is a character in this that cannot be kept. It is marked with "
            "\N{REPLACEMENT CHARACTER} below; take it out, then keep it.",
            {"field": name},
        )
    most = _MOST.get(name, MOST_STEP)
    if len(text) > most:
        raise InputError(
            "help.long", f"This is long for its field ({most} letters at most).", {"field": name}
        )
