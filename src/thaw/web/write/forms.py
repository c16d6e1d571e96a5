"""What a page or an island sends of a note, as it was sent and as it can be kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, QueryDict

from thaw.units import InputError
from thaw.web.ids import new_id
from thaw.web.write import body as bodies
from thaw.web.write import days
from thaw.web.write.actions import CHOICES, Choice
from thaw.web.write.body import Body, Sat
from thaw.web.write.fold import MOST_LETTERS, words_of
from thaw.web.write.queries import Written

_MOST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it stands in a form, whether or not it can be kept."""

    version: int = 0
    kind: str = "note"
    text: str = field(default="", repr=False)
    word: str = field(default="", repr=False)
    colour: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    sat: str = field(default="", repr=False)
    day: str = ""

    @property
    def tags_words(self) -> str:
        return ", ".join(tag for tag in self.tags if tag.strip())

    def body(self) -> Body:
        """Return what is to be kept.

        Raises:
            InputError: Something of it cannot be.
        """
        return bodies.checked(
            Body(
                text=self.text,
                kind=bodies.kind_of(self.kind),
                word=self.word,
                colour=self.colour,
                tags=self.tags,
                sat=bodies.sat_of(self.sat),
            )
        )

    def when(self) -> date:
        """Return the day it belongs to: today unless another is named.

        Raises:
            InputError: ``note.day``.
        """
        return days.day_of(self.day) if self.day else days.today()

    def mended(self) -> "Draft":
        """Return it so that a page can show it, broken characters marked."""
        return replace(
            self,
            tags=tuple(map(bodies.mended, self.tags)),
            text=bodies.mended(self.text),
            word=bodies.mended(self.word),
            colour=bodies.mended(self.colour),
        )


def draft_of(note: Written) -> Draft:
    """Return a note as a form shows it."""
    return Draft(
        version=note.version,
        kind=note.body.kind,
        text=note.body.text,
        word=note.body.word,
        colour=note.body.colour,
        tags=note.body.tags,
        sat=str(note.body.sat or ""),
        day=note.day.isoformat(),
    )


def draft_of_form(given: QueryDict) -> Draft:
    """Return what a form sent; a colour in own words goes before one of the list."""
    return Draft(
        version=_version(given.get("version", "0")),
        kind=given.get("kind", "note"),
        text=given.get("text", "").replace("\r\n", "\n"),
        word=given.get("word", ""),
        colour=given.get("colour_own", "").strip() or given.get("colour", ""),
        tags=bodies.tags_of(given.get("tags", "")),
        sat=given.get("sitting", ""),
        day=given.get("day", ""),
    )


def draft_of_json(request: HttpRequest) -> Draft:
    """Return what an island sent.

    Raises:
        InputError: ``note.unreadable``.
    """
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(given, dict):
        raise _unreadable()
    tags, version = given.get("tags") or [], given.get("version")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise _unreadable()
    if type(version) is not int or not 0 <= version <= _MOST_VERSION:
        raise _unreadable()
    return Draft(
        version=version,
        kind=_string(given, "kind") or "note",
        text=_string(given, "text"),
        word=_string(given, "word"),
        colour=_string(given, "colour"),
        tags=tuple(tags),
        sat=_string(given, "sitting"),
        day=_string(given, "day"),
    )


def choice_of(given: QueryDict) -> Choice:
    """Return which of two texts stays.

    Raises:
        InputError: ``note.choice``.
    """
    choice = given.get("choice", "")
    if choice not in CHOICES:
        raise InputError("note.choice", "Choose which text stays, or keep both.")
    return choice


def count_of(given: QueryDict) -> int | None:
    """Return how many notes the person was asked about."""
    count = given.get("count", "")
    return int(count) if count.isdecimal() and len(count) < len(str(_MOST_VERSION)) else None


def other_of(given: QueryDict) -> UUID:
    """Return the id that the text which is not chosen is kept under."""
    return id_of(given.get("other", "")) or new_id()


def id_of(text: str) -> UUID | None:
    """Return the id that is named, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_in_address(text: str) -> date:
    """Return the day of an address.

    Raises:
        AccessError: ``note.month``.
    """
    try:
        return days.day_of(text)
    except InputError:
        raise days.no_such_time() from None


def sat_in(draft: Draft) -> Sat | None:
    """Return the sitting of a draft; None where what it names is none."""
    try:
        return bodies.sat_of(draft.sat)
    except InputError:
        return None


def search_of(given: QueryDict) -> tuple[str, tuple[str, ...]]:
    """Return what a person looks for, as typed and as words.

    Raises:
        InputError: ``note.search_long``.
    """
    typed = given.get("words", "").strip()
    if len(typed) > MOST_LETTERS:
        raise InputError("note.search_long", f"Look for {MOST_LETTERS} letters at most.")
    return typed, words_of(typed)


def _version(text: str) -> int:
    """Return a version; one that cannot be is one that nothing stands at."""
    ours = text.isdecimal() and len(text) < len(str(_MOST_VERSION))
    return int(text) if ours else _MOST_VERSION


def _string(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _unreadable() -> InputError:
    return InputError(
        "note.unreadable",
        "This could not be read, so it is not kept yet. Copy the text, then load the page again.",
    )
