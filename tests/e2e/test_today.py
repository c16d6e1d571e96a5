"""Today in a browser: one suggestion, quiet answers, cards and going on, all by keyboard too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import by_day
from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, start_thaw
from tests.e2e.steps import VOICED_MS, expect_heading, press, tab_to
from tests.e2e.tapping import button

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A Thaw of a person who has no days behind them, by day."""
    thaw = start_thaw(tmp_path / "thaw", zone=by_day())
    yield thaw
    thaw.stop()


def check_in(page: Page, *, unreal: bool) -> None:
    page.goto("/check-in?next=today")
    page.locator('input[name="felt"][value="3"]').check(force=True)
    if unreal:
        page.locator('input[name="unreal"]').check(force=True)
    page.get_by_role("button", name="Done").last.click()
    expect_heading(page, "Thank you. It is kept.")
    page.goto("/today")


def test_one_is_suggested_and_every_answer_is_a_full_one(page: Page) -> None:
    page.goto("/today")
    expect_heading(page, "Five things")
    expect(page.get_by_text("A short one with the eyes open")).to_be_visible()
    expect(page.locator(".others article")).to_have_count(2)
    expect(page.locator(".button.filled")).to_have_count(1)
    page.get_by_role("button", name="Something else").click()
    expect_heading(page, "Shaking and rocking")
    page.get_by_role("button", name="Offer it all again").click()
    expect_heading(page, "Five things")
    page.get_by_role("button", name="Shorter").click()
    expect(page.get_by_text("Sit with me for 2 minutes")).to_be_visible()
    page.get_by_role("button", name="Not today").click()
    expect(
        page.get_by_text("Not today is a full answer. Thank you for looking in.")
    ).to_be_visible()
    expect(page.locator(".others article")).to_have_count(2)


def test_the_button_leads_to_the_sitting_and_the_next_time_begins_it(page: Page) -> None:
    page.goto("/today")
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    expect_heading(page, "Five things")
    expect(page.locator("#minutes")).to_have_value("3")
    page.locator('input[name="voice"]').last.check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    page.goto("/today")
    page.get_by_role("button", name="Sit with me for").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    expect(page.locator("thaw-sitting")).to_be_visible()


def test_unreal_shows_why_and_can_be_gone_against_after_reading(page: Page) -> None:
    check_in(page, unreal=True)
    expect_heading(page, "Eyes open for today")
    expect(page.get_by_text("You said that things are unreal or far away")).to_be_visible()
    expect(page.get_by_role("link", name="A first look")).to_have_count(0)
    page.get_by_role("link", name="Look around for a moment").click()
    expect(page.locator("dialog#help #grounding")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="I have read this. Offer it anyway.").click()
    expect(page.get_by_role("heading", name="Eyes open for today")).to_have_count(0)
    expect(page.get_by_role("link", name="A first look")).to_be_visible()


def test_who_opens_a_practice_that_is_held_back_is_told_and_may_go_on(page: Page) -> None:
    check_in(page, unreal=True)
    page.goto("/library/thawing?minutes=5&voice=none")
    page.locator('input[name="voice"]').last.check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit", timeout=VOICED_MS)
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("You said that things are unreal or far away").first).to_be_visible()
    page.get_by_role("button", name="Go on anyway").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)


def test_all_of_it_goes_by_keyboard_alone(page: Page) -> None:
    check_in(page, unreal=True)
    press(page, button(page, "I have read this. Offer it anyway."))
    expect(page.get_by_role("heading", name="Eyes open for today")).to_have_count(0)
    press(page, button(page, "Something else"))
    expect_heading(page, "Shaking and rocking")
    press(page, button(page, "Not today"))
    expect(page.get_by_text("Thank you for looking in.")).to_be_visible()
    press(page, page.get_by_role("link", name="Something unwelcome came"))
    page.wait_for_url("**/today/unwelcome")
    tab_to(page, page.get_by_label("Worse sleep"))
    page.keyboard.press("Space")
    press(page, button(page, "Keep"))
    expect(page.get_by_text("It is kept. Thank you.")).to_be_visible()


def test_what_came_is_noted_removed_and_brought_back(page: Page) -> None:
    page.goto("/today/unwelcome")
    page.get_by_label("Anxious or on edge").check()
    page.get_by_label("How long was it there?").select_option("Some hours")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Some hours", exact=False).last).to_be_visible()
    page.goto("/today")
    expect_heading(page, "A day of rest")
    page.goto("/today/unwelcome")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Noted earlier")).to_have_count(0)
    page.get_by_role("button", name="Bring it back").click()
    expect_heading(page, "Noted earlier")


@pytest.mark.parametrize("what", ["plain", "card", "rest", "unwelcome"])
def test_it_is_in_order_in_both_colours_at_every_width(page: Page, what: str) -> None:
    page.goto("/today")
    if what == "card":
        check_in(page, unreal=True)
    if what == "rest":
        page.get_by_role("button", name="Not today").click()
    if what == "unwelcome":
        page.goto("/today/unwelcome")
        page.get_by_label("Pain").check()
        page.get_by_role("button", name="Keep").click()
        expect_heading(page, "Noted earlier")
    expect_in_order(page)


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/today")
    page.get_by_role("button", name="Something else").click()
    expect_heading(page, "Shaking and rocking")
    page.get_by_role("button", name="Not today").click()
    expect(page.get_by_text("Thank you for looking in.")).to_be_visible()
    context.close()
