"""Lines of a text of ours, as every page that has one shows them."""

from collections.abc import Collection
from dataclasses import dataclass

from thaw.library.marked import Run


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line.

    Attributes:
        kind: ``words``, ``emphasis``, ``way``, ``claim`` (the number of a footnote) or ``work``
            (the name of what the words before stand on).
        text: Its words.
        number: Of the footnote.
        is_first: Whether this is where the footnote leads back to.
        to: The id of the article or the work that it leads to.
    """

    kind: str
    text: str
    number: int = 0
    is_first: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A heading, a paragraph or a list."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


def piece_of(run: Run, there: Collection[str]) -> Piece:
    """Return a run that is no claim; a way to an article that is gone is words alone."""
    is_gone = run.kind == "way" and run.to not in there
    return Piece("words" if is_gone else run.kind, run.text, to=run.to)
