"""Help now: what is on it for everyone, what is one's own, and what it leaves behind."""

import logging
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import new_visitor, unlock
from thaw.library.content import content_folder
from thaw.library.helplines import OLD_DAYS, Helplines, read_helplines
from thaw.web.help.models import OwnHelp, ShownHelp
from thaw.web.house import House

TODAY = date(2026, 11, 22)  # As the clocks of the tests stand.

SOMEONE = {
    "name": "Someone",
    "operator": "Someone who listens",
    "page": "https://www.example.org/",
    "kinds": ["talk", "text", "chat"],
    "call": "0800 123 456",
    "text": {"to": "85258", "say": "HELLO YOU"},
    "chat": "https://chat.example.org/now",
    "hours": "any time",
    "languages": ["English"],
    "cost": "free",
    "checked": {"how": "operator-page", "day": TODAY, "source": "https://example.org/call"},
}


def with_line(house: House, folder: Path, *records: object) -> Helplines:
    """Let the house know these lines of the United Kingdom, and nothing else."""
    lines = folder / "helplines"
    lines.mkdir()
    table = {"country": "gb", "name": "United Kingdom", "emergency": ["999"], "lines": [*records]}
    (lines / "gb.yaml").write_text(yaml.safe_dump(table), encoding="utf-8")
    found = read_helplines(folder)
    house.countries = found.countries
    return found


def page_of(client: Client, path: str = "/help") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def keep(client: Client, form: dict[str, str]) -> None:
    assert client.post("/help/mine/edit", form).status_code == 303


def test_help_leaves_nothing_behind(
    visitor: Client, seated: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for client in (visitor, seated):
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            caplog.at_level(logging.INFO),
        ):
            for path in ("/help", "/help?from=nothing", "/leave"):
                page_of(client, path)
        assert not asked.captured_queries
    assert not [record for record in caplog.records if record.name.startswith("thaw")]


def test_opening_it_with_ones_own_writes_nothing(seated: Client, form: dict[str, str]) -> None:
    keep(seated, form)
    with CaptureQueriesContext(connection) as asked:
        page_of(seated, "/help/mine")
    assert asked.captured_queries
    writes = [
        each["sql"] for each in asked.captured_queries if not each["sql"].startswith("SELECT")
    ]
    assert not writes


def test_emergency_numbers_of_every_country_are_buttons(visitor: Client) -> None:
    page = page_of(visitor)
    for number in ("112", "999", "911", "000"):
        assert f'href="tel:{number}"' in page


def test_a_line_that_was_checked_is_a_button_and_says_when(
    visitor: Client, house: House, tmp_path: Path
) -> None:
    with_line(house, tmp_path, SOMEONE)
    page = page_of(visitor)
    assert '<a class="button" href="tel:0800123456">Call 0800 123 456</a>' in page
    assert 'href="sms:85258?body=HELLO%20YOU">Text HELLO YOU to 85258</a>' in page
    assert 'href="https://chat.example.org/now"' in page
    assert "Read on the operator's page on 22 November 2026." in page.replace("&#x27;", "'")
    assert 'data-checked="2026-11-22"' in page


def test_a_line_that_grows_old_says_so_and_then_is_no_button(
    visitor: Client, house: House, tmp_path: Path, clocks: FakeClocks
) -> None:
    with_line(house, tmp_path, SOMEONE)
    clocks.now += timedelta(days=200)
    page = page_of(visitor)
    assert "Checked a while ago" in page
    assert 'href="tel:0800123456"' in page
    clocks.now += timedelta(days=OLD_DAYS)
    page = page_of(visitor)
    assert "0800 123 456" in page
    assert not re.search(r'href="(tel:0800|sms:)', page)
    assert page.index("findahelpline.com") < page.index("0800 123 456")


