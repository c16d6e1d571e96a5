"""How good a passphrase is, honestly: by how many guesses it would stand, not by kinds of signs.

A text is taken apart in the way that is cheapest for who guesses: words that are tried first,
rows of keys, runs of letters or numbers, the same again. What is left is counted sign by sign.
It follows the idea of zxcvbn (Wheeler, USENIX Security 2016), much shortened; where it errs it
calls a passphrase weaker than it is.
"""

import math
import unicodedata
from collections.abc import Iterator
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator

from thaw.units import InputError
from thaw.vault.recovery import word_list
from thaw.vault.stretch import settled

LONG_ENOUGH = 15
"""So many characters are long enough, unless they are easily guessed."""

LEAST_BITS = 40.0
"""As a guess takes a second and 256 MiB, some 35,000 years of one machine (ADR 0094)."""

SHORT_BITS = 50.0
"""What is shorter must be as good as drawn by lot, which an estimate cannot see for sure."""

_LOOKED_AT = 200  # Whoever types more has no need of an estimate.
_LONGEST_WORD = 24
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ROWS_DE = ("qwertzuiop", "yxcvbnm")
_LEAST_RUN = 3
_RUN_BITS = 6.0
_IN_OTHER_SIGNS = str.maketrans("4@831!0$57", "aabeiiosst")


def check(text: str) -> None:
    """Refuse a passphrase that would not stand, and say why.

    Raises:
        InputError: ``passphrase.guessable`` or ``passphrase.short``; or it is empty, too long
            or holds half a character.
    """
    plain = settled(text).decode()
    estimate = bits(plain)
    if len(plain) >= LONG_ENOUGH and estimate >= LEAST_BITS:
        return
    if len(plain) < LONG_ENOUGH and estimate >= SHORT_BITS:
        return
    if estimate < LEAST_BITS:
        raise InputError(
            "passphrase.guessable",
            "This would be guessed early: it is made of what is often used, repeated, or in a "
            "row. Take four or five words that have nothing to do with each other or with you.",
        )
    raise InputError(
        "passphrase.short",
        f"This is too short to stand against guessing. Take {LONG_ENOUGH} characters or more, "
        "such as four or five words that have nothing to do with each other.",
        {"least": LONG_ENOUGH},
    )


def bits(plain: str) -> float:
    """Return the binary logarithm of how many guesses a passphrase stands, cautiously."""
    return _bits(unicodedata.normalize("NFKC", plain)[:_LOOKED_AT], {})


def _bits(text: str, known: dict[str, float]) -> float:
    """Return the cheapest sum of pieces; ``known`` are texts that were looked at in this call."""
    if text not in known:
        cheapest = [0.0] + [math.inf] * len(text)
        for start in range(len(text)):
            for end, cost in _pieces(text, start, known):
                cheapest[end] = min(cheapest[end], cheapest[start] + cost)
        known[text] = cheapest[-1]
    return known[text]


def _pieces(text: str, start: int, known: dict[str, float]) -> Iterator[tuple[int, float]]:
    """Yield where each piece that begins here may end, and what it costs who guesses."""
    yield start + 1, _bits_of(text[start])
    yield from _words(text, start)
    yield from _runs(text, start)
    for unit, times in _again(text, start):
        yield start + len(unit) * times, _bits(unit, known) + math.log2(times) + 1


def _again(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield what is said again right away, the shortest first, and how often in all."""
    for length in range(1, (len(text) - start) // 2 + 1):
        unit, times = text[start : start + length], 1
        while text.startswith(unit, start + times * length):
            times += 1
        if times > 1:
            yield unit, times


def _words(text: str, start: int) -> Iterator[tuple[int, float]]:
    small = _small(text[start : start + _LONGEST_WORD])
    plain = small.translate(_IN_OTHER_SIGNS)
    for length in range(2, len(small) + 1):
        if small[:length] in _first_tried() or plain[:length] in _first_tried():
            end = start + length
            is_changed = text[start:end] not in (small[:length], small[:length].capitalize())
            yield end, _word_bits() + is_changed
            if text[end : end + 1] in (" ", "-", "_", ".", ","):
                yield end + 1, _word_bits() + is_changed + 1


def _runs(text: str, start: int) -> Iterator[tuple[int, float]]:
    small = _small(text[start:])
    for row in (*_ROWS, *_ROWS_DE):
        for line in (row, row[::-1]):
            if (at := line.find(small[:1])) < 0:
                continue
            length = 0
            while length < len(small) and line[at + length : at + length + 1] == small[length]:
                length += 1
            for end in range(_LEAST_RUN, length + 1):
                yield start + end, _RUN_BITS


def _small(text: str) -> str:
    """Return a text in small letters, as long as it was: a few letters would become two."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _bits_of(sign: str) -> float:
    if sign.isdecimal():
        return math.log2(10)
    if sign.isascii():
        return math.log2(26) + (not sign.islower())
    return math.log2(26) + 2


@cache
def _first_tried() -> frozenset[str]:
    """Return what guessers try first: the list that Django brings along, and our own words."""
    common = {_small(word) for word in CommonPasswordValidator().passwords if len(word) > 1}
    return frozenset(common | {*word_list(), "thaw"})


def _word_bits() -> float:
    return math.log2(len(_first_tried()))
