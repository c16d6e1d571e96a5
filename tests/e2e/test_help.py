from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import SOUND, begin, expect_silence, loudest, paused, play, seek, until

pytestmark = pytest.mark.browser


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own: it may be stopped."""
    thaw = start_thaw(tmp_path / "own")
    yield thaw
    if thaw.process.poll() is None:
        thaw.stop()


def test_help_opens_with_the_server_gone_and_knows_the_country(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    page.goto("/library")
    thaw.stop()
    page.get_by_role("link", name="Help now").click()
    dialog = page.get_by_role("dialog", name="Help now")
    expect(dialog.get_by_role("link", name="Call 999")).to_be_hidden()
    page.get_by_label("Where are you?").select_option(label="United Kingdom")
    expect(dialog.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    expect(dialog.locator(".grounding li")).to_have_count(5)
    expect(dialog).to_contain_text("findahelpline.com")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Help now")).to_be_focused()


def test_help_hushes_a_sitting_and_escape_only_closes_help(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.get_by_role("link", name="Help now").click()
    until(page, lambda: paused(page), "it pauses")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_the_country_is_remembered_in_this_browser_only(page: Page) -> None:
    page.goto("/help")
    page.get_by_label("Where are you?").select_option(label="Australia")
    page.goto("/library")
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("link", name="Call 000")).to_be_visible()
    assert page.evaluate("document.cookie") == ""


def test_leave_ends_the_sound_and_leads_to_an_empty_page(page: Page) -> None:
    begin(page)
    play(page)
    seek(page, 4)
    assert loudest(page) > SOUND
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    page.wait_for_url("**/leave")
    assert page.locator("audio").count() == 0
    assert "Thaw" not in page.content()
    page.go_back()
    assert "/sit/" not in page.url


def test_leave_empties_the_page_with_the_server_gone(page: Page, thaw: Thaw, watch: Watch) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    watch.allow("ERR_CONTENT_LENGTH_MISMATCH")
    begin(page, words=True)
    play(page)
    page.evaluate("window.kept = document.querySelector('audio')")
    thaw.stop()
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    expect(page.locator("body")).to_have_text("Nothing here This page is empty.")
    assert page.evaluate("window.kept.paused")
    assert page.url.endswith("/leave")


def test_sound_that_was_loaded_goes_silent_at_stop_with_the_server_gone(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    watch.allow("ERR_CONTENT_LENGTH_MISMATCH")
    begin(page)
    play(page)
    thaw.stop()
    page.get_by_role("button", name="Stop").click()
    expect_silence(page)
    page.get_by_role("button", name="Hear a close").click()
    expect(page.locator("[data-close-trouble]")).to_contain_text("You can read it here")
    expect(page.locator("[data-close-words] li").first).to_be_visible()
