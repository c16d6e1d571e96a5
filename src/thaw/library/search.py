"""Search by what one feels, over everything the library has; nothing of it leaves the process.

Two readings meet in one order (docs/explanation/searching.md): how near a query is to something
that people say (the written map, by the cosine of weighted features), and how well its words fit a
text (SQLite's FTS5 and BM25, in memory). Built once; safe to share between threads.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

from sqlcipher3 import dbapi2 as sqlite

from thaw.library.speech import Spoken, stem, stems_of, tidy, words_of
from thaw.library.spelling import Spelling
from thaw.library.synonyms import Feature, Saying, Synonyms

Kind = Literal["practice", "article", "word", "course"]

MOST_WORDS = 200
"""So many words of a query are looked for; the rest of it is passed over."""

MOST_HITS = 9
MOST_OF_A_KIND = 4

_FALLING = (1.0, 0.93, 0.87, 0.81, 0.76)  # The places of what a saying finds.
_OWN_TITLE: Mapping[Kind, float] = {"word": 1.1, "practice": 1.0, "article": 1.0, "course": 1.0}
_PAIR, _MOST_PAIR, _IN_A_FAMILY = 0.5, 2.5, 0.6
_TEXT, _FULL_TEXT = 0.2, 6.0  # BM25 counts so much at most, and that from this value on.
_TITLE, _GIST, _BODY = 8.0, 4.0, 1.0
_MOST_ROWS = 60
_SAME_KIND = 0.92  # What one more of a kind that is there already counts.
_LEAST_SHARE = 0.4  # What is further below the best is left out.
_LEAST_NEAR = 0.35  # So is a wording.
_IS_MEANT = 0.5
_AS_NEAR = 0.95
_WORD_FOR_WORD = 0.06
_ONE_MORE, _MOST_MORE = 0.04, 4
_MOST_QUOTED = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Attributes:
        kind: What it is.
        name: Its id among its kind.
        title: What it is called.
        summary: What it is about, in a sentence or two.
        topics: More of what it is about.
        text: All that it says.
        also: What a person may say who would be helped by it.
        not_for: What it is not for.
    """

    kind: Kind
    name: str
    title: str
    summary: str = ""
    topics: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    also: tuple[str, ...] = ()
    not_for: str = ""

    @property
    def id(self) -> str:
        """Kind and name, as the written map has it: ``practice:hands``."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, and the words of the query it was found by."""

    entry: Entry
    because: str = field(repr=False)
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, best first.

    Attributes:
        meant: The names of the sayings it is nearest to.
    """

    hits: tuple[Hit, ...]
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to say something, and where that leads."""

    features: frozenset[str]
    words: frozenset[str]
    leads: Mapping[str, float]
    saying: Saying | None
    group: int


@dataclass(slots=True)
class _Match:
    """How well an entry fits, and the words that show it."""

    score: float = 0.0
    spoken: frozenset[int] = frozenset()


