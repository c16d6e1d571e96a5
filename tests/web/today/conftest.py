"""A person with days behind them, for the pages of today."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.conftest import by_day
from tests.web.conftest import seat_in
from thaw.web import sealed
from thaw.web.checkin import body as checkins
from thaw.web.checkin.models import CheckIn
from thaw.web.database.rows import SealedRow
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.sealed import Row
from thaw.web.sit import body as sat
from thaw.web.sit.models import Sat
from thaw.web.today.body import sealed_decision, sealed_unwelcome
from thaw.web.today.models import Decision, Unwelcome

Kept = Callable[..., Row]


@pytest.fixture(autouse=True)
def _by_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", by_day())
        time.tzset()
        yield
    time.tzset()


@dataclass
class Past:
    """Puts rows into the store as they were kept some days ago."""

    seat: Seat

    def sat(
        self,
        days: float,
        practice: str = "five-things",
        *,
        minutes: float = 3,
        inward: float = 0,
        taps: tuple[str, ...] = (),
        felt: sat.Felt | None = None,
    ) -> Row:
        body = sat.Body(
            practice,
            practice,
            "0" * 64,
            180,
            "none",
            1,
            None,
            1,
            inward > 0,
            sat_s=minutes * 60,
            inward_s=inward * 60,
            responses=tuple(sat.Tap(1.0, kind) for kind in taps),
            how="ended",
            after=sat.After(felt),
        )
        return self._row(Sat, sat.sealed_of(body), days, has_day=True)

    def checked_in(self, days: float, *, unreal: bool = False) -> Row:
        body = checkins.Body(felt=2, unreal=unreal)
        return self._row(CheckIn, checkins.sealed_of(body), days, has_day=True)

    def decided(self, days: float, kind: str, value: str = "") -> Row:
        return self._row(Decision, sealed_decision(kind, value), days)

    def came(self, days: float, *kinds: str, lasted: str = "") -> Row:
        return self._row(Unwelcome, sealed_unwelcome(kinds, lasted, None), days)

    def _row(
        self, model: type[SealedRow], body: bytes, days: float, *, has_day: bool = False
    ) -> Row:
        at = timezone.now() - timedelta(days=days)
        clear: dict[str, sealed.Clear] = {"day": day_of(at)} if has_day else {}
        row = Row(new_id(), 1, at, at, None, {"body": body}, clear)
        return sealed.adopt(model, self.seat, row)


def day_of(moment: datetime) -> sealed.Clear:
    return moment.astimezone().date()


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    """The seat of who looks at the pages."""
    return seat_in(house, seated)


@pytest.fixture
def past(seat: Seat) -> Past:
    """What happened before."""
    return Past(seat)
