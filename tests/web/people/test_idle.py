"""How long nobody was there, by clocks that stand still until they are moved."""

from tests.fakes.clocks import FakeClocks
from thaw.web.people.idle import LIFE_S, Idle

MINUTE = 60.0


def watched(clocks: FakeClocks, *, limit_s: float | None = 10 * MINUTE) -> Idle:
    """Return what watches the session ``a``, which somebody was just at."""
    idle = Idle(clocks.as_clocks())
    idle.meet("a", age_s=0, idle_s=0, limit_s=limit_s, is_open=True)
    return idle


def test_a_session_is_due_when_nobody_was_there_for_so_long() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.wait(minutes=9.9)
    assert (idle.due(), idle.is_open("a")) == ([], True)
    clocks.wait(minutes=0.1)
    assert (idle.due(), idle.is_open("a")) == (["a"], False)


def test_somebody_who_is_there_begins_the_wait_anew() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.wait(minutes=9)
    idle.see("a")
    clocks.wait(minutes=9)
    assert idle.left_s("a") == MINUTE


def test_what_plays_is_somebody_until_its_end_and_not_longer() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    idle.play("a", 60 * MINUTE)
    idle.play("a", 5 * MINUTE)  # A look at the end of the file shortens nothing.
    clocks.wait(minutes=59)
    assert idle.due() == []
    clocks.wait(minutes=1)
    assert idle.due() == ["a"]


def test_what_plays_for_a_moment_shortens_no_wait() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    idle.play("a", 1)
    clocks.wait(minutes=9)
    assert idle.due() == []


def test_without_a_limit_nothing_is_due() -> None:
    clocks = FakeClocks()
    idle = watched(clocks, limit_s=None)
    clocks.wait(minutes=11 * 60)
    assert (idle.due(), idle.is_open("a")) == ([], True)


def test_another_limit_counts_at_once() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.wait(minutes=4)
    idle.meet("a", age_s=0, idle_s=0, limit_s=3 * MINUTE, is_open=True)
    assert idle.due() == ["a"]


def test_what_the_store_tells_of_before_counts_the_first_time_only() -> None:
    clocks = FakeClocks()
    idle = Idle(clocks.as_clocks())
    idle.meet("a", age_s=60 * MINUTE, idle_s=9 * MINUTE, limit_s=10 * MINUTE, is_open=True)
    assert idle.left_s("a") == MINUTE
    idle.meet("a", age_s=0, idle_s=0, limit_s=10 * MINUTE, is_open=True)
    assert idle.left_s("a") == MINUTE


def test_a_session_lives_for_twelve_hours_whatever_is_done_in_it() -> None:
    clocks = FakeClocks()
    idle = watched(clocks, limit_s=None)
    for _ in range(12):
        assert (idle.lives("a"), idle.over()) == (True, [])
        clocks.wait(minutes=60)
        idle.see("a")
    assert LIFE_S == 12 * 60 * MINUTE
    assert (idle.lives("a"), idle.over(), idle.is_open("a")) == (False, ["a"], False)


def test_a_clock_on_the_wall_that_is_set_back_changes_nothing() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.now = clocks.now.replace(day=1)
    clocks.wait(minutes=10)
    assert idle.due() == ["a"]


def test_a_machine_that_slept_woke_up_once() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.wait(minutes=5)
    assert not idle.woke()
    clocks.sleep(minutes=1)
    assert [idle.woke(), idle.woke()] == [True, False]


def test_a_moment_between_two_readings_is_no_sleep() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    clocks.passing += 1
    assert not idle.woke()


def test_what_is_locked_waits_for_nothing() -> None:
    clocks = FakeClocks()
    idle = watched(clocks)
    idle.play("a", 1000)
    idle.rest("a")
    clocks.wait(minutes=100)
    assert (idle.due(), idle.is_open("a"), idle.knows("a")) == ([], False, True)


def test_nobody_knows_of_a_session_that_was_not_seen() -> None:
    idle = watched(FakeClocks())
    idle.see("b")
    idle.play("b", 10)
    idle.rest("b")
    idle.forget("b")
    assert not idle.knows("b")
    assert not idle.is_open("b")
    assert not idle.lives("b")
    assert idle.left_s("b") < 0
    idle.forget("a")
    assert not idle.knows("a")
