"""What the journal offers when there is nothing to write: beginnings and colours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thaw.library.content import read_table, unreadable

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Prompts:
    """Ways to begin a note.

    Attributes:
        beginnings: Sentences to begin with, in the file's order.
        colours: What each colour is called and how it is drawn (``#rrggbb``), in the file's order.
    """

    beginnings: tuple[str, ...]
    colours: Mapping[str, str]

    def beginnings_of(self, day: int, count: int = 3) -> tuple[str, ...]:
        """Return the beginnings of a day, by its number: others the next day, all in turn."""
        total = len(self.beginnings)
        return tuple(self.beginnings[(day * count + k) % total] for k in range(min(count, total)))


def load_prompts(folder: Path) -> Prompts:
    """Return the prompts of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where the file is missing or not as it should be.
    """
    path = folder / "words" / "prompts.yaml"
    table = read_table(path)
    beginnings, colours = table.get("beginnings"), table.get("colours")
    if not isinstance(beginnings, list) or not beginnings:
        raise unreadable(path, "it needs a list of beginnings")
    if not all(isinstance(each, str) and each for each in beginnings):
        raise unreadable(path, "a beginning is not a sentence")
    if not isinstance(colours, dict) or not colours:
        raise unreadable(path, "it needs a table of colours")
    if not all(isinstance(value, str) and _HEX.fullmatch(value) for value in colours.values()):
        raise unreadable(path, "a colour is not written as #rrggbb")
    return Prompts(tuple(beginnings), {str(name): value for name, value in colours.items()})
