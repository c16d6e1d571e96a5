import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.steps import VOICED_MS, choose_voice, open_practice

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


def test_a_voice_can_be_heard_first(page: Page) -> None:
    open_practice(page, "five-things", minutes=3)
    hear = page.get_by_role("link", name="Hear it").first
    with page.expect_response("**/sample.mp4*", timeout=VOICED_MS) as sample:
        hear.click()
    assert sample.value.status in (200, 206)
    expect(hear).to_have_class(re.compile("heard"))
    hear.click()
    expect(hear).not_to_have_class(re.compile("heard"))
    expect(page.locator("[data-status]")).not_to_contain_text("could not be heard")


def test_the_slider_and_the_fields_are_one_length_and_the_button_says_it(page: Page) -> None:
    open_practice(page, "thawing", minutes=12)
    begins = page.locator("[data-begin]")
    expect(begins).to_have_text("Sit for 12 minutes")
    drawn = page.locator("svg.drawing").inner_html()
    slide = page.get_by_label("Minutes, by sliding")
    slide.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("minutes", exact=True)).to_have_value("11")
    expect(slide).to_have_attribute("aria-valuetext", "11 minutes")
    page.get_by_label("seconds", exact=True).fill("30")
    expect(begins).to_have_text("Sit for 11 minutes 30 seconds")
    expect(page.locator("[data-words]")).to_contain_text("11 minutes 30 seconds.")
    assert page.locator("svg.drawing").inner_html() != drawn
    expect(page).to_have_url(re.compile("minutes=11&seconds=30"))


def test_a_length_out_of_reach_is_said_with_the_nearest(page: Page, watch: Watch) -> None:
    watch.allow("422")
    open_practice(page, "five-things", minutes=3)
    choose_voice(page, words=True)
    page.get_by_label("minutes", exact=True).fill("58")
    expect(page.locator("[data-sentence]")).to_contain_text("cannot last")
    page.locator("[data-begin]").click()
    expect(page.get_by_role("button", name="Take ").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sentence]")).to_have_text("")
    expect(page.locator("[data-begin]")).not_to_have_text("Sit for 58 minutes")


def test_what_is_chosen_stays_in_the_address_and_survives_a_reload(page: Page) -> None:
    open_practice(page, "thawing", minutes=12)
    page.get_by_text("What to leave out, pace, and more").click()
    page.get_by_label("Pace of the words").select_option("100")
    page.get_by_role("radio", name="standing").check()
    expect(page).to_have_url(re.compile("posture=standing.*pace=100|pace=100.*posture=standing"))
    page.reload()
    page.get_by_text("What to leave out, pace, and more").click()
    expect(page.get_by_label("Pace of the words")).to_have_value("100")
    expect(page.get_by_role("radio", name="standing")).to_be_checked()


def test_what_is_left_out_or_leant_on_never_stands_in_the_address(page: Page) -> None:
    open_practice(page, "thawing", minutes=12)
    page.get_by_text("What to leave out, pace, and more").click()
    page.get_by_label("the breath").check()
    page.get_by_label("Longest quiet, in seconds").fill("20")
    page.get_by_label("Something to come back to").select_option("hands")
    page.get_by_role("radio", name="standing").check()
    expect(page).to_have_url(re.compile("posture=standing"))
    for private in ("breath", "silence", "hands", "chosen"):
        assert private not in page.url


def test_it_begins_by_itself_when_the_voice_is_ready(page: Page) -> None:
    page.goto("/library/five-things?minutes=2&pace=100")
    choose_voice(page)
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)


def test_another_voice_is_waited_for_though_the_words_were_ready(page: Page) -> None:
    page.goto("/library/five-things?minutes=2&pace=105")
    with page.expect_response(lambda answer: answer.url.endswith("/voicing")):
        choose_voice(page, words=True)
    choose_voice(page)
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)


def test_begun_before_the_page_could_wait_it_begins_by_itself_all_the_same(page: Page) -> None:
    page.goto("/library/five-things?minutes=2&pace=110")
    choose_voice(page)
    page.evaluate("document.querySelector('thaw-practice form').submit()")
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)


def test_the_practice_can_be_read_whole(page: Page) -> None:
    open_practice(page, "five-things", minutes=3)
    page.get_by_text("Read all of it first").click()
    expect(page.locator(".text section").first).to_be_visible()
    assert page.locator(".text section").count() > 3
