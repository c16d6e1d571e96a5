"""Read front matter: YAML behind a guard.

Only what a practice needs gets through: plain tables, lists and words. Anchors, aliases and
tags are refused, and so is anything too large or too deep, before it costs anything. Every
scalar stays the text it was written as; who asks for a number says so (``header``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from thaw.practice.parts import Place
from thaw.practice.problems import Problems

MOST_BYTES = 16_384
"""Front matter larger than this is refused unread."""

MOST_NODES = 1_000
MOST_DEPTH = 5

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads plain values only: libyaml where the wheel brings it, the same from Python where not."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, a number or a sentence, as written."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their nodes; ``places`` says where each key stands."""

    pairs: dict[str, "Node"]
    places: dict[str, Place]
    place: Place


Node = Scalar | Listing | Table


@dataclass(frozen=True, slots=True)
class Split:
    """A text taken apart.

    Attributes:
        front: The front matter, without its fences; None where there is none.
        body: What follows it.
        body_line: The line of the text on which the body begins, counted from 1.
    """

    front: str | None
    body: str
    body_line: int


class _RefusedError(Exception):
    def __init__(self, place: Place, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = (place, code, message, hint)


def split_front_matter(text: str, problems: Problems) -> Split:
    """Return the front matter and the body of ``text``; note where there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        problems.error(
            Place(1),
            "practice.no_front_matter",
            "The text does not begin with front matter.",
            "Begin with three dashes, then title, summary and the rest, then three dashes.",
        )
        return Split(None, text, 1)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            front, body = "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
            return Split(front, body, number + 2)
    problems.error(
        Place(1),
        "practice.no_front_matter",
        "The front matter never ends.",
        "Close it with a line of three dashes.",
    )
    return Split(None, "", len(lines) + 1)


def load_front_matter(front: str, problems: Problems, *, first_line: int = 2) -> Table | None:
    """Return ``front`` as a table of nodes, or None with its problem noted.

    Args:
        front: The YAML between the fences.
        problems: Where problems are noted.
        first_line: The line of the text on which ``front`` begins.
    """
    try:
        return _load(front, first_line)
    except _RefusedError as error:
        problems.error(*error.problem)
    except yaml.YAMLError as error:
        problems.error(
            _place(getattr(error, "problem_mark", None), first_line),
            "practice.yaml",
            "The front matter cannot be read from here on.",
            "Write a name, a colon, a space and a value; "
            "put a value in quotes where it holds a colon or begins with a sign.",
        )
    return None


def _load(front: str, first_line: int) -> Table:
    if len(front.encode()) > MOST_BYTES:
        raise _RefusedError(
            Place(first_line),
            "practice.front_matter_too_large",
            f"The front matter is larger than {MOST_BYTES // 1024} kB.",
            "Keep it to names, lengths and lists.",
        )
    builder = _Builder(front, first_line)
    node = builder.document()
    if not isinstance(node, Table):
        raise _RefusedError(
            node.place,
            "practice.yaml",
            "The front matter is not a table of names and values.",
            "Write one entry a line, such as title: Five things.",
        )
    return node


class _Builder:
    """Turns guarded events into nodes."""

    def __init__(self, front: str, first_line: int) -> None:
        self._events = self._guarded(front, first_line)
        self._first_line = first_line

    def document(self) -> Node:
        next(self._events)  # the stream starts
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return Scalar("", Place(self._first_line))
        node = self._node(next(self._events))
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _RefusedError(
                _place(after.start_mark, self._first_line),
                "practice.yaml",
                "The front matter holds a second document.",
                "Keep one.",
            )
        return node

    def _guarded(self, front: str, first_line: int) -> Iterator[yaml.Event]:
        depth = 0
        for count, event in enumerate(yaml.parse(front, Loader=LOADER)):
            place = _place(event.start_mark, first_line)
            _refuse_reference(event, place)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_DEPTH or count > MOST_NODES:
                raise _RefusedError(
                    place,
                    "practice.yaml_too_much",
                    f"The front matter has over {MOST_DEPTH} levels or {MOST_NODES} entries.",
                    "A practice needs far less; make it plainer.",
                )
            yield event

    def _node(self, event: yaml.Event) -> Node:
        place = _place(event.start_mark, self._first_line)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(tuple(self._items()), place)
        return self._table(place)

    def _items(self) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event)

    def _table(self, place: Place) -> Table:
        table = Table({}, {}, place)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, Scalar) or key.text in table.pairs:
                raise _RefusedError(
                    key.place,
                    "practice.yaml_key",
                    "A name stands here twice, or is not a plain word.",
                    "Give every entry a plain name of its own.",
                )
            table.places[key.text] = key.place
            table.pairs[key.text] = self._node(next(self._events))
        return table


def _refuse_reference(event: yaml.Event, place: Place) -> None:
    """Refuse whatever makes YAML more than data: aliases, anchors and tags."""
    if getattr(event, "anchor", None) is not None:  # an alias has one, too
        raise _RefusedError(
            place,
            "practice.yaml_alias",
            "The front matter uses an anchor (&) or an alias (*).",
            "Write the words out each time; put a value that begins with & or * in quotes.",
        )
    if getattr(event, "tag", None) is not None:
        raise _RefusedError(
            place,
            "practice.yaml_tag",
            "The front matter uses a tag (!).",
            "Leave it out; put a value that begins with ! in quotes.",
        )


class _Mark(Protocol):
    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def _place(mark: _Mark | None, first_line: int) -> Place:
    return Place(mark.line + first_line, mark.column + 1) if mark else Place(first_line)
