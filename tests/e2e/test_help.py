import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import allow_locked, expect_left, lock, set_passphrase
from tests.e2e.steps import SOUND, begin, loudest, paused, play, seek, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

PERSON = "Mira of the third floor"
REASON = "an old dog"

SURE = """<ul class="countries sure"><li data-country="gb"><p class="name-of">United Kingdom</p>
<div class="groups"><div class="group" data-group="talk"><p class="label">To talk</p><ul>
<li class="helpline" data-checked="DAY"><p><strong>Someone</strong></p>
<p class="reach"><a class="button" href="tel:0123">Call 01 23</a></p>
<p class="hint" data-standing>Read.</p></li></ul></div></div></li></ul>"""


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own: what is kept for help stays out of other tests."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def keep_own(page: Page) -> None:
    page.goto("/help/mine/edit")
    page.get_by_label("Where you are").select_option(label="United Kingdom")
    page.get_by_label("What you call them").fill(PERSON)
    page.get_by_label("Their number").fill("+49 30 123 456")
    page.get_by_label("One reason").fill(REASON)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("link", name="Call +49 30 123 456")).to_be_visible()


def open_help(page: Page, address: str = "/library") -> None:
    page.goto(address)
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("dialog", name="Help now")).to_be_visible()


def settle(page: Page) -> None:
    """Wait until the worker looks after this page."""
    until(
        page,
        lambda: page.evaluate("!!navigator.serviceWorker.controller"),
        "the worker looks after the page",
    )


def test_help_hushes_a_sitting_and_escape_only_closes_help(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.get_by_role("link", name="Help now").click()
    until(page, lambda: paused(page), "it pauses")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_a_country_is_picked_for_the_moment_and_kept_where_one_says_so(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Help now").click()
    page.get_by_label("Where are you?").select_option(label="Australia")
    expect(page.get_by_role("link", name="Call 000")).to_be_visible()
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("Object.keys(localStorage).filter((key) => /countr/i.test(key))") == []
    page.reload()
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("link", name="Call 000")).to_be_hidden()
    page.get_by_label("Where are you?").select_option(label="Australia")
    page.get_by_role("button", name="Keep this country for next time").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.goto("/write")
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("link", name="Call 000")).to_be_visible()


def test_leave_ends_the_sound_and_leads_to_an_empty_page(page: Page) -> None:
    begin(page)
    play(page)
    seek(page, 4)
    until(page, lambda: loudest(page, looks=3) > SOUND, "the sound is heard")
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    expect_left(page)
    expect(page.locator("audio, [rel=stylesheet]")).to_have_count(0)
    page.go_back()
    assert "/sit/" not in page.url


def test_who_should_talk_to_a_professional_first_is_one_step_away(page: Page) -> None:
    page.goto("/library/thawing")
    page.get_by_role("link", name="Who should talk to a professional first").click()
    heading = page.get_by_role("heading", name="Who should talk to a professional first")
    expect(heading).to_be_in_viewport()
    expect(page.get_by_text("Please do not wait with this one.")).to_be_visible()


def test_ones_own_is_kept_and_stands_on_every_page(page: Page) -> None:
    keep_own(page)
    for address in ("/library", "/me", "/write"):
        open_help(page, address)
        call = page.get_by_role("link", name="Call +49 30 123 456")
        expect(call).to_have_attribute("href", "tel:+4930123456")
        expect(page.get_by_role("link", name="Call 999")).to_be_visible()
        page.get_by_text("Your safety plan").click()
        expect(page.get_by_text(REASON)).to_be_visible()


def test_locked_nothing_of_it_is_there_until_one_says_so_in_two_steps(
    page: Page, watch: Watch
) -> None:
    allow_locked(watch)
    set_passphrase(page)
    keep_own(page)
    page.goto("/library")
    lock(page)
    page.get_by_role("link", name="Help now").click()
    dialog = page.get_by_role("dialog", name="Help now")
    expect(dialog.locator(".grounding li")).to_have_count(5)
    expect(dialog.get_by_text(PERSON)).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_label("Passphrase").fill("seven quiet herons over the lake")
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.goto("/help/mine")
    page.get_by_role("link", name="What of it can be read while Thaw is locked").click()
    page.get_by_label("My person, their number and my words").check()
    page.get_by_role("button", name="Show what is ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick that you have read")
    page.get_by_label("My person, their number and my words").check()
    page.get_by_label("I have read what it means").check()
    watch.allow("status of 422")
    page.get_by_role("button", name="Show what is ticked").click()
    expect(page.get_by_role("heading", name="Help now", level=1)).to_be_visible()
    page.goto("/library")
    lock(page)
    page.get_by_role("link", name="Help now").click()
    expect(dialog.get_by_text(PERSON)).to_be_visible()
    expect(dialog.get_by_text(REASON)).to_have_count(0)
    expect(dialog.get_by_label("Where are you?")).to_have_value("")


def test_a_covered_page_shows_nothing_of_ones_own(page: Page) -> None:
    keep_own(page)
    page.goto("/library")
    page.get_by_role("button", name="Cover").click()
    page.get_by_role("heading", name="This page is covered.").wait_for()
    page.get_by_role("link", name="Help now").click()
    dialog = page.get_by_role("dialog", name="Help now")
    expect(dialog.get_by_text(PERSON)).to_be_hidden()
    expect(dialog.get_by_text("Your safety plan")).to_be_hidden()
    expect(dialog.get_by_label("Where are you?")).to_have_value("")
    page.get_by_label("Where are you?").select_option(label="Germany")
    expect(dialog.get_by_role("link", name="Call 112")).to_be_visible()


