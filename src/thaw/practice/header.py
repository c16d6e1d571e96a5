"""Read the front matter into what a practice says about itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from thaw.practice.answers import ANSWERED, EFFECTS, GROUNDING, Answer, Effect
from thaw.practice.attributes import FLAGS, AttributeReader, split_attributes
from thaw.practice.frontmatter import Listing, Node, Scalar, Table
from thaw.practice.parts import (
    POSTURES,
    Ask,
    Conditions,
    Entry,
    Eyes,
    Level,
    Minutes,
    Place,
    Practice,
    Words,
)
from thaw.practice.problems import Problems, suggest
from thaw.practice.slots import NAME

NEEDED = (
    *("title", "summary", "level", "minutes", "for", "not_for", "anchors", "postures"),
    *("author", "licence", "language"),
)
KNOWN = (
    *NEEDED,
    *("themes", "moving", "eyes", "sources", "version", "lists", "asks", "ready", "reviewed"),
)

NEEDED_OF_ANSWER = ("author", "licence", "language")
KNOWN_OF_ANSWER = (*NEEDED_OF_ANSWER, "answers", "effect", "fills", "version", "lists")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EYES: Mapping[str, Eyes] = {
    "open": "open",
    "closed": "closed",
    "open or closed": "open or closed",
}
_LEVELS: Mapping[str, Level] = {"1": 1, "2": 2, "3": 3}
_EFFECTS: Mapping[str, Effect] = {effect: effect for effect in EFFECTS}
_NOTHING = ("", "~", "null")


def read_header(table: Table, base: Practice, words: Words, problems: Problems) -> Practice:
    """Return ``base`` with everything the front matter says; note all that is wrong.

    Args:
        table: The front matter.
        base: Carries what the front matter cannot say: id, file and hash of the text.
        words: Says which anchors and avoid terms there are.
        problems: Where problems are noted. While it holds errors, the practice returned has
            stand-ins for what could not be read and is good for finding more problems only.
    """
    return _Header(table, words, problems).read(base)


def read_answer_header(table: Table, base: Practice, words: Words, problems: Problems) -> Answer:
    """Return what the front matter of an answer says; note all that is wrong.

    Args:
        table: The front matter.
        base: Carries what the front matter cannot say.
        words: An answer may use every anchor there is.
        problems: Where problems are noted; as for ``read_header``.
    """
    return _Header(table, words, problems).read_answer(base)


@dataclass(slots=True)
class _Header:
    table: Table
    words: Words
    problems: Problems
    attributes: AttributeReader = field(init=False)

    def __post_init__(self) -> None:
        self.attributes = AttributeReader(tuple(self.words.avoid), self.problems)

    def read(self, base: Practice) -> Practice:
        self._names(KNOWN, NEEDED)
        by, on = self._review()
        return Practice(
            id=base.id,
            file=base.file,
            text_hash=base.text_hash,
            title=self._text("title"),
            summary=self._text("summary"),
            level=_LEVELS.get(self._one_of("level", _LEVELS, "1"), 1),
            minutes=self._minutes(),
            themes=self._several("themes"),
            suits=self._text("for"),
            not_for=self._text("not_for"),
            anchors=self._several("anchors", self.words.anchors, "practice.unknown_anchor"),
            postures=self._several("postures", POSTURES, "practice.unknown_posture", least=1),
            moving=self._matching("moving", _ID, "Write self, or the id of a practice.") or None,
            eyes=_EYES.get(self._one_of("eyes", _EYES, "open or closed"), "open or closed"),
            sources=self._several("sources"),
            author=self._text("author"),
            licence=self._text("licence"),
            language=self._matching("language", _LANGUAGE, "Write a language tag: en, de."),
            version=self._whole("version", self.table, 1, 9999, 1),
            lists=self._lists(),
            asks=self._asks(),
            sections=(),
            ready=self._several("ready"),
            reviewed_by=by,
            reviewed_on=on,
            places=self.table.places,
        )

    def read_answer(self, base: Practice) -> Answer:
        fills = "fills" in self.table.pairs
        self._names(
            KNOWN_OF_ANSWER,
            (*NEEDED_OF_ANSWER, *(() if fills else ("answers", "effect"))),
        )
        effect = (
            self._one_of("fills", {"outward": None}, "outward")
            if fills
            else self._one_of("effect", _EFFECTS, "continue")
        )
        kind = GROUNDING if fills else self._one_of("answers", dict.fromkeys(ANSWERED), "nothing")
        script = replace(
            base,
            author=self._text("author"),
            licence=self._text("licence"),
            language=self._matching("language", _LANGUAGE, "Write a language tag: en, de."),
            version=self._whole("version", self.table, 1, 9999, 1),
            lists=self._lists(),
            anchors=tuple(self.words.anchors),
            postures=POSTURES,
            places=self.table.places,
        )
        return Answer(kind, _EFFECTS[effect], script)

    def _names(self, known: Sequence[str], needed: Sequence[str]) -> None:
        for name, place in self.table.places.items():
            if name not in known:
                self.problems.error(
                    place,
                    "practice.unknown_key",
                    f"There is no front matter entry {name}.",
                    suggest(name, known),
                )
        for name in needed:
            if name not in self.table.pairs:
                self.problems.error(
                    Place(1),
                    "practice.missing_key",
                    f"The front matter does not say {name}.",
                    f"Add a line: {name}: ...",
                )

    def _wrong(self, node: Node, name: str, hint: str) -> None:
        self.problems.error(
            node.place, "practice.value", f"The value of {name} is not as it should be.", hint
        )

    def _text(self, name: str) -> str:
        node = self.table.pairs.get(name)
        if node is None:
            return ""
        if isinstance(node, Scalar) and node.text.strip() not in _NOTHING:
            return " ".join(node.text.split())
        self._wrong(node, name, "Write some words.")
        return ""

    def _one_of(self, name: str, known: Mapping[str, object], otherwise: str) -> str:
        node = self.table.pairs.get(name)
        if node is None:
            return otherwise
        if isinstance(node, Scalar) and node.text in known:
            return node.text
        self._wrong(node, name, f"Write one of: {', '.join(known)}.")
        return otherwise

    def _matching(self, name: str, form: re.Pattern[str], hint: str) -> str:
        node = self.table.pairs.get(name)
        if node is None or (isinstance(node, Scalar) and node.text in _NOTHING):
            return ""
        if isinstance(node, Scalar) and form.fullmatch(node.text):
            return node.text
        self._wrong(node, name, hint)
        return ""

    def _whole(self, name: str, table: Table, low: int, high: int, otherwise: int) -> int:
        node = table.pairs.get(name)
        if node is None:
            return otherwise
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,4}", node.text):
            number = int(node.text)
            if low <= number <= high:
                return number
        self._wrong(node, name, f"Write a whole number from {low} to {high}.")
        return otherwise

    def _several(
        self,
        name: str,
        known: Mapping[str, object] | tuple[str, ...] = (),
        code: str = "",
        *,
        least: int = 0,
    ) -> tuple[str, ...]:
        node = self.table.pairs.get(name)
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else ()
        words = tuple(item for item in items if isinstance(item, Scalar) and item.text.strip())
        if not isinstance(node, Listing) or len(words) != len(items) or len(items) < least:
            self._wrong(node, name, f"Write a list of words: {name}: [one, another].")
        for word in words if code else ():
            if word.text not in known:
                message = f"There is no {name.removesuffix('s')} {word.text}."
                self.problems.error(word.place, code, message, suggest(word.text, known))
        return tuple(" ".join(word.text.split()) for word in words)

    def _minutes(self) -> Minutes:
        node = self.table.pairs.get("minutes")
        hint = "Write whole minutes: minutes: {least: 4, usual: 6, most: 7}."
        if node is None:
            return Minutes(1, 1, 60)
        if not isinstance(node, Table) or set(node.pairs) != {"least", "usual", "most"}:
            self._wrong(node, "minutes", hint)
            return Minutes(1, 1, 60)
        least, usual, most = (
            self._whole(name, node, 1, 60, 1) for name in ("least", "usual", "most")
        )
        if not least <= usual <= most:
            self._wrong(node, "minutes", "Put them in order: least, usual, most.")
        return Minutes(least, usual, most)

    def _review(self) -> tuple[str | None, str | None]:
        node = self.table.pairs.get("reviewed")
        if node is None:
            return None, None
        if isinstance(node, Table) and set(node.pairs) == {"by", "on"}:
            by, on = node.pairs["by"], node.pairs["on"]
            if (
                isinstance(by, Scalar)
                and isinstance(on, Scalar)
                and re.fullmatch(r"\d{4}-\d\d-\d\d", on.text)
            ):
                return by.text, on.text
        self._wrong(node, "reviewed", "Write who and when: reviewed: {by: A Name, on: 2025-01-31}.")
        return None, None

    def _tables(self, name: str, hint: str) -> Table:
        """Return the table of named lists or asks, without names that cannot be slots."""
        node = self.table.pairs.get(name)
        if node is None:
            return Table({}, {}, Place(1))
        if not isinstance(node, Table):
            self._wrong(node, name, hint)
            return Table({}, {}, node.place)
        for slot, place in node.places.items():
            taken = slot == "anchor" or slot in FLAGS
            if taken or not NAME.fullmatch(slot):
                self.problems.error(
                    place,
                    "practice.slot_name",
                    f"{slot} cannot be the name of a slot.",
                    "Choose another; small letters, digits and dashes only."
                    if not taken
                    else "Choose another; this word already means something in braces.",
                )
        return node

    def _lists(self) -> dict[str, tuple[Entry, ...]]:
        hint = "Write names with lists: lists: {places: [the hands, the feet]}."
        tables = self._tables("lists", hint)
        return {name: self._entries(name, node, hint) for name, node in tables.pairs.items()}

    def _entries(self, name: str, node: Node, hint: str) -> tuple[Entry, ...]:
        items = node.items if isinstance(node, Listing) else ()
        if not items:
            self._wrong(node, name, hint)
        return tuple(entry for item in items if (entry := self._entry(name, item, hint)))

    def _entry(self, name: str, node: Node, hint: str) -> Entry | None:
        text, inside = split_attributes(node.text) if isinstance(node, Scalar) else ("", "")
        text = " ".join(text.split())
        if not text:
            self._wrong(node, name, hint)
            return None
        if "{" in text or "}" in text:
            self.problems.error(
                node.place,
                "practice.unknown_slot",
                "A list entry cannot hold a slot.",
                "Write the words out, with attributes at the end only: the chest {level=2}.",
            )
        when = self.attributes.read(inside, node.place).when if inside else Conditions()
        return Entry(text, when, node.place)

    def _asks(self) -> dict[str, Ask]:
        hint = "Write: asks: {being: {question: Who is easy to be near?, otherwise: this being}}."
        tables = self._tables("asks", hint)
        for name in tables.pairs.keys() & _names_of(self.table.pairs.get("lists")):
            self.problems.error(
                tables.places[name],
                "practice.slot_name",
                f"{name} is a list already.",
                "Give what is asked a name of its own.",
            )
        return {name: self._ask(name, node, hint) for name, node in tables.pairs.items()}

    def _ask(self, name: str, node: Node, hint: str) -> Ask:
        parts = node.pairs if isinstance(node, Table) else {}
        texts = [part.text for part in parts.values() if isinstance(part, Scalar) and part.text]
        if set(parts) != {"question", "otherwise"} or len(texts) != 2:
            self._wrong(node, name, hint)
            return Ask("", name)
        question, otherwise = parts["question"], parts["otherwise"]
        return Ask(_words(question), _words(otherwise))


def _names_of(node: Node | None) -> frozenset[str]:
    return frozenset(node.pairs) if isinstance(node, Table) else frozenset()


def _words(node: Node) -> str:
    return " ".join(node.text.split()) if isinstance(node, Scalar) else ""
