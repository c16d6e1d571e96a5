"""Decisions and what was unwelcome: kept sealed, read back, and refused where they are none."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from thaw.units import DamageError, InputError
from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.today.actions import decide, note_unwelcome, remove_unwelcome, return_unwelcome
from thaw.web.today.body import check_decision, check_unwelcome, decision_of, unwelcome_of
from thaw.web.today.models import Decision, Unwelcome
from thaw.web.today.queries import decisions_of, has_decided, unwelcome_since


def test_a_decision_is_kept_and_read_back_newest_first(seat: Seat) -> None:
    decide(seat, "skip:passphrase")
    decide(seat, "override:S5")
    decide(seat, "declined", "five-things")
    found = [(each.kind, each.value) for each in decisions_of(seat)]
    assert found == [("declined", "five-things"), ("override:S5", ""), ("skip:passphrase", "")]
    assert has_decided(seat, "skip:passphrase")
    assert not has_decided(seat, "skip:person")


def test_only_what_was_decided_since_is_read_where_that_is_asked(seat: Seat) -> None:
    decide(seat, "not-today")
    assert decisions_of(seat, timezone.now() - timedelta(hours=1))
    assert not decisions_of(seat, timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "value"),
    [("", ""), ("Skip", ""), ("skip:", ""), ("a b", ""), ("skip", "x" * 81), ("skip", "\x00")],
)
def test_what_is_no_decision_is_refused(seat: Seat, kind: str, value: str) -> None:
    with pytest.raises(InputError) as error:
        decide(seat, kind, value)
    assert error.value.code == "today.decision"


def test_what_was_unwelcome_is_kept_once_however_often_it_is_sent(seat: Seat) -> None:
    id_, sitting = new_id(), new_id()
    for _ in range(2):
        note_unwelcome(seat, ["anxious", "no", "more-numb"], "hours", sitting, id_=id_)
    (came,) = unwelcome_since(seat)
    assert (came.kinds, came.lasted, came.sitting) == (("more-numb", "anxious"), "hours", sitting)


def test_nothing_unwelcome_is_an_answer_that_lasts_no_time(seat: Seat) -> None:
    note_unwelcome(seat, ["no"], "longer")
    (came,) = unwelcome_since(seat)
    assert (came.kinds, came.lasted, came.sitting) == (("no",), "", None)


@pytest.mark.parametrize(
    ("kinds", "lasted"), [([], ""), (["joy"], ""), (["low"], "a while"), (["low", "x"], "")]
)
def test_what_is_not_known_to_be_unwelcome_is_refused(
    seat: Seat, kinds: list[str], lasted: str
) -> None:
    with pytest.raises(InputError) as error:
        note_unwelcome(seat, kinds, lasted)
    assert error.value.code == "today.unwelcome"


def test_an_entry_can_be_removed_and_brought_back(seat: Seat) -> None:
    row = note_unwelcome(seat, ["low"])
    remove_unwelcome(seat, row.id)
    assert not unwelcome_since(seat)
    return_unwelcome(seat, row.id)
    assert [came.id for came in unwelcome_since(seat)] == [row.id]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"kind":1}', b'{"kind":"skip","value":2}', b'{"value":""}']
)
def test_a_row_that_is_no_decision_is_passed_over(seat: Seat, body: bytes) -> None:
    sealed.create(Decision, seat, new_id(), {"body": body})
    assert not decisions_of(seat)
    with pytest.raises(DamageError):
        check_decision({"body": body})


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"kinds":3}', b'{"kinds":[],"sitting":"x"}'])
def test_a_row_that_says_nothing_of_what_came_is_passed_over(seat: Seat, body: bytes) -> None:
    sealed.create(Unwelcome, seat, new_id(), {"body": body})
    assert not unwelcome_since(seat)
    with pytest.raises(DamageError):
        check_unwelcome({"body": body})


def test_a_row_that_does_not_open_is_passed_over(seat: Seat) -> None:
    decide(seat, "not-today")
    note_unwelcome(seat, ["low"])
    Decision.objects.update(body=b"\x01" * 300)
    Unwelcome.objects.update(body=b"\x01" * 300)
    assert not decisions_of(seat)
    assert not unwelcome_since(seat)


def test_what_a_later_thaw_knows_is_something_else_here() -> None:
    assert unwelcome_of(b'{"kinds":["of-later"],"lasted":"years"}') == (("other",), "", None)
    assert decision_of(b'{"kind":"of-later"}') == ("of-later", "")


def test_no_word_of_it_stands_in_what_a_value_shows_of_itself(seat: Seat) -> None:
    decide(seat, "override:S5")
    note_unwelcome(seat, ["memories"], sitting=UUID(int=new_id().int))
    told = repr((decisions_of(seat), unwelcome_since(seat)))
    assert "override" not in told
    assert "memories" not in told
