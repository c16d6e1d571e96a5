"""The service worker: what is there when nobody answers, and what is never kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import allow_locked, lock, set_passphrase
from tests.e2e.steps import begin, play, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

CANARY = "a heron that nobody may find"

CACHED = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const text = await (await cache.match(request)).text();
      found.push([pathname, text]);
    }
  }
  return found;
}
"""


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own that may be stopped."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def settle(page: Page) -> None:
    """Wait until the worker looks after this page."""
    until(
        page,
        lambda: page.evaluate("!!navigator.serviceWorker.controller"),
        "the worker looks after the page",
    )


def test_help_and_a_page_that_says_so_are_there_with_the_server_gone(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    settle(page)
    thaw.stop()
    page.goto("/help")
    expect(page.get_by_role("heading", name="Help now", level=1)).to_be_visible()
    page.get_by_label("Where are you?").select_option(label="United Kingdom")
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    page.goto("/write")
    expect(page.get_by_role("heading", name="Thaw does not answer just now.")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("dialog", name="Help now")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")


def test_help_is_there_after_a_lock_with_the_server_gone(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    allow_locked(watch)
    watch.allow("ERR_CONNECTION_REFUSED")
    settle(page)
    set_passphrase(page)
    lock(page)
    thaw.stop()
    page.goto("/help")
    expect(page.get_by_role("heading", name="Help now", level=1)).to_be_visible()


def test_the_away_page_leads_back_when_the_server_is_there_again(
    page: Page, thaw: Thaw, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    settle(page)
    page.context.set_offline(True)
    page.goto("/library")
    expect(page.get_by_role("heading", name="Thaw does not answer just now.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    del thaw


def test_nothing_of_a_person_is_ever_kept_by_the_worker(page: Page) -> None:
    settle(page)
    page.goto("/write")
    page.get_by_label("Anything, in any words").fill(CANARY)
    expect(page.locator("[data-status]")).to_have_text("Kept.")
    for address in ("/write/list", "/library", "/me/privacy", "/help"):
        page.goto(address)
    begin(page, words=True)
    play(page)
    kept = page.evaluate(CACHED)
    names = {name for name, _ in kept}
    assert {name for name in names if not name.startswith("/static/dist/")} == {"/help", "/away"}
    assert len(names) > 5
    assert not [name for name, text in kept if CANARY in text]


def test_sound_goes_past_the_worker(page: Page) -> None:
    settle(page)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    begin(page, words=True)
    play(page)
    sound = [answer for answer in answers if "/audio/" in answer.url]
    assert sound
    assert not [answer.url for answer in sound if answer.from_service_worker]


def test_a_new_worker_takes_over_and_drops_what_the_old_one_kept(
    browser: Browser, thaw: Thaw
) -> None:
    context = browser.new_context(base_url=thaw.address, bypass_csp=True)
    page = context.new_page()
    page.goto(thaw.link())
    settle(page)
    page.evaluate("caches.open('thaw of before').then((old) => old.put('/help', new Response('')))")
    page.evaluate(
        """() => {
          navigator.serviceWorker.addEventListener('controllerchange', () => {
            document.documentElement.dataset.newer = navigator.serviceWorker.controller.scriptURL;
          });
          return navigator.serviceWorker.register('/worker.js?another', {scope: '/'}).then(() => 1);
        }"""
    )
    expect(page.locator("html")).to_have_attribute(
        "data-newer", f"{thaw.address}/worker.js?another"
    )
    until(page, lambda: len(page.evaluate("caches.keys()")) == 1, "only its own is left")
    assert page.evaluate("caches.keys()") != ["thaw of before"]
    context.close()
