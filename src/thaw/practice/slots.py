"""Slots: the ``{places}`` of a line, and what takes their place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from thaw.practice.pace import count_words
from thaw.practice.parts import Place, Practice, Words
from thaw.practice.problems import Problems, suggest

SLOT = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z][a-z0-9_-]*")

MOST_WORDS = 40
"""A line is what a tap waits for; longer is an error."""

_OPENS_SENTENCE = re.compile(r"(?:^|[.!?]\s+)[*\"'(\u201c\u2018]*\Z")


def fill_slots(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with every slot filled; what opens a sentence gets a capital letter."""
    if "{" not in text:
        return text

    def value_of(slot: re.Match[str]) -> str:
        value = values[slot[1]]
        opens = _OPENS_SENTENCE.search(text, 0, slot.start())
        return value[:1].upper() + value[1:] if opens else value

    return SLOT.sub(value_of, text)


def slots_in(text: str) -> frozenset[str]:
    """Return the names of the slots of ``text``."""
    return frozenset(SLOT.findall(text))


def longest_words(text: str, practice: Practice, words: Words) -> int:
    """Return how many words ``text`` has with the longest words that its slots can take."""
    in_slots = (_longest(slot, practice, words) for slot in SLOT.findall(text))
    return count_words(SLOT.sub("", text)) + sum(in_slots)


def _longest(slot: str, practice: Practice, words: Words) -> int:
    if slot in practice.asks:
        return count_words(practice.asks[slot].otherwise)
    if slot == "anchor":
        phrases = [words.anchors.get(anchor, "") for anchor in practice.anchors]
    else:
        phrases = [entry.text for entry in practice.lists.get(slot, ())]
    return max(map(count_words, phrases), default=1)


@dataclass(frozen=True, slots=True)
class SlotCheck:
    """Checks the slots of lines against what the front matter names.

    Attributes:
        practice: Its lists, asks and anchors fill slots.
        words: The anchors' phrases.
        problems: Where problems are noted.
    """

    practice: Practice
    words: Words
    problems: Problems

    def check(self, text: str, each: str | None, place_of: Callable[[str], Place]) -> None:
        """Note every slot of ``text`` that nothing fills, and a line that gets too long.

        Args:
            text: A line's words.
            each: The list that its section repeats.
            place_of: Says where some words of the line stand.
        """
        for slot in SLOT.finditer(text):
            self._check_slot(slot[1], each, place_of(slot[0]))
        bare = SLOT.sub("", text)
        if "{" in bare or "}" in bare:
            self.problems.error(
                place_of("{" if "{" in bare else "}"),
                "practice.unknown_slot",
                "A curly brace stands alone.",
                "Braces hold the name of a slot, or attributes at the end: {anchor}.",
            )
        count = longest_words(text, self.practice, self.words)
        if count > MOST_WORDS:
            self.problems.error(
                place_of(text),
                "practice.line_too_long",
                f"This line has {count} words; {MOST_WORDS} is the limit.",
                "Make two lines of it: a tap is answered at the end of a line.",
            )

    def _check_slot(self, name: str, each: str | None, place: Place) -> None:
        practice = self.practice
        if name == each or name in practice.asks or (name == "anchor" and practice.anchors):
            return
        if name == "anchor":
            self.problems.error(
                place,
                "practice.unknown_slot",
                "There is no anchor for {anchor}.",
                "Name some in the front matter: anchors: [feet, sounds].",
            )
        elif name in practice.lists:
            self.problems.error(
                place,
                "practice.slot_outside_each",
                f"{{{name}}} stands outside a section that repeats its list.",
                f"Write each={name} in the section's heading.",
            )
        else:
            known = ("anchor", *practice.lists, *practice.asks)
            self.problems.error(
                place,
                "practice.unknown_slot",
                f"There is no slot {{{name}}}.",
                suggest(name, known) if NAME.fullmatch(name) else "Write one word in braces.",
            )
