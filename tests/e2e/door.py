"""How a person comes in, sets a passphrase, locks and unlocks."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Thaw, Watch

PASSPHRASE = "seven quiet herons over the lake"


def set_passphrase(page: Page) -> str:
    """Set ``PASSPHRASE`` in the page and return the twelve words of the recovery code."""
    page.goto("/me/privacy/passphrase")
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same once more").fill(PASSPHRASE)
    page.get_by_role("button", name="Go on to the recovery code").click()
    expect(page.locator(".recovery-code li")).to_have_count(12)
    words = page.locator(".recovery-code li").all_inner_texts()
    page.get_by_role("link", name="I have it on paper").click()
    expect(page.get_by_label(re.compile(r"^Word \d+$"))).to_have_count(2)
    for field in page.get_by_label(re.compile(r"^Word \d+$")).all():
        label = page.locator(f'label[for="{field.get_attribute("id")}"]').inner_text()
        field.fill(words[int(label.removeprefix("Word ")) - 1])
    page.get_by_role("button", name="Set the passphrase").click()
    expect(page.get_by_role("button", name="Lock")).to_be_visible()
    return " ".join(words)


def lock(page: Page) -> None:
    page.get_by_role("button", name="Lock").click()
    expect_locked(page)


def lock_elsewhere(page: Page, thaw: Thaw) -> None:
    """Lock behind the page's back, as the server does when the machine slept."""
    token = page.locator('meta[name="csrf"]').get_attribute("content") or ""
    headers = {"X-CSRFToken": token, "Accept": "application/json", "Origin": thaw.address}
    assert page.context.request.post("/lock", headers=headers).json()["locked"]


def expect_locked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Thaw is locked")).to_be_visible()
    expect(page).to_have_title("Thaw")
    page.wait_for_load_state()  # Before its scripts run, Help now is a link to a page.


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()


def unlock_by_code(page: Page, code: str) -> None:
    page.get_by_text("Use the recovery code").click()
    page.get_by_label("twelve words").fill(code)
    page.get_by_role("button", name="Unlock with the code").click()


def allow_locked(watch: Watch) -> None:
    """The browser names every answer of 423 in its console."""
    watch.allow("the server responded with a status of 423")


EMPTY = "Nothing here This page is empty."


def expect_left(page: Page) -> None:
    """The empty page is there, and the one that was emptied is gone."""
    page.wait_for_url("**/leave")
    expect(page.locator("html[data-left]")).to_have_count(0)
    expect(page.locator("body")).to_have_text(EMPTY)
    expect(page).to_have_title("Empty page")
