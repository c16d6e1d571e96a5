"""The five days and the words in a browser: in any order, by keyboard too, on a small phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import VOICED_MS, expect_heading, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

TITLES = {1: "Understand", 2: "Begin", 3: "Undo thoughts", 4: "Kindness", 5: "Act"}


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A Thaw of a person who has done no day yet."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def done(page: Page) -> list[str]:
    """Return the days that say that they were done."""
    page.goto("/course")
    return page.locator(".days-of-course li:has(.was-done) a").all_inner_texts()


def test_the_five_days_go_in_any_order_and_each_in_its_own_way(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Course", exact=True).click()
    expect_heading(page, "Out of numbness")
    expect(page.locator(".days-of-course li")).to_have_count(5)
    for number, button in (
        (4, "Keep it in the journal"),
        (2, "Done on paper"),
        (5, "Leave it at that"),
        (1, "Done on paper"),
        (3, "Keep it in the journal"),
    ):
        page.goto("/course")
        page.locator(".days-of-course").get_by_role("link", name=TITLES[number]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[number])
        expect(page.locator(".button.filled")).to_have_count(1)
        if "journal" in button:
            page.locator("#text").fill(f"a line on {TITLES[number]}")
        page.get_by_role("button", name=button).click()
        expect_heading(page, "Thank you.")
    assert len(done(page)) == 5
    page.goto("/write/list")
    expect(page.get_by_text("a line on Kindness")).to_be_visible()
    expect(page.get_by_text("a line on Undo thoughts")).to_be_visible()


def test_done_is_remembered_and_can_be_taken_back(page: Page) -> None:
    page.goto("/course/out-of-numbness/3")
    page.locator("#text").fill("nothing ever works")
    page.get_by_role("button", name="Keep it in the journal").click()
    expect_heading(page, "Thank you.")
    page.get_by_role("link", name="All days").click()
    assert "Undo thoughts" in "".join(done(page))
    page.goto("/course/out-of-numbness/3")
    expect(page.get_by_text("You have done this day.")).to_be_visible()
    page.get_by_role("button", name="Take “done” back").click()
    expect(page.get_by_text("You have done this day.")).to_have_count(0)
    assert done(page) == []


def test_words_and_on_paper_together_are_asked_about(page: Page, watch: Watch) -> None:
    watch.allow("the server responded with a status of 422")
    page.goto("/course/out-of-numbness/1")
    page.locator("#text").fill("fog, thick fog")
    page.get_by_role("button", name="Done on paper").click()
    expect(page.get_by_role("alert")).to_contain_text("There are words in the field.")
    expect(page.locator("#text")).to_have_value("fog, thick fog")
    assert done(page) == []


def test_the_button_leads_to_the_practice_and_the_next_time_begins_it(page: Page) -> None:
    page.goto("/course/out-of-numbness/2")
    page.get_by_role("link", name="Sit with me for 5 minutes").click()
    expect_heading(page, "Walking back in")
    expect(page.locator("#minutes")).to_have_value("5")
    page.locator('input[name="voice"]').last.check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    page.goto("/course/out-of-numbness/2")
    page.get_by_role("button", name="Sit with me for 5 minutes").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    expect(page.locator("thaw-sitting")).to_be_visible()


def test_a_day_goes_by_keyboard_alone(page: Page) -> None:
    page.goto("/course")
    press(page, page.get_by_role("link", name="Kindness"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kindness")
    tab_to(page, page.get_by_role("link", name="Sit with me for 5 minutes"))
    tab_to(page, page.locator("#text"))
    page.keyboard.type("May it have some shade.")
    press(page, page.get_by_role("button", name="Keep it in the journal"))
    expect_heading(page, "Thank you.")
    press(page, page.get_by_role("link", name="All days"))
    expect(page.locator(".was-done")).to_have_count(1)


def test_a_minute_with_words_goes_by_keyboard_and_keeps_nothing(page: Page) -> None:
    page.goto("/words")
    press(page, page.get_by_role("link", name="One minute: a scene and four words"))
    expect_heading(page, "Which word is nearest?")
    press(page, page.locator(".nearest button").nth(2))
    expect(page.locator(".shades > li")).to_have_count(4)
    expect(page.locator(".shades > .is-picked")).to_have_count(1)
    page.goto("/write/list")
    expect(page.locator(".notes > li")).to_have_count(0)


def test_a_word_is_kept_when_it_is_kept(page: Page) -> None:
    page.goto("/words/practice?scene=fine-thanks")
    page.get_by_role("button", name="None of these").click()
    expect_heading(page, "None of these")
    page.get_by_label("A word for the journal, if you like").fill("cottony")
    page.get_by_role("button", name="Keep it as a note").click()
    expect_heading(page, "Thank you. It is kept.")
    page.goto("/write/list")
    expect(page.get_by_text("cottony")).to_be_visible()


def test_words_lead_to_their_neighbours(page: Page) -> None:
    page.goto("/words")
    page.get_by_role("link", name="far away", exact=True).click()
    expect_heading(page, "far away")
    page.get_by_role("link", name="unreal", exact=True).click()
    expect_heading(page, "unreal")


@pytest.mark.parametrize(
    "path",
    [
        "/course",
        "/course/out-of-numbness/4",
        "/course/out-of-numbness/2/kept",
        "/words",
        "/words/going-through-the-motions",
        "/words/practice?scene=fine-thanks",
    ],
)
def test_it_is_in_order_in_both_colours_at_every_width(page: Page, path: str) -> None:
    page.goto(path)
    expect_in_order(page)


@pytest.mark.parametrize("what", ["a day that was done", "a day with a sentence", "shades"])
def test_what_comes_after_a_button_is_in_order_too(page: Page, watch: Watch, what: str) -> None:
    if what == "shades":
        page.goto("/words/practice?scene=fine-thanks")
        page.locator(".nearest button").first.click()
        expect_heading(page, "Four shades of it")
    elif what == "a day with a sentence":
        watch.allow("the server responded with a status of 422")
        page.goto("/course/out-of-numbness/2")
        page.get_by_role("button", name="Keep it in the journal").click()
        expect(page.get_by_role("alert")).to_be_visible()
    else:
        page.goto("/course/out-of-numbness/2")
        page.locator("#text").fill("an odd cup")
        page.get_by_role("button", name="Keep it in the journal").click()
        expect_heading(page, "Thank you.")
        page.goto("/course/out-of-numbness/2")
        expect(page.get_by_text("You have done this day.")).to_be_visible()
    expect_in_order(page)


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/course/out-of-numbness/2")
    page.get_by_role("button", name="Done on paper").click()
    expect_heading(page, "Thank you.")
    page.goto("/words/practice?scene=late-bus")
    page.get_by_role("button", name="Nothing", exact=True).click()
    expect_heading(page, "Nothing")
    context.close()
