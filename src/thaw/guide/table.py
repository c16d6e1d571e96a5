"""Every threshold that the guide acts by, in one table with a version.

Each row says which rule it belongs to and where it comes from. Nothing else in Thaw has a number
of these rules, and nothing that tries to keep people coming back may change one: a change is a
new version, with a test that knows it.

S9 belongs to questionnaires, which decide what is said and never which practice is offered; its
rows stand here once there are questionnaires. S10 has no row at all: free text is never scanned.
"""

from dataclasses import dataclass
from typing import Final, Literal

VERSION: Final = 2

Unit = Literal["s", "min", "h", "days", "sittings", "check-ins", "times", "levels", "o'clock"]

CONVENTION: Final = "a convention of Thaw's own, not evidence"
CEBOLLA: Final = (
    "Cebolla 2017, doi:10.1371/journal.pone.0183137: unwanted effects were reported more often "
    "above 20 minutes, and alone"
)
BRITTON: Final = (
    "Britton 2021, doi:10.1177/2167702621996340: lasting bad effects went with dissociation and "
    "hyperarousal; the number is a convention"
)
GOLDBERG: Final = (
    "Goldberg 2021, doi:10.1080/10503307.2021.1933646: unwanted effects are common, so one asks; "
    "the number is a convention"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule acts by.

    Attributes:
        rule: The rule's id, such as ``S5``; ``dose``, ``clock`` and ``days`` are no rules of
            safety.
        name: Its name within the rule.
        value: The number.
        unit: What it counts.
        means: What it decides, in words.
        source: Where it comes from.
    """

    rule: str
    name: str
    value: int
    unit: Unit
    means: str
    source: str = CONVENTION


TABLE: Final[tuple[Threshold, ...]] = (
    Threshold("S1", "silent_within", 1, "s", "the sound is gone within this after Stop"),
    Threshold(
        "S2", "days", 1, "days", "no inward practice for so long after too much or unreal", BRITTON
    ),
    Threshold("S3", "levels_lower", 1, "levels", "the next suggestion is so much lower"),
    Threshold("S4", "days", 1, "days", "only outward, eyes open, moving for so long", BRITTON),
    Threshold("S4", "window", 5, "check-ins", "looked at together", BRITTON),
    Threshold("S4", "unreal", 2, "check-ins", "unreal in the window: inward features go", BRITTON),
    Threshold("S4", "clear", 5, "check-ins", "without unreal in a row: they come back", BRITTON),
    Threshold("S4", "kindness_most", 5, "min", "the longest loving-kindness meanwhile", BRITTON),
    Threshold("S5", "times", 2, "times", "sittings with S2 or S3: inward practice pauses", BRITTON),
    Threshold("S5", "window", 7, "days", "in which they are counted", BRITTON),
    Threshold("S5", "pause", 7, "days", "how long inward practice pauses", BRITTON),
    Threshold("S6", "times", 3, "times", "sittings with S2 or S3: the stop card", BRITTON),
    Threshold("S6", "worse_next_day", 2, "times", "worse the next day: the stop card", BRITTON),
    Threshold("S6", "window", 14, "days", "in which both are counted", BRITTON),
    Threshold("S7", "first", 1, "sittings", "asked after so many", GOLDBERG),
    Threshold("S7", "second", 3, "sittings", "asked after so many", GOLDBERG),
    Threshold("S7", "third", 5, "sittings", "asked after so many", GOLDBERG),
    Threshold("S7", "then_every", 30, "days", "asked again after this long"),
    Threshold("S7", "rest", 24, "h", "a day of rest after something unwelcome"),
    Threshold("S8", "lines", 1, "times", "one line before each sitting, and no question"),
    Threshold("S11", "days", 1, "days", "no inward practice for so long after anger"),
    Threshold("S11", "repair", 14, "days", "the repair card waits so long"),
    Threshold("S12", "times", 1, "times", "shown once, before the first inward practice"),
    Threshold("S13", "gap", 14, "days", "after a longer gap it begins gently"),
    Threshold("S13", "sittings", 6, "sittings", "in its window without S2, S3 or S7: asked"),
    Threshold("S13", "window", 30, "days", "in which they are counted"),
    Threshold("S13", "asked_again", 30, "days", "after a no it rests so long"),
    Threshold("S14", "minutes", 20, "min", "more than this was a lot for one day", CEBOLLA),
    Threshold("S14", "inward", 3, "sittings", "more inward ones than this were a lot"),
    Threshold("dose", "gentle_least", 3, "min", "the shortest first suggestion"),
    Threshold("dose", "gentle_most", 5, "min", "the longest first suggestion, and gentle ones"),
    Threshold("dose", "first", 5, "sittings", "so many are first suggestions"),
    Threshold("dose", "outward_first", 2, "sittings", "so many turn outward first"),
    Threshold("dose", "recent", 3, "sittings", "lengths are learned from so many"),
    Threshold("dose", "most", 20, "min", "no suggestion is longer", CEBOLLA),
    Threshold("dose", "most_level_1", 10, "min", "offered up to here at level 1"),
    Threshold("dose", "most_level_2", 15, "min", "offered up to here at level 2"),
    Threshold("dose", "most_level_3", 20, "min", "offered up to here at level 3"),
    Threshold("taste", "window", 30, "days", "what was borne and liked lately"),
    Threshold("taste", "declined", 7, "days", "what was declined lately comes later"),
    Threshold("taste", "returned", 3, "times", "of the last five: come back to"),
    Threshold("taste", "of", 5, "sittings", "looked at for what was come back to"),
    Threshold("taste", "others", 2, "times", "so many others are a tap away"),
    Threshold("night", "from", 22, "o'clock", "from here on it is night"),
    Threshold("night", "until", 5, "o'clock", "until here it is night"),
    Threshold("clock", "ahead_hours", 26, "h", "what lies this far ahead is of now"),
    Threshold("days", "start_least", 3, "min", "a plan of days begins with no less"),
    Threshold("days", "start_most", 5, "min", "a plan of days begins with no more"),
    Threshold("days", "settled", 5, "days", "with something on so many days, more is offered"),
    Threshold("days", "most", 10, "min", "no plan of days asks for more"),
    Threshold("days", "least", 2, "min", "it never shrinks below this"),
    Threshold("days", "misses", 2, "times", "planned days in a row without it: a step smaller"),
    Threshold("days", "halves", 2, "times", "a step divides the minutes by this"),
    Threshold("days", "fewer", 2, "days", "a step takes so many days off the week; one stays"),
    Threshold("days", "ends_latest", 6, "o'clock", "a personal day ends no later"),
    Threshold("days", "quiet_before", 30, "min", "nothing comes so long before quiet hours"),
    Threshold("days", "free_least", 3, "h", "quiet hours leave at least this"),
    Threshold("days", "catch_up", 2, "h", "a reminder may come so late, once"),
    Threshold("days", "ahead", 800, "days", "a calendar is told so far ahead"),
)

_VALUES: Final = {(row.rule, row.name): row.value for row in TABLE}


def of(rule: str, name: str) -> int:
    """Return a threshold.

    Raises:
        KeyError: There is none of this name.
    """
    return _VALUES[rule, name]
