"""Every address x method x who asks: as the table says, and nobody changes what is not theirs."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.proof.asking import WORDS, Everyone, everyone, routes
from tests.proof.matrix import METHODS, ROLES, Role, table
from tests.web.worker.test_worker import build_worker
from thaw.web.house import House

SAFE = ("GET", "HEAD", "OPTIONS")
STRANGERS: tuple[Role, ...] = ("no session", "locked", "another's", "expired")

# What these are there for: a link is used up, a key is asked for, a session is locked.
CHANGES_BY_GET = {"open/<str:token>"}
DOOR = {"open/<str:token>", "unlock", "lock"}

Asked = tuple[str, str]


@pytest.fixture
def all_of_them(house: House, built: Path) -> Iterator[Everyone]:
    build_worker(built)
    with everyone(house) as asked:
        yield asked


def every_one() -> list[Asked]:
    return [(route, method) for route in routes() for method in METHODS]


def test_every_address_and_method_has_its_line_and_no_other_has() -> None:
    told = {(route, method) for route, methods in table().items() for method in methods}
    assert told == set(every_one())


@pytest.mark.timeout(400)  # Thousands of real requests: minutes on a busy machine.
def test_each_answers_as_the_table_says(all_of_them: Everyone) -> None:
    told = table()
    wrong = []
    for route, method in every_one():
        for role in ROLES:
            answer = all_of_them.ask(role, method, route)
            named = f"{method} {route} as {role}: {answer.status}"
            if answer.status != told[route][method][role]:
                wrong.append(named)
            if role != "own" and (WORDS.encode() in answer.body or WORDS in str(answer.headers)):
                wrong.append(f"{named} shows the note")
    assert not wrong


def test_nothing_is_changed_by_asking_for_a_page(all_of_them: Everyone) -> None:
    asked = product(set(routes()) - CHANGES_BY_GET, SAFE)
    assert not [each for each in asked if all_of_them.changes("own", each[1], each[0])]


@pytest.mark.timeout(400)
def test_nobody_changes_what_is_not_theirs(all_of_them: Everyone) -> None:
    asked = [each for each in every_one() if each[1] not in SAFE and each[0] not in DOOR]
    changed = [
        (route, method, role)
        for (route, method), role in product(asked, STRANGERS)
        if all_of_them.changes(role, method, route)
    ]
    assert not changed


def test_the_same_look_sees_what_the_owner_changes(all_of_them: Everyone) -> None:
    for route in ("write/notes/<uuid:note>/trash", "me/privacy/idle", "sit/<str:sitting>/end"):
        assert all_of_them.changes("own", "POST", route), route
