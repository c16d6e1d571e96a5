"""Articles: plain texts of ``content/articles/`` in which every claim names its work.

An article is Markdown that reads well as it is: front matter, paragraphs, headings and lists, and
in its lines what ``marked`` tells of. Nothing else that Markdown knows has a place here; it is a
problem with its line, and never obeyed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from thaw.library.content import read_content, read_table, unreadable
from thaw.library.evidence import Ledger
from thaw.library.marked import Runs, read_runs, words_of
from thaw.practice.blocks import split_blocks
from thaw.practice.frontmatter import (
    Listing,
    Node,
    Scalar,
    Table,
    load_front_matter,
    split_front_matter,
)
from thaw.practice.parts import Place
from thaw.practice.problems import Problems, suggest
from thaw.units import AccessError, InputError, Problem, SettingError, ThawError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TO = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|/[a-z0-9/-]*")
_KEYS = ("title", "summary", "themes", "also", "next", "version")

UNVERIFIED = "(unverified)"
"""What stands behind a statement that could not be checked against a source of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a list.

    Attributes:
        kind: What it is.
        lines: Its runs; a list has one line for each of its bullets.
    """

    kind: Literal["heading", "paragraph", "bullets"]
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That a sentence stands on a work, and the line it says so."""

    work: str
    line: int


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do at an article's end.

    Attributes:
        to: The id of a practice, or a page that begins with a slash.
        words: What the button says.
    """

    to: str
    words: str

    @property
    def is_practice(self) -> bool:
        """Whether it leads to a practice, not to a page."""
        return not self.to.startswith("/")


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading for a list of articles.

    Attributes:
        words: What it says.
        order: The articles that come first under it.
    """

    words: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read.

    Attributes:
        id: The name of its file without the ending.
        title: Its heading.
        summary: One or two sentences for a list.
        themes: The first is the heading it is listed under; the others are for finding it.
        also: What a person may say who would be helped by it.
        next: The one thing to do.
        version: Counted up when what it says changes.
        blocks: The text.
        claims: What it claims and where, in the order of the text.
        works: The id of each work it names, in the order of the footnotes.
    """

    id: str
    title: str
    summary: str
    themes: tuple[str, ...]
    also: tuple[str, ...]
    next: Next
    version: int
    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...]
    works: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words alone, a line for each block or point, without footnotes."""
        return "\n".join(words_of(line) for block in self.blocks for line in block.lines)


class Articles:
    """Every article that can be read.

    A file that is not in order hides no other: its problems are in ``broken``, and asking for it
    by its id says what is wrong.
    """

    def __init__(
        self,
        themes: Mapping[str, Theme],
        articles: Iterable[Article],
        broken: Sequence[Problem] = (),
    ) -> None:
        self.themes = themes
        self.broken = tuple(broken)
        self._articles = {article.id: article for article in articles}

    def all(self) -> tuple[Article, ...]:
        """Return every article, sorted by id."""
        return tuple(self._articles.values())

    def by_theme(self) -> tuple[tuple[str, tuple[Article, ...]], ...]:
        """Return each heading with its articles, in the order of ``themes.yaml``.

        Without any heading they all stand under one, by title.
        """
        if self._articles and not self.themes:
            return (("Texts", tuple(sorted(self.all(), key=lambda each: each.title))),)
        listed = (
            (theme.words, tuple(sorted(self._under(name), key=lambda each: _rank(each, theme))))
            for name, theme in self.themes.items()
        )
        return tuple((words, articles) for words, articles in listed if articles)

    def _under(self, theme: str) -> Iterator[Article]:
        return (article for article in self.all() if article.themes[0] == theme)

    def article(self, name: str) -> Article:
        """Return an article by its id.

        Raises:
            AccessError: ``article.unknown``, naming the nearest id.
            InputError: ``article.problems``: it is there and not in order.
        """
        if found := self._articles.get(name):
            return found
        for problem in self.broken:
            if problem.file == _file(name):
                raise InputError(
                    "article.problems",
                    f"This text is not in order: {problem.file}, line {problem.line}: "
                    f"{problem.message} {problem.hint}",
                    {"file": problem.file, "line": problem.line},
                )
        near = get_close_matches(name.lower(), self._articles, n=1, cutoff=0.0)
        advice = f"Did you mean {near[0]}?" if near else "There are none yet."
        raise AccessError("article.unknown", f"There is no text called {name[:60]!r}. {advice}")

    def naming(self, work: str) -> tuple[Article, ...]:
        """Return the articles that name a work, sorted by id."""
        return tuple(article for article in self.all() if work in article.works)


