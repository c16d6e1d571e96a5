"""docs/reference/pages.md says what is so."""

import json
import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.tree import DOCS
from thaw.web import policy
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.shelf.forms import ChoicesForm

PAGE = (DOCS / "reference" / "pages.md").read_text(encoding="utf-8")
NAMES = {"container": "EXT"}


def name_of(part: re.Match[str]) -> str:
    return NAMES.get(part[1], part[1].upper())


def addresses(resolver: URLResolver) -> list[str]:
    """Return every address as the page writes it."""
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            route = re.sub(
                r"<\w+:(\w+)>", lambda part: NAMES.get(part[1], part[1].upper()), str(entry.pattern)
            )
            found.append(f"/{route}")
        else:
            found += addresses(entry)
    return found


@pytest.mark.parametrize("address", addresses(get_resolver()))
def test_every_address_is_there(address: str) -> None:
    assert f"| `{address}` |" in PAGE


def test_every_field_is_there_with_its_bounds(house: House) -> None:
    form = ChoicesForm(house, house.shelf.published("five-things"), QueryDict())
    rows = "".join(line for line in PAGE.splitlines(keepends=True) if line.startswith("| `"))
    assert not [name for name in form.fields if f"`{name}`" not in rows]
    for number in (lists.PACES[0], lists.PACES[-1], lists.USUAL_PACE, lists.MOST_SEED):
        assert str(number) in PAGE
    assert f"{lists.LEAST_QUIET} to {lists.MOST_QUIET} seconds" in PAGE


def test_every_header_is_there() -> None:
    for name, value in policy.headers():
        assert f"{name}: {value}" in PAGE


def test_every_name_that_an_island_reads_is_there(seated: Client) -> None:
    plan = seated.get("/library/five-things/plan.json").json()
    sitting = seated.post("/library/five-things/sit", {"voice": "none"})["Location"]
    state = seated.post(f"{sitting}/close", json.dumps({}), "application/json").json()
    wrong = seated.get("/library/five-things/plan.json?seconds=1&voice=none").json()["error"]
    names = {*plan, *plan["voicing"], *plan["strokes"][0], *state, *state["cues"][0]}
    names |= {*state["sources"][0], *wrong}
    assert not [name for name in names if f'"{name}"' not in PAGE and f"`{name}`" not in PAGE]