class Index:
    """Everything that can be found.

    Attributes:
        vocabulary: Every word that is known here, and how often it is there.
    """

    def __init__(self, entries: Iterable[Entry], synonyms: Synonyms) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._synonyms = synonyms
        self._wordings = list(self._worded())
        groups = Counter(
            name
            for group in _by_group(self._wordings)
            for name in set().union(*(wording.features for wording in group))
        )
        self._rarity = {name: self._weight(name, groups) for name in groups}
        self._with: dict[str, list[int]] = defaultdict(list)
        for at, wording in enumerate(self._wordings):
            for name in wording.features:
                self._with[name].append(at)
        self._lengths = [self._length(wording.features) for wording in self._wordings]
        self.vocabulary = Counter(self._every_word())
        self._spelling = Spelling(self.vocabulary)
        self._texts = _Texts(self._entries.values(), synonyms)

    def _every_word(self) -> Iterator[str]:
        yield from self._synonyms.words
        for each in self._entries.values():
            for text in (each.title, each.summary, each.topics, each.text, *each.also):
                yield from self._words(text)

    def find(self, typed: str) -> Found:
        """Return what fits, best first, kinds mixed; nothing where nothing does."""
        text = tidy(typed)
        spoken = self._synonyms.spoken(text)[:MOST_WORDS]
        words = [self._spelling.mended(each.word) for each in spoken]
        matches, meant = self._meant(words)
        for id_, (score, at) in self._texts.matches(words).items():
            match = matches.setdefault(id_, _Match(spoken=at))
            match.score += score
        fit = {id_: each for id_, each in matches.items() if not self._is_unfit(id_, meant)}
        least = _LEAST_SHARE * max((match.score for match in fit.values()), default=0.0)
        hits = (
            Hit(self._entries[id_], _quoted(text, spoken, match.spoken), match.score)
            for id_, match in fit.items()
            if match.score > least
        )
        return Found(tuple(_mixed(hits)), frozenset(saying.name for saying in meant))

    def _worded(self) -> Iterator[_Wording]:
        """Yield every way to say something: of the map, of the entries, and their titles."""
        group = 0
        for saying in self._synonyms.sayings:
            group += 1
            leads = dict(zip(saying.finds, _falling(), strict=False))
            there = {id_: weight for id_, weight in leads.items() if id_ in self._entries}
            for wording in saying.said:
                yield self._wording(wording, there, group, saying)
        for entry in self._entries.values():
            group += 1
            for wording in entry.also:
                yield self._wording(wording, {entry.id: 1.0}, group)
            yield self._wording(entry.title, {entry.id: _OWN_TITLE[entry.kind]}, group)

    def _wording(
        self, text: str, leads: Mapping[str, float], group: int, saying: Saying | None = None
    ) -> _Wording:
        words = self._words(text)
        features = frozenset(each.name for each in self._synonyms.features(words))
        return _Wording(features, frozenset(stems_of(words)), leads, saying, group)

    def _weight(self, name: str, groups: Mapping[str, int]) -> float:
        """Return what a feature counts: more where few groups have it."""
        rarity = math.log(1 + len(self._wordings) / groups[name])
        if " " in name:
            return min(rarity, 2 * _MOST_PAIR) * _PAIR
        return rarity * (_IN_A_FAMILY if self._synonyms.is_in_family(name) else 1.0)

    def _length(self, names: Iterable[str]) -> float:
        return math.sqrt(sum(self._rarity[name] ** 2 for name in names)) or 1.0

    def _meant(self, words: Sequence[str]) -> tuple[dict[str, _Match], tuple[Saying, ...]]:
        """Return what the wordings near a query find, and the sayings it is nearest to."""
        features = self._synonyms.features(words)
        names = {feature.name for feature in features} & self._with.keys()
        shared: dict[int, float] = defaultdict(float)
        for name in names:
            weight = self._rarity[name] ** 2
            for at in self._with[name]:
                shared[at] += weight
        length = self._length(names)
        cosine = {at: sum_ / (length * self._lengths[at]) for at, sum_ in shared.items()}
        least = _LEAST_NEAR * max(cosine.values(), default=0.0)
        said = {stem(word) for word in words}
        near = self._often(
            {
                at: nearness + _alike(said, self._wordings[at].words)
                for at, nearness in cosine.items()
                if nearness >= least
            }
        )
        matches: dict[str, _Match] = {}
        for at, nearness in near.items():
            wording = self._wordings[at]
            for id_, weight in wording.leads.items():
                match = matches.setdefault(id_, _Match())
                if nearness * weight > match.score:
                    match.score = nearness * weight
                    match.spoken = _places(features, wording.features)
        best = max(near.values(), default=0.0)
        nearest = [at for at in near if near[at] >= max(_AS_NEAR * best, _IS_MEANT)]
        return matches, self._sayings_of(nearest)

    def _often(self, near: Mapping[int, float]) -> dict[int, float]:
        """Return how near each wording is, and a little more where others of its saying are."""
        groups: dict[int, list[float]] = defaultdict(list)
        for at, nearness in near.items():
            groups[self._wordings[at].group].append(nearness)
        best = {group: max(found) for group, found in groups.items()}
        often = {
            group: sum(each >= _AS_NEAR * best[group] for each in found)
            for group, found in groups.items()
        }
        return {
            at: nearness + _ONE_MORE * min(_MOST_MORE, often[self._wordings[at].group] - 1)
            for at, nearness in near.items()
        }

    def _sayings_of(self, nearest: Iterable[int]) -> tuple[Saying, ...]:
        """Return the sayings that some wordings belong to, each once."""
        found = (self._wordings[at].saying for at in nearest)
        return tuple({saying.name: saying for saying in found if saying}.values())

    def _is_unfit(self, id_: str, meant: Iterable[Saying]) -> bool:
        """Whether something says of itself that it is not for what is meant."""
        unless = {stem(each.unless) for each in meant if each.unless and id_ not in each.finds}
        if not unless:
            return False
        return not unless.isdisjoint(stems_of(self._words(self._entries[id_].not_for)))

    def _words(self, text: str) -> list[str]:
        return words_of(text, self._synonyms.written)


