"""What every sitting begins with: set by the keyboard, heard, kept, and there when one sits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import BEGUN, VOICED_MS, begin, open_practice, press, read_first, tab_to, until
from tests.e2e.tapping import REMEMBER_PLAYS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

PAGE = "/me/preferences"
WORDS = "Words on the screen"

SOUNDING = """
window.plays
  .map(([speaker]) => speaker)
  .filter((speaker) => !speaker.paused && !speaker.ended && speaker.currentTime > 0)
  .map((speaker) => new URL(speaker.src).pathname.split("/")[1])
"""


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of its own: what is preferred here is nobody else's."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept. Every sitting begins like this from now on.")).to_be_visible()


def sounding(page: Page) -> set[str]:
    """Return the kinds of samples that are heard just now; the browser may have kept them."""
    return set(page.evaluate(SOUNDING))


def test_all_of_it_is_set_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/me")
    press(page, page.locator(f'a[href="{PAGE}"]'))
    page.wait_for_url(f"**{PAGE}")
    expect(page.locator('input[name="voice"]:checked')).to_have_count(0)
    tab_to(page, page.locator('input[name="voice"]'))
    page.keyboard.press("ArrowUp")
    tab_to(page, page.locator('select[name="pace"]'))
    page.keyboard.type("100")
    tab_to(page, page.locator('input[name="pauses"]'))
    page.keyboard.press("ArrowRight")
    tab_to(page, page.locator('input[name="guidance"]'))
    page.keyboard.press("ArrowRight")
    tab_to(page, page.locator('input[name="avoid"][value="chest"]'))
    page.keyboard.press("Space")
    tab_to(page, page.locator('input[name="silence"]'))
    page.keyboard.type("20")
    tab_to(page, page.locator('select[name="left"]'))
    page.keyboard.type("Not")
    press(page, page.locator('button[type="submit"]'))
    expect(page.get_by_text("Kept.")).to_be_visible()
    expect(page.get_by_role("radio", name=WORDS)).to_be_checked()
    expect(page.get_by_label("Pace of the words")).to_have_value("100")
    expect(page.get_by_role("radio", name="longer")).to_be_checked()
    expect(page.get_by_role("radio", name="less")).to_be_checked()
    expect(page.get_by_label("the chest and the heart")).to_be_checked()
    expect(page.get_by_label("No silence longer")).to_have_value("20")
    expect(page.get_by_label("Left half")).to_have_value("nothing")


def test_a_voice_and_a_bed_are_heard_as_soon_as_they_are_chosen(page: Page) -> None:
    page.goto(PAGE)
    voice = page.locator(".voice", has_text="Plain voice").first
    with page.expect_response("**/voices/*/sample.mp4?pace=115", timeout=VOICED_MS) as sample:
        voice.get_by_role("radio").check()
    assert sample.value.status in (200, 206)
    expect(voice.get_by_role("link", name="Hear it")).to_have_class(re.compile("heard"))
    with page.expect_response("**/voices/*/sample.mp4?pace=100", timeout=VOICED_MS) as slower:
        page.get_by_label("Pace of the words").select_option("100")
    assert slower.value.status in (200, 206)
    with page.expect_response("**/beds/rain/sample.mp4?volume=2", timeout=VOICED_MS) as rain:
        page.get_by_role("radio", name="rain").check()
    assert rain.value.status in (200, 206)
    with page.expect_response("**/beds/rain/sample.mp4?volume=1", timeout=VOICED_MS):
        page.get_by_role("radio", name="soft").check()
    page.get_by_role("radio", name="none", exact=True).check()
    expect(page.locator(".heard")).to_have_count(0)


def test_voice_and_sound_are_heard_together(page: Page) -> None:
    page.add_init_script(REMEMBER_PLAYS)
    page.goto(PAGE)
    together = page.get_by_role("button", name="Hear voice and sound together")
    together.click()
    expect(page.locator("[data-status]")).to_contain_text("Choose a voice")
    page.locator(".voice", has_text="Plain voice").first.get_by_role("radio").check()
    page.get_by_role("radio", name="the sea").check()
    together.click()
    expect(together).to_have_class(re.compile("heard"))
    until(
        page,
        lambda: {"voices", "beds"} == sounding(page),
        "both are heard at once",
        patience_s=VOICED_MS / 1000,
    )
    together.click()
    expect(together).not_to_have_class(re.compile("heard"))
    assert sounding(page) == set()


def test_who_leaves_out_the_chest_does_not_hear_of_it_in_thawing(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_role("radio", name=WORDS).check()
    page.get_by_label("the chest and the heart").check()
    keep(page)
    open_practice(page, "thawing", minutes=15)
    expect(page.get_by_role("radio", name=WORDS)).to_be_checked()
    page.get_by_text("What to leave out, pace, and more").click()
    expect(page.get_by_label("the chest and the heart")).to_be_checked()
    page.locator("[data-begin]").click()
    page.wait_for_url(BEGUN, timeout=VOICED_MS)
    read_first(page)
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    said = page.request.get(f"{page.url}/1.txt").text().lower()
    assert "stop" in said
    assert not re.search(r"\b(chest|heart|ribs?|breast)\b", said)


def test_a_half_of_the_screen_is_an_answer(page: Page) -> None:
    page.goto(PAGE)
    page.get_by_label("Left half").select_option("nothing")
    page.get_by_label("Right half").select_option("too-much")
    keep(page)
    begin(page, words=True)
    sitting = page.locator("thaw-sitting")
    expect(sitting).to_have_attribute("data-half-left", "nothing")
    expect(sitting).to_have_attribute("data-half-right", "too-much")


def test_a_voice_that_was_sat_with_is_chosen_the_next_time(page: Page) -> None:
    open_practice(page, "five-things", minutes=3)
    expect(page.locator('input[name="voice"]:checked')).to_have_count(0)
    page.locator("[data-begin]").click()
    assert "/library/five-things" in page.url
    assert page.evaluate("document.activeElement.name") == "voice"
    begin(page)
    page.evaluate("localStorage.clear()")
    open_practice(page, "thawing", minutes=10)
    expect(page.locator('input[name="voice"]').first).to_be_checked()


def test_two_windows_do_not_overwrite_each_other_unasked(page: Page, watch: Watch) -> None:
    watch.allow("409")
    page.goto(PAGE)
    other = page.context.new_page()
    other.goto(PAGE)
    other.get_by_role("radio", name=WORDS).check()
    keep(other)
    page.get_by_label("bells").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    expect(page.get_by_label("bells")).to_be_checked()
    keep(page)
    other.close()


def test_the_page_is_in_order(page: Page, watch: Watch) -> None:
    watch.allow("422")
    page.goto(PAGE)
    expect_in_order(page)
    page.get_by_label("No silence longer").evaluate("field => { field.type = 'text' }")
    page.get_by_label("No silence longer").fill("long")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("whole number of seconds")
    expect_in_order(page)


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Hear voice and sound together")).to_be_hidden()
    page.get_by_role("radio", name=WORDS).check()
    page.get_by_label("the breath").check()
    keep(page)
    page.goto("/library/five-things?minutes=2")
    expect(page.get_by_role("radio", name=WORDS)).to_be_checked()
    page.get_by_role("button", name="Sit as chosen").click()
    page.wait_for_url(BEGUN)
    context.close()
