"""Every page: found by axe to be in order, whole at every width, and there without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch
from tests.e2e.door import PASSPHRASE
from tests.e2e.steps import begin, open_practice, play
from tests.e2e.writing import expect_kept, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


def voice_or_words(page: Page) -> None:
    page.goto("/first")


def library(page: Page) -> None:
    page.goto("/library")


def practice(page: Page) -> None:
    open_practice(page, "five-things", minutes=10)
    page.get_by_text("Read all of it first").click()
    page.get_by_text("What to leave out, pace, and more").click()
    page.locator('input[name="voice"]').last.check()


def practice_out_of_reach(page: Page) -> None:
    open_practice(page, "five-things", minutes=58)
    page.get_by_role("button", name="Take ").first.wait_for()


def sitting(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.get_by_role("button", name="Pause").click()


def settings(page: Page) -> None:
    begin(page, words=True)
    page.get_by_role("button", name="Settings").click()


def stopped(page: Page) -> None:
    begin(page, words=True)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Read a close").click()


def ended(page: Page) -> None:
    begin(page, words=True)
    play(page)
    page.evaluate("document.querySelector('audio').currentTime = 119.9")
    page.get_by_role("heading", name="That was all of it.").wait_for()


def help_page(page: Page) -> None:
    page.goto("/help")
    page.get_by_label("Where are you?").select_option(label="United Kingdom")


def help_dialog(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Help now").click()
    page.get_by_label("Where are you?").select_option(label="United Kingdom")


def leave(page: Page) -> None:
    page.goto("/leave")


def unknown(page: Page) -> None:
    page.goto("/library/five-thing")


def writing(page: Page) -> None:
    write(page, "A few words, so that there is something to look at.")
    expect_kept(page)
    page.get_by_text("Tags, and another day").click()
    page.get_by_text("A way to begin").click()


def one_word(page: Page) -> None:
    page.goto("/write/word")


def a_colour(page: Page) -> None:
    page.goto("/write/colour")
    page.get_by_label("grey").check()


def kept(page: Page) -> None:
    write(page, "Kept, and looked at.")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("heading", name="Thank you. It is kept.").wait_for()


def two_texts(page: Page) -> None:
    write(page, "The beginning.")
    expect_kept(page)
    other = page.context.new_page()
    write(other, "One end.", page.url)
    expect_kept(other)
    other.close()
    page.locator("textarea[name=text]").fill("Another end.")
    page.get_by_role("heading", name="There are two texts now").wait_for()


def written(page: Page) -> None:
    writing(page)
    page.goto("/write/list")


def month(page: Page) -> None:
    writing(page)
    page.goto("/write/calendar")


def searched(page: Page) -> None:
    writing(page)
    page.goto("/write/search")
    page.get_by_label("Words to look for").fill("few words")
    page.get_by_role("button", name="Search").click()
    page.locator("mark").first.wait_for()


def trash(page: Page) -> None:
    writing(page)
    page.reload()
    page.get_by_role("button", name="Put it in the trash").click()
    page.goto("/write/trash")


def me(page: Page) -> None:
    page.goto("/me")


def privacy(page: Page) -> None:
    page.goto("/me/privacy")


def new_passphrase(page: Page) -> None:
    page.goto("/me/privacy/passphrase")


def recovery_code(page: Page) -> None:
    page.goto("/me/privacy/passphrase")
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same once more").fill(PASSPHRASE)
    page.get_by_role("button", name="Go on to the recovery code").click()
    page.locator(".recovery-code").wait_for()


def words_typed_back(page: Page) -> None:
    recovery_code(page)
    page.get_by_role("link", name="I have it on paper").click()


def take_along(page: Page) -> None:
    page.goto("/me/take")


def erasing(page: Page) -> None:
    page.goto("/me/erase")


def covered(page: Page) -> None:
    page.goto("/write")
    page.get_by_role("button", name="Cover").click()
    page.get_by_role("heading", name="This page is covered.").wait_for()


def cover(page: Page) -> None:
    page.goto("/cover")


def away(page: Page) -> None:
    page.goto("/away")


def closed(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/write")


PAGES = (
    voice_or_words,
    library,
    practice,
    practice_out_of_reach,
    sitting,
    settings,
    stopped,
    ended,
    help_page,
    help_dialog,
    leave,
    unknown,
    writing,
    one_word,
    a_colour,
    kept,
    two_texts,
    written,
    month,
    searched,
    trash,
    me,
    privacy,
    new_passphrase,
    recovery_code,
    words_typed_back,
    take_along,
    erasing,
    covered,
    cover,
    away,
    closed,
)


@pytest.mark.parametrize("show", PAGES)
def test_axe_finds_nothing_in_either_colours_and_nothing_is_cut_off(
    page: Page, watch: Watch, show: Callable[[Page], None]
) -> None:
    watch.allow("Failed to load resource: the server responded with a status of 4")
    show(page)
    expect_in_order(page)


def test_the_ways_out_are_in_sight_on_the_smallest_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    begin(page, words=True)
    for button in ("Stop", "End gently", "Play"):
        expect(page.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Settings").click()
    stop = page.get_by_role("button", name="Stop")
    box = stop.bounding_box()
    assert box
    assert (
        page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).textContent",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        ).strip()
        == "Stop"
    )


def test_targets_are_large(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    for show, least in ((voice_or_words, 44), (sitting, 44)):
        show(page)
        for target in page.locator("a:visible, button:visible").all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= least or target.evaluate("(t) => t.className === 'skip'")


def test_everything_needed_is_there_without_scripts(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=thaw.address)
    watch = Watch(thaw.address)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/library/five-things?minutes=3")
    page.get_by_text("Read all of it first").click()
    expect(page.locator(".text section").first).to_be_visible()
    page.get_by_label("Words on the screen").check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*")
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("link", name="The words as text")).to_be_visible()
    page.get_by_role("link", name="Help now").click()
    expect(page.get_by_role("link", name="Call 911").first).to_be_visible()
    expect(page.get_by_label("Where are you?")).to_be_hidden()
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("Empty page")
    context.close()
    watch.judge()
