"""The evidence ledger: the works that claims stand on, one file each in ``content/evidence/``.

A work is an item of CSL-JSON, the form that reference managers read and write, so its file can be
taken into any of them as it is. What Thaw adds stands under ``custom``, which CSL keeps for that:
what was studied, what was found, why that is not proof, and where all this was read.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from thaw.library.content import read_content
from thaw.units import AccessError, Problem, ThawError

Grade = Literal["many", "trials", "pilot", "practice"]
"""How much weight a work bears; what each means is ``GRADES``."""

GRADES: Mapping[Grade, str] = {
    "many": "Many studies put together",
    "trials": "Trials, with groups formed by lot",
    "pilot": "A small, early or indirect study",
    "practice": "Experience or advice, not a study",
}

How = Literal["abstract", "text", "report", "unverified"]
"""What was read: the summary, the whole text, another's account, nothing."""

VERIFIED: tuple[How, ...] = ("abstract", "text")
"""Works whose own words were seen."""

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;]")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_TYPES = ("article-journal", "book", "chapter", "report", "webpage")
_NEEDED = ("id", "type", "title", "custom")
_KNOWN = (
    *_NEEDED,
    *("author", "issued", "container-title", "volume", "issue", "page", "publisher", "DOI", "URL"),
)
_SAID = ("design", "sample", "population", "finding", "limits", "grade", "worth")
_CHECKED = ("how", "where", "on")
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """How a work was checked.

    Attributes:
        how: What of it was read.
        where: The address it was read at; empty where it is unverified.
        on: The day.
        open: What could not be seen, in a sentence; empty where nothing is open.
    """

    how: How
    where: str
    on: date
    open: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A study, a review, a guide: something that a claim can stand on.

    Attributes:
        id: The name of its file, and what a claim calls it.
        title: As it was published.
        names: Family names of the authors, or what stands for one; empty where none was seen.
        year: When it was published; None where it bears no date.
        place: Where it was published: journal, volume, pages, as far as they were seen.
        doi: Without ``https://doi.org/``; empty where none was seen.
        url: Its address, for what has no DOI; may be empty.
        design: What kind of work it is.
        sample: How many people or studies.
        population: Who they were.
        finding: What it found, in our words.
        limits: Why that is not proof.
        grade: How much weight it bears.
        worth: One line for a footnote.
        checked: Where it was read.
    """

    id: str
    title: str
    names: tuple[str, ...]
    year: int | None
    place: str
    doi: str
    url: str
    design: str
    sample: str
    population: str
    finding: str
    limits: str
    grade: Grade
    worth: str
    checked: Checked

    @property
    def label(self) -> str:
        """Who and when, as a footnote begins: ``Ma and others, 2021``."""
        return f"{self.who}, {self.year or 'no date'}"

    @property
    def who(self) -> str:
        """The authors as a sentence names them; the title where none was seen."""
        if not self.names:
            return f"\u201c{self.title}\u201d"
        if len(self.names) > _MOST_NAMED or self.names[-1] == "others":
            return f"{self.names[0]} and others"
        return " and ".join(self.names)

    @property
    def grade_words(self) -> str:
        """What its grade means."""
        return GRADES[self.grade]

    @property
    def is_verified(self) -> bool:
        """Whether the work's own words were seen."""
        return self.checked.how in VERIFIED

    @property
    def link(self) -> str:
        """An address outside Thaw that leads to it; empty where none was seen."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


class Ledger:
    """Every work that can be read, by its id.

    A file that is not in order hides no other: its problems are in ``broken``.
    """

    def __init__(self, works: Iterable[Work], broken: Sequence[Problem] = ()) -> None:
        self.works: Mapping[str, Work] = {work.id: work for work in works}
        self.broken = tuple(broken)

    def work(self, name: str) -> Work:
        """Return a work by its id.

        Raises:
            AccessError: ``work.unknown``, naming the nearest id.
        """
        if found := self.works.get(name):
            return found
        near = get_close_matches(name.lower(), self.works, n=1, cutoff=0.0)
        advice = f"Did you mean {near[0]}?" if near else "There is none in the ledger."
        raise AccessError("work.unknown", f"There is no work called {name[:60]!r}. {advice}")


def load_ledger(folder: Path) -> Ledger:
    """Return the works of the content in ``folder``; what is not in order is noted, not raised."""
    works: list[Work] = []
    broken: list[Problem] = []
    for path in sorted((folder / "evidence").glob("*.json")):
        reader = _Reader(path)
        work = reader.work()
        broken += reader.problems
        if work is not None:
            works.append(work)
    return Ledger(works, [*broken, *_twice(works)])


def _twice(works: Sequence[Work]) -> Iterable[Problem]:
    """Yield a problem for each work whose DOI another one has already."""
    seen: dict[str, str] = {}
    for work in works:
        first = seen.setdefault(work.doi.lower(), work.id) if work.doi else work.id
        if first != work.id:
            message = f"{first} has the same DOI."
            yield Problem(
                f"evidence/{work.id}.json", 1, 1, "work.doi_twice", "error", message, "Keep one."
            )


class _Reader:
    """Reads one file and notes what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = ""
        self.problems: list[Problem] = []

    def work(self) -> Work | None:
        """Return the work, or None with its problems noted."""
        item = self._item()
        if item is None:
            return None
        custom = self._table(item.get("custom"), "custom", _SAID, (*_SAID, "checked"))
        checked = self._table(custom.get("checked"), "checked", _CHECKED, (*_CHECKED, "open"))
        work = Work(
            id=self._own_id(item),
            title=self._words(item, "title"),
            names=self._names(item),
            year=self._year(item),
            place=_place(item),
            doi=self._matching(item, "DOI", DOI, "work.doi", "10.1000/182"),
            url=self._matching(item, "URL", _ADDRESS, "work.address", "https://example.org/page"),
            design=self._words(custom, "design"),
            sample=self._words(custom, "sample"),
            population=self._words(custom, "population"),
            finding=self._words(custom, "finding"),
            limits=self._words(custom, "limits"),
            grade=self._one_of(custom, "grade", get_args(Grade)),  # type: ignore[arg-type] # one of them
            worth=self._words(custom, "worth"),
            checked=self._checked(checked),
        )
        self._one_of(item, "type", _TYPES)
        return None if self.problems else work

    def _item(self) -> Mapping[str, object] | None:
        try:
            self._text = read_content(self._path)
            item = json.loads(self._text, object_pairs_hook=self._pairs)
        except json.JSONDecodeError as error:
            self._note("work.json", f"This is not JSON: {error.msg}.", "Mend it.", error.lineno)
            return None
        except (ThawError, RecursionError) as error:
            self._note("work.json", f"The file cannot be read: {error}", "Mend it.")
            return None
        return self._table(item, "the work", _NEEDED, _KNOWN) or None

    def _pairs(self, pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        for name in {name for name in names if names.count(name) > 1}:
            self._note("work.key", f"{name} stands here twice.", "Keep one.", self._line(name))
        return dict(pairs)

    def _table(
        self, given: object, name: str, needed: Sequence[str], known: Sequence[str]
    ) -> Mapping[str, object]:
        """Return ``given`` as a table; note what it lacks and what nobody knows."""
        if not isinstance(given, dict):
            self._note("work.value", f"{name} is not a table.", "Write names with their values.")
            return {}
        for key in given:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
                self._note("work.key", f"There is no {key!r} here.", hint, self._line(key))
        for key in needed:
            if key not in given:
                self._note("work.missing", f"{name} lacks {key}.", "Say it, or say what is open.")
        return given

    def _own_id(self, item: Mapping[str, object]) -> str:
        name = self._words(item, "id")
        if name and (name != self._path.stem or not _ID.fullmatch(name)):
            self._note(
                "work.id",
                f"The id is {name!r} and the file is called {self._path.stem!r}.",
                "Give both the same name: small letters, digits and hyphens.",
                self._line("id"),
            )
        return name

    def _words(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key, "")
        if key in table and not (isinstance(value, str) and value.strip()):
            self._wrong(key, "says nothing", "Write a sentence.")
        return value if isinstance(value, str) else ""

    def _matching(
        self, item: Mapping[str, object], key: str, form: re.Pattern[str], code: str, like: str
    ) -> str:
        value = item.get(key, "")
        if key in item and not (isinstance(value, str) and form.fullmatch(value)):
            self._note(code, f"{value!r} is no {key}.", f"One looks like {like}.", self._line(key))
        return value if isinstance(value, str) else ""

    def _one_of(self, table: Mapping[str, object], key: str, known: Sequence[str]) -> str:
        value = table.get(key)
        if key in table and value not in known:
            self._wrong(key, f"is {value!r}", f"Known here: {', '.join(known)}.")
        return value if isinstance(value, str) else ""

    def _names(self, item: Mapping[str, object]) -> tuple[str, ...]:
        authors = item.get("author", [])
        names = [_name(author) for author in authors] if isinstance(authors, list) else [""]
        if not all(names):
            self._wrong("author", "has an entry without a name", "Give a family or a literal.")
        return tuple(names)

    def _year(self, item: Mapping[str, object]) -> int | None:
        """Return the year of ``{"date-parts": [[2021]]}``."""
        match item.get("issued"):
            case None:
                return None
            case {"date-parts": [[int(year), *_]]} if date.min.year <= year <= date.max.year:
                return year
        self._wrong("issued", "is no date", 'One looks like {"date-parts": [[2021]]}.')
        return None

    def _checked(self, table: Mapping[str, object]) -> Checked:
        how = self._one_of(table, "how", get_args(How))
        where = table.get("where", "")
        if how != "unverified" and not _ADDRESS.fullmatch(str(where)):
            self._wrong("where", "is no address", "Give the address you read it at.")
        try:
            on = date.fromisoformat(str(table.get("on", "")))
        except ValueError:
            on = date.min
            self._wrong("on", "is no day", "One looks like 2026-11-22.")
        return Checked(how, str(where), on, self._words(table, "open"))  # type: ignore[arg-type] # one of them

    def _wrong(self, key: str, message: str, hint: str) -> None:
        self._note("work.value", f"{key} {message}.", hint, self._line(key))

    def _note(self, code: str, message: str, hint: str, line: int = 1) -> None:
        file = f"{self._path.parent.name}/{self._path.name}"
        self.problems.append(Problem(file, line, 1, code, "error", message, hint))

    def _line(self, key: str) -> int:
        """Return the line on which ``key`` stands; JSON's own reader does not tell."""
        found = re.search(rf'"{re.escape(key)}"\s*:', self._text)
        return self._text.count("\n", 0, found.start()) + 1 if found else 1


def _name(author: object) -> str:
    match author:
        case {"family": str(name)} | {"literal": str(name)}:
            return name.strip()
    return ""


def _place(item: Mapping[str, object]) -> str:
    """Return where a work was published: ``Sleep Medicine Reviews 38, 3-16``."""
    journal, volume, issue, page = (
        str(item.get(key, "")) for key in ("container-title", "volume", "issue", "page")
    )
    number = f"{volume}({issue})" if volume and issue else volume or issue
    return ", ".join(part for part in (f"{journal} {number}".strip(), page) if part)
