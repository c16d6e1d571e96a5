"""A whole evening, as it is lived: from how it is, through what is tapped, to a line about it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Thaw, start_thaw
from tests.e2e.steps import (
    BEGUN,
    VOICED_MS,
    begin,
    choose_voice,
    cues,
    expect_heading,
    line,
    now,
    play,
    read_first,
    seek,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

INWARD = re.compile(r"further in|tension|from the head to the toes|attention to", re.IGNORECASE)


@pytest.fixture
def thaw(tmp_path: Path) -> Iterator[Thaw]:
    """A Thaw of a person who has no days behind them."""
    thaw = start_thaw(tmp_path / "thaw")
    yield thaw
    thaw.stop()


def tap(page: Page, name: str) -> None:
    """Tap an answer, on the page or among the others."""
    button = page.locator("[data-taps]").get_by_role("button", name=name)
    if not button.is_visible():
        page.get_by_role("button", name="Something else").click()
    button.click()


def revision(page: Page) -> int:
    source = page.locator("thaw-sitting audio").evaluate("(audio) => audio.currentSrc")
    return int(re.findall(r"/(\d+)\.", source)[0])


def answered(page: Page, before: int) -> None:
    until(page, lambda: revision(page) > before, "the answer has taken over", patience_s=40)


def transcript(page: Page) -> str:
    """Return all the words of what is held now."""
    address = f"{page.url.rstrip('/')}/{revision(page)}.txt"
    return page.request.get(address).text()


def test_an_evening_from_the_check_in_through_three_answers_to_a_line(page: Page) -> None:
    page.goto("/check-in")
    page.get_by_role("radio", name="0 nothing").check()
    page.get_by_text("A few more words").click()
    page.get_by_role("checkbox", name="nothing clear").check()
    page.get_by_role("button", name="Done").last.click()
    expect_heading(page, "Thank you. It is kept.")

    page.goto("/today")
    page.get_by_role("link", name=re.compile("Sit with me for")).click()
    choose_voice(page, words=True)
    page.locator("[data-begin]").click()
    page.wait_for_url(BEGUN, timeout=VOICED_MS)
    read_first(page)
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    length = float(page.locator("thaw-sitting").get_attribute("data-total") or 0)
    play(page)
    heard = cues(page)

    for number, name in enumerate(("Nothing", "Restless", "Fewer words")):
        before = revision(page)
        seek(page, max(now(page), heard[number]["start_s"] + 0.3))
        tap(page, name)
        expect(
            page.locator("[data-said], [data-answer]").filter(has_text=re.compile(r"\w")).first
        ).to_be_visible(timeout=1_000)
        answered(page, before)
        assert float(page.locator("thaw-sitting").get_attribute("data-total") or 0) == length

    page.keyboard.press("Escape")
    expect_heading(page, "Stopped. It is quiet now.")
    page.get_by_role("link", name="Go on").click()
    expect_heading(page, "How was that?")
    page.get_by_label("A line for the journal").fill("Little came, and that was all right.")
    page.get_by_role("button", name="The same", exact=True).click()
    expect_heading(page, "Thank you.")
    page.goto("/write/list")
    expect(page.get_by_text("Little came, and that was all right.")).to_be_visible()
    page.goto("/today")
    expect(page.locator(".button.filled")).to_have_count(1)


def test_unreal_during_a_look_through_the_body_turns_it_outward_for_the_day(page: Page) -> None:
    begin(page, "thawing", minutes=5, words=True)
    assert INWARD.search(transcript(page))
    play(page)
    before, second = revision(page), cues(page)[1]
    seek(page, second["start_s"] + 0.3)

    tap(page, "Unreal")

    answered(page, before)
    after = transcript(page)
    assert not INWARD.search(after)
    expect(page.locator("[data-offers]").get_by_role("button")).to_have_count(2)
    first = page.locator("[data-offers]").get_by_role("button").first
    expect(first).to_contain_text("sounds, sight")
    until(page, lambda: (line(page).text_content() or "-") in after, "it speaks of this room")

    page.goto("/today")
    expect(page.get_by_role("link", name="Thawing")).to_have_count(0)
    expect(page.get_by_text("unreal", exact=False).first).to_be_visible()
