"""What rules look at: every wording a practice may speak, in text order and in its sittings.

A script is either a whole practice without its answers, or one answer. A line is looked at in
all its variants, and in each with every entry that may take its slot's place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from thaw.practice.parts import Item, Line, Place, Practice, Section, Words
from thaw.practice.rules.sitting import Sitting, sittings_of
from thaw.practice.rules.wording import Heard, Said, Wording, wordings_of
from thaw.practice.situation import postures_of


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
        return postures_of(self.practice)

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

    @cached_property
    def heard(self) -> Mapping[str, tuple[Heard, ...]]:
        """What may be heard at the practice's own level, line by line, by posture."""
        return {posture: tuple(self._heard(posture)) for posture in self.postures}

    def each_variant(self) -> Iterator[tuple[Section, Wording]]:
        """Yield every variant once, its slots filled with their first entries."""
        for said in self.said:
            first = {wording.variant.place: wording for wording in reversed(said.wordings)}
            yield from ((said.section, first[variant.place]) for variant in said.line.variants)

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sittings that timed rules are judged on."""
        return sittings_of(self.practice, self.heard, self.words)

    def _heard(self, posture: str) -> Iterator[Heard]:
        for said in self.said:
            if wordings := said.heard(posture, self.practice.level):
                yield Heard(said, wordings)

    def _said(self, section: Section, line: Line) -> Said:
        wordings = (
            wording
            for variant in line.variants
            for wording in wordings_of(variant, section, self.practice, self.words)
        )
        return Said(section, line, tuple(wordings))
