"""Words for feelings: what each means, where it may sit in the body, and what stands beside it.

One file a group, ``content/words/lexicon/GROUP.yaml``; and small scenes to choose a word for,
``content/words/scenes.yaml``. What is not as it should be is left out and named in ``broken``, so
that one slip takes no other word away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from thaw.library.content import read_table, unreadable
from thaw.units import AccessError, SettingError

GROUPS: Mapping[str, str] = {
    "little-or-nothing": "Little or nothing",
    "pleasant-calm": "Pleasant and quiet",
    "pleasant-lively": "Pleasant and lively",
    "unpleasant-calm": "Unpleasant and quiet",
    "unpleasant-lively": "Unpleasant and lively",
}
"""Every group with its title, in the order of pages."""

IN_A_SCENE = 4

_FIELDS = ("means", "near", "body", "said")
_WORD = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN = frozenset({"practice"})
"""Addresses beside those of words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a feeling.

    Attributes:
        slug: The word as an address has it: ``far-away``.
        group: One of ``GROUPS``.
        means: A plain definition.
        body: What the body may do.
        said: A sentence one might say.
        near: The slugs of words beside it.
    """

    slug: str
    word: str
    group: str
    means: str
    body: str
    said: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A word in a scene, and why it fits or how it differs from those beside it."""

    word: Word
    why: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of an ordinary day and four near words for it; none of them is the right one."""

    id: str
    text: str
    shades: tuple[Shade, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word and every scene.

    Attributes:
        words: By slug, in the order of groups and files.
        scenes: In the file's order.
        broken: What was left out and why, in sentences.
    """

    words: Mapping[str, Word]
    scenes: tuple[Scene, ...] = ()
    broken: tuple[str, ...] = field(default=(), repr=False)

    def word(self, slug: str) -> Word:
        """Return a word by its slug.

        Raises:
            AccessError: ``word.unknown``.
        """
        if slug not in self.words:
            raise AccessError("word.unknown", "There is no such word here. All of them: /words.")
        return self.words[slug]

    def near(self, word: Word) -> tuple[Word, ...]:
        """Return the words beside a word."""
        return tuple(self.words[slug] for slug in word.near)

    def groups(self) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
        """Yield each group that has words: its id, its title and its words."""
        for group, title in GROUPS.items():
            words = tuple(word for word in self.words.values() if word.group == group)
            if words:
                yield group, title, words

    def scene(self, id_: str) -> Scene:
        """Return a scene by its id.

        Raises:
            AccessError: ``word.no_scene``.
        """
        for scene in self.scenes:
            if scene.id == id_:
                return scene
        raise AccessError("word.no_scene", "There is no such scene here. Begin with another one.")

    def scene_of(self, day: int) -> Scene | None:
        """Return the scene of a day, by its number: another one the next day, all in turn."""
        return self.scenes[day % len(self.scenes)] if self.scenes else None

    def scene_after(self, scene: Scene) -> Scene:
        """Return the scene that follows; after the last one, the first."""
        return self.scenes[(self.scenes.index(scene) + 1) % len(self.scenes)]


def slug_of(word: str) -> str:
    """Return a word as an address has it."""
    return word.replace(" ", "-")


def load_lexicon(folder: Path) -> Lexicon:
    """Return the words and scenes of the content in ``folder``, without those that are broken."""
    broken: list[str] = []
    words: dict[str, Word] = {}
    texts = folder / "words" / "lexicon"
    for group in GROUPS:
        for word in _words(texts / f"{group}.yaml", group, broken):
            if word.slug in words:
                why = f"{word.word} stands in {words[word.slug].group} already"
                broken.append(_sentence(texts / f"{group}.yaml", why))
            else:
                words[word.slug] = word
    strange = {path.stem for path in texts.glob("*.yaml")} - set(GROUPS)
    broken += [_sentence(texts / f"{name}.yaml", "there is no such group") for name in strange]
    words = {slug: _with_near(word, words, texts, broken) for slug, word in words.items()}
    scenes = tuple(_scenes(folder / "words" / "scenes.yaml", words, broken))
    return Lexicon(words, scenes, tuple(broken))


def _words(path: Path, group: str, broken: list[str]) -> Iterator[Word]:
    for name, entry in _table(path, "words", broken):
        try:
            yield _word(path, group, name, entry)
        except SettingError as error:
            broken.append(error.message)


def _word(path: Path, group: str, name: str, entry: object) -> Word:
    if not _WORD.fullmatch(name) or slug_of(name) in _TAKEN:
        raise unreadable(path, f"{name} is not a word in small letters, or its address is taken")
    if not isinstance(entry, dict) or set(entry) != set(_FIELDS):
        raise unreadable(path, f"{name} needs {', '.join(_FIELDS)}, and nothing else")
    near = entry["near"]
    if not isinstance(near, list) or not near or not all(isinstance(each, str) for each in near):
        raise unreadable(path, f"{name} needs a list of words that are near")
    means, body, said = (_text(path, name, entry[each]) for each in ("means", "body", "said"))
    slugs = tuple(map(slug_of, near))
    if len(set(slugs)) < len(slugs) or slug_of(name) in slugs:
        raise unreadable(path, f"{name} has a word near it twice, or itself")
    return Word(slug_of(name), name, group, means, body, said, slugs)


def _with_near(word: Word, words: Mapping[str, Word], texts: Path, broken: list[str]) -> Word:
    """Return a word with those near it that are there."""
    lost = [slug for slug in word.near if slug not in words]
    for slug in lost:
        why = f"{word.word} has {slug.replace('-', ' ')} near it, and there is no such word"
        broken.append(_sentence(texts / f"{word.group}.yaml", why))
    return replace(word, near=tuple(slug for slug in word.near if slug in words))


def _scenes(path: Path, words: Mapping[str, Word], broken: list[str]) -> Iterator[Scene]:
    for name, entry in _table(path, "scenes", broken):
        try:
            yield _scene(path, name, entry, words)
        except SettingError as error:
            broken.append(error.message)


def _scene(path: Path, name: str, entry: object, words: Mapping[str, Word]) -> Scene:
    if not _ID.fullmatch(name):
        raise unreadable(path, f"{name} is not an id in small letters")
    if not isinstance(entry, dict) or set(entry) != {"scene", "shades"}:
        raise unreadable(path, f"{name} needs a scene and its shades, and nothing else")
    shades = entry["shades"]
    if not isinstance(shades, dict) or len(shades) != IN_A_SCENE:
        raise unreadable(
            path, f"{name} needs {IN_A_SCENE} shades, each with why it fits or differs"
        )
    lost = [str(word) for word in shades if slug_of(str(word)) not in words]
    if lost:
        raise unreadable(path, f"{name} has {', '.join(lost)}, and there is no such word")
    found = (Shade(words[slug_of(word)], _text(path, name, why)) for word, why in shades.items())
    return Scene(name, _text(path, name, entry["scene"]), tuple(found))


def _table(path: Path, top: str, broken: list[str]) -> Iterable[tuple[str, object]]:
    """Return the entries under the one name that a file begins with; none where it is broken."""
    try:
        table = read_table(path)
        entries = table.get(top)
        if set(table) != {top} or not isinstance(entries, dict) or not entries:
            raise unreadable(path, f"it needs a table called {top}, and nothing else")
    except SettingError as error:
        broken.append(error.message)
        return ()
    return [(str(name), entry) for name, entry in entries.items()]


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise unreadable(path, f"something of {name} is not a sentence")
    return " ".join(value.split())


def _sentence(path: Path, why: str) -> str:
    return unreadable(path, why).message
