"""The drawing of a body, front and back, and the places on it that can be marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thaw.library.content import read_table, unreadable

SIDES = ("front", "back")

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_PATH = re.compile(r"M[-MCZ0-9. ]+Z")
_MOST_ID = 32


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the body.

    Attributes:
        name: What it is called, such as "the left hand".
        paths: Its outline as SVG path data, by the side or sides it is drawn on.
    """

    id: str
    name: str
    paths: Mapping[str, str]

    def name_on(self, side: str) -> str:
        """Return what it is called on a side; the side is only said where there are two."""
        return f"{self.name}, {side}" if len(self.paths) > 1 else self.name


@dataclass(frozen=True, slots=True)
class Figure:
    """A body, drawn.

    Attributes:
        width: Of the drawing of one side, in its own units.
        height: As ``width``.
        outlines: The line around it as SVG path data, by side.
        regions: From head to foot, by id.
    """

    width: int
    height: int
    outlines: Mapping[str, str]
    regions: Mapping[str, Region]

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """The sides that each region is drawn on."""
        return {each.id: tuple(each.paths) for each in self.regions.values()}

    def regions_on(self, side: str) -> list[tuple[Region, str]]:
        """Return the regions of a side, each with its path."""
        return [(each, each.paths[side]) for each in self.regions.values() if side in each.paths]


def load_figure(folder: Path) -> Figure:
    """Return the drawing in the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where the file is missing or not as it should be.
    """
    path = folder / "body" / "regions.yaml"
    table = read_table(path)
    width, height = table.get("width"), table.get("height")
    outlines, regions = table.get("outlines"), table.get("regions")
    if not isinstance(width, int) or not isinstance(height, int):
        raise unreadable(path, "it needs a width and a height")
    if not isinstance(outlines, dict) or tuple(outlines) != SIDES:
        raise unreadable(path, "it needs an outline of the front and of the back")
    if not isinstance(regions, dict) or not regions:
        raise unreadable(path, "it needs a table of regions")
    if not all(map(_is_path, outlines.values())):
        raise unreadable(path, "an outline is not a closed path")
    found = {id_: _region(path, id_, entry) for id_, entry in regions.items()}
    if len({each.name for each in found.values()}) < len(found):
        raise unreadable(path, "two regions have one name")
    return Figure(width, height, outlines, found)


def _region(path: Path, id_: object, entry: object) -> Region:
    if not isinstance(id_, str) or len(id_) > _MOST_ID or not _ID.fullmatch(id_):
        raise unreadable(path, f"{id_} is not an id in small letters")
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise unreadable(path, f"{id_} needs a name")
    paths = {side: entry[side] for side in SIDES if side in entry}
    if not paths or set(entry) != {"name", *paths}:
        raise unreadable(path, f"{id_} is drawn on the front, on the back, or on both")
    if not all(map(_is_path, paths.values())):
        raise unreadable(path, f"{id_} is not a closed path")
    return Region(id_, entry["name"], paths)


def _is_path(text: object) -> bool:
    """Whether this is nothing but a closed line: it goes into pages as it is."""
    return isinstance(text, str) and _PATH.fullmatch(text) is not None
