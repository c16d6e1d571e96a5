"""After a sitting: one tap, perhaps a line, and on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import allow_locked, expect_locked, lock, lock_elsewhere, set_passphrase, unlock
from tests.e2e.steps import VOICED_MS, expect_heading, play, press, read_first, until
from tests.e2e.writing import drafts, written

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

HEARD = """
async () => {
  const id = location.pathname.split("/").pop();
  const headers = {
    "Accept": "application/json",
    "Content-Type": "application/json",
    "X-CSRFToken": document.querySelector('meta[name="csrf"]').content,
  };
  const body = JSON.stringify({ heard_s: 1, at_s: 1, how: "stopped" });
  const answer = await fetch(`/sit/${id}/heard`, { method: "POST", headers, body });
  return (await answer.json()).after;
}
"""


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A Thaw that nobody was at yet."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def sit(page: Page) -> str:
    """Sit for a moment with words on the screen, and return where it goes on."""
    page.goto("/first")
    page.get_by_role("button", name="Read the words").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    return str(page.evaluate(HEARD))


def after(page: Page) -> str:
    address = sit(page)
    page.goto(address)
    expect_heading(page, "How was that?")
    return address


def answer(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_a_first_evening_from_the_tap_to_today(page: Page) -> None:
    after(page)
    expect(page.get_by_text("minute, sat.")).to_be_visible()
    page.get_by_label("A line for the journal").fill("The lamp was warm.")
    answer(page, "Easier")
    expect_heading(page, "Thank you.")
    expect(page.get_by_text("You said: easier.")).to_be_visible()
    expect(page.get_by_role("link", name="in the journal")).to_be_visible()
    answer(page, "No")
    expect(page.get_by_text("Did anything unwelcome come")).to_have_count(0)
    answer(page, "Go on")
    for heading in ("Someone to reach", "A passphrase", "A first check-in"):
        expect_heading(page, heading)
        answer(page, "Skip")
    page.wait_for_url("**/today")
    page.goto("/write/list")
    expect(page.get_by_text("The lamp was warm.")).to_be_visible()


def test_harder_is_met_with_the_room_and_people(page: Page) -> None:
    after(page)
    answer(page, "Further away, or more numb")
    expect_heading(page, "Back to this room")
    expect(page.get_by_text("not about you")).to_be_visible()
    page.get_by_role("link", name="Your person, and lines to call or write to").click()
    expect(page.locator("dialog#help")).to_be_visible()


def test_what_came_is_said_in_two_steps(page: Page) -> None:
    after(page)
    answer(page, "Yes, something")
    expect_heading(page, "Something unwelcome")
    page.get_by_label("Anxious or on edge").check()
    answer(page, "Keep")
    expect(page.get_by_text("A day without practice is a good answer")).to_be_visible()


def test_going_back_and_loading_again_doubles_nothing(page: Page) -> None:
    address = after(page)
    page.get_by_label("A line for the journal").fill("Once.")
    answer(page, "The same")
    expect_heading(page, "Thank you.")
    page.reload()
    page.go_back()
    page.goto(address)
    expect_heading(page, "Thank you.")
    page.goto("/write/list")
    expect(page.get_by_text("Once.")).to_have_count(1)


def test_the_keyboard_alone_answers_and_goes_on(page: Page) -> None:
    sit(page)
    page.goto(sit(page))
    press(page, page.get_by_role("button", name="Can't tell"))
    expect(page.get_by_text("You said: can't tell.")).to_be_visible()
    press(page, page.get_by_role("button", name="Go on"))
    page.wait_for_url("**/today")


def test_a_key_pressed_in_the_line_answers_nothing(page: Page) -> None:
    after(page)
    line = page.get_by_label("A line for the journal")
    line.fill("One")
    line.press("Enter")
    expect_heading(page, "How was that?")
    expect(line).to_have_value("One\n")


def test_without_scripts_it_is_the_same(browser: Browser, thaw: Thaw) -> None:
    scripted = browser.new_context(base_url=thaw.address)
    first = scripted.new_page()
    first.goto(thaw.link())
    address = sit(first)
    scripted.close()
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto(address)
    page.get_by_label("A line for the journal").fill("Plain.")
    answer(page, "Harder")
    expect_heading(page, "Back to this room")
    answer(page, "Go on")
    expect_heading(page, "Someone to reach")
    context.close()
    watch.judge()


def test_the_ending_of_a_sitting_leads_here(page: Page) -> None:
    page.goto("/first")
    page.get_by_role("button", name="Read the words").click()
    page.wait_for_url("**/sit/*")
    play(page)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.locator('a[href^="/after/"]:visible').first.click()
    expect_heading(page, "How was that?")


def test_the_card_comes_before_the_first_inward_practice(page: Page) -> None:
    for is_first in (True, False):
        page.goto("/library/thawing?minutes=6")
        page.locator('input[name="voice"]').last.check()
        page.locator("[data-begin]").click()
        if is_first:
            expect_heading(page, "Who should talk to a professional first")
            expect_in_order(page)
            read_first(page)
        page.wait_for_url("**/sit/*", timeout=VOICED_MS)
        expect(page.locator("thaw-sitting")).to_have_attribute("data-total", "360.0")


def test_axe_finds_nothing_on_any_of_them(page: Page) -> None:
    after(page)
    expect_in_order(page)
    answer(page, "Harder")
    expect_heading(page, "Back to this room")
    expect_in_order(page)
    answer(page, "Yes, something")
    expect_heading(page, "Something unwelcome")
    expect_in_order(page)
    page.goto("/after/steps")
    expect_in_order(page)


def test_targets_are_large_on_the_smallest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    after(page)
    for button in page.locator("main button:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 56


LINE = "A line for the journal"
WARM = "The lamp was warm."


@pytest.mark.parametrize("how", ["button", "elsewhere", "elsewhere, then sent"])
def test_a_line_outlives_a_lock(page: Page, thaw: Thaw, watch: Watch, how: str) -> None:
    allow_locked(watch)
    set_passphrase(page)
    after(page)
    page.get_by_label(LINE).fill(WARM)
    until(page, lambda: len(drafts(page)), "it lies sealed in the browser")
    if how == "button":
        lock(page)
    else:
        lock_elsewhere(page, thaw)
        if "sent" in how:
            answer(page, "Go on")
        else:
            page.goto("/today")
        expect_locked(page)
    unlock(page)
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    until(page, lambda: written(page, WARM) == [WARM], "the journal has it, once")
    until(page, lambda: not drafts(page), "nothing of it is left in the browser")


def test_a_line_goes_on_where_it_was_on_the_page_of_its_sitting(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    allow_locked(watch)
    set_passphrase(page)
    address = after(page)
    page.get_by_label(LINE).fill("The lamp was")
    until(page, lambda: len(drafts(page)), "it lies sealed in the browser")
    lock_elsewhere(page, thaw)
    page.goto(address)
    expect_locked(page)
    unlock(page)
    expect(page.get_by_label(LINE)).to_have_value("The lamp was")
    page.get_by_label(LINE).press_sequentially(" warm.")
    answer(page, "Go on")
    until(page, lambda: written(page, WARM) == [WARM], "the journal has it, once")
    until(page, lambda: not drafts(page), "nothing of it is left in the browser")


def test_a_line_that_was_sent_is_one_note_and_leaves_nothing_in_the_browser(page: Page) -> None:
    after(page)
    page.get_by_label(LINE).fill(WARM)
    until(page, lambda: len(drafts(page)), "it lies sealed in the browser")
    answer(page, "Go on")
    page.wait_for_url("**/after/steps")
    until(page, lambda: not drafts(page), "nothing of it is left in the browser")
    until(page, lambda: written(page, WARM) == [WARM], "the journal has it, once")


def test_a_line_that_came_back_and_is_sent_again_is_one_note(page: Page, watch: Watch) -> None:
    watch.allow("status of 507")
    address = after(page)

    def full(route: Route) -> None:
        """Give the page back with the line and another id, as it is on a full disk."""
        if route.request.method != "POST":
            route.fallback()
            return
        html = page.context.request.get(address).text()
        html = html.replace(
            'autocomplete="off">\n</textarea>', f'autocomplete="off">\n{WARM}</textarea>'
        )
        assert WARM in html
        route.fulfill(status=507, body=html, content_type="text/html")

    page.route("**/after/*", full)
    page.get_by_label(LINE).fill(WARM)
    until(page, lambda: len(drafts(page)), "it lies sealed in the browser")
    first = page.locator('[name="note"]').input_value()
    answer(page, "Go on")
    expect(page.locator('[name="note"]')).not_to_have_value(first)
    expect(page.get_by_label(LINE)).to_have_value(WARM)
    page.unroute("**/after/*")
    answer(page, "Go on")
    page.wait_for_url("**/after/steps")
    until(page, lambda: not drafts(page), "nothing of it is left in the browser")
    until(page, lambda: written(page, WARM) == [WARM], "the journal has it, once")
