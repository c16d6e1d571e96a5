"""The words that practices stand on: anchors, the avoid list, ways out, questions."""

from collections.abc import Mapping
from pathlib import Path

from markdown_it import MarkdownIt

from thaw.library.content import read_content, read_table, unreadable
from thaw.practice.parts import Words


def load_words(folder: Path) -> Words:
    """Return the anchors, avoid terms, ways out and questions of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where a file is missing or not as it should be.
    """
    return Words(
        anchors=_anchors(folder / "words" / "anchors.yaml"),
        avoid={term: words for term, (_, words) in _terms(folder).items()},
        leave=_bullets(folder / "responses" / "leave.md"),
        check=_bullets(folder / "responses" / "check.md"),
    )


def avoid_names(folder: Path) -> Mapping[str, str]:
    """Return what pages call each avoid term (``breath``: "the breath"), in the file's order.

    Raises:
        SettingError: ``content.unreadable``, as ``load_words``.
    """
    return {term: name for term, (name, _) in _terms(folder).items()}


def _anchors(path: Path) -> dict[str, str]:
    anchors: dict[str, str] = {}
    for name, phrase in read_table(path).items():
        if not isinstance(phrase, str):
            raise unreadable(path, f"{name} is not a phrase")
        anchors[name] = phrase
    return anchors


def _terms(folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return each avoid term's name and its words, in lower case."""
    path = folder / "words" / "avoid.yaml"
    terms: dict[str, tuple[str, tuple[str, ...]]] = {}
    for term, entry in read_table(path).items():
        name, words = (
            (entry.get("name"), entry.get("words")) if isinstance(entry, dict) else (None, None)
        )
        if not isinstance(name, str) or not isinstance(words, list):
            raise unreadable(path, f"{term} needs a name and a list of words")
        if not all(isinstance(word, str) and word for word in words):
            raise unreadable(path, f"{term} holds something that is not a word")
        terms[term] = name, tuple(word.lower() for word in words)
    return terms


def _bullets(path: Path) -> tuple[str, ...]:
    """Return the bullets of a Markdown file; each is one line of plain words."""
    tokens = MarkdownIt("commonmark").parse(read_content(path))
    lines = tuple(
        token.content.replace("\n", " ")
        for token in tokens
        if token.type == "inline" and token.level > 1
    )
    if not lines:
        raise unreadable(path, "it holds no bullet list")
    return lines
