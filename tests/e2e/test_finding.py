"""Finding by what one feels: results with their reasons, and help before them, kept nowhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch
from tests.e2e.steps import expect_no_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

BOX = "What is it like, in your words?"
CANARY = "quincunx"


def look_for(page: Page, words: str) -> None:
    page.goto("/library")
    page.get_by_label(BOX).fill(words)
    page.get_by_label(BOX).press("Enter")
    expect(page.get_by_role("heading", name="What may fit")).to_be_visible()


def results(page: Page) -> None:
    look_for(page, "nothing is fun, honestly")


def card(page: Page) -> None:
    look_for(page, "I do not want to be here any more, and he hits me")


def nothing_found(page: Page) -> None:
    look_for(page, "xqzt")


@pytest.mark.parametrize("show", [results, card, nothing_found])
def test_axe_finds_nothing_in_either_colours_and_nothing_is_cut_off(
    page: Page, show: Callable[[Page], None]
) -> None:
    show(page)
    expect_in_order(page)


def test_one_finds_by_keyboard_what_fits_and_sees_why(page: Page) -> None:
    page.goto("/library")
    page.get_by_label(BOX).focus()
    page.keyboard.type("nothing is fun, honestly")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Look", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    first = page.locator(".results li").first
    expect(first.get_by_text("Because you wrote: nothing is fun")).to_be_visible()
    kinds = page.locator(".results .meta").all_inner_texts()
    assert {"A practice", "A text to read", "A word"} <= set(kinds)
    way = first.get_by_role("link")
    title = way.inner_text()
    way.focus()
    way.press("Enter")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_the_words_stay_in_the_box_to_be_changed(page: Page) -> None:
    results(page)
    box = page.get_by_label(BOX)
    expect(box).to_have_value("nothing is fun, honestly")
    box.fill("cannot sleep")
    box.press("Enter")
    expect(page.get_by_role("link", name="Up at night").first).to_be_visible()


def test_help_stands_first_and_quietly_and_the_results_come_all_the_same(page: Page) -> None:
    card(page)
    help_ = page.locator(".first-help")
    expect(help_.get_by_text("It may not be meant so.")).to_be_visible()
    expect(page.locator("main .filled")).to_have_count(1)
    expect(help_.get_by_role("link", name="Help now")).to_be_visible()
    expect(page.locator(".results li").first).to_be_attached()
    above = help_.bounding_box()
    below = page.locator(".results").first.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]
    assert page.evaluate("document.querySelectorAll('[role=alert], dialog[open]').length") == 0


def test_dead_inside_accuses_nobody(page: Page) -> None:
    look_for(page, "I feel dead inside")
    expect(page.locator(".results li").first).to_be_visible()
    expect(page.locator(".first-help")).to_have_count(0)


def test_what_was_looked_for_is_in_no_address_title_history_or_store(page: Page) -> None:
    look_for(page, f"{CANARY} I want to die")
    assert page.url.endswith("/find")
    assert CANARY not in page.title()
    kept = page.evaluate(
        """async () => {
          const caught = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              caught.push(request.url, await (await cache.match(request)).text());
            }
          }
          const bases = (await indexedDB.databases()).map((base) => base.name);
          return JSON.stringify([
            location.href, history.state, document.cookie, bases,
            {...localStorage}, {...sessionStorage}, caught,
          ]);
        }"""
    )
    assert CANARY not in kept
    page.goto("/library")
    expect(page.get_by_label(BOX)).to_have_value("")


def test_on_a_small_phone_everything_is_there_and_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    for show in (results, card, nothing_found):
        show(page)
        expect_no_sideways_scroll(page)
        for each in page.locator("main .button, main .input").all():
            box = each.bounding_box()
            assert box
            assert box["height"] >= 44, each.inner_text()


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    results(page)
    expect(page.get_by_text("Because you wrote: nothing is fun").first).to_be_visible()
    card(page)
    expect(page.locator(".first-help")).to_be_visible()
    context.close()
    watch.judge()