class _Texts:
    """The texts of entries in a full-text index."""

    def __init__(self, entries: Iterable[Entry], synonyms: Synonyms) -> None:
        self._small = {*synonyms.small}
        self._written = synonyms.written
        self._lock = Lock()
        self._stems: dict[str, frozenset[str]] = {}
        # Any thread may ask; the lock lets them in one by one.
        self._connection = sqlite.connect(":memory:", check_same_thread=False)
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, gist, body)"
        )
        for entry in entries:
            parts = [self._stemmed(text) for text in _columns(entry)]
            self._stems[entry.id] = frozenset(each for part in parts for each in part)
            row = (entry.id, *map(" ".join, parts))
            self._connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", row)

    def _stemmed(self, text: str) -> tuple[str, ...]:
        words = words_of(text, self._written)
        return stems_of(word for word in words if word not in self._small)

    def matches(self, words: Sequence[str]) -> dict[str, tuple[float, frozenset[int]]]:
        """Return how well the words fit each text that has one, and which of them it has."""
        stems = {at: stem(word) for at, word in enumerate(words) if word not in self._small}
        if not stems:
            return {}
        asked = " OR ".join(f'"{each}"' for each in dict.fromkeys(stems.values()))
        found = {}
        for id_, rank in self._ranked(asked):
            at = frozenset(at for at, each in stems.items() if each in self._stems[id_])
            found[id_] = (min(1.0, -rank / _FULL_TEXT) * _TEXT, at)
        return found

    def _ranked(self, asked: str) -> list[tuple[str, float]]:
        """Return what fits with its BM25, which is below 0; the lower, the better."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute(
                "SELECT id, bm25(texts, 0, ?, ?, ?) AS rank FROM texts WHERE texts MATCH ? "
                "ORDER BY rank LIMIT ?",
                (_TITLE, _GIST, _BODY, asked, _MOST_ROWS),
            )
            return [(str(id_), float(rank)) for id_, rank in cursor.fetchall()]


def _alike(some: AbstractSet[str], others: AbstractSet[str]) -> float:
    """Return a little for each word two texts share, small ones too: it settles draws."""
    return _WORD_FOR_WORD * len(some & others) / len(some | others)


def _columns(entry: Entry) -> tuple[str, str, str]:
    return entry.title, f"{entry.summary} {entry.topics}", entry.text


def _falling() -> Iterator[float]:
    yield from _FALLING
    while True:
        yield _FALLING[-1]


def _by_group(wordings: Iterable[_Wording]) -> Iterable[list[_Wording]]:
    groups: dict[int, list[_Wording]] = defaultdict(list)
    for wording in wordings:
        groups[wording.group].append(wording)
    return groups.values()


def _places(features: Iterable[Feature], shared: frozenset[str]) -> frozenset[int]:
    """Return which words of a query show the features that it shares."""
    places = ((each.first, each.last) for each in features if each.name in shared)
    return frozenset(at for first, last in places for at in range(first, last + 1))


def _quoted(text: str, spoken: Sequence[Spoken], at: frozenset[int]) -> str:
    """Return the words of a query that matter, as they were written."""
    if not at:
        return ""
    first, last = min(at), max(at)
    if last - first < _MOST_QUOTED:
        return text[spoken[first].start : spoken[last].end]
    words = dict.fromkeys((spoken[each].start, spoken[each].end) for each in sorted(at))
    return " … ".join(text[start:end] for start, end in list(words)[:_MOST_QUOTED])


def _mixed(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits best first; each one more of a kind has to be better than the last."""
    left = sorted(hits, key=lambda hit: (-hit.score, hit.entry.id))
    seen: Counter[Kind] = Counter()
    while left and seen.total() < MOST_HITS:
        best = max(left, key=lambda hit: hit.score * _SAME_KIND ** seen[hit.entry.kind])
        left.remove(best)
        if seen[best.entry.kind] < MOST_OF_A_KIND:
            seen[best.entry.kind] += 1
            yield best
