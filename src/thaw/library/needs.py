"""What the library groups practices by: ``content/practices/needs.yaml``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from thaw.library.content import read_table, unreadable
from thaw.practice.parts import Practice
from thaw.units import SettingError

ELSE = "else"
"""The group of practices whose first theme is no need."""

ELSE_WORDS = "For other times"


@dataclass(frozen=True, slots=True)
class Group:
    """A need, what a page calls it, and the practices that stand under it."""

    need: str
    words: str
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """Every need there is.

    Attributes:
        words: What a page calls each, in the order of the file.
        order: The practices that come first under each.
        trouble: What is wrong with the file; empty where nothing is. Without it all practices
            stand under one heading.
    """

    words: Mapping[str, str]
    order: Mapping[str, tuple[str, ...]]
    trouble: str = ""

    def meets(self, practice: Practice, need: str) -> bool:
        """Return whether a practice is for this need, be it first of all or as well."""
        return need in practice.themes

    def groups(self, practices: Iterable[Practice]) -> tuple[Group, ...]:
        """Return the needs that any of ``practices`` is for first of all, with them."""
        under: dict[str, list[Practice]] = {need: [] for need in (*self.words, ELSE)}
        for practice in practices:
            first = next(iter(practice.themes), ELSE)
            under[first if first in self.words else ELSE].append(practice)
        return tuple(self._groups(under))

    def _groups(self, under: Mapping[str, list[Practice]]) -> Iterator[Group]:
        for need, found in under.items():
            order = self.order.get(need, ())
            last = len(order)
            found.sort(key=lambda p: (order.index(p.id) if p.id in order else last, p.title))
            if found:
                yield Group(need, self.words.get(need, ELSE_WORDS), tuple(found))


def load_needs(content: Path) -> Needs:
    """Return the needs; a file that is not in order takes the headings away, nothing else."""
    path = content / "practices" / "needs.yaml"
    words, order = dict[str, str](), dict[str, tuple[str, ...]]()
    try:
        for need, given in read_table(path).items():
            match given:
                case {"words": str(said), "order": [*first]}:
                    words[need], order[need] = said, tuple(map(str, first))
                case _:
                    raise unreadable(path, f"{need} needs words and an order")
    except SettingError as error:
        return Needs({}, {}, str(error))
    return Needs(words, order)
