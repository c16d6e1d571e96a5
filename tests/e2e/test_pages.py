"""Every page: found by axe to be in order, whole at every width, and there without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Thaw, Watch
from tests.e2e.steps import begin, expect_no_sideways_scroll, open_practice, play

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

STRICT: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
"""Contrast of 7:1 is among them."""


COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}
}


def judge(page: Page, rules: dict[str, object]) -> None:
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()


def home(page: Page) -> None:
    page.goto("/")


def voice_or_words(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sit with me").click()
    page.get_by_role("button", name="Hear the voice").wait_for()


def library(page: Page) -> None:
    page.goto("/library")


def practice(page: Page) -> None:
    open_practice(page, "five-things", minutes=10)
    page.get_by_text("Read all of it first").click()
    page.get_by_text("What to leave out, pace, and more").click()
    page.locator('input[name="voice"]').last.check()


def practice_out_of_reach(page: Page) -> None:
    open_practice(page, "five-things", minutes=58)
    page.get_by_role("button", name="Take ").first.wait_for()


def sitting(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.get_by_role("button", name="Pause").click()


def settings(page: Page) -> None:
    begin(page, words=True)
    page.get_by_role("button", name="Settings").click()


def stopped(page: Page) -> None:
    begin(page, words=True)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Read a close").click()


def ended(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.evaluate("document.querySelector('audio').currentTime = 119.9")
    page.get_by_role("heading", name="That was all of it.").wait_for()


def help_page(page: Page) -> None:
    page.goto("/help")
    page.get_by_label("Where are you?").select_option(label="United Kingdom")


def help_dialog(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Help now").click()
    page.get_by_label("Where are you?").select_option(label="United Kingdom")


def leave(page: Page) -> None:
    page.goto("/leave")


def unknown(page: Page) -> None:
    page.goto("/library/five-thing")


PAGES = (
    home,
    voice_or_words,
    library,
    practice,
    practice_out_of_reach,
    sitting,
    settings,
    stopped,
    ended,
    help_page,
    help_dialog,
    leave,
    unknown,
)


@pytest.mark.parametrize("show", PAGES)
def test_axe_finds_nothing_in_either_colours_and_nothing_is_cut_off(
    page: Page, watch: Watch, show: Callable[[Page], None]
) -> None:
    watch.allow("Failed to load resource: the server responded with a status of 4")
    show(page)
    judge(page, STRICT)
    page.emulate_media(color_scheme="dark")
    judge(page, COLOURS)
    for width, height in ((320, 568), (768, 1024), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        expect_no_sideways_scroll(page)


def test_the_ways_out_are_in_sight_on_the_smallest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    begin(page, words=True)
    for button in ("Stop", "End gently", "Play"):
        expect(page.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Settings").click()
    stop = page.get_by_role("button", name="Stop")
    box = stop.bounding_box()
    assert box
    assert (
        page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).textContent",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        ).strip()
        == "Stop"
    )


def test_targets_are_large(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    for show, least in ((home, 44), (sitting, 44)):
        show(page)
        for target in page.locator("a:visible, button:visible").all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= least or target.evaluate("(t) => t.className === 'skip'")


def test_everything_needed_is_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    page.get_by_text("Read all of it first").click()
    expect(page.locator(".text section").first).to_be_visible()
    page.get_by_label("Words on the screen").check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*")
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("link", name="The words as text")).to_be_visible()
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("link", name="Call 911").first).to_be_visible()
    expect(page.get_by_label("Where are you?")).to_be_hidden()
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    context.close()
    watch.judge()
