"""Reading: from the list to a text, to what stands behind a sentence, and to one thing to do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


def listed(page: Page) -> None:
    page.goto("/learn")


def text(page: Page) -> None:
    page.goto("/learn/medicines")


def work(page: Page) -> None:
    page.goto("/learn/works/goodwin-2017")


@pytest.mark.parametrize("show", [listed, text, work])
def test_axe_finds_nothing_in_either_colours_and_nothing_is_cut_off(
    page: Page, show: Callable[[Page], None]
) -> None:
    show(page)
    expect_in_order(page)


def test_one_reads_by_keyboard_from_the_list_to_the_study_and_back(page: Page) -> None:
    page.goto("/learn")
    way = page.get_by_role("link", name="Five signs, one by one")
    way.focus()
    way.press("Enter")
    expect(page.get_by_role("heading", name="Five signs, one by one")).to_be_visible()

    number = page.locator('.claim a[href="#note-3"]')
    number.focus()
    number.press("Enter")
    expect(page).to_have_url(re.compile("#note-3$"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why that is not proof")).to_be_visible()
    page.get_by_role("link", name="Five signs, one by one").press("Enter")
    back = page.get_by_role("link", name="Back to the text, at note 3")
    back.focus()
    back.press("Enter")
    expect(page.locator("#claim-3")).to_be_in_viewport()


def test_a_text_ends_with_one_thing_to_do(page: Page) -> None:
    page.goto("/learn/sleep-and-stillness")
    expect(page.locator("main .filled")).to_have_count(1)
    page.get_by_role("link", name="Up at night, a path through the house").click()
    expect(page.get_by_role("heading", name="Up at night", level=1)).to_be_visible()


def test_the_way_out_of_thaw_is_said_before_it_is_taken(page: Page) -> None:
    work(page)
    expect(page.get_by_text("opens a page outside Thaw")).to_be_visible()
    way = page.get_by_role("link", name="Open it at doi.org")
    expect(way).to_have_attribute("href", "https://doi.org/10.1016/j.jad.2017.05.048")
    expect(way).to_have_attribute("rel", "external noopener noreferrer")


def test_on_paper_there_is_the_text_with_its_sources_and_nothing_to_press(page: Page) -> None:
    text(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="One thing to do")).to_be_visible()
    expect(page.get_by_text("doi:10.3389/fpsyt.2021.792960")).to_be_visible()
    for pressed in (".top", "main .actions", ".footnotes .back"):
        expect(page.locator(pressed).first).to_be_hidden()


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/learn")
    page.get_by_role("link", name="Mindfulness, and its limits").click()
    page.locator('.claim a[href="#note-1"]').first.click()
    page.locator("#note-1").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What it studied")).to_be_visible()
    context.close()
    watch.judge()
