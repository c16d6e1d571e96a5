"""Take spoken English apart: words, sentences, clauses, quotations.

All of it works on offsets into one string, so that a problem can point at the words it means.
A stretch is ``(start, end)``, end excluded.
"""

import re
from itertools import pairwise
from re import Pattern
from typing import Final

from thaw.practice.pace import count_words

Stretch = tuple[int, int]

_SENTENCE_END: Final = re.compile("[.!?\u2026]+[\"'\u201d\u2019)]*(?=\\s|$)")
_QUOTATION: Final = re.compile(
    "\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u2018.*?['\u2019](?!\\w)|(?<!\\w)'[^']*'(?!\\w)"
)

_SUBJECT: Final = r"(?:you|we|i|they|it|there|if|when|whenever|while|may|perhaps)\b"
_BREAK: Final = re.compile(
    rf"[.!?;:()\u2026\u2014\u2013,]+|\s-\s|\bbut\b|\b(?:and|so)\b(?=\s+{_SUBJECT})", re.IGNORECASE
)
_GOES_ON: Final = re.compile(
    rf"\s*(?:and|or|nor)\b(?!\s+(?:{_SUBJECT}|(?:the|an?|your|this|that|these|those|some|each)\b))",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(rf"\s*(?:(?:and|or|nor|so|then)\s+)?{_SUBJECT}", re.IGNORECASE)
NEGATION: Final = re.compile(
    r"\b(?:not|cannot|\w+n't|never|no need|without|may (?:you|i|they|this being))\b", re.IGNORECASE
)
"""A negation, or a wish: ``may`` before ``you``, ``I``, ``they`` or ``this being``."""

DENIAL: Final = re.compile(rf"{NEGATION.pattern}|\b(?:no|nothing|none|nobody)\b", re.IGNORECASE)
"""Every negation, the plain ``no`` included."""


def straighten(text: str) -> str:
    """Return ``text`` with every apostrophe straight, so that patterns need to know one only."""
    return text.replace("\u2019", "'")


def sentences_of(text: str) -> tuple[Stretch, ...]:
    """Return the sentences that hold a word, without the space around them."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    stretches = pairwise([0, *ends, len(text)])
    return tuple(
        (start + len(part) - len(part.lstrip()), end)
        for start, end in stretches
        if count_words(part := text[start:end])
    )


def is_quoted(text: str, offset: int) -> bool:
    """Return whether ``offset`` stands in quotation marks."""
    return any(found.start() <= offset < found.end() for found in _QUOTATION.finditer(text))


def clauses_of(text: str) -> tuple[Stretch, ...]:
    """Return the clauses, in order and without gaps.

    A clause ends at a mark, at ``but``, and at ``and`` before a new subject. A comma inside a
    list ("you could stand, walk, or stop") ends none.
    """
    breaks = [found.span() for found in _BREAK.finditer(text)]
    ends = [start for start, _ in breaks]
    pieces = list(zip([0, *ends], [*ends, len(text)], strict=True))
    clauses = [pieces[-1]]
    in_list = False
    for (start, end), (mark_start, mark_end) in zip(
        reversed(pieces[:-1]), reversed(breaks), strict=True
    ):
        rest = text[mark_end : clauses[-1][1]]
        goes_on = bool(_GOES_ON.match(rest))
        in_list = text[mark_start:mark_end] == "," and (
            goes_on or (in_list and not _OPENS.match(rest))
        )
        if in_list:
            clauses[-1] = (start, clauses[-1][1])
        else:
            clauses.append((start, end))
    return tuple(reversed(clauses))


def clause_at(text: str, offset: int) -> Stretch:
    """Return the clause that holds ``offset``."""
    return next(clause for clause in clauses_of(text) if offset < clause[1] or not text[offset:])


def is_denied(text: str, start: int, denial: Pattern[str] = NEGATION) -> bool:
    """Return whether a negation or a wish stands earlier in the clause of ``start``."""
    return bool(denial.search(text[clause_at(text, start)[0] : start]))


def words_between(text: str, first: Stretch, second: Stretch) -> int:
    """Return how many words stand between two stretches; 0 where they overlap."""
    start, end = min(first[1], second[1]), max(first[0], second[0])
    return count_words(text[start:end])


def are_near(text: str, first: Pattern[str], second: Pattern[str], *, within: int) -> bool:
    """Return whether the two patterns are found within so many words of each other."""
    return any(
        words_between(text, a.span(), b.span()) < within
        for a in first.finditer(text)
        for b in second.finditer(text)
    )
