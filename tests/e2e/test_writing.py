"""Writing: kept as one writes, and never lost between."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.conftest import Thaw, Watch, start_thaw
from tests.e2e.steps import until
from tests.e2e.writing import (
    NOTES,
    away,
    drafts,
    expect_kept,
    expect_not_kept,
    expect_text,
    write,
    written,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]


@pytest.fixture(scope="module")
def thaw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thaw]:
    """A server of these tests' own; each writes texts of its own."""
    thaw = start_thaw(tmp_path_factory.mktemp("thaw") / "writing")
    yield thaw
    thaw.stop()


def test_what_is_written_is_kept_by_itself_and_stands_there_after_a_reload(page: Page) -> None:
    page.goto("/write")
    expect(page.locator("[data-status]")).to_have_text("It is kept as you write.")
    page.keyboard.press("Tab")
    page.get_by_label("Anything, in any words").press_sequentially("One quiet line.")
    expect_not_kept(page)
    expect_kept(page)
    assert "One quiet" not in page.url
    until(page, lambda: drafts(page) == [], "the draft is gone once it is kept")
    page.reload()
    expect_text(page, "One quiet line.")
    page.get_by_label("Anything, in any words").press_sequentially(" And one more.")
    expect_kept(page)
    assert written(page, "One quiet") == ["One quiet line. And one more."]


def test_while_someone_goes_on_typing_it_is_kept_too(page: Page) -> None:
    page.goto("/write")
    with page.expect_response(NOTES) as kept:
        page.get_by_label("Anything, in any words").press_sequentially("word " * 12, delay=80)
    assert kept.value.status == 200
    expect_kept(page)
    assert written(page, "word word") == [("word " * 12).strip()]


def test_a_note_is_written_and_kept_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/write")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("By hand.")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Keep":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you. It is kept.")).to_be_visible()
    assert written(page, "By hand") == ["By hand."]


def test_a_word_and_a_colour_are_kept_as_they_are_chosen(page: Page) -> None:
    page.goto("/write/word")
    page.get_by_label("One word for now").fill("fog")
    expect_kept(page)
    page.goto("/write/colour")
    page.get_by_label("grey").check()
    expect_kept(page)
    page.goto("/write")
    page.get_by_role("button", name="Nothing today").click()
    expect(page.get_by_role("heading", name="Thank you. It is kept.")).to_be_visible()
    page.goto("/write/list")
    for words in ("Nothing today", "grey", "fog"):
        expect(page.locator(".notes .lead").get_by_text(words)).to_be_visible()


def test_nothing_written_is_no_note(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    write(page, "   ")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Nothing is written yet.")).to_have_count(1)
    assert set(asked) == {"GET"}


def test_a_way_to_begin_goes_into_the_field(page: Page) -> None:
    page.goto("/write")
    page.get_by_text("A way to begin").click()
    beginning = page.locator("[data-beginning] button").first
    words = beginning.inner_text()
    beginning.click()
    expect_text(page, f"{words} ")
    expect(page.locator("textarea[name=text]")).to_be_focused()


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("Keep both, as two notes", {"one", "another"}),
        ("Keep mine, above", {"another"}),
        ("Keep the other", {"one"}),
    ],
)
def test_two_pages_with_one_note_show_two_texts_and_lose_none(
    page: Page, context: BrowserContext, watch: Watch, choice: str, left: set[str]
) -> None:
    watch.allow("the server responded with a status of 409")
    one, another = (f"{which}: {choice}" for which in ("From one page", "From another"))
    write(page, "The beginning.")
    expect_kept(page)
    other = context.new_page()
    other.goto(page.url)
    write(page, one, page.url)
    expect_kept(page)
    other.locator("textarea[name=text]").fill(another)
    expect(other.get_by_role("heading", name="There are two texts now")).to_be_focused()
    expect(other.locator(".two-texts .written")).to_have_text(one)
    expect_text(other, another)
    expect_not_kept(other)
    other.get_by_role("button", name=choice).click()
    other.wait_for_url(NOTES)
    expect(other.get_by_role("heading", name="There are two texts now")).to_have_count(0)
    until(other, lambda: drafts(other) == [], "the draft is gone once it is settled")
    texts = {"one": one, "another": another}
    assert set(written(other, choice)) == {texts[each] for each in left}
    other.goto("/write/trash")
    aside = other.locator(".notes .written").filter(has_text=choice)
    expect(aside).to_have_text([text for each, text in texts.items() if each not in left])