def test_with_the_server_gone_help_is_there_and_nothing_of_ones_own(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    keep_own(page)
    settle(page)
    thaw.stop()
    for address in ("/help", "/help/mine", "/help?from=nothing"):
        page.goto(address)
        expect(page.get_by_role("heading", name="Help now", level=1)).to_be_visible()
        expect(page.get_by_text(PERSON)).to_have_count(0)
        page.get_by_label("Where are you?").select_option(label="United Kingdom")
        expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    groups = page.locator(".unsure [data-country=gb] .groups > [data-group]")
    assert groups.first.get_attribute("data-group") == "write"
    page.get_by_text("One step at a time").click()
    for step in range(4):
        page.get_by_text("Next", exact=True).nth(step).click()
    expect(page.get_by_text("That was all of it. You could begin again")).to_be_visible()


def test_who_would_rather_write_finds_it_first(page: Page) -> None:
    open_help(page)
    page.get_by_label("Where are you?").select_option(label="United Kingdom")
    groups = page.locator(".unsure [data-country=gb] .groups > [data-group]")
    assert groups.first.get_attribute("data-group") == "talk"
    page.get_by_label("I can't talk").check()
    assert groups.first.get_attribute("data-group") == "write"
    page.get_by_label("I can talk").check()
    assert groups.first.get_attribute("data-group") == "talk"


def with_line(page: Page, day: str) -> None:
    """Show Help now as it was kept on some day, with a line that was checked then."""

    def answer(route: Route) -> None:
        said = route.fetch()
        sure = SURE.replace("DAY", day)
        body = re.sub(r'<ul class="countries sure">\s*</ul>', sure, said.text(), count=1)
        assert sure in body
        route.fulfill(response=said, body=body)

    page.route("**/help", answer)
    page.goto("/help")
    page.get_by_label("Where are you?").select_option(label="United Kingdom")


def test_a_page_that_lay_there_for_long_calls_no_number_that_grew_old(page: Page) -> None:
    with_line(page, "2020-01-01")
    aside = page.locator(".unsure [data-country=gb]")
    expect(aside.get_by_text("checked on 2020-01-01, and that is long ago")).to_be_visible()
    expect(page.get_by_role("link", name="Call 01 23")).to_have_count(0)
    expect(aside.get_by_text("Call 01 23")).to_be_visible()


def test_a_number_that_was_checked_lately_can_be_called(page: Page) -> None:
    with_line(page, page.evaluate("new Date().toISOString().slice(0, 10)"))
    expect(page.get_by_role("link", name="Call 01 23")).to_be_visible()
    expect(page.locator(".unsure > div")).to_be_hidden()


def test_what_is_opened_in_help_leaves_no_place_in_the_history(page: Page) -> None:
    page.goto("/library")
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Help now").click()
    page.get_by_role("heading", name="If you are afraid of hurting someone").click()
    expect(page.get_by_text("Put space between you and them.")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("history.length") == before
    assert page.evaluate("location.hash") == ""


def test_all_of_it_is_reached_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Help now").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Help now")
    select = dialog.get_by_label("Where are you?")
    for _ in range(8):
        page.keyboard.press("Tab")
        if select.evaluate("(field) => field === document.activeElement"):
            break
    page.keyboard.type("United K")
    expect(dialog.get_by_role("link", name="Call 999")).to_be_visible()
    opened = dialog.get_by_text("Put space between you and them.")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "afraid of hurting" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Help now")).to_be_focused()


def test_grounding_goes_step_by_step_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    page = context.new_page()
    page.goto("/help")
    page.get_by_text("One step at a time").click()
    steps = page.locator(".steps")
    expect(steps.get_by_text("Press both feet into the floor")).to_be_hidden()
    steps.get_by_text("Next", exact=True).first.click()
    expect(steps.get_by_text("Press both feet into the floor")).to_be_visible()
    expect(steps.get_by_text("Name five things")).to_be_hidden()
    context.close()


def everything_open(page: Page) -> None:
    page.goto("/help")
    page.get_by_label("Where are you?").select_option(label="Australia")
    for summary in page.locator(".sections summary, .steps > summary").all():
        summary.click()


def own(page: Page) -> None:
    keep_own(page)
    page.get_by_text("Your safety plan").click()


def own_in_the_dialog(page: Page) -> None:
    keep_own(page)
    open_help(page)


def editing(page: Page) -> None:
    page.goto("/help/mine/edit")
    page.get_by_label("Their number").fill("call her")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("alert").wait_for()


def while_locked(page: Page) -> None:
    keep_own(page)
    page.goto("/help/mine/locked")


@pytest.mark.parametrize("show", [everything_open, own, own_in_the_dialog, editing, while_locked])
def test_axe_finds_nothing_on_any_page_of_help(
    page: Page, watch: Watch, show: Callable[[Page], None]
) -> None:
    watch.allow("status of 422")
    show(page)
    expect_in_order(page)
