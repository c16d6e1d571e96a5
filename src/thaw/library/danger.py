"""Whether a phrase may mean danger: read in memory, told to nobody, kept nowhere.

Signs are phrases that were thought of; a text without any is held against what people in danger
and others say (``thaw.library.likeness``), since nobody thinks of every phrase.

This is for the search box alone. Nothing else that a person writes is ever looked through, and
one place only asks (a test holds both). It is no judgement on anyone: it decides whether help is
shown before the results, which come all the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from thaw.library.content import read_table, unreadable
from thaw.library.likeness import Likeness
from thaw.library.speech import stem, stems_of, tidy, words_of
from thaw.library.spelling import Spelling

Kind = Literal["overdose", "afraid", "thoughts", "hurt"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a phrase may mean, most urgent first."""

GAP = 3
"""Words that ``..`` may stand for at most."""

BEGIN, END = "^", "$"
"""What stands for the two ends of a text."""

_LIST = re.compile(r"[A-Z_]+")
_LEAST_SPELT_OUT = 4
_SWAPS = str.maketrans("013457@$!|", "oieastasil")
_DISGUISED = re.compile(r"(?=\S*[^\W\d_])(?=\S*[\d@$!|*])\S+")
_SPELT_OUT = re.compile(rf"\b(?:[^\W\d_][\s.\-_]){{{_LEAST_SPELT_OUT - 1},}}[^\W\d_]\b")
_BETWEEN = re.compile(r"[\s.\-_]")

LEAST_LIKE = -1.5
"""So like phrases of danger is a text that may mean it without any sign: below 0, as a card too
many costs little. ADR 0132 has what other limits would show."""

ROUNDS = 5
"""How often the phrases are gone over; more of them learn the phrases by heart."""

SIGNED = "*"
"""What stands in a phrase that has a sign: the signs see those, so words need not."""

MOST_ALIKE = 40
"""A longer text is looked through for signs only: many words are like anything."""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a phrase.

    Attributes:
        wordings: What it may be, by the first word; where there is nothing, it is a gap.
        is_optional: Whether it may be missing.
    """

    wordings: Mapping[str, tuple[Stems, ...]]
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Steps in their order."""

    steps: tuple[Step, ...]

    def firsts(self) -> Iterator[str]:
        """Yield every word that the phrase can begin with."""
        for step in self.steps:
            yield from step.wordings
            if not step.is_optional:
                return

    def end_in(self, words: Sequence[str], start: int) -> int | None:
        """Return where the phrase ends that begins at ``start``, or None where it is not there."""
        return _end(self.steps, words, start)


def _end(steps: tuple[Step, ...], words: Sequence[str], at: int) -> int | None:
    if not steps:
        return at
    step, rest = steps[0], steps[1:]
    if not step.wordings:
        ends = (_end(rest, words, at + skipped) for skipped in range(GAP + 1))
        return next((end for end in ends if end is not None), None)
    for wording in step.wordings.get(words[at], ()) if at < len(words) else ():
        after = at + len(wording)
        if tuple(words[at:after]) == wording and (end := _end(rest, words, after)) is not None:
            return end
    return _end(rest, words, at) if step.is_optional else None


class Phrases:
    """Phrases, found by the word they begin with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in dict.fromkeys(phrase.firsts()):
                self._by_first[word].append(phrase)

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where each phrase that is in ``words`` begins and ends."""
        for start, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                end = phrase.end_in(words, start)
                if end is not None:
                    yield start, end


class Watch:
    """Looks for signs of danger in one text at a time. Safe to share between threads."""

    def __init__(
        self,
        signs: Mapping[Kind, Phrases],
        harmless: Phrases,
        written: Mapping[str, str],
        spelling: Spelling,
        said: Mapping[Kind, Sequence[str]] = MappingProxyType({}),
        mild: Sequence[str] = (),
    ) -> None:
        self._signs, self._harmless = signs, harmless
        self._written, self._spelling = written, spelling
        by_kind = {kind: self._all_in(texts) for kind, texts in said.items()}
        others = self._all_in(mild)
        dangerous = [words for texts in by_kind.values() for words in texts]
        self._like = Likeness(dangerous, others, ROUNDS)
        self._like_kind = {kind: Likeness(texts, others) for kind, texts in by_kind.items()}

    def look(self, text: str) -> tuple[Kind, ...]:
        """Return what a text may mean, most urgent first; empty where nothing tells of danger."""
        readings = [self._read(each) for each in (tidy(text), *_undisguised(tidy(text)))]
        shown = {kind for words in readings for kind in self._kinds_in(words)}
        found = shown or {kind for words in readings for kind in self._kinds_like(words)}
        return tuple(kind for kind in KINDS if kind in found)

    def _read(self, text: str) -> list[str]:
        # What is typed is never remembered, so its stems are taken anew.
        mended = map(self._spelling.mended, words_of(text, self._written))
        return self._words_in(map(stem, mended))

    def _kinds_in(self, words: Sequence[str]) -> Iterator[Kind]:
        for kind, phrases in self._signs.items():
            if next(phrases.spans(words), None):
                yield kind

    def _kinds_like(self, words: Sequence[str]) -> Iterator[Kind]:
        if len(words) <= MOST_ALIKE and self._like.of(words) > LEAST_LIKE:
            yield max(self._like_kind, key=lambda kind: self._like_kind[kind].of(words))

    def _all_in(self, texts: Iterable[str]) -> list[list[str]]:
        phrases = [self._words_in(stems_of(words_of(text, self._written))) for text in texts]
        return [[*words, SIGNED] if any(self._kinds_in(words)) else words for words in phrases]

    def _words_in(self, stems: Iterable[str]) -> list[str]:
        """Return stems between two ends, and nothing where it is harmless."""
        words = [BEGIN, *stems, END]
        for start, end in list(self._harmless.spans(words)):
            words[start:end] = [""] * (end - start)
        return words