def test_with_the_line_lost_one_goes_on_and_it_is_kept_when_it_is_back(
    page: Page, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    write(page, "Before.")
    expect_kept(page)
    page.context.set_offline(True)
    page.locator("textarea[name=text]").fill("Before, and after.")
    expect(page.locator("[data-trouble]")).to_contain_text("Thaw does not answer just now.")
    expect_not_kept(page)
    page.locator("textarea[name=text]").fill("Before, and long after.")
    page.context.set_offline(False)
    expect_kept(page)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    assert written(page, "Before") == ["Before, and long after."]


def test_a_save_whose_answer_was_lost_is_no_second_text(page: Page, watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "PUT" or lost:
            route.fallback()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.context.route(NOTES, lose)
    write(page, "It arrived.")
    until(page, lambda: lost == [200], "the server has it")
    page.locator("textarea[name=text]").fill("It arrived, and then more.")
    expect_kept(page)
    expect(page.locator(".two-texts")).to_have_count(0)
    assert written(page, "It arrived") == ["It arrived, and then more."]


def crash(session: CDPSession) -> None:
    """End the page's process; who ends does not answer."""
    with suppress(PlaywrightError):
        session.send("Page.crash", timeout=1_000)


def test_a_draft_outlives_a_killed_page(page: Page, context: BrowserContext, watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    page.route(NOTES, away)
    write(page, "Not kept by anyone.")
    until(page, lambda: len(drafts(page)) == 1, "the draft is there")
    session = context.new_cdp_session(page)
    with page.expect_event("crash"):
        crash(session)
    other = context.new_page()
    other.goto("/write")
    expect_text(other, "Not kept by anyone.")
    expect_kept(other)
    until(other, lambda: drafts(other) == [], "the draft is gone once it is kept")
    assert written(other, "Not kept by") == ["Not kept by anyone."]


def test_what_a_page_could_not_send_is_sent_by_the_next_one(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    watch.allow("ERR_FAILED")
    write(page, "A note.")
    expect_kept(page)
    context.route(NOTES, away)
    page.locator("textarea[name=text]").fill("A note, changed.")
    until(page, lambda: len(drafts(page)) == 1, "the draft is there")
    page.goto("/library")
    context.unroute(NOTES, away)
    with page.expect_response(NOTES) as kept:
        page.reload()
    assert kept.value.status == 200
    assert written(page, "A note") == ["A note, changed."]


def test_a_full_disk_is_said_and_the_text_stays(page: Page, watch: Watch) -> None:
    watch.allow("the server responded with a status of 507")
    full = {"code": "store.full", "message": "The disk is full."}

    def refuse(route: Route) -> None:
        if route.request.method == "PUT":
            route.fulfill(status=507, json=full)
        else:
            route.fallback()

    page.context.route(NOTES, refuse)
    write(page, "No room for this.")
    expect(page.locator("[data-trouble]")).to_contain_text("The disk is full")
    expect_not_kept(page)
    assert len(drafts(page)) == 1
    page.context.unroute(NOTES, refuse)
    expect_kept(page)
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_more_than_a_note_can_hold_is_said_and_the_text_stays(page: Page, watch: Watch) -> None:
    watch.allow("the server responded with a status of 413")
    long = "a" * (2**20 + 1)
    page.goto("/write")
    page.locator("textarea[name=text]").evaluate(
        """(field, text) => {
          field.value = text;
          field.dispatchEvent(new Event('input', {bubbles: true}));
        }""",
        long,
    )
    expect(page.locator("[data-trouble]")).to_contain_text("more than one note can hold")
    expect(page.locator("[data-trouble]")).to_contain_text("It stays on this page.")
    assert len(drafts(page)) == 1
    page.locator("textarea[name=text]").fill("Shorter.")
    expect_kept(page)


def test_a_note_goes_to_the_trash_and_comes_back(page: Page) -> None:
    write(page, "Away for a while.")
    expect_kept(page)
    page.reload()
    page.get_by_role("button", name="Put it in the trash").click()
    expect(page.get_by_text("It lies in the trash for 30 days.")).to_be_visible()
    page.goto("/write/trash")
    card = page.locator(".notes li").filter(has_text="Away for a while.")
    card.get_by_role("button", name="Put back").click()
    expect_text(page, "Away for a while.")
    assert written(page, "Away for") == ["Away for a while."]


def test_a_note_deleted_elsewhere_becomes_a_new_one(
    page: Page, context: BrowserContext, watch: Watch
) -> None:
    watch.allow("the server responded with a status of 404")
    write(page, "Deleted there.")
    expect_kept(page)
    other = context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Put it in the trash").click()
    other.goto("/write/trash")
    card = other.locator(".notes li").filter(has_text="Deleted there.")
    card.get_by_role("button", name="Delete for good").click()
    other.wait_for_url("**/write/trash")
    page.locator("textarea[name=text]").fill("Deleted there, written on here.")
    expect_kept(page)
    assert written(page, "Deleted there") == ["Deleted there, written on here."]


def test_what_is_sent_is_as_the_server_reads_it(page: Page) -> None:
    page.goto("/write")
    page.get_by_text("Tags, and another day").click()
    page.get_by_label("Tags, with commas").fill("sea, , fog")
    page.get_by_label("The day it belongs to").fill("2026-11-01")
    with page.expect_request(NOTES) as sent:
        page.locator("textarea[name=text]").fill("Two\nlines.")
    body = json.loads(sent.value.post_data or "")
    assert body == {
        "kind": "note",
        "text": "Two\nlines.",
        "word": "",
        "colour": "",
        "tags": ["sea", "fog"],
        "day": "2026-11-01",
        "sitting": None,
        "version": 0,
    }
    assert sent.value.url.rsplit("/", 1)[1][14] == "7"
    expect_kept(page)
    page.goto("/write/calendar/2026-11")
    page.get_by_role("link", name="Sunday, 1 November").click()
    expect(page.locator(".notes .written")).to_have_count(1)
    assert page.locator(".notes .written").all_inner_texts() == ["Two\nlines."]
