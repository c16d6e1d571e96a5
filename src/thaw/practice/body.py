"""Read the body of a practice: blocks become sections, lines, rests and bells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from thaw.practice.attributes import AttributeReader, Attributes, split_attributes
from thaw.practice.blocks import Block, Passage, split_blocks
from thaw.practice.directives import directive_inside, directive_of, read_directive
from thaw.practice.inline import read_inline
from thaw.practice.pace import count_words
from thaw.practice.parts import Conditions, Item, Line, Place, Section, Variant
from thaw.practice.problems import Problems, suggest
from thaw.practice.slots import SlotCheck

_LINK_DEFINITION = re.compile(r"\[[^\]]+\]:")


@dataclass(slots=True)
class BodyReader:
    """Reads blocks into sections; every problem is noted on the way.

    Attributes:
        attributes: Reads what stands in braces.
        slots: Checks the slots of lines; None where there is no front matter to check against.
        problems: Where problems are noted.
        rows: The lines of the whole text, to find places in.
        first_line: The line on which the body begins, counted from 1.
    """

    attributes: AttributeReader
    slots: SlotCheck | None
    problems: Problems
    rows: list[str]
    first_line: int
    _each: str | None = None

    def sections(self, body: str) -> Iterator[Section]:
        """Yield the sections of ``body``, in order."""
        section: Section | None = None
        items: list[Item] = []
        for block in split_blocks(body):
            if block.kind == "heading":
                yield from self._closed(section, items)
                section, items = self._opened(block), []
                continue
            if section is None and block.kind != "foreign":
                self.problems.error(
                    self._row(block.first),
                    "practice.before_first_section",
                    "Something stands before the first section.",
                    "Open a section first: ## Arriving",
                )
            items.extend(self._items(block))
        yield from self._closed(section, items)

    def _opened(self, block: Block) -> Section:
        passage = block.passages[0]
        place = self._row(passage.first)
        source, inside = split_attributes(passage.text, heading=True)
        given = self.attributes.read(inside, place, section=True) if inside else Attributes()
        title = self._plain(source, passage, "A title")
        if not title:
            self.problems.error(
                place, "practice.empty_line", "A section has no title.", "Write ## and a title."
            )
        if "{" in title or "}" in title:
            self.problems.error(
                place,
                "practice.unknown_slot",
                "A title cannot hold a slot.",
                "Write its words out.",
            )
        self._check_together(given, place)
        self._each = given.each
        return Section(
            title=title,
            items=(),
            when=given.when,
            from_minutes=given.from_minutes,
            each=given.each,
            closing=given.closing,
            response=given.response,
            place=place,
        )

    def _check_together(self, given: Attributes, place: Place) -> None:
        """Note attributes that do not go together, and a list that is not there."""
        if given.each and self.slots and given.each not in self.slots.practice.lists:
            self.problems.error(
                place,
                "practice.unknown_list",
                f"There is no list {given.each}.",
                suggest(given.each, self.slots.practice.lists),
            )
        sometimes = given.when.optional or given.from_minutes or given.each
        if given.closing and (sometimes or given.response):
            self.problems.error(
                place,
                "practice.closing_condition",
                "The closing cannot be optional, repeated, from a minute on, or a response.",
                "Leave closing alone, so that the way back is always there.",
            )
        elif given.response and sometimes:
            self.problems.error(
                place,
                "practice.response_condition",
                "A response cannot be optional, repeated, or from a minute on.",
                "Leave those out; a response is given when it is asked for.",
            )

    def _closed(self, section: Section | None, items: list[Item]) -> Iterator[Section]:
        if section is None:
            return
        if not items:
            self.problems.error(
                section.place,
                "practice.empty_section",
                f"Nothing stands under {section.title}.",
                "Write a line, or leave the heading out.",
            )
        yield replace(section, items=tuple(items))

    def _items(self, block: Block) -> Iterable[Item]:
        if block.kind == "foreign":
            self.problems.error(
                self._row(block.first),
                "practice.markdown",
                f"{block.name[0].upper()}{block.name[1:]} has no place in a practice.",
                "Use ## headings, paragraphs, bullets and directives in brackets.",
            )
            return ()
        if block.kind == "paragraph":
            return self._paragraph(block.passages[0])
        variants = (self._variant(passage) for passage in block.passages)
        kept = tuple(variant for variant in variants if variant)
        return (Line(kept, self._row(block.first)),) if kept else ()

    def _paragraph(self, passage: Passage) -> Iterator[Item]:
        directives = [directive_of(row) for row in passage.text.split("\n")]
        if any(inside is None for inside in directives):
            if variant := self._variant(passage):
                yield Line((variant,), variant.place)
            return
        for number, inside in enumerate(directives, start=passage.first):
            if item := read_directive(inside or "", self._row(number), self.problems):
                yield item

    def _variant(self, passage: Passage) -> Variant | None:
        place = self._row(passage.first)
        if directive := directive_inside(passage.text):
            self.problems.error(
                self._find(directive, passage),
                "practice.directive_in_line",
                f"{directive} stands among words.",
                "Give it a paragraph of its own, with an empty line before and after.",
            )
        source, inside = split_attributes(passage.text)
        text = self._plain(source, passage, "A line")
        if not count_words(text):
            self.problems.error(
                place, "practice.empty_line", "A line holds no words.", "Write some, or delete it."
            )
            return None
        if self.slots:
            self.slots.check(text, self._each, lambda words: self._find(words, passage))
        return Variant(text, self._conditions(inside, passage), place)

    def _conditions(self, inside: str, passage: Passage) -> Conditions:
        if not inside:
            return Conditions()
        return self.attributes.read(inside, self._find("{" + inside, passage)).when

    def _plain(self, source: str, passage: Passage, what: str) -> str:
        """Return the words of a passage, noting any Markdown that has no place in them."""
        inline = read_inline(source)
        defined = ("a link",) if _LINK_DEFINITION.match(source) else ()
        for name in dict.fromkeys((*inline.foreign, *defined)):
            self.problems.error(
                self._row(passage.first),
                "practice.markdown",
                f"{what} holds {name}.",
                "Write plain words; one star on each side gives emphasis.",
            )
        return inline.text

    def _row(self, number: int) -> Place:
        """Return where a row of the body begins, the rows counted from 0."""
        line = self.first_line + number
        row = self.rows[line - 1]
        return Place(line, len(row) - len(row.lstrip()) + 1)

    def _find(self, words: str, passage: Passage) -> Place:
        """Return where ``words`` stand in a passage, or its beginning if they wrap."""
        for number in range(passage.first, passage.end):
            column = self.rows[self.first_line + number - 1].find(words)
            if column >= 0:
                return Place(self.first_line + number, column + 1)
        return self._row(passage.first)
