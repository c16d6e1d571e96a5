"""What the answers of a check-in are called. None is better than another, and none is a score."""

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter

from thaw.library.feelings import Feelings
from thaw.library.figure import Figure
from thaw.web.checkin.body import CANT_TELL, Below, Body, Mark, MarkKind, Slid, Tag

BELOWS: Mapping[Below, str] = {
    "flat": "flat",
    "walled-off": "walled off",
    "far-away": "far away",
    "unreal": "unreal",
    "tired": "only tired",
    "cant-tell": "can't tell",
}
TAGS: Mapping[Tag, str] = {
    "slept-badly": "slept badly",
    "drank-or-used": "drank or used",
    "argued": "argued",
    "moved": "moved",
    "with-people": "with people",
}
MARKS: Mapping[MarkKind, str] = {
    "warm": "warm",
    "cool": "cool",
    "tight": "tight",
    "heavy": "heavy",
    "tingling": "tingling",
    "pain": "pain",
    "empty": "empty",
    "wooden": "wooden or dead",
    "see-through": "see-through",
    "not-mine": "not mine",
    "nothing-here": "nothing here",
}
PLEASANT = (
    "very unpleasant",
    "unpleasant",
    "rather unpleasant",
    "a little unpleasant",
    "in between",
    "a little pleasant",
    "rather pleasant",
    "pleasant",
    "very pleasant",
)
ENERGY = (
    "no energy",
    "very little energy",
    "little energy",
    "rather little energy",
    "in between",
    "some energy",
    "a fair bit of energy",
    "a lot of energy",
    "very much energy",
)
STEPS = len(PLEASANT)
EVERYWHERE = "everywhere"


def step_of(slid: float) -> int:
    """Return the nearest of the nine steps, from 1, of a place between 0 and 1."""
    return round(slid * (STEPS - 1)) + 1


def slid_of(step: int) -> float:
    """Return where a step is, between 0 and 1."""
    return (step - 1) / (STEPS - 1)


def told(body: Body, feelings: Feelings, figure: Figure) -> list[tuple[str, str]]:
    """Return what a check-in says: each question that was answered, and the answer."""
    said = [("How much you felt", _felt(body))]
    if body.unreal:
        said.append(("Also", "unreal or far away"))
    if body.below:
        said.append(("Flat, or walled off", BELOWS[body.below]))
    said.append(("Pleasant or not", _slid(body.pleasant, PLEASANT)))
    said.append(("Energy", _slid(body.energy, ENERGY)))
    words = feelings.words
    said.append(("Words", ", ".join(words.get(each, _plain(each)) for each in body.words)))
    said += [(f"Body: {mark}", places) for mark, places in marked(body.marks, figure)]
    if body.tag:
        said.append(("The day", TAGS[body.tag]))
    return [(asked, answer) for asked, answer in said if answer]


def marked(marks: tuple[Mark, ...], figure: Figure) -> list[tuple[str, str]]:
    """Return each kind of mark with the places that have it."""
    by_kind = sorted(marks, key=attrgetter("mark"))
    found = {kind: set(each) for kind, each in groupby(by_kind, key=attrgetter("mark"))}
    return [(MARKS[kind], _places(found[kind], figure)) for kind in MARKS if kind in found]


def _places(marks: set[Mark], figure: Figure) -> str:
    places = {(each.region, each.side) for each in marks}
    every = [(region, side) for region, sides in figure.places.items() for side in sides]
    if places >= set(every):
        return EVERYWHERE
    known = [place for place in every if place in places]
    return ", ".join(
        figure.regions[region].name_on(side)
        if region in figure.regions
        else f"{_plain(region)}, {side}"
        for region, side in [*known, *sorted(places - set(every))]
    )


def _felt(body: Body) -> str:
    if body.felt is None:
        return ""
    if body.felt == CANT_TELL:
        return "can't tell"
    ends = {0: " (nothing)", 10: " (a lot)"}
    return f"{body.felt} of 10{ends.get(body.felt, '')}"


def _slid(slid: Slid, steps: tuple[str, ...]) -> str:
    if slid is None:
        return ""
    return "can't tell" if slid == CANT_TELL else steps[step_of(slid) - 1]


def _plain(id_: str) -> str:
    """Return an id that is no longer in a list as words."""
    return id_.replace("-", " ")
