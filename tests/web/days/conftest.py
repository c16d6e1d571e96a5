"""Plans of days set by the form, and days on which something was done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from django.test import Client

from tests.web.conftest import seat_in
from thaw.web import sealed
from thaw.web.days.queries import Kept, kept_of
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.sealed import Row
from thaw.web.write.body import Body, sealed_of
from thaw.web.write.models import Note

FORM: dict[str, Any] = {  # Texts, and lists of them.
    "at": "21:30",
    "anchor": "after brushing teeth",
    "minutes": "5",
    "what": "sit",
    "own": "",
    "weekdays": list("0123456"),
    "shrinks": "yes",
    "quiet_from": "00:30",
    "quiet_until": "07:00",
    "day_ends": "04:00",
    "zone": "Europe/Berlin",
}


Answer: TypeAlias = Any  # Django's test client has no public type for its answers.


@dataclass
class Person:
    """Someone at a browser, with a plan or without one."""

    browser: Client
    seat: Seat
    house: House
    id: UUID = field(default_factory=new_id)
    version: int = 0

    def set(self, **changed: Any) -> Answer:
        """Send the form, as the page would have it."""
        kept = kept_of(self.seat)
        place = (kept.timed.id, kept.timed.version) if kept else (self.id, self.version)
        form = {**FORM, "id": str(place[0]), "version": str(place[1]), **changed}
        return self.browser.post("/days/change", form)

    def decide(self, do: str, **more: str) -> Answer:
        return self.browser.post("/days/decide", {"do": do, **more})

    def calendar(self, do: str, **more: str) -> Answer:
        return self.browser.post("/days/calendar", {"do": do, **more})

    def read(self, path: str = "/days") -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, path
        text: str = answer.content.decode()
        return text

    def now(self) -> dict[str, Any]:
        told: dict[str, Any] = self.browser.get("/days/now").json()
        return told

    def kept(self) -> Kept:
        kept = kept_of(self.seat)
        assert kept is not None
        return kept

    def wrote(self, at: datetime) -> None:
        """Keep a note as it was kept then."""
        body = Body(kind="nothing")
        clear: dict[str, sealed.Clear] = {"day": at.date()}
        row = Row(new_id(), 1, at, at, None, {"body": sealed_of(body)}, clear)
        sealed.adopt(Note, self.seat, row)


@pytest.fixture
def person(house: House, seated: Client) -> Person:
    """Who looks at the pages; it is noon in UTC on a Sunday, 22 November 2026."""
    return Person(seated, seat_in(house, seated), house)
