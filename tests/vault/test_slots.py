"""Memory for a few at a time, in the order of asking; no clock is asked."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, Lock

import pytest

from thaw.units import LimitError
from thaw.vault.slots import Slots

PATIENCE_S = 20


@pytest.fixture
def start() -> Iterator[Callable[[Callable[[], None]], Future[None]]]:
    with ThreadPoolExecutor(24) as pool:
        yield pool.submit


Start = Callable[[Callable[[], None]], Future[None]]


class Crowd:
    """Counts how many places are held at once, and the order in which they were got."""

    def __init__(self, slots: Slots) -> None:
        self.slots, self.lock = slots, Lock()
        self.held = self.most = 0
        self.order: list[str] = []

    def hold(self, places: int, *, name: str = "", until: Event | None = None) -> None:
        with self.slots.take(places):
            with self.lock:
                self.held += places
                self.most = max(self.most, self.held)
                self.order.append(name)
            if until is not None:
                assert until.wait(PATIENCE_S)
            with self.lock:
                self.held -= places


def wait_until(reached: Callable[[], bool]) -> None:
    """Return once another thread has come so far."""
    pause = Event()
    for _ in range(PATIENCE_S * 1000):
        if reached():
            return
        pause.wait(0.001)
    raise AssertionError("the other thread never came so far")


def test_never_more_are_in_than_there_are_places(start: Start) -> None:
    crowd = Crowd(Slots(2, waiting=100))
    running = [start(partial(crowd.hold, 1 + number % 2)) for number in range(60)]
    for one in running:
        one.result(PATIENCE_S)
    assert crowd.most <= 2
    assert len(crowd.order) == 60


def test_two_small_ones_go_together_and_a_large_one_goes_alone(start: Start) -> None:
    crowd, done = Crowd(Slots(2, waiting=9)), Event()
    small = [start(partial(crowd.hold, 1, until=done)) for _ in range(2)]
    wait_until(lambda: crowd.held == 2)
    large = start(partial(crowd.hold, 2))
    wait_until(lambda: crowd.slots.waiting == 1)
    assert not large.done()
    done.set()
    for one in (*small, large):
        one.result(PATIENCE_S)
    assert crowd.most == 2


def test_who_came_first_goes_first_however_large(start: Start) -> None:
    crowd, done = Crowd(Slots(2, waiting=9)), Event()
    running = [start(partial(crowd.hold, 1, name="first", until=done))]
    wait_until(lambda: crowd.held == 1)
    running.append(start(partial(crowd.hold, 2, name="large")))
    wait_until(lambda: crowd.slots.waiting == 1)
    running.append(start(partial(crowd.hold, 1, name="small")))
    wait_until(lambda: crowd.slots.waiting == 2)
    done.set()
    for one in running:
        one.result(PATIENCE_S)
    assert crowd.order == ["first", "large", "small"]


def test_when_too_many_wait_the_next_is_told_when_to_come_again(start: Start) -> None:
    crowd, done = Crowd(Slots(1, waiting=1)), Event()
    running = [start(partial(crowd.hold, 1, until=done)) for _ in range(2)]
    wait_until(lambda: crowd.slots.waiting == 1)
    with pytest.raises(LimitError) as caught, crowd.slots.take(1):
        pytest.fail("There was no place left.")
    assert caught.value.code == "vault.busy"
    assert caught.value.message.endswith("try again.")
    assert caught.value.fields["retry_s"] == 5
    done.set()
    for one in running:
        one.result(PATIENCE_S)


def test_nobody_slips_past_those_who_wait(start: Start) -> None:
    crowd, done = Crowd(Slots(2, waiting=1)), Event()
    running = [start(partial(crowd.hold, 1, until=done))]
    wait_until(lambda: crowd.held == 1)
    running.append(start(partial(crowd.hold, 2)))
    wait_until(lambda: crowd.slots.waiting == 1)
    with pytest.raises(LimitError), crowd.slots.take(1):
        pytest.fail("One place is free, but it is another's turn.")
    done.set()
    for one in running:
        one.result(PATIENCE_S)


def test_with_nobody_allowed_to_wait_a_free_place_is_still_given() -> None:
    slots = Slots(1, waiting=0)
    for _ in range(2):
        with slots.take(1):
            assert slots.waiting == 0


def test_more_than_all_places_means_all_places() -> None:
    slots = Slots(1, waiting=0)
    with slots.take(2), pytest.raises(LimitError), slots.take(1):
        pytest.fail("All places were taken.")


def test_a_place_is_given_back_after_a_failure() -> None:
    slots = Slots(1, waiting=0)
    with pytest.raises(ZeroDivisionError), slots.take(1):
        raise ZeroDivisionError
    with slots.take(1):
        assert slots.waiting == 0
