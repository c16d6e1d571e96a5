"""Sittings by a clock that goes when told."""

from collections.abc import Iterator

import pytest

from tests.fakes.clocks import FakeClocks
from tests.fakes.sounding import FakeSound
from tests.web.conftest import CHEAP, stood_on
from thaw.library.shelf import Shelf
from thaw.web.folder import Folder
from thaw.web.house import House


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock by which sittings pass."""
    return Clock()


@pytest.fixture
def house(
    store: Folder, clocks: FakeClocks, sound: FakeSound, shelf: Shelf, clock: Clock
) -> Iterator[House]:
    """The house that the pages stand on, with a store of its own."""
    house = House(store.data, sound=sound, clocks=clocks.as_clocks(), clock=clock)
    house.shelf = shelf
    house.cost = CHEAP
    with stood_on(house):
        yield house