def test_what_is_not_confirmed_is_text_and_stands_after_the_directory(visitor: Client) -> None:
    page = page_of(visitor)
    dialled = set(re.findall(r'href="(?:tel|sms):([^"]+)"', page))
    assert dialled == {"112", "999", "911", "000"}
    assert "Not confirmed" in page
    assert page.index("findahelpline.com") < page.index("Samaritans")


def test_a_broken_record_takes_nothing_else_away(
    visitor: Client, house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "helplines").mkdir()
    for path in (content_folder() / "helplines").glob("*.yaml"):
        (tmp_path / "helplines" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "helplines" / "de.yaml").write_text("country: de\n", encoding="utf-8")
    (tmp_path / "help").symlink_to(content_folder() / "help")
    fresh = House(house.data, content=tmp_path)
    with caplog.at_level(logging.WARNING):
        house.countries = fresh.countries
    fresh.close()
    assert "A helpline is left out. helplines/de.yaml: name: it is missing." in caplog.text
    page = page_of(visitor)
    assert "United Kingdom" in page
    assert "Germany" not in page


@pytest.mark.parametrize(
    ("query", "is_first"),
    [("?from=nothing", True), ("?from=writing", True), ("", False), ("?from=x", False)],
)
def test_who_feels_nothing_or_cannot_talk_is_shown_writing_first(
    visitor: Client, query: str, is_first: bool
) -> None:
    assert ('data-first="writing"' in page_of(visitor, f"/help{query}")) == is_first


def test_without_scripts_there_is_all_of_it(visitor: Client) -> None:
    page = page_of(visitor)
    assert page.count("<summary>Next</summary>") == 4
    for title in ("If someone hurts you", "If you are afraid of hurting", "If alcohol or drugs"):
        assert title in page
    for name in ("now", "grounding", "hurt", "afraid", "substances", "worse", "someone-first"):
        assert f'id="{name}"' in page


def test_links_out_say_so_and_tell_nobody_where_from(visitor: Client) -> None:
    page = page_of(visitor)
    links = re.findall(r'<a[^>]+href="https?://[^>]+>', page)
    assert links
    for link in links:
        assert 'rel="noopener noreferrer"' in link
        assert 'referrerpolicy="no-referrer"' in link
    said = page.count("outside Thaw, and stays in the browser")
    assert said == len(links)


def test_ones_own_stands_on_every_page_that_is_open(seated: Client, form: dict[str, str]) -> None:
    keep(seated, form)
    for path in ("/library", "/help/mine", "/me"):
        page = seated.get(path).content.decode()
        assert 'href="tel:+49301234' in page
        assert "I feel nothing and need company" in page
        assert "the old dog" in page
        assert '<option value="gb" selected>' in page


def test_ones_own_stands_nowhere_else(seated: Client, form: dict[str, str]) -> None:
    keep(seated, form)
    for client, path in (
        (seated, "/help"),
        (seated, "/cover"),
        (new_visitor(), "/help"),
        (new_visitor(), "/library"),
    ):
        page = client.get(path).content.decode()
        assert "Mira" not in page
        assert "old dog" not in page
        assert "selected" not in page


def test_locked_it_is_not_there(locked: Client, form: dict[str, str]) -> None:
    keep(unlock(locked), form)
    locked.post("/lock")
    for path in ("/library", "/unlock", "/help", "/help/mine"):
        page = locked.get(path).content.decode()
        assert "Help now" in page
        assert "Mira" not in page
        assert "selected" not in page
    assert locked.get("/help/mine/edit").status_code == 423


def test_what_fails_in_the_store_leaves_help_there(seated: Client, form: dict[str, str]) -> None:
    keep(seated, form)
    OwnHelp.objects.update(body=b"not as it was")
    page = page_of(seated, "/library")
    assert "Mira" not in page
    assert "can no longer be read" in page
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {ShownHelp._meta.db_table} RENAME TO away")
    page = page_of(seated, "/library")
    assert 'href="tel:112"' in page
