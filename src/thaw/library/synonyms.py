"""What people say, and where the library speaks of it: ``content/words/synonyms.yaml``.

``Synonyms.features`` takes a text apart into what it has in common with others that mean the same:
its words without endings, the families they belong to, and pairs of these that stand side by side.
"No fun", "cannot enjoy" and "lost all pleasure" share the pair of *not* and *joy*.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thaw.library.content import read_table, unreadable
from thaw.library.speech import Spoken, plain, stem, stems_of, words_of

NEAR = 2
"""Words so far apart, small ones not counted, still make a pair."""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """Ways to say one thing, and where the library speaks of it.

    Attributes:
        said: What a person may say.
        finds: Ids such as ``practice:hands``, most fitting first.
        unless: A practice that is not for this is left out.
    """

    name: str
    said: tuple[str, ...]
    finds: tuple[str, ...]
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that texts can have in common, and which words of this one show it.

    Attributes:
        name: A word without its ending, a family with a colon behind it, or a pair of these.
    """

    name: str
    first: int
    last: int

    def inside(self) -> range:
        """Return the places of a phrase's words, which say nothing more by themselves."""
        return range(self.first, self.last + 1) if self.last > self.first else range(0)


class Synonyms:
    """The written map. Immutable, and safe to share between threads."""

    def __init__(
        self,
        written: Mapping[str, str],
        small: Collection[str],
        families: Mapping[str, Sequence[str]],
        sayings: Sequence[Saying],
    ) -> None:
        self.written = written
        self.small = frozenset(small)
        self.sayings = tuple(sayings)
        self.words = set(self._every_word(families))
        self._families: dict[Stems, tuple[str, ...]] = {}
        for name, members in families.items():
            for member in members:
                key = stems_of(words_of(member, written))
                self._families[key] = (*self._families.get(key, ()), name)
        self._longest = max(map(len, self._families), default=0)

    def _every_word(self, families: Mapping[str, Sequence[str]]) -> Iterator[str]:
        said = (wording for saying in self.sayings for wording in saying.said)
        for phrase in (*said, *(member for members in families.values() for member in members)):
            yield from words_of(phrase, self.written)
        yield from self.small

    def spoken(self, text: str) -> list[Spoken]:
        """Return the plain words of a tidy text."""
        return list(plain(text, self.written))

    def features(self, words: Sequence[str]) -> list[Feature]:
        """Return what a text has in common with others, by its plain words."""
        stems = [stem(word) for word in words]
        parts = [list(self._families_at(at, stems)) for at in range(len(stems))]
        phrased = {at for found in parts for each in found for at in each.inside()}
        for at, word in enumerate(words):
            if word not in self.small and at not in phrased:
                parts[at].append(Feature(stems[at], at, at))
        told = [found for found in parts if found]
        return [*(feature for found in told for feature in found), *_pairs(told)]

    def is_in_family(self, name: str) -> bool:
        """Whether a feature is a word that belongs to a family, which says the same better."""
        return (name,) in self._families

    def _families_at(self, at: int, stems: Sequence[str]) -> Iterator[Feature]:
        """Yield the families that words or phrases beginning here belong to."""
        for length in range(1, min(self._longest, len(stems) - at) + 1):
            for name in self._families.get(tuple(stems[at : at + length]), ()):
                yield Feature(f"{name}:", at, at + length - 1)


def _pairs(parts: Sequence[Sequence[Feature]]) -> Iterator[Feature]:
    """Yield each two features that stand near one another, in one order whatever the text's."""
    # A word that is in a family makes its pairs as the family.
    heads = [[each for each in found if ":" in each.name] or found for found in parts]
    for at, here in enumerate(heads):
        for there in heads[at + 1 : at + 1 + NEAR]:
            for first in here:
                for second in there:
                    if first.name != second.name:
                        name = " ".join(sorted((first.name, second.name)))
                        last = max(first.last, second.last)
                        yield Feature(name, first.first, last)


def load_synonyms(folder: Path) -> Synonyms:
    """Return the map of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``.
    """
    path = folder / "words" / "synonyms.yaml"
    table = read_table(path)
    written, sayings = table.get("written"), table.get("sayings")
    if not isinstance(written, dict) or not _are_texts((*written, *written.values())):
        raise unreadable(path, "written is not a table of words")
    families = {name: _listed(path, name, each) for name, each in _table(path, table, "families")}
    if not isinstance(sayings, dict):
        raise unreadable(path, "it needs a table of sayings")
    return Synonyms(
        written,
        _listed(path, "small", table.get("small")),
        families,
        [_saying(path, str(name), entry) for name, entry in sayings.items()],
    )


def _saying(path: Path, name: str, entry: object) -> Saying:
    if not isinstance(entry, dict) or not {"said", "finds"} <= set(entry) <= {
        "said",
        "finds",
        "unless",
    }:
        raise unreadable(path, f"{name} needs said and finds, and perhaps unless")
    unless = entry.get("unless", "")
    if not isinstance(unless, str):
        raise unreadable(path, f"{name} has an unless that is not a word")
    said, finds = (_listed(path, name, entry[part]) for part in ("said", "finds"))
    # A word stands in the map as it is spelt, and has a hyphen in its id.
    return Saying(name, said, tuple(id_.replace(" ", "-") for id_ in finds), unless)


def _table(path: Path, table: Mapping[str, object], name: str) -> Iterable[tuple[str, object]]:
    found = table.get(name)
    if not isinstance(found, dict) or not _are_texts(found):
        raise unreadable(path, f"it needs a table of {name}")
    return found.items()


def _listed(path: Path, name: str, given: object) -> tuple[str, ...]:
    entries = given.split(",") if isinstance(given, str) else []
    listed = tuple(dict.fromkeys(" ".join(entry.split()) for entry in entries if entry.strip()))
    if not listed:
        raise unreadable(path, f"{name} is not words with commas between")
    return listed


def _are_texts(given: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in given)
