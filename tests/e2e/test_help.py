import pytest
from playwright.sync_api import Page, expect

from tests.e2e.door import expect_left
from tests.e2e.steps import SOUND, begin, loudest, paused, play, seek, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


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
    until(page, lambda: loudest(page, looks=3) > SOUND, "the sound is heard")
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    expect_left(page)
    expect(page.locator("audio, [rel=stylesheet]")).to_have_count(0)
    page.go_back()
    assert "/sit/" not in page.url


def test_who_should_talk_to_a_professional_first_is_one_step_away(page: Page) -> None:
    for address in ("/", "/library/thawing"):
        page.goto(address)
        page.get_by_role("link", name="Who should talk to a professional first").click()
        heading = page.get_by_role("heading", name="Who should talk to a professional first")
        expect(heading).to_be_in_viewport()
