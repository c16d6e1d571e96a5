"""What opens a person's own: seen, set, changed and removed in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import COLOURS, STRICT, judge
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import PASSPHRASE, allow_locked, lock, set_passphrase, unlock, unlock_by_code
from tests.e2e.steps import expect_no_sideways_scroll, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

NEW = "nine slow trains before the morning"


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own: what opens it is this test's to change."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def in_order(page: Page) -> None:
    """Judge the page in both colours, and at every width."""
    judge(page, STRICT)
    page.emulate_media(color_scheme="dark")
    judge(page, COLOURS)
    page.emulate_media(color_scheme="light")
    for width, height in ((320, 568), (768, 1024), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        expect_no_sideways_scroll(page)


def shown(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    in_order(page)


def test_every_page_is_in_order_without_a_passphrase_and_with_one(page: Page) -> None:
    shown(page, "/me", "Me")
    shown(page, "/me/privacy", "Privacy")
    shown(page, "/me/privacy/passphrase", "Set a passphrase")
    shown(page, "/me/privacy/code", "Make a new recovery code")
    shown(page, "/me/privacy/remove", "Remove the passphrase")
    page.goto("/me/privacy/passphrase")
    page.get_by_label("New passphrase").fill(NEW)
    page.get_by_label("The same once more").fill(NEW)
    page.get_by_role("button", name="Go on to the recovery code").click()
    expect(page.get_by_role("heading", name="Your recovery code")).to_be_visible()
    in_order(page)
    page.get_by_role("link", name="I have it on paper").click()
    in_order(page)
    set_passphrase(page)
    shown(page, "/me/privacy", "Privacy")
    shown(page, "/me/privacy/passphrase", "Change the passphrase")
    shown(page, "/me/privacy/code", "Make a new recovery code")
    shown(page, "/me/privacy/remove", "Remove the passphrase")


def test_a_refusal_stands_where_a_screen_reader_meets_it(page: Page, watch: Watch) -> None:
    watch.allow("the server responded with a status of 422")
    page.goto("/me/privacy/passphrase")
    page.get_by_label("New passphrase").fill("password")
    page.get_by_label("The same once more").fill("password")
    page.get_by_role("button", name="Go on to the recovery code").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("guessed early")
    expect(page.get_by_label("New passphrase")).to_have_accessible_description(
        re.compile("guessed early")
    )
    expect(page.get_by_label("New passphrase")).to_have_value("")
    in_order(page)


def test_a_passphrase_is_set_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/me/privacy")
    press(page, page.get_by_role("link", name="Set a passphrase"))
    type_in(page, page.get_by_label("New passphrase"), NEW)
    type_in(page, page.get_by_label("The same once more"), NEW)
    press(page, page.get_by_role("button", name="Go on to the recovery code"))
    expect(page.get_by_role("heading", name="Your recovery code")).to_be_visible()
    words = page.locator(".recovery-code li").all_inner_texts()
    press(page, page.get_by_role("link", name="I have it on paper"))
    expect(page.get_by_role("heading", name="Two words from the paper")).to_be_visible()
    for name in ("first", "second"):
        label = page.locator(f'label[for="{name}"]').inner_text()
        type_in(page, page.locator(f"#{name}"), words[int(label.removeprefix("Word ")) - 1])
    page.keyboard.press("Enter")
    expect(page.get_by_text("A passphrase is set.")).to_be_visible()


def type_in(page: Page, field: Locator, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)


def test_what_opens_is_changed_and_removed_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    allow_locked(watch)
    page = context.new_page()
    page.goto(thaw.link())
    code = set_passphrase(page)
    page.goto("/me/privacy/passphrase")
    page.get_by_label("Your passphrase now").fill(PASSPHRASE)
    page.get_by_label("New passphrase").fill(NEW)
    page.get_by_label("The same once more").fill(NEW)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("A passphrase is set.")).to_be_visible()
    lock(page)
    unlock(page, NEW)
    page.goto("/me/privacy")
    page.get_by_label("Lock when nobody was there for").select_option(label="5 minutes")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_label("Lock when nobody was there for")).to_have_value("5")
    lock(page)
    unlock_by_code(page, code)
    page.goto("/me/privacy/remove")
    page.get_by_label("Your passphrase now").fill(NEW)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("There is no passphrase.")).to_be_visible()
    watch.judge()
    context.close()


def test_the_recovery_code_is_whole_on_paper(page: Page) -> None:
    page.goto("/me/privacy/passphrase")
    page.get_by_label("New passphrase").fill(NEW)
    page.get_by_label("The same once more").fill(NEW)
    page.get_by_role("button", name="Go on to the recovery code").click()
    words = page.locator(".recovery-code li")
    expect(words).to_have_count(12)
    page.emulate_media(media="print")
    for word in words.all():
        expect(word).to_be_visible()
    for out in ("Help now", "Leave"):
        expect(page.get_by_role("link", name=out)).to_be_hidden()
