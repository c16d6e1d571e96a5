"""Read what stands inside a line: emphasis is kept, links and code are not for speaking.

HTML inside a sentence is text: it is shown and spoken as it stands, and never obeyed.
"""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SIGNS = frozenset("*_`[<&\\!")
_PARSER = MarkdownIt("commonmark").disable("reference")

_FOREIGN = {
    "code_inline": "code",
    "image": "a picture",
    "link_open": "a link",
    "strong_open": "strong emphasis (two stars)",
}
_TEXT = frozenset({"text", "html_inline", "text_special"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True, slots=True)
class Inline:
    """A line's words on one row, ``*emphasis*`` kept, and what else Markdown found in it."""

    text: str
    foreign: tuple[str, ...] = ()


def read_inline(source: str) -> Inline:
    """Return the words of ``source``; only stars that mean emphasis are kept."""
    if _SIGNS.isdisjoint(source):
        return Inline(" ".join(source.split()))
    tokens = _PARSER.parseInline(source)[0].children or []
    pieces = [_words_of(token) for token in tokens]
    foreign = tuple(_FOREIGN[token.type] for token in tokens if token.type in _FOREIGN)
    return Inline(" ".join("".join(pieces).split()), foreign)


def _words_of(token: Token) -> str:
    if token.type in _TEXT:
        return token.content.replace("*", "")
    if token.type in _BREAKS:
        return " "
    if token.type in ("em_open", "em_close") and token.level == 0:
        return "*"
    return ""
