"""Shelves to suggest from: the practices of the library, and a fuller one of later."""

from collections.abc import Mapping

from thaw.guide.state import Offered

FIVE_THINGS = Offered(
    id="five-things",
    title="Five things",
    level=1,
    least=2,
    usual=3,
    most=10,
    is_inward=False,
    moving=True,
    eyes="open",
    themes=("grounding", "senses", "unreal"),
    postures=("sitting", "standing", "walking"),
    anchors=("sight", "contact", "sounds", "object"),
)
WALKING = Offered(
    id="walking-back-in",
    title="Walking back in",
    level=1,
    least=5,
    usual=10,
    most=20,
    is_inward=False,
    moving=True,
    eyes="open",
    themes=("movement", "numbness", "body"),
    postures=("walking", "standing", "sitting"),
    anchors=("feet", "sounds", "colours", "sight"),
)
THAWING = Offered(
    id="thawing",
    title="Thawing",
    level=1,
    least=5,
    usual=15,
    most=20,
    is_inward=True,
    moving=True,
    eyes="open or closed",
    themes=("numbness", "body"),
    postures=("sitting", "standing", "walking"),
    anchors=("contact", "hands", "breath", "sounds"),
)
NOW = (FIVE_THINGS, THAWING, WALKING)

KIND_WISH = Offered(
    id="a-kind-wish",
    title="A kind wish",
    level=1,
    least=3,
    usual=5,
    most=12,
    is_inward=False,
    themes=("kindness",),
    postures=("sitting",),
    anchors=("words", "sounds"),
)
LONG_WISH = Offered(
    id="a-long-wish",
    title="A long wish",
    level=1,
    least=8,
    usual=10,
    most=15,
    is_inward=False,
    themes=("kindness",),
    postures=("sitting",),
)
NIGHT = Offered(
    id="a-night-path",
    title="A night path",
    level=1,
    least=3,
    usual=8,
    most=15,
    is_inward=False,
    moving=True,
    themes=("sleep",),
    postures=("standing", "lying"),
)
BREATH = Offered(
    id="out-breath",
    title="The out-breath",
    level=1,
    least=2,
    usual=3,
    most=5,
    is_inward=False,
    eyes="open",
    themes=("breath",),
    postures=("sitting",),
    anchors=("breath",),
)
LYING = Offered(
    id="on-the-floor",
    title="On the floor",
    level=2,
    least=5,
    usual=10,
    most=20,
    is_inward=True,
    eyes="closed",
    themes=("body",),
    postures=("lying",),
)
SOUNDS = Offered(
    id="far-sounds",
    title="Far sounds",
    level=2,
    least=5,
    usual=10,
    most=20,
    is_inward=False,
    themes=("senses",),
    postures=("sitting", "lying"),
    anchors=("sounds",),
)
LATER = (*NOW, KIND_WISH, LONG_WISH, NIGHT, BREATH, LYING, SOUNDS)

SHELVES: Mapping[str, tuple[Offered, ...]] = {"now": NOW, "later": LATER, "empty": ()}
