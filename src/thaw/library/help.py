"""What the help page says: short texts from ``content/help/``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from thaw.library.content import read_content, unreadable

_PLACE = re.compile(r"\b[a-z0-9-]+\.(?:com|org)\b")


@dataclass(frozen=True, slots=True)
class HelpText:
    """One short text: a heading, paragraphs, perhaps one list, perhaps paragraphs after it.

    Attributes:
        title: The heading.
        before: Paragraphs before the list, or all where there is none.
        points: The list.
        after: Paragraphs after the list.
    """

    title: str
    before: tuple[str, ...]
    points: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The sites that are named in it, such as ``findahelpline.com``, each once."""
        said = " ".join((*self.before, *self.points, *self.after))
        return tuple(dict.fromkeys(_PLACE.findall(said)))


@dataclass(frozen=True, slots=True)
class Help:
    """Everything the help page says but the numbers.

    Attributes:
        now: What to do when one is not safe.
        lines: Where helplines are found; holds the directory for every country.
        nothing: That feeling nothing is a reason to reach out, too.
        thoughts: What to do with thoughts of dying.
        hurt: What to do when someone hurts one.
        afraid: What to do when one is afraid of hurting someone.
        substances: What to do when alcohol or drugs are part of it.
        grounding: Five lines that lead back to the room.
        someone_first: Who should talk to a professional first.
        worse: What to do if a practice makes things worse.
    """

    now: HelpText
    lines: HelpText
    nothing: HelpText
    thoughts: HelpText
    hurt: HelpText
    afraid: HelpText
    substances: HelpText
    grounding: HelpText
    someone_first: HelpText
    worse: HelpText


def load_help(folder: Path) -> Help:
    """Return the help texts of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where a text is missing or not as it should be.
    """
    texts = folder / "help"
    return Help(
        now=_read(texts / "now.md"),
        lines=_read(texts / "lines.md"),
        nothing=_read(texts / "nothing.md"),
        thoughts=_read(texts / "thoughts.md"),
        hurt=_read(texts / "hurt.md"),
        afraid=_read(texts / "afraid.md"),
        substances=_read(texts / "substances.md"),
        grounding=_read(texts / "grounding.md"),
        someone_first=_read(texts / "someone-first.md"),
        worse=_read(texts / "worse.md"),
    )


def _read(path: Path) -> HelpText:
    pieces = list(_pieces(read_content(path)))
    titles = [text for kind, text in pieces if kind == "heading"]
    if len(titles) != 1 or pieces[0][0] != "heading":
        raise unreadable(path, "it needs one heading, at the top")
    points = [at for at, (kind, _) in enumerate(pieces) if kind == "point"]
    if any(second != first + 1 for first, second in pairwise(points)):
        raise unreadable(path, "it may hold one list only")
    first, last = (points[0], points[-1]) if points else (len(pieces), len(pieces))
    texts = [text for _, text in pieces]
    return HelpText(
        title=titles[0],
        before=tuple(texts[1:first]),
        points=tuple(texts[first : last + 1]),
        after=tuple(texts[last + 1 :]),
    )


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each block is (heading, paragraph, point) and its words, in order."""
    opened = ""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            opened = "heading"
        elif token.type == "paragraph_open":
            opened = "point" if token.level > 1 else "paragraph"
        elif token.type == "inline":
            yield opened, token.content.replace("\n", " ")
