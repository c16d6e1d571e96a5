"""Someone who has just sat."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.test import Client

from tests.fakes.sat import have_sat
from tests.web.conftest import seat_in
from thaw.web.house import House
from thaw.web.people.seats import Seat

Sits = Callable[..., UUID]


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


@pytest.fixture
def sits(seat: Seat) -> Sits:
    """Let the person have sat, and name it."""
    return partial(have_sat, seat)
