"""What must still work when nobody answers any more."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import begin, expect_silence, play

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


@pytest.fixture
def thaw(running_thaw: Thaw) -> Iterator[Thaw]:
    """A server of this test's own that may be stopped; it knows what was voiced already."""
    thaw = start_thaw(running_thaw.data)
    yield thaw
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
