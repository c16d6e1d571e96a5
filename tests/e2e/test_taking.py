"""Taking along, bringing back and erasing, in a real browser."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.door import set_passphrase
from tests.e2e.writing import expect_kept
from tests.e2e.writing import write as begin

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

WORDS = "a heron stood in the shallow water"


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A server of this test's own: what is in it is this test's to take away."""
    thaw = start_thaw(tmp_path / "thaw", clips=None)
    yield thaw
    thaw.stop()


def write(page: Page) -> None:
    """Write a note and wait until it is kept."""
    begin(page, WORDS)
    expect_kept(page)


def make_code(page: Page) -> str:
    """Make the recovery code for backups and return its twelve words."""
    page.goto("/me/take")
    page.get_by_role("link", name="Make a recovery code").click()
    page.get_by_role("button", name="Show me a code").click()
    expect(page.locator(".recovery-code li")).to_have_count(12)
    expect_in_order(page)
    words = page.locator(".recovery-code li").all_inner_texts()
    page.get_by_role("link", name="I have it on paper").click()
    expect(page.get_by_label(re.compile(r"^Word \d+$"))).to_have_count(2)
    expect_in_order(page)
    for field in page.get_by_label(re.compile(r"^Word \d+$")).all():
        label = page.locator(f'label[for="{field.get_attribute("id")}"]').inner_text()
        field.fill(words[int(label.removeprefix("Word ")) - 1])
    page.get_by_role("button", name="Use this code").click()
    return " ".join(words)


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """Press a button that brings a file, and return where it is."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def erase(page: Page) -> None:
    page.goto("/me/erase")
    page.get_by_label("Type the words").fill("erase everything")
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", name="Everything is erased")).to_be_visible()


def texts_of(page: Page) -> str:
    page.goto("/write/list")
    return page.locator("main").inner_text()


def test_the_pages_are_in_order(page: Page) -> None:
    for address in ("/me/take", "/me/take/code", "/me/erase"):
        page.goto(address)
        expect_in_order(page)
    make_code(page)
    page.goto("/me/take")
    expect(page.get_by_role("button", name="Make a backup")).to_be_visible()
    expect_in_order(page)


def test_a_backup_comes_back_after_everything_was_erased(
    page: Page, thaw: Thaw, tmp_path: Path
) -> None:
    write(page)
    code = make_code(page)
    backup = downloaded(page, "Make a backup", tmp_path)
    assert re.fullmatch(r"backup-\d{4}-\d\d-\d\d\.bin", backup.name)
    erase(page)
    expect_in_order(page)
    page.goto(thaw.link())
    assert WORDS not in texts_of(page)
    page.goto("/me/take")
    section = page.get_by_role("region", name="Put a backup back")
    section.get_by_label("The backup").set_input_files(backup)
    section.get_by_label("Or its recovery code").fill(code)
    section.get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("heading", name="It is back")).to_be_visible()
    expect_in_order(page)
    assert WORDS in texts_of(page)


def test_with_a_passphrase_a_wrong_one_is_said_and_nothing_changes(
    page: Page, tmp_path: Path, watch: Watch
) -> None:
    watch.allow("the server responded with a status of 422")
    write(page)
    set_passphrase(page)
    page.goto("/me/take")
    backup = downloaded(page, "Make a backup", tmp_path)
    section = page.get_by_role("region", name="Put a backup back")
    section.get_by_label("The backup").set_input_files(backup)
    section.get_by_label("Its passphrase").fill("something else entirely")
    section.get_by_label("Put what is here aside").check()
    section.get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("alert")).to_contain_text("not the passphrase")
    expect_in_order(page)
    assert WORDS in texts_of(page)


def test_a_copy_to_read_goes_out_and_comes_in(page: Page, thaw: Thaw, tmp_path: Path) -> None:
    write(page)
    page.goto("/me/take")
    copy = downloaded(page, "Make a copy to read", tmp_path)
    with zipfile.ZipFile(copy) as packed:
        (note,) = [name for name in packed.namelist() if name.startswith("notes/")]
        assert WORDS in packed.read(note).decode()
    erase(page)
    page.goto(thaw.link())
    page.goto("/me/take")
    section = page.get_by_role("region", name="Bring a copy in")
    section.get_by_label("The file").set_input_files(copy)
    section.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("New: 1")).to_be_visible()
    expect_in_order(page)
    assert WORDS in texts_of(page)


def test_without_the_words_nothing_is_erased_and_it_works_by_keyboard(
    page: Page, watch: Watch
) -> None:
    watch.allow("the server responded with a status of 422")
    write(page)
    page.goto("/me/erase")
    page.get_by_label("Type the words").focus()
    page.keyboard.type("everything")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was erased")
    expect_in_order(page)
    assert WORDS in texts_of(page)
