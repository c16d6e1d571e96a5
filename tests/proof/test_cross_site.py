"""What another site's page sends is never taken, and nothing is changed by it."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from tests.proof.asking import Everyone, everyone
from tests.proof.matrix import METHODS, table
from thaw.web.house import House

ELSEWHERE = (
    "https://example.org",
    "http://example.org",
    "null",
    "http://localhost",
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://[::1]:1",
    "http://localhost.example.org",
    "http://example.org:80/localhost",
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "",
)
SITES = ("cross-site", "same-site", "cross-origin", "x", "")
MODES = ("navigate", "no-cors", "cors", "same-origin", "websocket")
KINDS = ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded")

Headers = Mapping[str, str | None]


def variants() -> list[Headers]:
    """Return what forms and scripts of other sites come with; a token is one they guessed."""
    origins: list[Headers] = [{"Origin": origin} for origin in ELSEWHERE]
    fetched: list[Headers] = [
        {
            "Origin": None,
            "Sec-Fetch-Site": site,
            "Sec-Fetch-Mode": mode,
            "Sec-Fetch-Dest": "document",
        }
        for site, mode in product(SITES, MODES)
    ]
    tokens: list[Headers] = [
        {"X-CSRFToken": token, "Origin": None, "Content-Type": kind}
        for token, kind in product((None, "", "b" * 32, "a" * 31, "c" * 32 + "q" * 32), KINDS)
    ]
    return [*origins, *fetched, *tokens]


def changing() -> list[tuple[str, str]]:
    """Return every address and method that an owner may change something with."""
    return [
        (route, method)
        for route, methods in table().items()
        for method in METHODS
        if method not in ("GET", "HEAD", "OPTIONS") and methods[method]["own"] != 405
    ]


@pytest.fixture
def all_of_them(house: House) -> Iterator[Everyone]:
    with everyone(house) as asked:
        yield asked


def test_there_are_fifty_ways_and_more() -> None:
    assert len({tuple(each.items()) for each in variants()}) >= 50


@pytest.mark.parametrize(
    ("route", "method"),
    [
        ("write/notes/<uuid:note>", "PUT"),
        ("write/notes/<uuid:note>/trash", "POST"),
        ("lock", "POST"),
    ],
)
def test_no_way_of_another_site_is_taken(all_of_them: Everyone, route: str, method: str) -> None:
    taken = [
        headers
        for headers in variants()
        if all_of_them.ask("own", method, route, headers).status != 403
    ]
    assert not taken


def test_no_address_takes_a_form_of_another_site(all_of_them: Everyone) -> None:
    ways: tuple[Headers, ...] = (
        {"Origin": "https://example.org"},
        {"Sec-Fetch-Site": "cross-site", "Origin": None},
        {"X-CSRFToken": None, "Origin": None},
    )
    taken = [
        (route, method, headers)
        for route, method in changing()
        for headers in ways
        if all_of_them.ask("own", method, route, headers).status != 403
        or all_of_them.changes("own", method, route, headers)
    ]
    assert not taken


def test_our_own_form_is_taken(all_of_them: Everyone) -> None:
    ours: Headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    answer = all_of_them.ask("own", "POST", "write/notes/<uuid:note>/trash", ours)
    assert answer.status == 303