def load_articles(folder: Path) -> Articles:
    """Return the articles of the content in ``folder``.

    What is not in order is noted, not raised, the headings for the list among it.
    """
    texts = folder / "articles"
    articles: list[Article] = []
    broken: list[Problem] = []
    themes: dict[str, Theme] = {}
    try:
        themes = dict(_themes(texts / "themes.yaml"))
    except SettingError as error:
        file, hint = "articles/themes.yaml", "Until then all texts stand under one heading."
        broken.append(Problem(file, 1, 1, error.code, "error", str(error), hint))
    for path in sorted(texts.glob("*.md")):
        problems = Problems(_file(path.stem))
        article = _load(path, themes, problems)
        broken += problems.found()
        if article is not None and not problems.found():
            articles.append(article)
    return Articles(themes, articles, broken)


def check_claims(
    articles: Articles, ledger: Ledger, elsewhere: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Return a problem for each claim to a missing work, and for each work that no claim uses.

    Args:
        articles: What claims.
        ledger: What claims stand on.
        elsewhere: Works that something else names, such as the sources of a practice.
    """
    missing = (
        Problem(
            _file(article.id),
            claim.line,
            1,
            "article.unknown_work",
            "error",
            f"There is no work called {claim.work!r}.",
            suggest(claim.work, ledger.works),
        )
        for article in articles.all()
        for claim in article.claims
        if claim.work not in ledger.works
    )
    used = {claim.work for article in articles.all() for claim in article.claims} | {*elsewhere}
    idle = (
        Problem(
            f"evidence/{name}.json",
            1,
            1,
            "work.unused",
            "error",
            "No claim stands on this work.",
            f"Name it with [@{name}] where it is needed, or take the file away.",
        )
        for name in ledger.works
        if name not in used
    )
    return (*missing, *idle)


def _file(name: str) -> str:
    return f"articles/{name}.md"


def _rank(article: Article, theme: Theme) -> tuple[int, str]:
    """Return where an article comes under its heading: named ones first, then by title."""
    named = article.id in theme.order
    return (theme.order.index(article.id) if named else len(theme.order), article.title)


def _themes(path: Path) -> Iterator[tuple[str, Theme]]:
    for name, given in read_table(path).items():
        match given:
            case {"words": str(words), "order": [*order]}:
                yield name, Theme(words, tuple(map(str, order)))
            case _:
                raise unreadable(path, f"{name} needs words and an order")


def _load(path: Path, themes: Mapping[str, Theme], problems: Problems) -> Article | None:
    try:
        text = read_content(path)
    except ThawError as error:
        problems.error(Place(1), "article.unreadable", str(error), "Write it as UTF-8 text.")
        return None
    if not _ID.fullmatch(path.stem):
        problems.error(
            Place(1),
            "article.id",
            f"The file is called {path.stem!r}.",
            "Use small letters, digits and hyphens.",
        )
    split = split_front_matter(text, problems)
    table = load_front_matter(split.front, problems) if split.front is not None else None
    if table is None:
        return None
    return _Body(split.body, split.body_line, problems).into(
        _Front(table, problems).article(path.stem, themes)
    )


class _Front:
    """Reads what an article says about itself."""

    def __init__(self, table: Table, problems: Problems) -> None:
        self._table = table
        self._problems = problems

    def article(self, name: str, themes: Mapping[str, Theme]) -> Article:
        """Return the article without its text; stand-ins for what could not be read."""
        for key, place in self._table.places.items():
            if key not in _KEYS:
                self._error(place, f"There is no {key!r} here.", suggest(key, _KEYS))
        for key in _KEYS:
            if key not in self._table.pairs:
                self._error(self._table.place, f"{key} is missing.", f"Add a line {key}: ...")
        return Article(
            id=name,
            title=self._words("title"),
            summary=self._words("summary"),
            themes=self._themes(themes),
            also=self._several("also"),
            next=self._next(),
            version=self._version(),
            blocks=(),
            claims=(),
            works=(),
        )

    def _themes(self, known: Mapping[str, Theme]) -> tuple[str, ...]:
        themes = self._several("themes")
        if themes and known and themes[0] not in known:
            place = self._table.places["themes"]
            self._error(place, f"No heading is called {themes[0]!r}.", suggest(themes[0], known))
        return themes or ("",)

    def _next(self) -> Next:
        node = self._table.pairs.get("next")
        if node is None:
            return Next("", "")
        pairs = node.pairs if isinstance(node, Table) else {}
        to, words = (_scalar(pairs.get(key)) for key in ("to", "words"))
        if not _TO.fullmatch(to) or not words or len(pairs) != len((to, words)):
            self._error(
                node.place,
                "next does not say where to, and with which words.",
                "Give it to: (a practice, or a page such as /write) and words: on lines below.",
            )
        return Next(to, words)

    def _version(self) -> int:
        said = self._words("version")
        if said and not (said.isascii() and said.isdigit() and int(said)):
            self._error(self._table.places["version"], f"version is {said!r}.", "Count from 1.")
            return 0
        return int(said or 0)

    def _words(self, key: str) -> str:
        node = self._table.pairs.get(key)
        words = _scalar(node)
        if node is not None and not words:
            self._error(node.place, f"{key} has no words.", "Write a sentence.")
        return words

    def _several(self, key: str) -> tuple[str, ...]:
        node = self._table.pairs.get(key)
        if node is None:
            return ()
        words = tuple(map(_scalar, node.items)) if isinstance(node, Listing) else ()
        if not words or not all(words):
            self._error(node.place, f"{key} is not a list of words.", f"Write {key}: [one, two].")
            return ()
        return words

    def _error(self, place: Place, message: str, hint: str) -> None:
        self._problems.error(place, "article.front_matter", message, hint)


def _scalar(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


class _Body:
    """Reads what stands below the front matter."""

    def __init__(self, text: str, first_line: int, problems: Problems) -> None:
        self._text = text
        self._first_line = first_line
        self._problems = problems

    def into(self, article: Article) -> Article:
        """Return ``article`` with this as its text; note what has no place in one."""
        blocks = tuple(self._blocks())
        if not blocks:
            self._error(self._first_line, "There is no text.", "Write some.")
        runs = (run for block in blocks for line in block.lines for run in line)
        claims = tuple(Claim(run.text, run.line) for run in runs if run.kind == "claim")
        works = tuple(dict.fromkeys(claim.work for claim in claims))
        return replace(article, blocks=blocks, claims=claims, works=works)

    def _blocks(self) -> Iterator[Block]:
        for block in split_blocks(self._text):
            if block.kind == "foreign":
                line = self._first_line + block.first
                hint = "Use paragraphs, headings with ##, and lists of one level."
                self._error(line, f"An article cannot hold {block.name}.", hint)
                continue
            lines = (
                read_runs(passage.text, self._first_line + passage.first, self._error)
                for passage in block.passages
            )
            yield Block(block.kind, tuple(lines))

    def _error(self, line: int, message: str, hint: str) -> None:
        self._problems.error(Place(line), "article.text", message, hint)
