"""Emergency numbers and helplines by country, with how well each number is known.

One small file a country, ``content/helplines/CODE.yaml``; docs/howto/helplines.md tells how a
number is checked and added. A record that is not as it should be is left out here, so that one
mistake takes nothing else away from who needs help, and named by ``check_helplines``, which the
build and the tests ask.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from thaw.library.helpline_fields import Given, given_in, site_of
from thaw.units import SettingError

Kind = Literal["talk", "text", "chat", "violence-hurt", "violence-afraid", "substances"]
How = Literal["operator-page", "operator-page-copy", "elsewhere"]
Standing = Literal["confirmed", "a while ago", "old", "not confirmed"]
GroupId = Literal["talk", "write", "hurt", "afraid", "substances"]

KINDS: tuple[Kind, ...] = get_args(Kind)
HOWS: tuple[How, ...] = get_args(How)

ELSEWHERE = "other"
"""The id of "Another country", which has no number of its own."""

UNKNOWN = "unknown"
"""Stands where the page that was read does not tell the hours, the cost or the language."""

MARKED_DAYS = 180
"""From this age on a number says that it was checked a while ago."""

OLD_DAYS = 365
"""From this age on a number is text, and never first."""

_TITLES: Mapping[GroupId, str] = {
    "talk": "To talk",
    "write": "To write",
    "hurt": "If someone hurts you",
    "afraid": "If you are afraid of hurting someone",
    "substances": "Alcohol and drugs",
}
_TOPICS: Mapping[Kind, GroupId] = {
    "violence-hurt": "hurt",
    "violence-afraid": "afraid",
    "substances": "substances",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """How and when a number was read.

    Attributes:
        how: On the operator's own page; on a stored copy of it; or elsewhere.
        day: The day of the reading.
        source: The page it was read on.
        copied: Of a copy, the day it tells that it is from; None where it tells none.
    """

    how: How
    day: date
    source: str
    copied: date | None = None

    @property
    def stood_on(self) -> date | None:
        """The last day on which the operator is known to have said so; None where none is."""
        if self.how == "operator-page":
            return self.day
        return self.copied if self.how == "operator-page-copy" else None


@dataclass(frozen=True, slots=True)
class Text:
    """A number that takes messages, and the word a message begins with, if it takes one."""

    to: str
    say: str = ""

    @property
    def dialled(self) -> str:
        """The number as a phone takes it."""
        return _dialled(self.to)


@dataclass(frozen=True, slots=True)
class Line:
    """A helpline: who answers, how they are reached, when, and how this is known.

    Attributes:
        page: The operator's own page.
        kinds: How it is reached, and what it is for where it is not for everything.
        call: A number, as the operator writes it; empty where there is none.
        text: Where messages are sent; None where nowhere.
        chat: The page of a chat; empty where there is none.
        for_whom: Said where a line is not for everyone.
    """

    name: str
    operator: str
    page: str
    kinds: tuple[Kind, ...]
    call: str
    text: Text | None
    chat: str
    hours: str
    languages: tuple[str, ...]
    cost: str
    for_whom: str
    checked: Checked

    @property
    def dialled(self) -> str:
        """The number as a dialler takes it."""
        return _dialled(self.call)

    @property
    def site(self) -> str:
        """The operator's site, as a person reads it."""
        return site_of(self.page)

    @property
    def chat_site(self) -> str:
        """The site that the chat is on."""
        return site_of(self.chat)

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known of it besides, for a person to read."""
        told = (self.for_whom and f"for {self.for_whom}", self.hours, self.cost)
        return tuple(fact for fact in (*told, *self.languages) if fact and fact != UNKNOWN)

    @property
    def groups(self) -> tuple[GroupId, ...]:
        """Where it is shown: under what it is for, or else under how it is reached."""
        topics = tuple(_TOPICS[kind] for kind in self.kinds if kind in _TOPICS)
        writes = self.text is not None or bool(self.chat)
        talk: tuple[GroupId, ...] = ("talk",) if self.call else ()
        write: tuple[GroupId, ...] = ("write",) if writes else ()
        return topics or talk + write


@dataclass(frozen=True, slots=True)
class Country:
    """A country one can pick, and whom to reach there.

    Attributes:
        id: ISO 3166-1 alpha-2 in lower case, or ``other``.
        name: Its name in English.
        emergency: Emergency numbers, the usual one first; empty for ``other``. They are set by
            law and do not age as other numbers do.
    """

    id: str
    name: str
    emergency: tuple[str, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """Something in a file that cannot be used: which record of it, which field, and why."""

    file: str
    record: str
    field: str
    reason: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.record, self.field)))
        return f"{self.file}: {where}: {self.reason}" if where else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Helplines:
    """What could be read: countries by name with "Another country" last, and what could not."""

    countries: tuple[Country, ...]
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is shown on a day."""

    line: Line
    standing: Standing

    @property
    def may_call(self) -> bool:
        """Whether its number may be a button."""
        return self.standing in ("confirmed", "a while ago")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that serve the same need."""

    id: GroupId
    lines: tuple[Shown, ...]

    @property
    def title(self) -> str:
        """What the group is for, to be read."""
        return _TITLES[self.id]


@dataclass(frozen=True, slots=True)
class ShownCountry:
    """A country on a day: the lines that may be first, and those that may not."""

    country: Country
    sure: tuple[Group, ...]
    unsure: tuple[Group, ...]


def standing_of(checked: Checked, today: date) -> Standing:
    """Return how well a number is known on a day.

    A clock that stands before the day of the check cannot tell an age.
    """
    if checked.stood_on is None:
        return "not confirmed"
    age = (today - checked.stood_on).days
    if age >= OLD_DAYS:
        return "old"
    return "a while ago" if age >= MARKED_DAYS or age < 0 else "confirmed"


def shown_on(countries: Iterable[Country], today: date) -> tuple[ShownCountry, ...]:
    """Return every country as it is to be shown on a day."""
    return tuple(_shown(country, today) for country in countries)


def read_helplines(folder: Path) -> Helplines:
    """Return the countries of ``helplines/`` in ``folder``; what is broken is left out and told."""
    found: dict[str, Country] = {}
    broken: list[Broken] = []
    for path in sorted((folder / "helplines").glob("*.yaml")):
        country = _country(path, broken)
        if country:
            found[country.id] = country
    by_name = sorted(found.values(), key=lambda each: (each.id == ELSEWHERE, each.name))
    return Helplines(tuple(by_name), tuple(broken))


def check_helplines(folder: Path) -> tuple[Broken, ...]:
    """Return everything in ``helplines/`` in ``folder`` that a build must refuse."""
    helplines = read_helplines(folder)
    if any(country.id == ELSEWHERE for country in helplines.countries):
        return helplines.broken
    missing = Broken("helplines", "", "", f"{ELSEWHERE}.yaml is not there, or not readable")
    return (*helplines.broken, missing)


def _shown(country: Country, today: date) -> ShownCountry:
    lines = [Shown(line, standing_of(line.checked, today)) for line in country.lines]
    lines.sort(key=lambda shown: shown.standing != "confirmed")
    return ShownCountry(
        country,
        sure=_groups([each for each in lines if each.may_call]),
        unsure=_groups([each for each in lines if not each.may_call]),
    )


def _groups(lines: list[Shown]) -> tuple[Group, ...]:
    found = ((id_, tuple(each for each in lines if id_ in each.line.groups)) for id_ in _TITLES)
    return tuple(Group(id_, each) for id_, each in found if each)


def _country(path: Path, broken: list[Broken]) -> Country | None:
    """Return a country, or None where not even its numbers can be read; add what is broken."""

    def tell(record: str, field: str, reason: str) -> None:
        broken.append(Broken(f"{path.parent.name}/{path.name}", record, field, reason))

    try:
        given = given_in(path, tell)
    except SettingError as error:
        tell("", "", error.message)
        return None
    code, name = given.code("country"), given.words("name")
    numbers = given.numbers("emergency", may_be_empty=code == ELSEWHERE)
    if code and code != path.stem:
        tell("", "country", f"the file of {code} is called {code}.yaml")
        return None
    lines = tuple(_lines(given.records("lines")))
    given.end()
    if not code or not name or numbers is None:
        return None
    return Country(code, name, numbers, lines)


def _lines(records: Iterable[Given]) -> Iterator[Line]:
    for given in records:
        line = _line(given)
        given.end()
        if line and not given.is_broken:
            yield line


def _line(given: Given) -> Line | None:
    """Return a line as far as it can be read; what is wrong with it is told."""
    name, operator = given.words("name"), given.words("operator")
    page = given.page("page")
    kinds = given.some_of("kinds", KINDS)
    call = given.number("call") if given.has("call") else ""
    text = _text(given.record("text")) if given.has("text") else None
    chat = given.page("chat") if given.has("chat") else ""
    hours, cost = given.words("hours"), given.words("cost")
    languages = given.list_of_words("languages")
    for_whom = given.words("for_whom") if given.has("for_whom") else ""
    checked = _checked(given.record("checked"), page)
    for kind, is_there in (("talk", bool(call)), ("text", text is not None), ("chat", bool(chat))):
        if (kind in kinds) != is_there:
            given.tell("kinds", f"{kind} stands there if, and only if, the line says where")
    if not (call or text or chat):
        given.tell("kinds", "there is no way to reach this line")
    if checked is None:
        return None
    return Line(
        name, operator, page, kinds, call, text, chat, hours, languages, cost, for_whom, checked
    )


def _text(given: Given) -> Text | None:
    to = given.number("to")
    say = given.words("say") if given.has("say") else ""
    given.end()
    return None if given.is_broken else Text(to, say)


def _checked(given: Given, page: str) -> Checked | None:
    how = given.one_of("how", HOWS)
    day, source = given.day("day"), given.source("source")
    copied = given.day_or_unknown("copied") if how == "operator-page-copy" else None
    if how != "elsewhere" and source and page and site_of(source) != site_of(page):
        given.tell("source", "this is not a page of the operator; then it was read elsewhere")
    if day and copied and copied > day:
        given.tell("copied", "a copy cannot be of a day after it was read")
    given.end()
    if given.is_broken or how is None or day is None:
        return None
    return Checked(how, day, source, copied)


def _dialled(number: str) -> str:
    return number.replace(" ", "")
