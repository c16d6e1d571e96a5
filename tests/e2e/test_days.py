"""The plan of days in a browser: by keyboard, reminded of quietly, subscribed to and revoked."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.conftest import by_day
from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import allow_locked, lock, set_passphrase
from tests.e2e.steps import begin, expect_heading, play, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

SET, PLAN, CALENDAR = "A quiet minute", "Your quiet minute", "In your calendar"


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of its own: one person has one plan."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def set_plan(page: Page, *, at: str = "21:30", zone: str = "", quiet: bool = True) -> None:
    """Set a plan; ``quiet`` leaves the quiet hours as they are."""
    page.goto("/days")
    page.get_by_label("At what time").fill(at)
    page.get_by_label("After what").fill("after brushing teeth")
    if zone or not quiet:
        page.get_by_text("What it is, which days, quiet hours").click()
    if zone:
        page.get_by_label("Time zone").fill(zone)
    if not quiet:
        page.get_by_label("From").fill("")
        page.get_by_label("Until").fill("")
    page.get_by_role("button", name="Keep this").click()
    expect_heading(page, PLAN)


def fetch(url: str) -> tuple[int, bytes]:
    """Ask as a calendar program does: no browser, no cookie."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - to loopback.
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_it_is_set_changed_paused_and_stopped_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/me")
    press(page, page.get_by_role("link", name=SET))
    expect_heading(page, SET)
    tab_to(page, page.get_by_label("At what time"))
    page.keyboard.type("0930PM")
    tab_to(page, page.get_by_label("After what"))
    page.keyboard.type("after brushing teeth")
    tab_to(page, page.get_by_label("How long"))
    page.keyboard.type("5")
    press(page, page.get_by_role("button", name="Keep this"))
    expect_heading(page, PLAN)
    expect(page.get_by_text("At 21:30, 5 minutes, every day")).to_be_visible()
    press(page, page.get_by_role("link", name="Change", exact=True))
    expect_heading(page, SET)
    expect(page.get_by_label("After what")).to_have_value("after brushing teeth")
    press(page, page.locator("summary", has_text="which days"))
    tab_to(page, page.get_by_label("Sunday"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Keep this"))
    expect(page.get_by_text("Friday and Saturday")).to_be_visible()
    press(page, page.get_by_role("button", name="Pause"))
    expect(page.get_by_text("It is paused. Nothing comes.")).to_be_visible()
    press(page, page.get_by_role("button", name="Go on"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, page.get_by_role("button", name="Stop", exact=True))
    expect(page.get_by_text("It is stopped. Nothing comes any more.")).to_be_visible()
    press(page, page.get_by_role("button", name="Bring it back"))
    expect_heading(page, PLAN)


def test_today_has_one_line_only_where_there_is_a_plan(page: Page) -> None:
    page.goto("/today")
    expect(page.get_by_text("Your quiet minute")).to_have_count(0)
    set_plan_for_soon(page, in_s=600)
    page.goto("/today")
    expect(page.locator(".quiet-line")).to_have_text("Your quiet minute: after brushing teeth")
    page.get_by_role("link", name="Your quiet minute").click()
    expect_heading(page, PLAN)


def test_a_calendar_subscribes_without_a_cookie_and_revoking_ends_it(
    page: Page, watch: Watch
) -> None:
    allow_locked(watch)
    set_plan(page)
    page.get_by_role("link", name=CALENDAR).click()
    press(page, page.get_by_role("button", name="Make an address"))
    address = page.get_by_label("Your address").input_value()
    status, raw = fetch(address)
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert (status, str(event["SUMMARY"])) == (200, "a quiet minute")
    set_passphrase(page)
    lock(page)
    assert fetch(address) == (200, raw)
    page.get_by_label("Passphrase").fill("seven quiet herons over the lake")
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.goto("/days/calendar")
    expect(page.get_by_label("Your address")).to_have_value(address)
    page.get_by_role("button", name="Make another; this one stops").click()
    expect(page.get_by_label("Your address")).not_to_have_value(address)
    other = page.get_by_label("Your address").input_value()
    assert fetch(address)[0] == 404
    assert fetch(other)[0] == 200
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_label("Your address")).to_have_count(0)
    assert fetch(other) == fetch(address)
    assert fetch(other)[0] == 404


def test_a_file_is_saved_and_own_words_are_in_it_only_once_it_was_read_what_that_means(
    page: Page, watch: Watch
) -> None:
    watch.allow("422")
    set_plan(page)
    page.goto("/days/calendar")
    assert saved(page) == "a quiet minute"
    page.get_by_text("Say it in my own words").click()
    page.get_by_label("What the calendar says").fill("sit by the door")
    page.get_by_role("button", name="Say this").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick that you have read what it means")
    expect(page.get_by_label("What the calendar says")).to_have_value("sit by the door")
    page.get_by_label("I have read what it means").check()
    page.get_by_role("button", name="Say this").click()
    expect(page.get_by_role("button", name="again")).to_be_visible()
    assert saved(page) == "sit by the door"
    page.get_by_role("button", name="again").click()
    assert saved(page) == "a quiet minute"


def saved(page: Page) -> str:
    """Save the file and return what it says."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    assert download.value.suggested_filename == "a-quiet-minute.ics"
    (event,) = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    return str(event["SUMMARY"])


def set_plan_for_soon(page: Page, *, in_s: int = 72) -> None:
    """Set a plan for the minute that begins next, or the one after; or for one that is later.

    It is in a zone where no day ends soon, whenever this runs.
    """
    zone = by_day()
    soon = datetime.now(ZoneInfo(zone)) + timedelta(seconds=in_s)
    set_plan(page, at=f"{soon:%H:%M}", zone=zone, quiet=False)


def expect_line(page: Page) -> None:
    line = page.locator("thaw-reminder")
    expect(line).to_contain_text("Your quiet minute: after brushing teeth", timeout=90_000)


def expect_no_line(page: Page) -> None:
    expect(page.locator("thaw-reminder.shown")).to_have_count(0)
    expect(page.get_by_text("Your quiet minute: after")).to_have_count(0)


def test_at_its_time_a_quiet_line_shows_on_any_open_page_and_is_put_away(page: Page) -> None:
    set_plan_for_soon(page)
    page.goto("/write")
    page.get_by_role("textbox").first.focus()
    expect_no_line(page)
    expect_line(page)
    expect(page.get_by_role("textbox").first).to_be_focused()
    expect(page.get_by_role("link", name="Sit for 3 minutes")).to_be_visible()
    assert page.evaluate("document.querySelectorAll('audio').length") == 0
    assert page.evaluate("Notification.permission") != "granted"
    expect_in_order(page)
    other = page.context.new_page()
    other.goto("/library")
    expect_line(other)
    with other.expect_response("**/days/let-be"):
        other.get_by_role("button", name="Not today").click()
    expect_no_line(other)
    with other.expect_response("**/days/now"):
        other.reload()
    expect_no_line(other)


def test_it_gives_way_to_a_sitting_and_does_not_come_again_that_day(page: Page) -> None:
    sitting = page.context.new_page()
    begin(sitting, words=True)
    set_plan_for_soon(page)
    expect_line(page)
    expect_no_line(sitting)
    play(sitting)
    expect_no_line(page)
    expect_no_line(sitting)
    sitting.get_by_role("button", name="Stop", exact=True).click()
    sitting.close()
    with page.expect_response("**/days/now"):
        page.goto("/library")
    expect_no_line(page)


@pytest.mark.parametrize("what", ["form", "plan", "calendar", "wrong"])
def test_it_is_in_order_in_both_colours_at_every_width(page: Page, watch: Watch, what: str) -> None:
    watch.allow("422")
    if what == "form":
        page.goto("/days")
        page.get_by_text("What it is, which days, quiet hours").click()
    else:
        set_plan(page)
    if what == "calendar":
        page.goto("/days/calendar")
        page.get_by_role("button", name="Make an address").click()
        page.get_by_text("Say it in my own words").click()
    if what == "wrong":
        page.goto("/days/change")
        page.get_by_text("What it is, which days, quiet hours").click()
        page.get_by_label("Time zone").fill("Middle/Earth")
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_role("alert")).to_contain_text("no time zone of this name")
        expect(page.get_by_label("Time zone")).to_be_visible()
    expect_in_order(page)


def test_it_is_all_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(thaw.link())
    set_plan_for_soon(page, in_s=600)
    page.goto("/today")
    expect(page.locator(".quiet-line")).to_be_visible()
    page.goto("/days/calendar")
    page.get_by_role("button", name="Make an address").click()
    assert fetch(page.get_by_label("Your address").input_value())[0] == 200
    page.goto("/days")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("It is stopped.")).to_be_visible()
    context.close()
