"""What the page of a check-in shows: its questions, with what is answered in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from thaw.library.feelings import Feelings
from thaw.library.figure import Figure, Region
from thaw.web.checkin import phrases
from thaw.web.checkin.body import MOST_FELT, MOST_WORDS
from thaw.web.checkin.forms import Sent
from thaw.web.checkin.way import Liked


@dataclass(frozen=True, slots=True)
class Line:
    """A question with a line of nine steps, which is a slider too.

    Attributes:
        steps: What each step is called, by its number.
        chosen: What is answered: a step, "cant-tell" or nothing.
        exactly: Where the slider stands, where it is known.
    """

    name: str
    asked: str
    least: str
    most: str
    steps: Mapping[str, str]
    chosen: str
    exactly: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region on one side of the body; its id is what a form sends."""

    id: str
    region: str
    name: str
    path: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The front or the back of the body."""

    id: str
    name: str
    outline: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that can be asked and answered."""

    sent: Sent
    liked: Liked
    feelings: Feelings
    figure: Figure

    felt = tuple(map(str, range(MOST_FELT + 1)))
    most_words = MOST_WORDS
    belows = phrases.BELOWS
    marks = phrases.MARKS
    tags = phrases.TAGS

    @property
    def lines(self) -> tuple[Line, ...]:
        """The two questions with a line, always in this order."""
        sent = self.sent
        pleasant = _steps(phrases.PLEASANT)
        energy = _steps(phrases.ENERGY)
        line = partial(Line, "pleasant", "Pleasant or unpleasant", "unpleasant", "pleasant")
        other = partial(Line, "energy", "Energy", "none", "a lot")
        return (
            line(pleasant, sent.pleasant, sent.slid_pleasant),
            other(energy, sent.energy, sent.slid_energy),
        )

    @property
    def sides(self) -> tuple[Side, ...]:
        """The body in front and behind."""
        figure = self.figure
        return tuple(
            Side(
                side,
                side.capitalize(),
                outline,
                tuple(self._place(each, side, path) for each, path in figure.regions_on(side)),
            )
            for side, outline in figure.outlines.items()
        )

    def _place(self, region: Region, side: str, path: str) -> Place:
        is_hidden = region.id in self.liked.hidden
        return Place(f"{side}.{region.id}", region.id, region.name_on(side), path, is_hidden)


def _steps(names: tuple[str, ...]) -> dict[str, str]:
    return {str(number): name for number, name in enumerate(names, 1)}
