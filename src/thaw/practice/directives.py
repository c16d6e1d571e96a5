"""Read directives: ``[rest 4..10]``, ``[bell low]``, ``[leave]``, ``[check]``, ``[bed rain]``."""

import math
import re

from thaw.practice.beds import BEDS, OFF
from thaw.practice.parts import DIRECTIVES, Bed, Bell, Check, Item, Leave, Place, Rest
from thaw.practice.problems import Problems, suggest
from thaw.units import Seconds

_WHOLE_LINE = re.compile(r"\[([^\[\]]*)\]")
_INSIDE_TEXT = re.compile(rf"\[\s*(?:{'|'.join(DIRECTIVES)})\b[^\[\]]*\]")
_REST = re.compile(r"(\d{1,3}(?:\.\d)?)(?:\.\.(\d{1,3}(?:\.\d)?))?(?:\.\.(\d{1,3}(?:\.\d)?))?")
_BED = re.compile(r"[a-z][a-z0-9-]*")


def directive_of(line: str) -> str | None:
    """Return what stands between the brackets where ``line`` is a directive, else None."""
    found = _WHOLE_LINE.fullmatch(line.strip())
    return found[1].strip() if found else None


def directive_inside(text: str) -> str | None:
    """Return the first directive that stands among the words of ``text``, or None."""
    found = _INSIDE_TEXT.search(text)
    return found[0] if found else None


def read_directive(inside: str, place: Place, problems: Problems) -> Item | None:
    """Return the item that ``[inside]`` stands for, or None with its problem noted."""
    name, _, rest = inside.partition(" ")
    value = rest.strip()
    if name not in DIRECTIVES:
        problems.error(
            place,
            "practice.unknown_directive",
            f"There is no directive [{inside}].",
            suggest(name, DIRECTIVES),
        )
        return None
    item = _item_of(name, value, place, problems)
    if item is None:
        problems.error(
            place,
            "practice.directive_form",
            f"[{inside}] is not written as it should be.",
            _HINTS[name],
        )
    return item


_HINTS = {
    "rest": "Write seconds, tenths allowed: [rest 4], [rest 4..10] or [rest 4..6..10].",
    "bell": "Write [bell], [bell low], [bell middle] or [bell high].",
    "leave": "Write [leave] alone.",
    "check": "Write [check] alone.",
    "bed": "Write the bed's name or off: [bed rain], [bed off].",
}


def _item_of(name: str, value: str, place: Place, problems: Problems) -> Item | None:
    if name == "rest":
        return _rest_of(value, place, problems)
    if name == "bed":
        return _bed_of(value, place, problems)
    if name == "bell":
        return _bell_of(value, place)
    if value:
        return None
    return Leave(place) if name == "leave" else Check(place)


def _bed_of(value: str, place: Place, problems: Problems) -> Bed | None:
    if not _BED.fullmatch(value):
        return None
    if value not in (*BEDS, OFF):
        problems.error(
            place,
            "practice.unknown_bed",
            f"There is no bed called {value}.",
            suggest(value, (*BEDS, OFF)),
        )
    return Bed(None if value == OFF else value, place)


def _bell_of(value: str, place: Place) -> Bell | None:
    match value:
        case "":
            return Bell(place=place)
        case "low" | "middle" | "high":
            return Bell(value, place)
    return None


def _rest_of(value: str, place: Place, problems: Problems) -> Rest | None:
    """Return the rest written as ``A``, ``A..B`` or ``A..U..B`` in seconds."""
    found = _REST.fullmatch(value)
    if not found:
        return None
    given = [float(number) for number in found.groups() if number]
    if given != sorted(given):
        problems.error(
            place,
            "practice.rest_order",
            f"[rest {value}] ends before it begins.",
            "Write the shorter length first: [rest 4..10].",
        )
        given.sort()
    least, most = given[0], given[-1]
    usual = given[1] if len(given) == 3 else math.sqrt(least * most)
    return Rest(Seconds(least), Seconds(usual), Seconds(most), place)
