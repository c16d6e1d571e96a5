"""A house with two persons in it, asked over a real connection by each who may or may not."""

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from tests.fakes.sat import have_sat
from tests.proof.matrix import Role
from tests.web.conftest import PASSPHRASE, set_passphrase
from tests.web.serving import serving
from thaw.guide.schedule import EVERY_DAY, DayPlan
from thaw.vault.keys import DataKey, new_data_key
from thaw.vault.session import SessionKey
from thaw.web import sealed
from thaw.web.checkin.actions import keep as check_in
from thaw.web.checkin.body import Body as CheckInBody
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.course.models import Done
from thaw.web.days.actions import keep as keep_plan
from thaw.web.days.actions import make_address
from thaw.web.days.body import Body as PlanBody
from thaw.web.days.clear import Timed
from thaw.web.days.models import Feed
from thaw.web.days.models import Plan as DayPlanRow
from thaw.web.days.queries import kept_of
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people import keyring, sessions
from thaw.web.people.models import Person
from thaw.web.people.offers import WAITING
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name
from thaw.web.preferences.models import Preferences
from thaw.web.sit.models import Sat
from thaw.web.sit.sittings import Sitting
from thaw.web.today.actions import note_unwelcome, remove_unwelcome
from thaw.web.write.body import Body, sealed_of
from thaw.web.write.models import Note

WORDS = "only its owner may see this"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

_TOKEN = "a" * 32  # Cookie and form bring the same; what else it is does not matter.
_PARAMETER = re.compile(r"<\w+:(\w+)>")
_NOTE = {"version": 1, "text": "other words", "kind": "note", "day": "2026-11-22"}
_PLAN_ID = new_id()
_PLAN = {
    "id": _PLAN_ID,
    "version": 2,  # Set, and given an address.
    "at": "07:30",
    "minutes": "3",
    "weekdays": ["0", "3"],
    "zone": "Europe/Berlin",
}
_TAP = b"tap=0197a1b2-0000-7000-8000-000000000001&kind=nothing&at_s=1"

BODIES: Mapping[tuple[str, str], tuple[str, bytes]] = {
    ("write/notes/<uuid:note>", "PUT"): (JSON, json.dumps(_NOTE).encode()),
    ("write/notes/<uuid:note>", "POST"): (FORM, urlencode(_NOTE).encode()),
    ("write/notes/<uuid:note>/settle", "POST"): (FORM, urlencode(_NOTE).encode() + b"&choice=both"),
    ("write/search", "POST"): (FORM, b"words=owner"),
    ("check-in", "POST"): (FORM, b"felt=2"),
    ("days/change", "POST"): (FORM, urlencode(_PLAN, doseq=True).encode()),
    ("days/decide", "POST"): (FORM, b"do=pause"),
    ("days/calendar", "POST"): (FORM, b"do=make"),
    ("check-in/<uuid:checkin>", "PUT"): (JSON, b'{"version": 1, "felt": 3}'),
    ("check-in/way", "PUT"): (JSON, b'{"hidden": ["chest"]}'),
    ("course/<str:course>/<int:number>", "POST"): (FORM, b"how=written&text=owner"),
    ("words/practice", "POST"): (FORM, b"scene=late-bus&picked=bored"),
    ("words/practice/keep", "POST"): (FORM, b"scene=late-bus&picked=none&word=owner"),
    ("me/privacy/idle", "POST"): (FORM, b"idle_minutes=5"),
    ("me/preferences", "POST"): (FORM, urlencode({"id": new_id(), "version": 0}).encode()),
    ("library/<str:practice>/sit", "POST"): (FORM, b"voice=none&minutes=3"),
    ("first", "POST"): (FORM, b"voice=none"),
    ("after/<uuid:sat>", "POST"): (FORM, b"felt=same"),
    ("after/steps", "POST"): (FORM, b"skip=person"),
    ("today/decide", "POST"): (FORM, b"kind=not-today"),
    ("today/unwelcome", "POST"): (FORM, b"kinds=low"),
    ("sit/<str:sitting>/respond", "POST"): (FORM, _TAP),
    ("sit/<str:sitting>/took", "POST"): (FORM, b"revision=1&at_s=1"),
    ("sit/<str:sitting>/heard", "POST"): (FORM, b"heard_s=0&at_s=1&how=on"),
    ("sit/<str:sitting>/end", "POST"): (FORM, b"at_s=1"),
    ("sit/<str:sitting>/audible", "POST"): (FORM, b"audible=bells"),
    ("unlock", "POST"): (FORM, urlencode({"passphrase": PASSPHRASE}).encode()),
}
"""What is sent where an empty form would be refused for itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def routes() -> list[str]:
    """Return every address of Django's resolver, as it is written there."""
    return sorted(_patterns(get_resolver(), ""))


