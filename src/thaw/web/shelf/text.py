"""A practice as one reads it whole, before sitting."""

from collections.abc import Mapping
from dataclasses import dataclass

from thaw.practice.parts import Bell, Conditions, Item, Line, Practice, Rest, Section, Words
from thaw.practice.plan import spoken


@dataclass(frozen=True, slots=True)
class TextLine:
    """Something heard: ``say`` (of several wordings one is chosen), ``rest`` or ``bell``."""

    kind: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextSection:
    """A section to read; ``notes`` say when it is meant and what it is repeated for."""

    title: str
    notes: tuple[str, ...]
    lines: tuple[TextLine, ...]


def text_of(practice: Practice, words: Words, *, anchor: str | None) -> tuple[TextSection, ...]:
    """Return every section that can be heard, in its order."""
    slots = {name: entries[0].text for name, entries in practice.lists.items() if entries}
    slots |= {name: ask.otherwise for name, ask in practice.asks.items()}
    named = anchor or next(iter(practice.anchors), "")
    slots["anchor"] = words.anchors.get(named, named)
    return tuple(
        TextSection(
            section.title,
            _notes(section, practice),
            tuple(line for item in section.items for line in _line(item, slots)),
        )
        for section in practice.sections
        if section.response is None
    )


def _notes(section: Section, practice: Practice) -> tuple[str, ...]:
    notes = list(_when(section.when))
    if section.from_minutes:
        notes.append(f"in sittings of {section.from_minutes} minutes or more")
    if section.each:
        entries = ", ".join(spoken(entry.text) for entry in practice.lists.get(section.each, ()))
        notes.append(f"again for: {entries}")
    return tuple(notes)


def _when(when: Conditions) -> list[str]:
    notes = []
    if when.optional:
        notes.append("left out when time is short")
    if when.postures:
        notes.append(f"when {' or '.join(when.postures)}")
    if when.eyes:
        notes.append(f"with eyes {when.eyes}")
    if when.level > 1:
        notes.append(f"from level {when.level} on")
    return notes


def _line(item: Item, slots: Mapping[str, str]) -> list[TextLine]:
    if isinstance(item, Line):
        return [TextLine("say", tuple(_wording(v.text, slots) for v in item.variants))]
    if isinstance(item, Rest):
        return [TextLine("rest", (_quiet(item),))]
    if isinstance(item, Bell):
        return [TextLine("bell", (f"a {item.bowl} bell",))]
    return []


def _wording(text: str, slots: Mapping[str, str]) -> str:
    for name, words in slots.items():
        text = text.replace(f"{{{name}}}", words)
    return spoken(text)


def _quiet(rest: Rest) -> str:
    if rest.least == rest.most:
        return f"{rest.least:g} seconds of quiet"
    return f"{rest.least:g} to {rest.most:g} seconds of quiet"
