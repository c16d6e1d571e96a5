"""How like a text is to phrases of one kind rather than to others, by the words they share.

First it is counted: each word, and each two that stand beside or one apart, weighs the logarithm of
how much more often it is there in the one kind (naive Bayes, over what is there). Then, where it is
asked for, rounds over the phrases mend what counting judged wrong (logistic regression, with the
steps of AdaGrad), so that a word in all phrases does not count as often as it is written.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

_SMALL = 0.3
"""What a word counts that a kind never has."""

_LETTERS = 4
"""So many letters at the beginning of a longer word count as a word of their own."""

_COUNTED = 0.5
"""How much counting weighs before the rounds."""

_STEP, _FIRST_STEPS = 0.5, 0.1
"""How far a round goes, and how careful it is at first: with 0.1, about three times as far."""

Words = Sequence[str]
Marks = frozenset[str]


def marks_of(words: Words) -> Marks:
    """Return what a text has in common with others: its words, how they begin, and pairs."""
    begin = (f"{word[:_LETTERS]}-" for word in words if len(word) > _LETTERS)
    beside = (f"{one} {other}" for one, other in pairwise(words))
    apart = (f"{one} .. {other}" for one, other in zip(words, words[2:], strict=False))
    return frozenset((*words, *begin, *beside, *apart))


class Likeness:
    """What speaks for one kind of phrases against others.

    Args:
        ones: Phrases of the kind.
        others: Phrases of any other.
        rounds: How often what was counted is mended by going over all of them.
    """

    def __init__(self, ones: Iterable[Words], others: Iterable[Words], rounds: int = 0) -> None:
        here, there = [*map(marks_of, ones)], [*map(marks_of, others)]
        self._weights = _counted(here, there)
        if rounds:
            _mend(self._weights, here, there, rounds)

    def of(self, words: Words) -> float:
        """Return how like a text is to the ones; the lower, the more like the others."""
        known = [mark for mark in marks_of(words) if mark in self._weights]
        return _sum(self._weights, known) if known else -math.inf


def _sum(weights: Mapping[str, float], marks: Iterable[str]) -> float:
    known = [weights[mark] for mark in marks]
    return sum(known) / math.sqrt(len(known))


def _counted(ones: Sequence[Marks], others: Sequence[Marks]) -> dict[str, float]:
    if not ones or not others:
        return {}
    here = Counter(mark for marks in ones for mark in marks)
    there = Counter(mark for marks in others for mark in marks)
    ratio = len(others) / len(ones)
    return {
        mark: math.log((here[mark] + _SMALL) * ratio / (there[mark] + _SMALL * ratio))
        for mark in {*here, *there}
    }


def _mend(
    weights: dict[str, float], ones: Sequence[Marks], others: Sequence[Marks], rounds: int
) -> None:
    if not weights:
        return
    for mark in weights:
        weights[mark] *= _COUNTED
    gone = dict.fromkeys(weights, _FIRST_STEPS)
    phrases = sorted([*((each, 1) for each in ones), *((each, 0) for each in others)], key=_mixed)
    for marks, is_one in phrases * rounds:
        root = math.sqrt(len(marks))
        wrong = (is_one - 1 / (1 + math.exp(-_sum(weights, marks)))) / root
        for mark in marks:
            gone[mark] += wrong * wrong
            weights[mark] += _STEP * wrong / math.sqrt(gone[mark])


def _mixed(phrase: tuple[Marks, int]) -> int:
    """Return a place that has nothing to do with the kind, and is the same each time."""
    return crc32(" ".join(sorted(phrase[0])).encode())
