"""Coming in, locking, unlocking, covering and leaving."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import (
    EMPTY,
    allow_locked,
    expect_left,
    expect_locked,
    lock,
    lock_elsewhere,
    set_passphrase,
    unlock,
    unlock_by_code,
)
from tests.e2e.steps import begin, paused, play, until
from tests.e2e.writing import (
    NOTES,
    STORED,
    away,
    drafts,
    expect_kept,
    expect_text,
    write,
    written,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own: what opens it is this test's to change."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def test_a_link_lets_one_browser_in_once(page: Page, browser: Browser, thaw: Thaw) -> None:
    link = thaw.link()
    page.goto(link)
    expect(page.get_by_role("link", name="Sit with me")).to_be_visible()
    assert page.url == f"{thaw.address}/"
    stranger = browser.new_context().new_page()
    for address in (link, f"{thaw.address}/write"):
        answer = stranger.goto(address)
        assert answer
        assert answer.status == 401
        expect(stranger.get_by_text("Open Thaw with the command thaw.")).to_be_visible()
        expect(stranger.get_by_role("link", name="Help now")).to_be_visible()
    stranger.context.close()


def test_locked_by_the_keyboard_and_opened_by_passphrase_where_one_was(
    page: Page, watch: Watch
) -> None:
    allow_locked(watch)
    watch.allow("the server responded with a status of 422")
    set_passphrase(page)
    page.goto("/write/list")
    page.get_by_role("button", name="Lock").focus()
    page.keyboard.press("Enter")
    expect_locked(page)
    expect(page.get_by_role("navigation")).to_have_count(0)
    unlock(page, "not the passphrase at all")
    expect(page.get_by_role("alert")).to_be_visible()
    expect_in_order(page)
    unlock(page)
    page.wait_for_url("**/write/list")
    expect(page.get_by_role("heading", name="What you wrote")).to_be_visible()


def test_the_recovery_code_opens_it_too(page: Page, watch: Watch) -> None:
    allow_locked(watch)
    code = set_passphrase(page)
    lock(page)
    unlock_by_code(page, code)
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


def test_locking_one_page_covers_every_other_and_ends_the_sound(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    allow_locked(watch)
    watch.allow("ERR_ABORTED")
    set_passphrase(page)
    sitting = context.new_page()
    begin(sitting, words=True)
    play(sitting)
    other = context.new_page()
    other.goto("/write")
    lock(other)
    expect_locked(sitting)
    expect(sitting.locator("audio")).to_have_count(0)
    assert sitting.url.endswith("/library/five-things")
    expect_locked(page)
    unlock(other)
    other.wait_for_url("**/write")
    # Where one page is opened, the others open as well.
    expect(page.get_by_role("button", name="Lock")).to_be_visible()


def test_going_back_after_a_lock_shows_the_lock(page: Page, watch: Watch) -> None:
    allow_locked(watch)
    set_passphrase(page)
    page.goto("/write")
    page.goto("/library")
    lock(page)
    page.go_back()
    expect_locked(page)
    expect(page.locator("textarea[name=text]")).to_have_count(0)


def test_a_page_that_the_browser_kept_comes_back_covered_and_then_locked(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    allow_locked(watch)
    set_passphrase(page)
    page.goto("/write")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.get_by_label("Anything, in any words")).to_be_hidden()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_label("Anything, in any words")).to_be_visible()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    lock_elsewhere(page, thaw)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect_locked(page)


def test_a_page_asks_how_the_door_stands_after_the_machine_slept(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    allow_locked(watch)
    set_passphrase(page)
    page.clock.install(time=time.time())
    page.goto("/write")
    lock_elsewhere(page, thaw)
    page.clock.fast_forward("05:00")
    expect_locked(page)


def test_leaving_shuts_the_door_and_going_back_shows_the_lock(page: Page, watch: Watch) -> None:
    allow_locked(watch)
    watch.allow("ERR_ABORTED")
    set_passphrase(page)
    page.goto("/write")
    page.goto("/library")
    page.get_by_role("link", name="Leave").click()
    expect_left(page)
    page.go_back()
    expect_locked(page)


def test_leaving_without_a_passphrase_leaves_a_cover_behind(page: Page) -> None:
    page.goto("/write")
    page.goto("/library")
    page.get_by_role("link", name="Leave").click()
    expect_left(page)
    page.go_back()
    expect(page.get_by_role("heading", name="This page is covered.")).to_be_visible()
    expect(page.get_by_label("Anything, in any words")).to_be_hidden()
    expect(page).to_have_title("Thaw")
    page.reload()
    expect(page.get_by_role("heading", name="This page is covered.")).to_be_visible()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_label("Anything, in any words")).to_be_visible()
    expect(page).to_have_title("Write · Thaw")


def test_leaving_from_help_shuts_the_door_too(page: Page, watch: Watch) -> None:
    allow_locked(watch)
    set_passphrase(page)
    page.goto("/write")
    page.goto("/help")
    page.get_by_role("link", name="Leave").click()
    expect_left(page)
    page.go_back()
    expect_locked(page)


# Before any script of ours: when a key went down, and when the page was empty.
CLOCK = """
addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
new MutationObserver(() => {
  const { dataset } = document.documentElement ?? {};
  if (!dataset || document.title !== 'Empty page' || 'took' in dataset) return;
  dataset.took = performance.now() - window.pressed;
  dataset.quiet = window.kept.paused && navigator.mediaSession.metadata === null;
}).observe(document, { subtree: true, childList: true });
"""


def test_shift_three_times_leaves_within_a_tenth_of_a_second(page: Page, watch: Watch) -> None:
    watch.allow("ERR_ABORTED")
    watch.allow("ERR_FAILED")
    page.add_init_script(CLOCK)
    begin(page, words=True)
    play(page)
    page.evaluate("window.kept = document.querySelector('audio')")
    page.context.route("**/leave", lambda route: route.abort())
    for _ in range(3):
        page.keyboard.press("Shift")
    left = page.locator("html")
    expect(left).to_have_attribute("data-quiet", "true")
    assert float(left.get_attribute("data-took") or "1000") < 100
    expect(page.locator("body")).to_have_text(EMPTY)
    assert page.url.endswith("/leave")


def test_leaving_works_when_every_other_script_is_broken(page: Page, watch: Watch) -> None:
    watch.allow("broken")
    page.context.route(
        "**/app-*.js",
        lambda route: route.fulfill(content_type="text/javascript", body="throw Error('broken')"),
    )
    page.goto("/library")
    page.get_by_role("link", name="Leave").click()
    expect_left(page)


def test_covering_hides_the_page_until_someone_opens_it(
    page: Page, context: BrowserContext
) -> None:
    page.goto("/write")
    page.get_by_label("Anything, in any words").fill("Under the cover.")
    other = context.new_page()
    other.goto("/library")
    page.get_by_role("button", name="Cover").click()
    for each in (page, other):
        expect(each.get_by_role("heading", name="This page is covered.")).to_be_visible()
        expect(each.get_by_role("link", name="Help now")).to_be_visible()
        expect(each.get_by_role("link", name="Leave")).to_be_visible()
    expect(page.get_by_label("Anything, in any words")).to_be_hidden()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_label("Anything, in any words")).to_have_value("Under the cover.")


def test_when_nobody_is_there_the_door_is_shut(page: Page, watch: Watch) -> None:
    allow_locked(watch)
    set_passphrase(page)
    page.clock.install(time=time.time())
    page.goto("/write")
    page.clock.run_for("09:30")
    expect(page.get_by_label("Anything, in any words")).to_be_visible()
    page.clock.run_for("00:32")
    expect_locked(page)


def test_a_sitting_that_plays_is_covered_and_plays_on(page: Page) -> None:
    page.clock.install(time=time.time())
    begin(page, words=True)
    play(page)
    page.clock.run_for("10:10")
    expect(page.get_by_role("heading", name="This page is covered.")).to_be_visible()
    expect(page.get_by_text("The sound goes on to its end.")).to_be_visible()
    assert not paused(page)
    page.get_by_role("button", name="Stop the sound").click()
    assert paused(page)


def test_a_draft_lies_sealed_through_a_lock_and_goes_on_after_it(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    allow_locked(watch)
    watch.allow("ERR_FAILED")
    set_passphrase(page)
    context.route(NOTES, away)
    write(page, "Words under lock.")
    until(page, lambda: len(drafts(page)) == 1, "the draft is there")
    lock(page)
    kept = page.evaluate(STORED)
    assert len([each for each in kept if each.startswith("thaw-drafts at,id,iv,sealed ")]) == 1
    assert not [each for each in kept if "Words under lock" in each]
    context.unroute(NOTES, away)
    unlock(page)
    page.wait_for_url("**/write")
    expect_text(page, "Words under lock.")
    expect_kept(page)


def test_a_lock_in_the_middle_of_writing_loses_nothing(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    allow_locked(watch)
    set_passphrase(page)
    write(page, "Begun.")
    expect_kept(page)
    note = page.url
    lock_elsewhere(page, thaw)
    page.locator("textarea[name=text]").fill("Begun, and gone on with.")
    expect_locked(page)
    unlock(page)
    page.wait_for_url(note)
    expect_text(page, "Begun, and gone on with.")
    expect_kept(page)
    assert written(page, "Begun") == ["Begun, and gone on with."]
