"""The library: found by what it is for, opened, read step by step, printed, done alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


def shelf(page: Page) -> None:
    page.goto("/library")


def narrowed(page: Page) -> None:
    page.goto("/library")
    page.get_by_text("Narrow it down").click()
    page.get_by_label("What for").select_option("grounding")
    page.get_by_label("How long it can last").select_option("5")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_text("practices fit")).to_be_visible()


def steps(page: Page) -> None:
    page.goto("/library/thawing/text")


@pytest.mark.parametrize("show", [shelf, narrowed, steps])
def test_axe_finds_nothing_in_either_colours_and_nothing_is_cut_off(
    page: Page, show: Callable[[Page], None]
) -> None:
    show(page)
    expect_in_order(page)


def test_one_narrows_down_by_keyboard_opens_one_and_reads_it_step_by_step(page: Page) -> None:
    page.goto("/library")
    expect(page.locator("main .filled")).to_have_count(1)
    page.get_by_text("Narrow it down").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What for").select_option("sleep")
    page.get_by_role("button", name="Show these").press("Enter")
    expect(page.get_by_text("1 practice fits.")).to_be_visible()
    assert page.url.endswith("/library")
    found = page.get_by_role("link", name="Up at night")
    found.press("Enter")
    expect(page.get_by_role("heading", name="Up at night", level=1)).to_be_visible()
    page.get_by_role("link", name="Step by step, to do alone or to print").press("Enter")
    expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
    expect(page.get_by_role("heading", name="If something gets in the way")).to_be_visible()
    page.get_by_role("link", name="Listen to it").press("Enter")
    expect(page.locator("[data-begin]")).to_be_visible()


def test_another_length_is_another_text(page: Page) -> None:
    page.goto("/library/thawing/text?minutes=5")
    lines = page.locator(".going p")
    few = lines.count()
    page.get_by_label("Minutes").fill("20")
    page.get_by_role("button", name="Show this text").click()
    expect(page.get_by_text("Take about 20 minutes")).to_be_visible()
    assert lines.count() > few


def test_on_paper_there_are_the_steps_and_nothing_to_press(page: Page) -> None:
    steps(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", name="Arriving")).to_be_visible()
    expect(page.get_by_text("Thaw, CC-BY-SA-4.0")).to_be_visible()
    for pressed in (".top", "main .actions", ".other-text", ".places"):
        expect(page.locator(pressed).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    narrowed(page)
    page.get_by_role("link", name="Five things").click()
    page.get_by_role("link", name="Step by step, to do alone or to print").click()
    expect(page.get_by_role("heading", name="Before you begin")).to_be_visible()
    context.close()
    watch.judge()
