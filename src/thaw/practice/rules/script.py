"""What rules look at: every wording a practice may speak, in text order and in its sittings.

A script is either a whole practice without its answers, or one answer. A line is looked at in
all its variants, and in each with every entry that may take its slot's place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from thaw.practice.parts import Item, Line, Place, Practice, Section, Words
from thaw.practice.rules.sitting import Sitting, sittings_of
from thaw.practice.rules.wording import Said, Wording, wordings_of


@dataclass(frozen=True)
class Script:
    """A practice without its answers, or one answer.

    Attributes:
        practice: What it belongs to.
        words: The words practices stand on.
        sections: Its sections, in text order.
    """

    practice: Practice
    words: Words
    sections: tuple[Section, ...]

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every line, in text order."""
        return tuple(entry for _, entry in self.items if isinstance(entry, Said))

    @cached_property
    def items(self) -> tuple[tuple[Section, Item | Said], ...]:
        """What stands under its sections, in text order, lines with their wordings."""
        return tuple(
            (section, self._said(section, item) if isinstance(item, Line) else item)
            for section in self.sections
            for item in section.items
        )

    @cached_property
    def postures(self) -> tuple[str, ...]:
        """The postures it can be done in."""
        named = self.practice.postures or ("sitting",)
        adds = self.practice.moving == "self" and not {"walking", "moving"} & set(named)
        return (*named, "moving") if adds else named

    @property
    def top(self) -> Place:
        """Where a problem stands that no words can be named for."""
        return self.sections[0].place

    def key(self, *names: str) -> Place:
        """Return where the first of these front matter keys stands that is there."""
        places = self.practice.places
        return next((places[name] for name in names if name in places), Place(1))

    def wordings(self) -> Iterator[Wording]:
        """Yield every wording of every line."""
        for said in self.said:
            yield from said.wordings

    def heard(self, posture: str) -> tuple[tuple[Said, tuple[Wording, ...]], ...]:
        """Return what may be heard in ``posture`` at the practice's own level, line by line."""
        level = self.practice.level
        lines = ((said, said.heard(posture, level)) for said in self.said)
        return tuple((said, wordings) for said, wordings in lines if wordings)

    def each_variant(self) -> Iterator[tuple[Section, Wording]]:
        """Yield every variant once, its slots filled with their first entries."""
        for said in self.said:
            seen: set[Place] = set()
            for wording in said.wordings:
                place = wording.pieces[0].source.place
                if place not in seen:
                    seen.add(place)
                    yield said.section, wording

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sittings that timed rules are judged on."""
        return sittings_of(self.practice, self.postures, self.said, self.words)

    def _said(self, section: Section, line: Line) -> Said:
        wordings = (
            wording
            for variant in line.variants
            for wording in wordings_of(variant, section, self.practice, self.words)
        )
        return Said(section, line, tuple(wordings))