def _undisguised(text: str) -> Iterator[str]:
    """Yield a text with letters in place of marks (su1c1de), and with spelt-out words joined."""
    if _DISGUISED.search(text):
        yield _DISGUISED.sub(lambda word: word[0].translate(_SWAPS).replace("*", ""), text)
    if _SPELT_OUT.search(text):
        yield _SPELT_OUT.sub(lambda letters: _BETWEEN.sub("", letters[0]), text)


def load_watch(folder: Path, written: Mapping[str, str], known: Iterable[str]) -> Watch:
    """Return the watch over the signs of the content in ``folder``.

    Args:
        folder: The content.
        written: What is written short, as ``thaw.library.speech`` takes it; the file may add to it.
        known: Words that are no mistakes in typing.

    Raises:
        SettingError: ``content.unreadable``.
    """
    path = folder / "words" / "danger.yaml"
    table = read_table(path)
    lists, harmless, signs = table.get("lists"), table.get("harmless"), table.get("signs")
    written = {**written, **_own_writing(path, table.get("written", {}))}
    if not isinstance(lists, dict) or not isinstance(signs, dict) or set(signs) != set(KINDS):
        raise unreadable(path, f"it needs lists, harmless, and signs of {', '.join(KINDS)}")
    reader = _Reader(path, written, _lists(path, lists, written))
    by_kind = {kind: Phrases(reader.phrases(signs[kind])) for kind in KINDS}
    mild = Phrases(reader.phrases(harmless))
    spelling = Spelling(reader.words, {*known})
    return Watch(by_kind, mild, written, spelling, *_said(folder / "words" / "danger-said.yaml"))


def _said(path: Path) -> tuple[dict[Kind, list[str]], list[str]]:
    """Return what people in danger may say, by its kind, and what others say in like words."""
    table = read_table(path)
    texts = {kind: _phrases(path, kind, table.get(kind)) for kind in KINDS}
    return texts, _phrases(path, "harmless", table.get("harmless"))


def _phrases(path: Path, name: str, listed: object) -> list[str]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise unreadable(path, f"{name} is not a list of phrases")
    return listed


def _own_writing(path: Path, given: object) -> Mapping[str, str]:
    if not isinstance(given, dict) or not all(
        isinstance(each, str) for each in (*given, *given.values())
    ):
        raise unreadable(path, "written is not a table of words")
    return given


def _lists(
    path: Path, lists: Mapping[str, object], written: Mapping[str, str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, entries in lists.items():
        if not _LIST.fullmatch(name) or not isinstance(entries, str):
            raise unreadable(path, f"the list {name} is not words with commas between")
        found[name] = [" ".join(words_of(entry, written)) for entry in entries.split(",")]
    return found


class _Reader:
    """Takes the lines of the file apart."""

    def __init__(
        self, path: Path, written: Mapping[str, str], lists: Mapping[str, list[str]]
    ) -> None:
        self._path, self._written, self._lists = path, written, lists
        self.words: set[str] = set()

    def phrases(self, lines: object) -> list[Phrase]:
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise unreadable(self._path, "a list of phrases is missing, or holds something else")
        return [self._phrase(line) for line in lines]

    def _phrase(self, line: str) -> Phrase:
        steps = tuple(self._step(part, line) for part in line.split())
        if not steps or not steps[0].wordings or all(step.is_optional for step in steps):
            raise unreadable(self._path, f"“{line}” begins with nothing to look for")
        return Phrase(steps)

    def _step(self, part: str, line: str) -> Step:
        if part == "..":
            return Step({})
        wordings: list[Stems] = []
        for each in part.removesuffix("?").split("/"):
            entries = self._lists.get(each) if _LIST.fullmatch(each) else [each]
            if entries is None:
                raise unreadable(self._path, f"“{line}” names {each}, and there is no such list")
            wordings += [self._stems(entry) for entry in entries]
        by_first: dict[str, tuple[Stems, ...]] = {}
        for wording in sorted({each for each in wordings if each}, key=len, reverse=True):
            by_first[wording[0]] = (*by_first.get(wording[0], ()), wording)
        return Step(by_first, part.endswith("?"))

    def _stems(self, entry: str) -> Stems:
        if entry in (BEGIN, END):
            return (entry,)
        words = words_of(entry, self._written)
        self.words.update(words)
        return stems_of(words)
