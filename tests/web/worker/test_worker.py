"""The service worker's script, what it keeps, and how the door stands on every page."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import PASSPHRASE, new_visitor
from thaw.web.assets import manifest_of
from thaw.web.house import House


def build_worker(built: Path) -> None:
    dist = built / "dist"
    manifest = json.loads((dist / "manifest.json").read_text())
    (dist / "worker-AB12CD34.js").write_text("self.skipWaiting();")
    (dist / "manifest.json").write_text(json.dumps({**manifest, "worker.js": "worker-AB12CD34.js"}))
    manifest_of.cache_clear()


def test_the_worker_is_at_the_root_for_anyone_and_never_kept_unasked(
    visitor: Client, built: Path
) -> None:
    build_worker(built)
    answer = visitor.get("/worker.js")
    assert answer.status_code == 200
    assert answer.content.startswith(b"self.skipWaiting();\n// ")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer


def test_the_worker_is_a_new_one_when_help_now_says_something_else(
    visitor: Client, house: House, built: Path
) -> None:
    build_worker(built)
    before = visitor.get("/worker.js").content
    assert visitor.get("/worker.js").content == before
    house.countries = house.countries[:-1]
    assert visitor.get("/worker.js").content != before


def test_without_a_built_worker_it_says_what_to_do(visitor: Client, built: Path) -> None:
    del built
    assert visitor.get("/worker.js").status_code == 500


@pytest.mark.parametrize("path", ["/help", "/away"])
def test_what_the_worker_keeps_is_the_same_for_everyone(
    seated: Client, locked: Client, path: str
) -> None:
    pages = {without_token(each.get(path)) for each in (seated, locked, new_visitor())}
    assert len(pages) == 1


def without_token(answer: object) -> str:
    content: bytes = getattr(answer, "content", b"")
    return re.sub(r'name="csrf" content="[^"]+"', "", content.decode())


def test_the_page_for_when_thaw_is_away_holds_no_form_and_has_help(visitor: Client) -> None:
    page = visitor.get("/away").content.decode()
    assert 'data-door="away"' in page
    assert 'name="csrf"' not in page
    assert 'id="help"' in page


def test_who_is_here_is_counted_and_told_nothing(seated: Client) -> None:
    answer = seated.get("/here")
    assert (answer.status_code, answer.content) == (204, b"")


def test_nobody_is_here_without_an_open_door(visitor: Client, locked: Client) -> None:
    json_please = {"Accept": "application/json"}
    assert visitor.get("/here", headers=json_please).status_code == 401
    assert locked.get("/here", headers=json_please).status_code == 423


def test_without_a_passphrase_pages_can_be_covered(seated: Client) -> None:
    page = seated.get("/library").content.decode()
    assert 'data-door="covers"' in page
    assert re.search(r'<form class="lock".*?>\s*Cover</button>', page, re.DOTALL)


def test_the_lock_page_says_nothing_of_what_is_behind(locked: Client) -> None:
    page = locked.get("/library").content.decode()
    assert 'data-door="locked"' in page
    assert 'aria-label="Pages"' not in page
    assert 'class="lock"' not in page


def test_with_a_passphrase_pages_can_be_locked_and_know_when_nobody_is_there(
    locked: Client,
) -> None:
    locked.post("/unlock", {"passphrase": PASSPHRASE})
    page = locked.get("/library").content.decode()
    assert 'data-door="locks" data-idle="10"' in page
    assert re.search(r'<form class="lock".*?>\s*Lock</button>', page, re.DOTALL)
