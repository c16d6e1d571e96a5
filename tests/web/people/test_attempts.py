"""Who guesses waits, longer each time; who has the right words is never kept out for long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from sqlcipher3 import dbapi2

from tests.fakes.clocks import FakeClocks
from thaw.units import DamageError, InputError, LimitError
from thaw.web.people import attempts
from thaw.web.people.attempts import FREE, LONGEST, attempt, delay_after
from thaw.web.people.models import Guesses, Person

pytestmark = pytest.mark.django_db


class Door:
    """A person's door, and how often someone was judged at it."""

    def __init__(self) -> None:
        self.person = Person.objects.create()
        self.clocks = FakeClocks()
        self.judged = 0

    def wrong(self, code: str = "vault.wrong_passphrase") -> str:
        """Guess wrongly; return the code of what is answered."""

        def check() -> None:
            self.judged += 1
            raise InputError(code, "No.")

        return self._answer(check)

    def right(self) -> str:
        return self._answer(lambda: None)

    def _answer(self, check: Callable[[], None]) -> str:
        try:
            attempt(self.person.id, lambda: self.clocks.now, check)
        except (InputError, LimitError) as error:
            return error.code
        return ""

    def wait_s(self) -> int:
        guesses = Guesses.objects.filter(person=self.person).first()
        if guesses is None:
            return 0
        until = guesses.last_at + delay_after(guesses.failures)
        return max(0, int((until - self.clocks.now).total_seconds()))


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_few_mistypings_cost_nothing(door: Door) -> None:
    for _ in range(FREE):
        assert door.wait_s() == 0
        assert door.wrong() == "vault.wrong_passphrase"
    assert door.wait_s() == 15
    assert door.wrong() == "unlock.wait"
    assert door.judged == FREE


def test_each_wrong_one_doubles_the_wait_up_to_a_quarter_of_an_hour(door: Door) -> None:
    waits = []
    for _ in range(FREE + 9):
        door.wrong()
        waits.append(door.wait_s())
        door.clocks.wait(seconds=door.wait_s())
    assert waits == [0] * (FREE - 1) + [15, 30, 60, 120, 240, 480, 900, 900, 900, 900]
    assert delay_after(2**31) == LONGEST


def test_ten_thousand_guesses_in_an_hour_are_judged_less_than_twenty_times(door: Door) -> None:
    for _ in range(10_000):
        door.wrong()
        door.clocks.wait(seconds=0.36)
    assert door.judged <= 20


def test_the_right_one_takes_all_back(door: Door) -> None:
    for _ in range(FREE):
        door.wrong()
    assert door.right() == "unlock.wait"
    door.clocks.wait(seconds=15)
    assert door.right() == ""
    assert door.wait_s() == 0
    for _ in range(FREE - 1):
        door.wrong()
    assert door.right() == ""


@pytest.mark.parametrize(
    ("wrong", "passed_s", "said"),
    [(5, 0, "15 seconds,"), (5, 14, "1 second,"), (7, 0, "1 minute,"), (8, 59, "2 minutes,")],
)
def test_the_wait_is_said_in_words(door: Door, wrong: int, passed_s: int, said: str) -> None:
    Guesses.objects.create(person=door.person, failures=wrong, last_at=door.clocks.now)
    door.clocks.wait(seconds=passed_s)
    with pytest.raises(LimitError, match=f"Wait {said}"):
        attempt(door.person.id, lambda: door.clocks.now, lambda: None)


def test_waiting_goes_on_after_a_restart(door: Door) -> None:
    for _ in range(FREE):
        door.wrong()
    kept = Guesses.objects.get()
    assert (kept.failures, kept.last_at) == (FREE, door.clocks.now)
    attempts._DOORS.clear()  # As in a new process.
    assert door.wrong() == "unlock.wait"


def test_a_process_that_ends_while_it_judges_gives_no_guess_for_nothing(door: Door) -> None:
    def end() -> None:
        raise KeyboardInterrupt

    for _ in range(FREE):
        with pytest.raises(KeyboardInterrupt):
            attempt(door.person.id, lambda: door.clocks.now, end)
    assert door.right() == "unlock.wait"


@pytest.mark.parametrize("code", sorted(attempts._NOT_A_TRY))
def test_what_is_no_passphrase_and_no_code_is_no_try(door: Door, code: str) -> None:
    for _ in range(3 * FREE):
        assert door.wrong(code) == code
    assert door.right() == ""


def test_what_failed_for_another_reason_is_no_try(door: Door) -> None:
    def fail() -> None:
        raise DamageError("vault.damaged", "It is damaged.")

    for _ in range(3 * FREE):
        with pytest.raises(DamageError):
            attempt(door.person.id, lambda: door.clocks.now, fail)
    assert door.wait_s() == 0


def test_a_clock_set_back_a_day_makes_nobody_wait_a_day(door: Door) -> None:
    for _ in range(FREE):
        door.wrong()
    door.clocks.now -= timedelta(days=1)
    assert door.right() == "unlock.wait"
    door.clocks.wait(seconds=15)
    assert door.right() == ""


def test_what_was_wrong_long_ago_is_forgotten(door: Door) -> None:
    for _ in range(FREE):
        door.wrong()
    door.clocks.wait(minutes=24 * 60 + 1)
    door.wrong()
    assert Guesses.objects.get().failures == 1


def test_one_persons_guesses_keep_nobody_else_out(door: Door) -> None:
    for _ in range(FREE):
        door.wrong()
    assert Door().right() == ""


def test_on_a_full_disk_a_person_gets_in_and_a_guesser_waits(door: Door) -> None:
    with connection.execute_wrapper(_full):
        for _ in range(FREE):
            assert door.wrong() == "vault.wrong_passphrase"
        assert door.right() == "unlock.wait"
        assert not Guesses.objects.exists()
        door.clocks.wait(seconds=15)
        assert door.right() == ""
        door.wrong()
    door.wrong()
    assert Guesses.objects.get().failures == 2


def test_what_no_disk_took_is_forgotten_with_the_folder_it_was_for(door: Door) -> None:
    with connection.execute_wrapper(_full):
        door.wrong()
    attempts.forget_unwritten()
    for _ in range(FREE):
        assert door.wrong() == "vault.wrong_passphrase"
    assert door.right() == "unlock.wait"


def _full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # As Django does.
    if sql.startswith(("INSERT", "UPDATE")):
        cause = dbapi2.OperationalError("database or disk is full")
        cause.sqlite_errorcode = dbapi2.SQLITE_FULL
        raise OperationalError from cause
    return execute(sql, params, many, context)
