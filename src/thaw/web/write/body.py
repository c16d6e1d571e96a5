"""What is sealed of a note: its text and all that is said about it, as one JSON text."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from thaw.units import InputError
from thaw.vault.seal import damaged

Kind = Literal["note", "word", "colour", "nothing"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_TEXT = 2**20
"""Bytes of UTF-8 that a note's text may have."""

MOST_WORD = 80
MOST_TAG = 40
MOST_TAGS = 20

_SAT = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):([1-9][0-9]{0,2})")
_BREAKS = re.compile(r"\r\n?")
_BROKEN = re.compile("[\x00\ud800-\udfff]")


class TooLongError(InputError):
    """A text with more than a note can hold."""

    status = 413


@dataclass(frozen=True, slots=True)
class Sat:
    """The sitting a note came after: which practice, and how long."""

    practice: str
    minutes: int

    def __str__(self) -> str:
        return f"{self.practice}:{self.minutes}"

    @property
    def name(self) -> str:
        """The practice's id in words: it may be in the library no longer."""
        return self.practice.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Body:
    """A note without its id, version and day."""

    text: str = field(default="", repr=False)
    kind: Kind = "note"
    word: str = field(default="", repr=False)
    colour: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    sat: Sat | None = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that a person wrote; "nothing today" is something."""
        return self.kind != "nothing" and not (self.text.strip() or self.word or self.colour)


def sealed_of(body: Body) -> bytes:
    """Return a body as it is sealed; the same body gives the same bytes."""
    sat = body.sat and {"practice": body.sat.practice, "minutes": body.sat.minutes}
    shape = {
        "colour": body.colour,
        "kind": body.kind,
        "sitting": sat,
        "tags": list(body.tags),
        "text": body.text,
        "word": body.word,
    }
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode()


def body_of(sealed: bytes) -> Body:
    """Return the body that was sealed; what a later Thaw added to it is passed over.

    Raises:
        DamageError: This is no body of a note.
    """
    try:
        shape = json.loads(sealed)
        sat = shape.get("sitting")
        return Body(
            text=str(shape["text"]),
            kind=shape["kind"] if shape["kind"] in KINDS else "note",
            word=str(shape.get("word", "")),
            colour=str(shape.get("colour", "")),
            tags=tuple(map(str, shape.get("tags", ()))),
            sat=Sat(str(sat["practice"]), int(sat["minutes"])) if sat else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged() from None


def checked(body: Body) -> Body:
    """Return a body that can be kept: line ends made one, spaces around small fields gone.

    Raises:
        InputError: ``note.broken``, ``note.word``, ``note.tags``.
        TooLongError: ``note.too_long``.
    """
    for text in (body.text, body.word, body.colour, *body.tags):
        _check_whole(text)
    text = _BREAKS.sub("\n", body.text)
    if len(text.encode()) > MOST_TEXT:
        raise TooLongError(
            "note.too_long",
            "This is more than one note can hold (about a million letters). Nothing of it is "
            "lost here: take a part of it into another note, then keep both.",
            {"field": "text", "most": MOST_TEXT},
        )
    return Body(
        text=text,
        kind=body.kind,
        word=_short(body.word, "word"),
        colour=_short(body.colour, "colour"),
        tags=_tags(body.tags),
        sat=body.sat,
    )


def mended(text: str) -> str:
    """Return a text with a mark in place of each character that cannot be kept."""
    return _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text)


def sat_of(text: str) -> Sat | None:
    """Return the sitting that a form or an island names; None for none.

    Raises:
        InputError: ``note.sitting``.
    """
    if not text:
        return None
    found = _SAT.fullmatch(text)
    if found is None:
        raise InputError(
            "note.sitting", "This sitting is not known here. Leave it out.", {"field": "sitting"}
        )
    return Sat(found[1], int(found[2]))


def kind_of(text: str) -> Kind:
    """Return the kind that is named.

    Raises:
        InputError: ``note.kind``.
    """
    if text not in KINDS:
        raise InputError("note.kind", f"A note is one of: {', '.join(KINDS)}.", {"field": "kind"})
    return text


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags of one plain field: commas between them, a ``#`` before any."""
    return tuple(text.split(","))


def _check_whole(text: str) -> None:
    if _BROKEN.search(text):
        raise InputError(
            "note.broken",
            "There is a character in this that cannot be kept. It is marked with "
            "\N{REPLACEMENT CHARACTER} below; take it out, then keep the note.",
        )


def _short(text: str, name: str) -> str:
    text = " ".join(text.split())
    if len(text) > MOST_WORD:
        raise InputError(
            "note.word",
            f"This is long for one field ({MOST_WORD} letters at most). A note has more room.",
            {"field": name},
        )
    return text


def _tags(given: Iterable[str]) -> tuple[str, ...]:
    """Return each tag once, as it was first written."""
    found: dict[str, str] = {}
    for each in given:
        tag = " ".join(each.split()).removeprefix("#").strip()
        if tag:
            found.setdefault(tag.casefold(), tag)
    tags = tuple(found.values())
    if len(tags) > MOST_TAGS or any(len(tag) > MOST_TAG for tag in tags):
        raise InputError(
            "note.tags",
            f"A note takes up to {MOST_TAGS} tags of up to {MOST_TAG} letters. Put commas "
            "between them.",
            {"field": "tags"},
        )
    return tags
