"""Finding words whatever their case and accents: "cafe" finds "Café"."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

MOST_LETTERS = 200

# Letters that are one with a plain one to most readers, and that Unicode does not take apart.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe"}
)
_MARKS = re.compile(
    "["
    + "".join(
        chr(code)
        for code in range(0x300, 0x3000)
        if unicodedata.category(chr(code)) == "Mn" and unicodedata.combining(chr(code))
    )
    + "]+"
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")  # Other letters than ASCII are few in many texts.
_PART = 4000
_BEFORE, _AFTER = 40, 160


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``is_hit`` where it is what was looked for."""

    text: str = field(repr=False)
    is_hit: bool


def fold(text: str) -> str:
    """Return a text without what does not count: case, accents, width."""
    return (text if text.isascii() else _FOREIGN.sub(_folded, text)).lower()


def _folded(run: "re.Match[str]") -> str:
    # Words are not remembered, as they are private; letters are not.
    letters = run[0]
    return _letter_folded(letters) if len(letters) == 1 else _marks_off(letters)


@lru_cache(maxsize=4096)
def _letter_folded(letter: str) -> str:
    return _marks_off(letter)


def _marks_off(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", apart).casefold().translate(_PLAIN)


def words_of(query: str) -> tuple[str, ...]:
    """Return what is looked for: every word, in any order."""
    return tuple(dict.fromkeys(fold(query).split()))


def is_in(words: tuple[str, ...], text: str) -> bool:
    """Return whether every word is somewhere in a text."""
    folded = fold(text)
    return all(word in folded for word in words)


def may_be_in(words: tuple[str, ...], sealed: bytes) -> bool:
    """Return whether every word stands in what was sealed, without taking the JSON apart.

    False is sure; where a word is only a name in the JSON, it is True and wrong.
    """
    folded = fold(sealed.decode("utf-8", "replace"))
    return all(json.dumps(word, ensure_ascii=False)[1:-1] in folded for word in words)


def excerpt(words: tuple[str, ...], text: str) -> tuple[Piece, ...]:
    """Return the text around the first word found, in pieces; the beginning where none is."""
    begin, part = _around(words, text)
    folded, places = _folded_with_places(part)
    hits = sorted(_spans(words, folded, places, part), key=lambda hit: (hit[0], -hit[1]))
    first = hits[0][0] if hits else 0
    start = part.rfind(" ", 0, max(0, first - _BEFORE)) + 1
    end = min(len(part), first + _AFTER)
    pieces = [Piece("… ", is_hit=False)] if begin + start else []
    at = start
    for low, high in hits:
        if at <= low < end:
            pieces += [Piece(part[at:low], is_hit=False), Piece(part[low:high], is_hit=True)]
            at = high
    pieces.append(Piece(part[at : max(at, end)], is_hit=False))
    if begin + max(at, end) < len(text):
        pieces.append(Piece(" …", is_hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _around(words: tuple[str, ...], text: str) -> tuple[int, str]:
    """Return a part of a text that holds a word, and where it begins: long texts take long."""
    for start in range(0, len(text), _PART):
        low, high = max(0, start - MOST_LETTERS), start + _PART + MOST_LETTERS
        if any(word in fold(text[low:high]) for word in words):
            return low, text[low:high]
    return 0, text[:_PART]


def _spans(
    words: tuple[str, ...], folded: str, places: list[int], part: str
) -> Iterator[tuple[int, int]]:
    """Yield where each hit begins and ends in what was written, marks on its last letter too."""
    for word in words:
        for match in re.finditer(re.escape(word), folded):
            end = places[match.end() - 1] + 1
            while end < len(part) and unicodedata.combining(part[end]):
                end += 1
            yield places[match.start()], end


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its letters where it stood."""
    folded: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        plain = fold(letter)
        folded.append(plain)
        places += [at] * len(plain)
    return "".join(folded), places
