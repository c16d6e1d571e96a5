"""How like a text is to phrases of one kind rather than to others, by the words they share.

Counted, not learnt by rounds: each word, and each two that stand beside or one apart, weighs the
logarithm of how much more often it is there in the one kind (naive Bayes, over what is there).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

_SMALL = 0.3
"""What a word counts that a kind never has."""

Words = Sequence[str]


def marks_of(words: Words) -> frozenset[str]:
    """Return what a text has in common with others: its words, and pairs of them."""
    beside = (f"{one} {other}" for one, other in pairwise(words))
    apart = (f"{one} .. {other}" for one, other in zip(words, words[2:], strict=False))
    return frozenset((*words, *beside, *apart))


class Likeness:
    """What speaks for one kind of phrases against others."""

    def __init__(self, ones: Iterable[Words], others: Iterable[Words]) -> None:
        self._weights = _weights([*map(marks_of, ones)], [*map(marks_of, others)])

    def of(self, words: Words) -> float:
        """Return how like a text is to the ones; below 0 it is more like the others."""
        known = [self._weights[mark] for mark in marks_of(words) if mark in self._weights]
        return sum(known) / math.sqrt(len(known) or 1)


def _weights(
    ones: Sequence[frozenset[str]], others: Sequence[frozenset[str]]
) -> Mapping[str, float]:
    if not ones or not others:
        return {}
    here = Counter(mark for marks in ones for mark in marks)
    there = Counter(mark for marks in others for mark in marks)
    ratio = len(others) / len(ones)
    return {
        mark: math.log((here[mark] + _SMALL) * ratio / (there[mark] + _SMALL * ratio))
        for mark in {*here, *there}
    }
