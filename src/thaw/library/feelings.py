"""The words of a check-in: 24 of four quadrants, and four that are always there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thaw.library.content import read_table, unreadable

QUADRANTS = 4
IN_A_QUADRANT = 6
ALWAYS = ("nothing-clear", "numb", "mixed", "dont-know")
"""What is there whatever the file says."""

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_MOST_ID = 32


@dataclass(frozen=True, slots=True)
class Feelings:
    """Words to choose from, by their ids, in the file's order.

    Attributes:
        quadrants: The words of each quadrant of pleasant-unpleasant and energy.
        always: Those that are shown first, whatever else is.
    """

    quadrants: tuple[Mapping[str, str], ...]
    always: Mapping[str, str]

    @property
    def words(self) -> dict[str, str]:
        """Every word, those that are always there first."""
        every = dict(self.always)
        for words in self.quadrants:
            every.update(words)
        return every


def load_feelings(folder: Path) -> Feelings:
    """Return the words of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where the file is missing or not as it should be.
    """
    path = folder / "words" / "feelings.yaml"
    table = read_table(path)
    quadrants, always = table.get("quadrants"), _words(path, table.get("always"))
    if not isinstance(quadrants, dict) or len(quadrants) != QUADRANTS:
        raise unreadable(path, f"it needs a table of {QUADRANTS} quadrants")
    found = tuple(_words(path, words) for words in quadrants.values())
    if any(len(words) != IN_A_QUADRANT for words in found):
        raise unreadable(path, f"a quadrant does not have {IN_A_QUADRANT} words")
    if tuple(always) != ALWAYS:
        raise unreadable(path, f"the words that are always there are {', '.join(ALWAYS)}")
    feelings = Feelings(found, always)
    if len(feelings.words) != len(always) + QUADRANTS * IN_A_QUADRANT:
        raise unreadable(path, "a word stands there twice")
    return feelings


def _words(path: Path, words: object) -> dict[str, str]:
    if not isinstance(words, dict):
        raise unreadable(path, "it needs tables of words")
    for id_, word in words.items():
        if not isinstance(id_, str) or len(id_) > _MOST_ID or not _ID.fullmatch(id_):
            raise unreadable(path, f"{id_} is not an id in small letters")
        if not isinstance(word, str) or not word.strip():
            raise unreadable(path, f"{id_} is not a word")
    return words