def _patterns(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each, before + str(each.pattern))
        else:
            assert isinstance(each, URLPattern)
            yield before + str(each.pattern)


@dataclass
class Everyone:
    """All who may ask, each time with a session made for it.

    Attributes:
        person: Whose notes and sittings are asked for; has a passphrase.
        other: Someone else, with a key of their own.
        playing: What is played.
        sessions: Those that were the person's own.
    """

    house: House
    port: int
    person: Seat
    other: Seat
    playing: Sitting
    sessions: set[str] = field(default_factory=set)

    def ask(
        self,
        role: Role,
        method: str,
        route: str,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Ask for an address as our own page does; a header of None is left out."""
        return self._ask(self._made_ready(role, route), method, route, headers)

    def changes(
        self,
        role: Role,
        method: str,
        route: str,
        headers: Mapping[str, str | None] | None = None,
    ) -> bool:
        """Ask, and return whether anything of the person is another than before."""
        ready = self._made_ready(role, route)
        before = self.state()
        self._ask(ready, method, route, headers)
        return self.state() != before

    def _made_ready(self, role: Role, route: str) -> tuple[str, str]:
        cookie = self._cookie(role)
        return cookie, self.path(route, cookie if role == "own" else self._cookie("own"))

    def _ask(
        self,
        ready: tuple[str, str],
        method: str,
        route: str,
        headers: Mapping[str, str | None] | None,
    ) -> Answer:
        cookie, path = ready
        kind, body = BODIES.get((route, method), (FORM, b"")) if _sends(method) else ("", b"")
        told: dict[str, str | None] = {
            "Host": f"localhost:{self.port}",
            "Origin": f"http://localhost:{self.port}",
            "Cookie": f"thaw_csrf={_TOKEN}; {cookie_name(self.house.data)}={cookie}",
            "Content-Type": kind or None,
            "Content-Length": str(len(body)) if _sends(method) else None,
            "X-CSRFToken": _TOKEN,
            **(headers or {}),
        }
        return self._answer(method, path, told, body)

    def path(self, route: str, cookie: str) -> str:
        """Return an address in which everything belongs to the person, at this session."""
        Preferences.objects.all().delete()
        for model in (Note, Sat, CheckIn, Way, Done, DayPlanRow, Feed):
            model.objects.all().delete()
        if route.startswith(("days", "feed")):
            self._plan()
        return "/" + _PARAMETER.sub(lambda name: self._value(name[1], route, cookie), route)

    def state(self) -> object:
        """Return all that is kept of the person, on the disk and in memory, but for sessions."""
        theirs = self.other.person_id.hex
        with connection.cursor() as cursor:
            rows = {
                table: [row for row in _rows(cursor, table) if theirs not in row]
                for table in connection.introspection.table_names(cursor)
                if table != "people_session"
            }
        files = sorted(path.name for path in self.house.data.iterdir() if path.name != "links")
        kept = self.house.sittings._kept
        sittings = {
            name: (sitting.latest_number, sitting.listened)
            for name, (_, sitting) in kept.items()
            if sitting.session in self.sessions
        }
        return rows, files, sittings, dict(WAITING._waiting)

    def _cookie(self, role: Role) -> str:
        now = self.house.idle.clocks.now()
        if role == "no session":
            return ""
        seat = self.other if role == "another's" else self.person
        key = None if role == "locked" else seat.key
        since = now - sessions.LIFE if role == "expired" else None
        cookie = sessions.begin(seat.person_id, key, now, since=since)
        session = SessionKey.of(cookie).id_hash.hex()
        if role == "own":
            self.sessions.add(session)
        if role in ("own", "another's"):  # As after a first page, which sound waits for.
            self.house.idle.meet(session, age_s=0, idle_s=0, limit_s=None, is_open=True)
        return cookie

    def _value(self, name: str, route: str, cookie: str) -> str:
        match name:
            case "note":
                return str(self._note(is_trashed=route.endswith(("/untrash", "/purge"))))
            case "sitting":
                session = SessionKey.of(cookie).id_hash.hex()
                return self.house.sittings.begin(session, self.playing.first, self.playing.texts).id
            case "entry":
                return str(self._entry(is_trashed=route.endswith("/return")))
            case "sat":
                return str(have_sat(self.person, practice=WORDS))
            case "checkin":
                return str(self._checkin())
            case "token":
                return self.house.links.make()
            case "address":
                kept = kept_of(self.person)
                return kept.body.token if kept else ""
        return _VALUES[name]

    def _plan(self) -> None:
        """Set a plan of days with words of the person in it, and an address for a calendar."""
        plan, zone = DayPlan(time(21), 5, EVERY_DAY, date.min), ZoneInfo("Europe/Berlin")
        now = self.house.idle.clocks.now()
        body = PlanBody(anchor=WORDS, own=WORDS, what="own")
        keep_plan(self.person, (_PLAN_ID, 0), body, Timed(_PLAN_ID, 0, now, plan, zone), now)
        make_address(self.person)

    def _checkin(self) -> UUID:
        answers = CheckInBody(felt=2)
        return check_in(self.person, new_id(), 0, answers, date(2026, 11, 22)).id

    def _entry(self, *, is_trashed: bool) -> UUID:
        id_ = note_unwelcome(self.person, ["low"]).id
        if is_trashed:
            remove_unwelcome(self.person, id_)
        return id_

    def _note(self, *, is_trashed: bool) -> UUID:
        id_ = new_id()
        fields = {"body": sealed_of(Body(text=WORDS))}
        sealed.create(Note, self.person, id_, fields, day=date(2026, 11, 22))
        if is_trashed:
            sealed.trash(Note, self.person, [id_])
        return id_

    def _answer(
        self, method: str, path: str, headers: Mapping[str, str | None], body: bytes
    ) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                if value is not None:
                    line.putheader(name, value)
            line.endheaders(body or None)
            answer = line.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())


_VALUES = {
    "practice": "five-things",
    "article": "five-signs",
    "work": "ma-2021",
    "voice": "flite-slt",
    "bed": "rain",
    "revision": "1",
    "container": "mp3",
    "month": "2026-11",
    "day": "2026-11-22",
    "word": "calm",
    "course": "out-of-numbness",
    "number": "2",
}


@contextmanager
def everyone(house: House) -> Iterator[Everyone]:
    """Serve a house in which two persons live."""
    with serving(house) as guest:
        name = guest.sit()
        playing = house.sittings._kept[name][1]
        set_passphrase(house)
        person_id = keyring.first_person(house.data)
        key = keyring.unlock_with_passphrase(person_id, PASSPHRASE, house.cost, data=house.data)
        yield Everyone(house, guest.port, Seat(person_id, key, ""), Seat(*_someone(), ""), playing)


def _someone() -> tuple[UUID, DataKey]:
    key = new_data_key()
    return Person.objects.create(key_version=key.version).id, key


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608
    return found


def _sends(method: str) -> bool:
    return method not in ("GET", "HEAD", "OPTIONS")
