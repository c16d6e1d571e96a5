"""The first two minutes: from a first visit to the first guided word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import (
    SOUND,
    VOICED_MS,
    cues,
    expect_heading,
    expect_line,
    loudest,
    now,
    press,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

# What a person did, over all pages of this tab: every press counts, and every field touched.
COUNT = """
for (const [kind, name] of [["click", "taps"], ["input", "filled"], ["keydown", "keys"]]) {
  addEventListener(kind, (event) => {
    if (!event.isTrusted) return;
    sessionStorage.setItem(name, Number(sessionStorage.getItem(name) ?? 0) + 1);
  }, { capture: true });
}
"""


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A Thaw that nobody was at yet."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


@pytest.fixture
def first_visit(context: BrowserContext, page: Page) -> Page:
    """The first screen, in a browser that counts."""
    context.add_init_script(COUNT)
    page.goto("/")
    return page


def counted(page: Page, name: str) -> int:
    return int(page.evaluate(f"Number(sessionStorage.getItem('{name}') ?? 0)"))


def test_three_taps_lead_to_the_first_spoken_word_and_no_field_is_filled(first_visit: Page) -> None:
    page = first_visit
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    page.get_by_role("button", name="Sit with this voice").first.click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    page.get_by_role("button", name="Play").click()
    first = cues(page)[0]
    until(page, lambda: now(page) > first["start_s"] + 0.2, "the bell is past", patience_s=30)
    until(page, lambda: loudest(page, looks=3) > SOUND, "the voice is heard")
    assert counted(page, "taps") == 3
    assert counted(page, "filled") == 0


def test_three_taps_lead_to_the_first_written_word(first_visit: Page) -> None:
    page = first_visit
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    page.get_by_role("button", name="Read the words").click()
    page.wait_for_url("**/sit/*")
    page.get_by_role("button", name="Play").click()
    first = cues(page)[0]
    until(page, lambda: now(page) > first["start_s"] + 0.2, "the bell is past", patience_s=30)
    expect_line(page, first["text"])
    assert counted(page, "taps") == 3
    assert counted(page, "filled") == 0


def test_the_keyboard_alone_leads_to_sound(first_visit: Page) -> None:
    page = first_visit
    press(page, page.get_by_role("link", name="Sit with me for 3 minutes"))
    expect_heading(page, "A voice, or words to read?")
    press(page, page.get_by_role("button", name="Sit with this voice").first)
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    page.keyboard.press("Space")
    until(page, lambda: now(page) > 8.5, "the bell is past", patience_s=30)
    until(page, lambda: loudest(page, looks=3) > SOUND, "the voice is heard")


def test_every_voice_can_be_heard_before_it_is_chosen(page: Page) -> None:
    page.goto("/first")
    samples = page.get_by_role("link", name="Hear it")
    assert samples.count() == page.get_by_role("button", name="Sit with this voice").count() > 0
    for sample in samples.all():
        with page.expect_response("**/sample.mp4*", timeout=VOICED_MS) as heard:
            sample.click()
        assert heard.value.status in (200, 206)


def test_the_first_screen_is_there_once(page: Page) -> None:
    page.goto("/first")
    page.get_by_role("button", name="Read the words").click()
    page.wait_for_url("**/sit/*")
    page.get_by_role("button", name="Play").click()
    until(page, lambda: now(page) > 1, "time advances")
    with page.expect_response("**/heard"):
        page.get_by_role("button", name="Stop", exact=True).click()
    page.goto("/")
    page.wait_for_url("**/today")


def test_without_scripts_the_words_are_three_taps_away(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    page.get_by_role("button", name="Read the words").click()
    page.wait_for_url("**/sit/*")
    expect(page.locator("audio[controls]")).to_be_visible()
    context.close()
    watch.judge()


def test_without_scripts_a_voice_says_when_it_is_ready(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    page = context.new_page()
    page.goto(thaw.link())
    page.get_by_role("link", name="Sit with me for 3 minutes").click()
    for _ in range(60):
        page.get_by_role("button", name="Sit with this voice").first.click()
        if "/sit/" in page.url:
            break
        expect(page.get_by_role("alert")).to_contain_text("being made ready")
        page.wait_for_timeout(1000)
    expect(page.locator("audio[controls]")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["/", "/first"])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, path: str) -> None:
    page.goto(path)
    expect_in_order(page)


def test_the_way_in_is_in_sight_on_the_smallest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto("/")
    expect(page.get_by_role("link", name="Sit with me for 3 minutes")).to_be_in_viewport(ratio=1)
    names = page.locator("header.top a:visible, header.top button:visible")
    rows = {round(name.bounding_box()["y"] / 20) for name in names.all()}  # type: ignore[index]
    assert len(rows) <= 3  # The skip link is above them.
    page.goto("/first")
    page.get_by_role("button", name="Sit with this voice").first.scroll_into_view_if_needed()
    for target in page.locator("main a:visible, main button:visible").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
