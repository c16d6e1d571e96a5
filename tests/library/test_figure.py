"""The drawing of a body: two sides, named places, and nothing in it but lines."""

from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.figure import SIDES, load_figure
from thaw.units import SettingError
from thaw.web.checkin.body import SIDES as KEPT_SIDES

GOOD = """
width: 20
height: 40
outlines: {front: M0 0C1 1 2 2 3 3Z, back: M0 0C1 1 2 2 3 3Z}
regions:
  face: {name: the face, front: M0 0C1 1 2 2 3 3Z}
  left-hand: {name: the left hand, front: M0 0Z, back: M1 1Z}
"""
MAY_TRIGGER = {"throat", "chest", "belly", "pelvis"}


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "body").mkdir()
    (tmp_path / "body" / "regions.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_our_own_body_has_about_twenty_regions_with_names() -> None:
    figure = load_figure(content_folder())
    assert 18 <= len(figure.regions) <= 24
    assert set(figure.regions) >= MAY_TRIGGER
    assert all(each.name.startswith("the ") for each in figure.regions.values())


def test_what_is_on_the_left_is_on_the_right_too() -> None:
    regions = load_figure(content_folder()).regions
    left = {id_.removeprefix("left-") for id_ in regions if id_.startswith("left-")}
    right = {id_.removeprefix("right-") for id_ in regions if id_.startswith("right-")}
    assert left == right
    assert len(left) == 6


def test_ones_own_left_is_drawn_on_the_left_of_both_sides() -> None:
    figure = load_figure(content_folder())
    for side in SIDES:
        x = {
            hand: float(figure.regions[hand].paths[side][1:].split()[0])
            for hand in ("left-hand", "right-hand")
        }
        assert x["left-hand"] < figure.width / 2 < x["right-hand"]


def test_the_sides_are_those_that_are_kept() -> None:
    assert SIDES == KEPT_SIDES


def test_a_region_says_its_side_where_it_has_two(tmp_path: Path) -> None:
    figure = load_figure(folder_with(tmp_path, GOOD))
    assert figure.regions["face"].name_on("front") == "the face"
    assert figure.regions["left-hand"].name_on("back") == "the left hand, back"
    assert figure.places == {"face": ("front",), "left-hand": ("front", "back")}
    assert [each.id for each, _ in figure.regions_on("back")] == ["left-hand"]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("width: 20", "width: wide", "a width and a height"),
        ("height: 40", "", "a width and a height"),
        ("outlines:", "lines:", "an outline"),
        ("back: M0 0C1 1 2 2 3 3Z", "side: M0 0Z", "an outline"),
        ("back: M0 0C1 1 2 2 3 3Z", "back: M0 0", "not a closed path"),
        ("regions:", "places:", "a table of regions"),
        ("face:", "Face:", "not an id"),
        ("face:", "7:", "not an id"),
        ("{name: the face,", "{name: 7,", "needs a name"),
        ("{name: the face, front: M0 0C1 1 2 2 3 3Z}", "face", "needs a name"),
        ("front: M0 0C1 1 2 2 3 3Z}\n  left", "side: M0 0Z}\n  left", "on the front, on the back"),
        ("{name: the face, front", "{name: the face, colour: red, front", "on the front"),
        ("front: M0 0Z", "front: 'M0 0\"/><script>Z'", "not a closed path"),
        ("the left hand", "the face", "two regions have one name"),
    ],
)
def test_a_body_that_is_not_right_is_named(
    tmp_path: Path, before: str, after: str, why: str
) -> None:
    assert before in GOOD
    with pytest.raises(SettingError, match=r"body/regions\.yaml") as refused:
        load_figure(folder_with(tmp_path, GOOD.replace(before, after, 1)))
    assert why in refused.value.message
