"""Take the body of a practice apart into Markdown blocks.

Knows Markdown and nothing of practices. Blocks only: what stands inside a sentence is read by
``inline``, where there is anything to read. Link definitions are not looked for, since they
would make a paragraph vanish without a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "bullets", "foreign"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text and the lines of the body it stands on, counted from 0, end not included."""

    text: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One block of Markdown.

    Attributes:
        kind: ``foreign`` is anything a practice has no use for.
        passages: One for a heading or paragraph, one for each bullet.
        name: What a person calls a foreign block: "a quote".
        first: Its first line, counted from 0.
    """

    kind: Kind
    passages: tuple[Passage, ...]
    first: int
    name: str = ""


_FOREIGN = {
    "blockquote_open": "a quote",
    "code_block": "code (a line that begins with four spaces)",
    "fence": "code",
    "html_block": "an HTML block",
    "hr": "a dividing line",
    "ordered_list_open": "a numbered list",
    "table_open": "a table",
}


_SIGNS = {
    "table": re.compile(r"\|"),
    "code": re.compile(r" {4}|\t"),
    "fence": re.compile(r"```|~~~"),
    "blockquote": re.compile(r">"),
    "html_block": re.compile(r"<"),
    "hr": re.compile(r"([-_*])[ \t]*\1[ \t]*\1"),
    "lheading": re.compile(r"^[ \t]*(?:=+|-+)[ \t]*$", re.MULTILINE),
}
"""Rules of Markdown that most practices have no use for, and a sign without which they cannot
apply. Asked of every line in vain, they would take more than half of the time."""


@cache
def _parser_without(rules: frozenset[str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", *rules])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def split_blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of ``body`` in order."""
    unneeded = frozenset(rule for rule, sign in _SIGNS.items() if not sign.search(body))
    tokens = _parser_without(unneeded).parse(body)
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        yield from _read_block(tokens[at:end])
        at = end


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """Return the index after the block that opens at ``start``."""
    depth: int = tokens[start].nesting
    end = start + 1
    while depth:
        depth += tokens[end].nesting
        end += 1
    return end


def _read_block(tokens: Sequence[Token]) -> Iterator[Block]:
    opening = tokens[0]
    first = _first_line(opening)
    if opening.type == "paragraph_open":
        yield Block("paragraph", (_passage(tokens[1]),), first)
    elif opening.type == "heading_open" and opening.markup == "##":
        yield Block("heading", (_passage(tokens[1]),), first)
    elif opening.type == "heading_open":
        yield Block("foreign", (), first, "a heading of another kind")
    elif opening.type == "bullet_list_open":
        yield from _read_bullets(tokens)
    else:
        yield Block("foreign", (), first, _FOREIGN[opening.type])


def _read_bullets(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the list and, for each bullet that holds more than one line, what is foreign."""
    passages: list[Passage] = []
    at = 1
    while tokens[at].type == "list_item_open":
        end = _end_of(tokens, at)
        inside = [token.type for token in tokens[at + 1 : end - 1] if token.level == 2]
        if inside and inside[:1] != ["paragraph_open"]:
            yield Block("foreign", (), _first_line(tokens[at]), "a bullet that is not a line")
        elif len(inside) > 2:
            yield Block("foreign", (), _first_line(tokens[at]), "a bullet of several parts")
        elif inside:
            passages.append(_passage(tokens[at + 2]))
        else:
            passages.append(Passage("", _first_line(tokens[at]), _first_line(tokens[at]) + 1))
        at = end
    yield Block("bullets", tuple(passages), _first_line(tokens[0]))


def _passage(inline: Token) -> Passage:
    first, end = inline.map or (0, 1)
    return Passage(inline.content, first, end)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0
