"""How people type: one plain form for what is typed and for what it is held against.

``plain`` takes a text apart into words without capitals, accents and apostrophes, with what is
written short written out, and knows of each where it stood. ``stem`` takes endings off, so that
"cries" and "crying" are one. Nothing here keeps or tells what it reads.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MOST_LETTERS = 12_000
"""So much of a text is read; what a search box takes is less."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`"
_NO_APOSTROPHES = {ord(mark): None for mark in _APOSTROPHES}
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_LONG_DRAWN = re.compile(r"([a-z])\1{2,}")
_VOWEL = re.compile(r"[aeiouy]")
_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A plain word, and where in the tidy text it was written."""

    word: str = field(repr=False)
    start: int
    end: int


def tidy(text: str) -> str:
    """Return a text on one line, without what cannot be seen, no longer than ``MOST_LETTERS``."""
    text = text[:MOST_LETTERS]
    if text.isascii() and text.isprintable():  # Nothing unseen is in it, and most are so.
        return " ".join(text.split())
    whole = unicodedata.normalize("NFKC", text)
    seen = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in whole)
    return " ".join("".join(seen).split())


def plain(text: str, written: Mapping[str, str]) -> Iterator[Spoken]:
    """Yield the words of a tidy text.

    Args:
        text: What ``tidy`` returned.
        written: What is written short, and the plain words for it; both in plain form.
    """
    for found in _WORD.finditer(text):
        word = _plain_word(found[0])
        for each in written.get(word, word).split():
            yield Spoken(each, *found.span())


def words_of(text: str, written: Mapping[str, str]) -> list[str]:
    """Return the plain words of a text."""
    return [spoken.word for spoken in plain(tidy(text), written)]


def _plain_word(word: str) -> str:
    folded = word.lower()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.casefold())
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    folded = folded.translate(_NO_APOSTROPHES)
    return _LONG_DRAWN.sub(r"\1\1", folded)


@lru_cache(maxsize=16_384)
def _stem_of_ours(word: str) -> str:
    return stem(word)


def stems_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of words that we wrote ourselves; they are remembered."""
    return tuple(map(_stem_of_ours, words))


def stem(word: str) -> str:
    """Return a word without its ending.

    Both sides of a search go through this, so it need not be a word: it has to be one and the same
    for the forms of a word, and another one for others. Light on purpose: heavier rules (Porter,
    1980) make "numb" and "number" one.
    """
    word = _without_s(word)
    for ending in ("ness", "ing", "ed", "ly"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _LEAST_STEM and _VOWEL.search(rest):
            word = _single(rest)
            break
    if len(word) > _LEAST_STEM:
        word = word.removesuffix("e")
    return word[:-1] + "i" if word.endswith("y") and len(word) >= _LEAST_STEM else word


def _without_s(word: str) -> str:
    if len(word) <= _LEAST_STEM or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _LEAST_STEM + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


def _single(word: str) -> str:
    """Return a word whose last letter was doubled before an ending with that letter once."""
    doubled = word[-1] == word[-2] and word[-1] in "bdgkmnprt"
    return word[:-1] if doubled else word
