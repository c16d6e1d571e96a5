"""What a practice text says, once read: sections, lines, rests, and when each is meant.

These are plain immutable values; ``read`` makes them, ``check`` and ``lint`` judge them,
``chain`` and ``compose`` play them. Places (``Place``) lead back to the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from thaw.units import Seconds

Level = Literal[1, 2, 3]
Bowl = Literal["low", "middle", "high"]
Eyes = Literal["open", "closed", "open or closed"]

POSTURES = ("sitting", "standing", "lying", "walking", "moving")
"""Every posture; ``walking`` is a way of ``moving``."""

DIRECTIVES = ("rest", "bell", "leave", "check", "bed")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the text: line and column, counted from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a section, a line or a list entry is meant.

    Attributes:
        level: Only at this level or above.
        postures: Only in one of these postures; empty means any.
        eyes: Only with eyes open or closed; None means either.
        avoid: Avoid terms the author tagged it with.
        inward: Attention goes inside.
        extra: May be dropped for fewer words.
        optional: Dropped first when time is short.
    """

    level: Level = 1
    postures: tuple[str, ...] = ()
    eyes: Literal["open", "closed"] | None = None
    avoid: tuple[str, ...] = ()
    inward: bool = False
    extra: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: what takes a slot's place, and when."""

    text: str
    when: Conditions = Conditions()
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a line."""

    text: str
    when: Conditions = Conditions()
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken utterance; several variants mean that the seed chooses.

    A paragraph has one variant, whose conditions are the paragraph's own.
    """

    variants: tuple[Variant, ...]
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Rest:
    """An elastic silence, in seconds: ``least <= usual <= most``."""

    least: Seconds
    usual: Seconds
    most: Seconds
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Bell:
    """A stroke of a bowl: 8 seconds."""

    bowl: Bowl = "middle"
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Leave:
    """A place where a way out may be spoken."""

    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Check:
    """A place where the guide asks how it is, and goes on after 8 seconds."""

    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Bed:
    """Where a bed begins (``name``), or the one that is heard goes (None)."""

    name: str | None
    place: Place = Place(1)


Item = Line | Rest | Bell | Leave | Check | Bed


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        title: The heading's text.
        items: What stands under it, in text order.
        when: Conditions that hold for everything in it.
        from_minutes: Only in sittings of this many minutes or more.
        each: The list it is repeated over, or None.
        closing: Whether it is the way back.
        response: The kind of response it answers, or None. Never part of a plan by itself.
    """

    title: str
    items: tuple[Item, ...]
    when: Conditions = Conditions()
    from_minutes: int | None = None
    each: str | None = None
    closing: bool = False
    response: str | None = None
    place: Place = Place(1)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The lengths offered, in whole minutes."""

    least: int
    usual: int
    most: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A word a person may give before sitting; ``otherwise`` stands where they do not."""

    question: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A whole practice.

    Attributes:
        id: A short name in kebab-case, from the file's name.
        text_hash: SHA-256 of the text, hexadecimal.
        suits, not_for: What the text calls ``for`` and ``not_for``.
        moving: ``self``, the id of a moving sister, or None.
        places: Where each front matter key stands, for problems.
        text: The text as written, so that a place inside a line can be found; empty where a
            practice was not read from a text.
    """

    id: str
    file: str
    text_hash: str
    title: str
    summary: str
    level: Level
    minutes: Minutes
    themes: tuple[str, ...]
    suits: str
    not_for: str
    anchors: tuple[str, ...]
    postures: tuple[str, ...]
    moving: str | None
    eyes: Eyes
    sources: tuple[str, ...]
    author: str
    licence: str
    language: str
    version: int
    lists: Mapping[str, tuple[Entry, ...]]
    asks: Mapping[str, Ask]
    sections: tuple[Section, ...]
    ready: tuple[str, ...] = ()
    reviewed_by: str | None = None
    reviewed_on: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words a practice stands on, from ``content/``.

    Attributes:
        anchors: Anchor id to the phrase that is spoken for ``{anchor}``.
        avoid: Avoid term to the words and phrases that show it, lower case.
        leave: What may be spoken at ``[leave]``.
        check: What may be asked at ``[check]``; where there is nothing, nothing is asked.
    """

    anchors: Mapping[str, str]
    avoid: Mapping[str, tuple[str, ...]]
    leave: tuple[str, ...]
    check: tuple[str, ...] = ()
