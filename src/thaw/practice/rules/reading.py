"""The rule on plain words: R18."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from thaw.practice.english import sentences_of
from thaw.practice.pace import count_words
from thaw.practice.parts import Place
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.syllables import count_syllables
from thaw.practice.rules.wording import Wording

_HARDEST_GRADE: Final = 7.0
_MEAN_WORDS: Final = 18
_LONG_WORDS: Final = 24
_FEWEST_WORDS: Final = 30
"""A section with fewer words has no grade of its own: it would say little."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, counted.

    Attributes:
        place: Where it begins.
        words, syllables: How many it has.
    """

    place: Place
    words: int
    syllables: int


def grade_of(sentences: Sequence[Sentence]) -> float:
    """Return the Flesch-Kincaid grade level (Kincaid et al. 1975, US Navy report 8-75).

    0.39 times the words in a sentence plus 11.8 times the syllables in a word, less 15.59.
    """
    words = sum(sentence.words for sentence in sentences)
    syllables = sum(sentence.syllables for sentence in sentences)
    return 0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59


def sentences_in(wording: Wording) -> list[Sentence]:
    """Return the sentences of a wording, counted."""
    return [
        Sentence(
            wording.place(start),
            count_words(wording.text[start:end]),
            sum(map(count_syllables, wording.text[start:end].split())),
        )
        for start, end in sentences_of(wording.text)
    ]


def judge_reading(script: Script) -> Iterator[Finding]:
    """Yield what is hard to follow by ear: long words, long sentences (R18)."""
    sections: dict[Place, list[Sentence]] = {}
    for section, wording in script.each_variant():
        sections.setdefault(section.place, []).extend(sentences_in(wording))
    sentences = [sentence for some in sections.values() for sentence in some]
    too_hard = [found for place, some in sections.items() for found in _grade(place, some)]
    yield from too_hard or _grade(script.top, sentences)
    if sentences:
        yield from _lengths(sentences)


def _grade(place: Place, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    if sum(sentence.words for sentence in sentences) < _FEWEST_WORDS:
        return
    grade = grade_of(sentences)
    if grade > _HARDEST_GRADE:
        yield Finding(
            place,
            f"This reads at school grade {grade:.1f}; {_HARDEST_GRADE:g} is the limit.",
            "Use shorter words, and make two sentences of one.",
        )


def _lengths(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield the longest sentence, where sentences are long on average or at the top."""
    longest = max(sentences, key=lambda sentence: sentence.words)
    mean = sum(sentence.words for sentence in sentences) / len(sentences)
    if mean > _MEAN_WORDS:
        yield Finding(
            longest.place,
            f"Sentences have {mean:.0f} words on average; {_MEAN_WORDS} is the limit.",
            "Make two sentences of the long ones, this one first.",
        )
    ranked = sorted(sentence.words for sentence in sentences)
    if (top := ranked[math.ceil(0.95 * len(ranked)) - 1]) > _LONG_WORDS:
        yield Finding(
            longest.place,
            f"More than one sentence in twenty has {top} words or more; {_LONG_WORDS} is the"
            " limit.",
            "Make two sentences of each, this one first.",
        )


RULES: Final = (Rule("R18", "warning", "Plain words", judge_reading, holds="both"),)
