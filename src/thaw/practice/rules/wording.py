"""One way a line may be spoken, and where each word of it stands in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, product
from typing import Final

from thaw.practice.english import straighten
from thaw.practice.parts import Conditions, Entry, Line, Place, Practice, Section, Variant, Words
from thaw.practice.slots import SLOT
from thaw.practice.ways import is_way_out

_JOINT: Final = re.compile(rf"\*|{SLOT.pattern}")
_LINES: Final = 40
"""On how many lines of a text one spoken line may stand and still be followed."""
_SKIPPED: Final = 80
"""How many characters in a row may be stepped over and the line still be followed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording, and what it was taken from.

    Attributes:
        text: As spoken.
        source: The variant or entry it stands in.
        offset: Where it begins in the source's text.
        is_filling: Whether it stands for a slot whose words are not in the practice (an
            anchor's phrase, an asked word): all of it then has the place of the slot.
    """

    text: str
    source: Variant | Entry
    offset: int
    is_filling: bool = False


@dataclass(frozen=True)
class Wording:
    """One way a line may be spoken: a variant with its slots filled.

    Attributes:
        variant: What it is a wording of.
        pieces: What it is put together from.
        conditions: The section's, the variant's and its entries': it is spoken where all hold.
        written: The practice's text, for places; empty where there is none.
    """

    variant: Variant
    pieces: tuple[Piece, ...]
    conditions: tuple[Conditions, ...]
    written: str

    @cached_property
    def text(self) -> str:
        """What is spoken, without emphasis, every apostrophe straight."""
        return straighten("".join(piece.text for piece in self.pieces))

    def place(self, offset: int) -> Place:
        """Return where the character at ``offset`` of ``text`` stands in the practice."""
        starts = list(accumulate((len(piece.text) for piece in self.pieces[:-1]), initial=0))
        at = bisect_right(starts, offset) - 1
        piece = self.pieces[at]
        inside = 0 if piece.is_filling else offset - starts[at]
        return place_of(self.written, piece.source.place, piece.source.text, piece.offset + inside)

    @property
    def level(self) -> int:
        """The least level it is spoken at."""
        return max(when.level for when in self.conditions)

    def is_heard(self, posture: str, level: int) -> bool:
        """Return whether it may be spoken to someone in ``posture`` at ``level``."""
        return self.level <= level and all(suits(when, posture) for when in self.conditions)


@dataclass(frozen=True)
class Said:
    """A line of a practice and all its wordings."""

    section: Section
    line: Line
    wordings: tuple[Wording, ...]

    def heard(self, posture: str, level: int) -> tuple[Wording, ...]:
        """Return the wordings that may be spoken to someone in ``posture`` at ``level``."""
        return tuple(wording for wording in self.wordings if wording.is_heard(posture, level))


@dataclass(frozen=True)
class Heard:
    """What one line may say to someone in one posture, at one level.

    Attributes:
        said: The line.
        wordings: One of these is heard.
    """

    said: Said
    wordings: tuple[Wording, ...]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What is spoken, in each wording."""
        return tuple(wording.text for wording in self.wordings)

    @cached_property
    def is_way_out(self) -> bool:
        """Whether every wording tells the person that they may stop."""
        return all(map(is_way_out, self.texts))


def wordings_of(
    variant: Variant, section: Section, practice: Practice, words: Words
) -> Iterator[Wording]:
    """Yield a wording for every way in which the slots of ``variant`` may be filled.

    A slot that stands twice in a line is filled with the same words both times.
    """
    pieces = _pieces(variant)
    slots = dict.fromkeys(piece.text for piece in pieces if SLOT.fullmatch(piece.text))
    fillings = [_fillings(slot[1:-1], practice, words) for slot in slots]
    for chosen in product(*fillings):
        filled = dict(zip(slots, chosen, strict=True))
        entries = (filling.when for filling in chosen if isinstance(filling, Entry))
        yield Wording(
            variant,
            tuple(spoken for piece in pieces for spoken in _fill(piece, filled.get(piece.text))),
            (section.when, variant.when, *entries),
            practice.text,
        )


def _fillings(slot: str, practice: Practice, words: Words) -> Sequence[Entry | str]:
    """Return what may stand in a slot: the entries of a list, or phrases."""
    if slot in practice.lists:
        return practice.lists[slot]
    if slot in practice.asks:
        return [practice.asks[slot].otherwise]
    return [words.anchors[anchor] for anchor in practice.anchors]


def _fill(piece: Piece, filling: Entry | str | None) -> Sequence[Piece]:
    """Return what is spoken for a piece: itself, or what takes the place of its slot."""
    if filling is None:
        return [piece]
    if isinstance(filling, Entry):
        return _pieces(filling)
    return [Piece(filling, piece.source, piece.offset, is_filling=True)]


def suits(when: Conditions, posture: str) -> bool:
    """Return whether conditions allow a posture; ``moving`` is met by walking, too."""
    return (
        not when.postures
        or posture in when.postures
        or (posture == "walking" and "moving" in when.postures)
    )


def place_of(written: str, start: Place, text: str, offset: int) -> Place:
    """Return where ``text[offset]`` stands in ``written``, when ``text`` begins at ``start``.

    A text is read from one or more lines, without comments, marks and needless space; those
    are stepped over. Where it cannot be followed, ``start`` is returned.
    """
    raw = _excerpt(written, start)
    at = after = start.column - 1
    for wanted in text[: offset + 1]:
        found = _step(raw, after, wanted)
        if found is None:
            return start
        at, after = found, found + 1
    return _place_at(raw, at, start)


def place_after(written: str, start: Place, words: str) -> Place:
    """Return where ``words`` first stand in ``written`` from ``start`` on, or ``start``."""
    raw = _excerpt(written, start)
    at = raw.find(words, start.column - 1)
    return start if at < 0 else _place_at(raw, at, start)


def _excerpt(written: str, start: Place) -> str:
    return "\n".join(written.split("\n")[start.line - 1 : start.line - 1 + _LINES])


def _place_at(raw: str, at: int, start: Place) -> Place:
    return Place(start.line + raw.count("\n", 0, at), at - raw.rfind("\n", 0, at))


def _step(raw: str, at: int, wanted: str) -> int | None:
    """Return where ``wanted`` stands in ``raw`` from ``at`` on, or None."""
    skipped = 0
    while at < len(raw) and skipped < _SKIPPED:
        note_end = raw.find("-->", at) if raw.startswith("<!--", at) else -1
        if raw[at] == wanted or (raw[at].isspace() and wanted == " "):
            return at
        if note_end >= 0:
            at = note_end + len("-->")
        else:
            at, skipped = at + 1, skipped + 1
    return None


def _pieces(source: Variant | Entry) -> list[Piece]:
    """Return a text cut at its slots, its emphasis marks left out."""
    pieces: list[Piece] = []
    start = 0
    for joint in _JOINT.finditer(source.text):
        pieces.append(Piece(source.text[start : joint.start()], source, start))
        if joint.group() != "*":
            pieces.append(Piece(joint.group(), source, joint.start()))
        start = joint.end()
    pieces.append(Piece(source.text[start:], source, start))
    return [piece for piece in pieces if piece.text]
