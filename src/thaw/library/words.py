"""The words that practices stand on: anchors, the avoid list, ways out."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from thaw.practice.parts import Words
from thaw.units import SettingError


def load_words(folder: Path) -> Words:
    """Return the anchors, avoid terms and ways out of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where a file is missing or not as it should be.
    """
    terms = _table(folder / "words" / "avoid.yaml")
    return Words(
        anchors={str(name): str(phrase) for name, phrase in _anchors(folder).items()},
        avoid={name: _term_words(folder, name, term) for name, term in terms.items()},
        leave=_bullets(folder / "responses" / "leave.md"),
    )


def avoid_names(folder: Path) -> Mapping[str, str]:
    """Return what pages call each avoid term (``breath``: "the breath"), in the file's order.

    Raises:
        SettingError: ``content.unreadable``, as ``load_words``.
    """
    path = folder / "words" / "avoid.yaml"
    names: dict[str, str] = {}
    for term, entry in _table(path).items():
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise unreadable(path, f"{term} needs a name")
        names[term] = entry["name"]
    return names


def unreadable(path: Path, why: str) -> SettingError:
    """Return the error for a content file that cannot be used, with what to do."""
    return SettingError(
        "content.unreadable",
        f"{path.parent.name}/{path.name} cannot be used: {why}. Mend the file, or install "
        "Thaw again.",
        {"file": f"{path.parent.name}/{path.name}"},
    )


def _anchors(folder: Path) -> dict[str, object]:
    path = folder / "words" / "anchors.yaml"
    anchors = _table(path)
    for name, phrase in anchors.items():
        if not isinstance(phrase, str):
            raise unreadable(path, f"{name} is not a phrase")
    return anchors


def _term_words(folder: Path, name: str, term: object) -> tuple[str, ...]:
    words = term.get("words") if isinstance(term, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise unreadable(folder / "words" / "avoid.yaml", f"{name} needs a list of words")
    return tuple(word.lower() for word in words)


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


def read_content(path: Path) -> str:
    """Return the text of one of our own content files.

    Raises:
        SettingError: ``content.unreadable``.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise unreadable(path, error.strerror or "it cannot be read") from error
    except UnicodeDecodeError as error:
        raise unreadable(path, "it is not UTF-8 text") from error


def _table(path: Path) -> dict[str, object]:
    return read_table(path)


def read_table(path: Path) -> dict[str, object]:
    """Return one of our own YAML files whose top is a table.

    Raises:
        SettingError: ``content.unreadable``.
    """
    try:
        table = yaml.safe_load(read_content(path))
    except yaml.YAMLError as error:
        raise unreadable(path, "it is not valid YAML") from error
    if not isinstance(table, dict) or not all(isinstance(name, str) for name in table):
        raise unreadable(path, "it is not a table of names")
    return table
