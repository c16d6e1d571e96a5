"""The avoid list: what a person asks never to hear, and what it leaves of a text.

Words are looked for as whole words, in any case, with hyphens and marks between them read as
spaces: ``hand on`` is found in "a hand, on the arm" too. A line left out costs little.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from thaw.practice.parts import Conditions, Words
from thaw.practice.problems import suggest
from thaw.units import InputError

USUAL_SILENCE = 15
"""Longest rest, in seconds, for who avoids silence without saying how long."""

_SILENCE = re.compile(r"silence:([1-9]\d{0,2})")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AvoidList:
    """What one person avoids.

    Attributes:
        terms: The terms, without any cap.
        longest_silence: The longest rest in seconds, or None.
        words: Single words that show a term.
        phrases: Several words that show a term, each with a space before and after.
    """

    terms: frozenset[str] = frozenset()
    longest_silence: int | None = None
    words: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()

    def forbids(self, when: Conditions) -> bool:
        """Return whether the author tagged it with something avoided."""
        return not self.terms.isdisjoint(when.avoid)

    def finds(self, text: str) -> bool:
        """Return whether ``text`` holds an avoided word."""
        if not self.terms:
            return False
        said = words_in(text)
        if not self.words.isdisjoint(said):
            return True
        row = f" {' '.join(said)} "
        return any(phrase in row for phrase in self.phrases)


def words_in(text: str) -> list[str]:
    """Return the words of ``text``, lower case, without marks and emphasis."""
    return _WORD.findall(text.replace("*", "").casefold())


def avoid_list(terms: Iterable[str], words: Words) -> AvoidList:
    """Return what the given terms mean.

    Args:
        terms: Ids of the closed list; ``silence`` may carry its cap: ``silence:20``.
        words: The closed list.

    Raises:
        InputError: ``avoid.unknown_term`` names the nearest; ``avoid.silence_form``.
    """
    caps: list[int] = []
    known: set[str] = set()
    for term in terms:
        name = "silence" if term.startswith("silence:") else term
        if name not in words.avoid:
            raise InputError(
                "avoid.unknown_term",
                f"{term} is not on the list of things to avoid. {suggest(term, words.avoid)}",
            )
        known.add(name)
        if name == "silence":
            caps.append(_silence_of(term))
    signs = _signs_of(tuple(sign for term in sorted(known) for sign in words.avoid[term]))
    return AvoidList(frozenset(known), min(caps, default=None), *signs)


def _silence_of(term: str) -> int:
    if term == "silence":
        return USUAL_SILENCE
    found = _SILENCE.fullmatch(term)
    if not found:
        raise InputError(
            "avoid.silence_form",
            f"{term} does not say how long. Write whole seconds, such as silence:20.",
        )
    return int(found[1])


@lru_cache(maxsize=64)
def _signs_of(signs: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what shows a term as single words and as phrases."""
    split = [words_in(sign) for sign in signs]
    single = frozenset(words[0] for words in split if len(words) == 1)
    phrases = tuple(f" {' '.join(words)} " for words in split if len(words) > 1)
    return single, phrases
