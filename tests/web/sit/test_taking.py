"""The log of sittings is taken along, whole, and nothing comes in that it could not show."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.web.conftest import seat_in
from tests.web.sit.test_log import BEGAN
from thaw.exchange.sources import ZipSource
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.sit import log
from thaw.web.sit.body import Body, Tap
from thaw.web.sit.models import Sat
from thaw.web.sit.queries import sat_of
from thaw.web.take.exports import export_zip
from thaw.web.take.imports import take_in
from thaw.web.write.days import today

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


def keep(seat: Seat, body: Body) -> None:
    log.keep(seat, new_id(), today(), lambda: body, lambda body: body)


def zipped(seat: Seat) -> io.BytesIO:
    return io.BytesIO(b"".join(export_zip(seat, NOW)))


def test_sittings_go_out_and_come_in_as_they_were(seat: Seat) -> None:
    keep(seat, replace(BEGAN, sat_s=120.0, responses=(Tap(12.5, "unreal"),), how="gently"))
    before, copy = sat_of(seat, today()), zipped(seat)
    with zipfile.ZipFile(copy) as packed:
        (row,) = json.loads(packed.read("sittings.json"))
    assert (row["body"]["practice"], row["body"]["sat_s"]) == ("five-things", 120.0)
    Sat.objects.all().delete()
    assert take_in(seat, ZipSource(copy)).new == 1
    assert sat_of(seat, today()) == before
    assert take_in(seat, ZipSource(copy)).same == 1


def test_a_sitting_as_no_sitting_is_keeps_the_copy_out(seat: Seat) -> None:
    keep(seat, replace(BEGAN, sat_s=10.0, inward_s=11.0))
    copy = zipped(seat)
    Sat.objects.all().delete()
    with pytest.raises(InputError) as refusal:
        take_in(seat, ZipSource(copy))
    assert refusal.value.code == "export.damaged"
    assert not Sat.objects.exists()


def test_nothing_of_a_sitting_can_be_read_without_the_key(seat: Seat) -> None:
    keep(seat, replace(BEGAN, responses=(Tap(12.5, "too-much"),)))
    (body,) = (bytes(raw) for raw in Sat.objects.values_list("body", flat=True))
    assert not [word for word in (b"five", b"Five", b"too-much", b"sitting") if word in body]
