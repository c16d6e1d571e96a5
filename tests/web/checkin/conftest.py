"""Someone who checks in, without a page in between."""

import pytest

from tests.fakes.seats import FakeSeat, new_seat


@pytest.fixture
def seat(db: None) -> FakeSeat:
    del db
    return new_seat()
