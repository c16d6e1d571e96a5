"""The sitting log: one sealed row for a sitting."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.web.conftest import seat_in
from thaw.units import AccessError, ConflictError, DamageError, InputError
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.sit import log
from thaw.web.sit.actions import note_after
from thaw.web.sit.body import After, Body, Felt, Tap, body_of, checked, sealed_of
from thaw.web.sit.models import Sat
from thaw.web.sit.queries import sat, sat_of
from thaw.web.write.days import today

BEGAN = Body(
    practice="five-things",
    title="Five things",
    plan_hash="0" * 64,
    planned_s=180.0,
    voice="none",
    level=2,
    posture="sitting",
    seed=7,
    is_inward=False,
)


@pytest.fixture
def seat(house: House, seated: object) -> Seat:
    return seat_in(house, seated)  # type: ignore[arg-type]  # The client of the fixture.


def keep(seat: Seat, id_: UUID, change: log.Change) -> None:
    log.keep(seat, id_, today(), lambda: BEGAN, change)


def heard(body: Body) -> Body:
    return replace(body, sat_s=body.sat_s + 30, how="on")


def test_a_row_begins_with_the_first_that_is_said_of_a_sitting_and_goes_on(seat: Seat) -> None:
    id_ = new_id()
    for _ in range(3):
        keep(seat, id_, heard)
    (entry,) = sat_of(seat, today())
    assert entry.id == id_
    assert entry.body == replace(BEGAN, sat_s=90.0)
    assert (entry.minutes, entry.inward_minutes, entry.kinds) == (1.5, 0.0, ())


def test_what_changes_nothing_writes_nothing(seat: Seat) -> None:
    id_ = new_id()
    keep(seat, id_, heard)
    keep(seat, id_, lambda body: body)
    assert sealed.row_of(Sat, seat, id_).version == 1


def test_how_it_was_is_noted_a_piece_at_a_time(seat: Seat) -> None:
    id_, note, checkin = new_id(), new_id(), new_id()
    keep(seat, id_, heard)
    note_after(seat, id_, felt="further")
    note_after(seat, id_, note=note)
    note_after(seat, id_, checkin=checkin, unwelcome=())
    entry = note_after(seat, id_)
    assert entry.body.after == After("further", note, checkin)
    assert entry.body.unwelcome == ()
    assert entry == sat(seat, id_)


def test_two_who_write_at_once_are_both_kept(seat: Seat) -> None:
    id_ = new_id()
    keep(seat, id_, heard)
    rivals = iter(["easier"])

    def change(body: Body) -> Body:
        for _ in rivals:
            note_after(seat, id_, felt="easier")
        return heard(body)

    keep(seat, id_, change)
    assert sat(seat, id_).body == replace(BEGAN, sat_s=60.0, after=After("easier"))


def test_two_who_begin_a_row_at_once_are_both_kept(seat: Seat) -> None:
    id_ = new_id()
    rivals = iter([1])

    def change(body: Body) -> Body:
        for _ in rivals:
            keep(seat, id_, lambda body: replace(body, responses=(Tap(1.0, "fine"),)))
        return heard(body)

    keep(seat, id_, change)
    assert sat(seat, id_).body == replace(BEGAN, sat_s=30.0, responses=(Tap(1.0, "fine"),))


def test_who_is_overtaken_again_and_again_is_told(seat: Seat) -> None:
    id_ = new_id()
    keep(seat, id_, heard)
    felts: list[Felt] = ["easier", "same", "harder", "further", "cant-tell"]

    def change(body: Body) -> Body:
        note_after(seat, id_, felt=felts.pop())
        return heard(body)

    with pytest.raises(ConflictError):
        keep(seat, id_, change)
    assert not felts


def test_the_log_is_read_newest_first_and_since_a_day(seat: Seat) -> None:
    ids = [new_id() for _ in range(3)]
    for id_ in ids:
        keep(seat, id_, heard)
    assert [entry.id for entry in sat_of(seat, today())] == ids[::-1]
    assert sat_of(seat, today() + timedelta(days=1)) == ()


def test_a_row_that_is_damaged_hides_no_other(seat: Seat) -> None:
    good, cut, no_body = new_id(), new_id(), new_id()
    for id_ in (good, cut):
        keep(seat, id_, heard)
    Sat.objects.filter(id=cut).update(body=b"\x01" * 300)
    sealed.create(Sat, seat, no_body, {"body": b"[]"}, day=today())
    assert [entry.id for entry in sat_of(seat, date(2000, 1, 1))] == [good]
    with pytest.raises(DamageError):
        sat(seat, no_body)


def test_a_sitting_that_is_not_in_the_log_cannot_be_noted(seat: Seat) -> None:
    with pytest.raises(AccessError):
        note_after(seat, new_id(), felt="same")


def test_a_body_comes_back_as_it_was_sealed() -> None:
    body = replace(
        BEGAN,
        responses=(Tap(12.5, "too-much"), Tap(20.0, "fine")),
        before=new_id(),
        after=After("cant-tell", new_id(), new_id()),
        unwelcome=("numb", "sleep"),
        how="gently",
    )
    assert body_of(sealed_of(body)) == body
    assert body_of(sealed_of(replace(BEGAN, posture=None))) == replace(BEGAN, posture=None)


def test_what_is_no_body_is_damaged() -> None:
    shape = json.loads(sealed_of(BEGAN))
    for wrong in (
        {"how": "never"},
        {"sat_s": "NaN"},
        {"sat_s": None},
        {"responses": [{"at_s": 1}]},
        {"before": "nobody"},
        {"after": None},
        {"after": {"felt": "great", "note": None, "checkin": None}},
    ):
        with pytest.raises(DamageError):
            body_of(json.dumps(shape | wrong).encode())
    with pytest.raises(DamageError):
        body_of(b'{"practice":')


def test_what_no_sitting_is_like_is_refused() -> None:
    assert checked(BEGAN) == BEGAN
    for wrong in (
        replace(BEGAN, title="x" * 201),
        replace(BEGAN, planned_s=-1.0),
        replace(BEGAN, sat_s=10.0, inward_s=11.0),
        replace(BEGAN, level=4),
        replace(BEGAN, responses=(Tap(1.0, "hungry"),)),
        replace(BEGAN, responses=(Tap(1.0, "fine"),) * 1001),
        replace(BEGAN, unwelcome=("pain",) * 21),
        replace(BEGAN, unwelcome=("x" * 201,)),
    ):
        with pytest.raises(InputError):
            checked(wrong)
