"""Read attributes: the ``{inward each=places}`` at the end of a heading, line or entry.

All of them may stand on a section; all but ``each``, ``from``, ``closing`` and ``response``
may also stand on a paragraph, a bullet or a list entry.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from thaw.practice.answers import ANSWERED
from thaw.practice.parts import POSTURES, Conditions, Level, Place
from thaw.practice.problems import Problems, suggest

FLAGS = ("inward", "extra", "optional", "closing")
VALUED = ("level", "posture", "eyes", "avoid", "from", "each", "response")
ONLY_ON_SECTIONS = ("closing", "from", "each", "response")

_AT_END = re.compile(r"\s*\{([^{}]*)\}\s*$")
_LEVELS: Mapping[str, Level] = {"1": 1, "2": 2, "3": 3}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in the braces, read.

    Attributes:
        when: Level, postures, eyes, avoid tags, inward, extra, optional.
        closing, from_minutes, each, response: As of ``Section``.
    """

    when: Conditions = field(default_factory=Conditions)
    closing: bool = False
    from_minutes: int | None = None
    each: str | None = None
    response: str | None = None


def split_attributes(text: str, *, heading: bool = False) -> tuple[str, str]:
    """Return ``text`` without its attributes, and what stands in their braces.

    At the end of a line ``{places}`` is a slot and ``{inward}`` an attribute: a single word is
    an attribute only if it is one of the flags. At the end of a heading braces are always
    attributes.
    """
    found = _AT_END.search(text)
    if not found:
        return text, ""
    inside = found[1].strip()
    if heading or inside in FLAGS or "=" in inside or " " in inside:
        return text[: found.start()], inside
    return text, ""


@dataclass(slots=True)
class AttributeReader:
    """Reads what stands in braces, against the avoid terms there are."""

    avoid_terms: Iterable[str]
    problems: Problems

    def read(self, inside: str, place: Place, *, section: bool = False) -> Attributes:
        """Return the attributes written as ``inside``; note every one that is wrong."""
        given = self._split(inside, place, section=section)
        return Attributes(
            when=Conditions(
                level=self._level(given, place),
                postures=self._several(given, "posture", POSTURES, place),
                eyes=self._eyes(given, place),
                avoid=self._several(given, "avoid", tuple(self.avoid_terms), place),
                inward="inward" in given,
                extra="extra" in given,
                optional="optional" in given,
            ),
            closing="closing" in given,
            from_minutes=self._minutes(given, place),
            each=given.get("each"),
            response=self._response(given, place),
        )

    def _split(self, inside: str, place: Place, *, section: bool) -> dict[str, str]:
        given: dict[str, str] = {}
        for word in inside.split():
            name, equals, value = word.partition("=")
            if name not in FLAGS + VALUED:
                known = FLAGS + VALUED if section else _not_only_on_sections()
                self._unknown(name, known, place)
            elif name in ONLY_ON_SECTIONS and not section:
                self.problems.error(
                    place,
                    "practice.attribute_place",
                    f"{name} may stand on a section only.",
                    f"Write it in the section's heading: ## Title {{{word}}}.",
                )
            elif name in given:
                self._wrong(word, place, f"Write {name} once; join values with a comma.")
            elif (name in VALUED) != bool(value) or bool(equals) != bool(value):
                self._wrong(word, place, _form_of(name))
            else:
                given[name] = value
        return given

    def _level(self, given: Mapping[str, str], place: Place) -> Level:
        value = given.get("level", "1")
        if value not in _LEVELS:
            self._wrong(f"level={value}", place, "Levels are 1, 2 and 3.")
        return _LEVELS.get(value, 1)

    def _minutes(self, given: Mapping[str, str], place: Place) -> int | None:
        value = given.get("from")
        if value is None:
            return None
        if not re.fullmatch(r"[1-9]|[1-5][0-9]|60", value):
            self._wrong(f"from={value}", place, "Write whole minutes from 1 to 60: from=8.")
            return None
        return int(value)

    def _eyes(self, given: Mapping[str, str], place: Place) -> Literal["open", "closed"] | None:
        values = self._several(given, "eyes", ("open", "closed"), place)
        if len(set(values)) != 1:
            return None  # either is meant
        return "open" if values[0] == "open" else "closed"

    def _response(self, given: Mapping[str, str], place: Place) -> str | None:
        value = given.get("response")
        if value is not None and value not in ANSWERED:
            self._wrong(f"response={value}", place, suggest(value, ANSWERED))
        return value

    def _several(
        self, given: Mapping[str, str], name: str, known: tuple[str, ...], place: Place
    ) -> tuple[str, ...]:
        values = tuple(value for value in given.get(name, "").split(",") if value)
        for value in values:
            if value in known:
                continue
            if name == "avoid":
                self.problems.error(
                    place,
                    "practice.unknown_avoid_term",
                    f"There is no avoid term {value}.",
                    suggest(value, known),
                )
            else:
                self._wrong(f"{name}={value}", place, suggest(value, known))
        return values

    def _unknown(self, name: str, known: tuple[str, ...], place: Place) -> None:
        self.problems.error(
            place,
            "practice.unknown_attribute",
            f"There is no attribute {name}.",
            suggest(name, known),
        )

    def _wrong(self, word: str, place: Place, hint: str) -> None:
        self.problems.error(
            place, "practice.attribute_value", f"{word} is not an attribute as it stands.", hint
        )


def _not_only_on_sections() -> tuple[str, ...]:
    return tuple(name for name in FLAGS + VALUED if name not in ONLY_ON_SECTIONS)


def _form_of(name: str) -> str:
    return f"Write {name}=, then its value." if name in VALUED else f"Write {name} alone."
