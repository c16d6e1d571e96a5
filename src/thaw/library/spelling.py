"""Small mistakes in typing: a word that nobody knows is taken for the nearest one that is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from thaw.library.speech import stem

LEAST_LETTERS = 4
"""Shorter words are too near to one another; of these few, only some mistakes are seen through."""

MOST_LETTERS = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Spelling:
    """Words to mend by, and words that need no mending.

    Args:
        words: What a mistake is taken for, or how often each is there; of several as near, the one
            that is there most often.
        known: Words that stay as they are, with every ending they may have.
    """

    def __init__(self, words: Iterable[str], known: Collection[str] = ()) -> None:
        self._often = Counter(words)
        self._known = {stem(word) for word in known} | {stem(word) for word in self._often}

    def mended(self, word: str) -> str:
        """Return a word, or the one that was meant: a letter more, less, other, or two swapped."""
        if not LEAST_LETTERS <= len(word) <= MOST_LETTERS or not (
            word.isascii() and word.isalpha()
        ):
            return word
        if stem(word) in self._known:
            return word
        away = _one_away(word) if len(word) > LEAST_LETTERS else _nearly(word)
        near = [each for each in away if each in self._often]
        return max(near, key=lambda each: (self._often[each], each), default=word)


def _one_away(word: str) -> Iterator[str]:
    """Yield everything one mistake away (Damerau, 1964)."""
    yield from _nearly(word)
    for at in range(len(word)):
        head, tail = word[:at], word[at + 1 :]
        yield head + tail
        yield from (head + letter + tail for letter in _LETTERS)


def _nearly(word: str) -> Iterator[str]:
    """Yield what has the same letters, two of them swapped, or one letter more."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)
