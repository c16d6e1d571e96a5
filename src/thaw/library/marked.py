"""What stands in a line of a text to read: words, *emphasis*, claims, and ways to other texts.

Articles and the lessons of a course are written alike. ``[@ma-2021]`` behind a sentence says which
work of the ledger it stands on, ``[words](/learn/medicines)`` leads to another text. Nothing else
that Markdown knows inside a line has a place there; it is a problem with its line, and never
obeyed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Final, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["words", "emphasis", "claim", "way"]

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CLAIM: Final = re.compile(r"\s*\[@([^\]]*)\]")
_WAY: Final = re.compile(rf"/learn/({_ID.pattern})")
_NO_WORK: Final = "Write the id of a work of the ledger: [@ma-2021]."
_NO_TEXT: Final = "A link leads to a text of the library: [its title](/learn/its-id)."

Note = Callable[[int, str, str], None]
"""Takes what is wrong: the line, what is so, and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line.

    Attributes:
        kind: What it is.
        text: The words; for a claim, the id of its work.
        to: For a way, the id of the article that it leads to.
        line: Where it begins.
    """

    kind: Kind
    text: str
    to: str = ""
    line: int = field(default=0, compare=False)


Runs = tuple[Run, ...]


def read_runs(text: str, line: int, note: Note) -> Runs:
    """Return what stands in a paragraph, or in one point of a list.

    Args:
        text: As it is written, over one line or several.
        line: The line it begins on.
        note: Told of each thing that has no place there.
    """
    tokens = _parser().parseInline(text)[0].children or ()
    return tuple(
        run for each in _joined(_stretches(tokens, line, note)) for run in _claimed(each, note)
    )


def words_of(runs: Iterable[Run]) -> str:
    """Return the words, without the works they stand on."""
    return "".join(run.text for run in runs if run.kind != "claim")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _stretches(tokens: Sequence[Token], line: int, note: Note) -> Iterator[Run]:
    """Yield each stretch as Markdown has it, a line's end among them."""
    is_emphasis, to = False, ""
    for token in tokens:
        if token.type in ("text", "softbreak"):
            kind: Kind = "way" if to else "emphasis" if is_emphasis else "words"
            yield Run(kind, token.content or "\n", to, line)
        elif token.type in ("em_open", "em_close"):
            is_emphasis = token.nesting == 1
        elif token.type == "link_close":
            to = ""
        elif way := _WAY.fullmatch(str(token.attrs.get("href", ""))):
            to = way[1]
        elif token.type == "link_open":
            note(line, "This link leads to no text.", _NO_TEXT)
        elif token.nesting >= 0:
            name = token.type.removesuffix("_open")
            note(line, f"{name} has no place in a line.", "Write plain words.")
        line += token.type in ("softbreak", "hardbreak")


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs with neighbours of one kind made one."""
    for (kind, to), group in groupby(runs, key=lambda run: (run.kind, run.to)):
        alike = list(group)
        yield Run(kind, "".join(run.text for run in alike), to, alike[0].line)


def _claimed(run: Run, note: Note) -> Iterator[Run]:
    """Yield the words of ``run`` in one line, and each ``[@work]`` among them as a claim."""
    end = 0
    for found in _CLAIM.finditer(run.text):
        yield from _part(run, end, found.start())
        work = " ".join(found[1].split())
        line = run.line + run.text[: found.end()].count("\n")
        if not _ID.fullmatch(work):
            note(line, f"[@{work}] names no work.", _NO_WORK)
        yield Run("claim", work, line=line)
        end = found.end()
    yield from _part(run, end, len(run.text))


def _part(run: Run, start: int, end: int) -> Iterator[Run]:
    if start < end:
        line = run.line + run.text[:start].count("\n")
        yield Run(run.kind, run.text[start:end].replace("\n", " "), run.to, line)
