"""What a sound file says about itself: a title, and chapters where a title was chosen."""

from dataclasses import dataclass
from itertools import groupby

from thaw.practice.plan import Plan
from thaw.units import Samples

QUIET_TITLE = "a quiet minute"
"""What every sitting is called outside Thaw unless the person chooses otherwise."""

MOST_CHAPTERS = 99
MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the practice: where it starts and ends, and its heading."""

    start: Samples
    end: Samples
    title: str


@dataclass(frozen=True, slots=True)
class Tags:
    """A file's title and chapters."""

    title: str
    chapters: tuple[Chapter, ...] = ()


def tags_of(plan: Plan, title: str) -> Tags:
    """Return the tags of a file called ``title``.

    A file with the quiet title names no sections either. Long headings are shortened, and
    what follows the last of 99 chapters belongs to it.
    """
    if title == QUIET_TITLE:
        return Tags(title)
    return Tags(_shortened(title), _chapters(plan))


def _chapters(plan: Plan) -> tuple[Chapter, ...]:
    runs = [list(run) for _, run in groupby(plan.events, key=lambda event: event.section)]
    named = [(run[0].start, _shortened(run[0].section)) for run in runs][:MOST_CHAPTERS]
    ends = [start for start, _ in named[1:]] + [plan.total]
    return tuple(Chapter(start, end, name) for (start, name), end in zip(named, ends, strict=True))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1] + "…"
