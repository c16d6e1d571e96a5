"""A sitting that answers: what is heard of it, and what is seen, whatever happens on the way."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch
from tests.e2e.ears import Stretch, heard, listen, planned, shifts
from tests.e2e.steps import (
    begin,
    cues,
    expect_heading,
    expect_line,
    expect_silence,
    now,
    paused,
    play,
    seek,
    total,
    until,
)
from tests.e2e.tapping import (
    HIDE,
    REMEMBER_PLAYS,
    SLOW_BYTES_S,
    answer_shown,
    body_of,
    buffered,
    button,
    follow,
    hear_answer,
    limit,
    never,
    note,
    revision,
    said,
    slow_down,
    source,
    told,
    wait_for_voice,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

MOST_LONGER_S = 0.3
"""By so much a silence may grow where another sound takes over."""


def expect_as_planned(taped: list[Stretch], of: list[Stretch]) -> None:
    """Nothing is cut or heard twice, and no silence grew by more than it may."""
    came = shifts(taped, of)
    assert len(came) >= 3, taped
    assert max(later - earlier for earlier, later in pairwise(came)) <= MOST_LONGER_S, came
    assert max(came) - min(came) <= MOST_LONGER_S, came


def test_the_voice_answers_after_the_line_and_nothing_is_cut_or_heard_twice(page: Page) -> None:
    listen(page)
    begin(page)
    first = cues(page)[0]
    wait_for_voice(page, "nothing", first["end_s"] - 1)
    play(page)
    until(page, lambda: now(page) > 1, "the first line is heard")
    button(page, "Nothing").click()
    follow(page)
    assert first["end_s"] <= now(page)
    answered_at = now(page)
    until(page, lambda: now(page) > answered_at + 9, "the answer was said")
    plan = planned(page, source(page))
    expect_as_planned(heard(page)[:-1], plan)
    assert abs(total(page) - 120) < 0.03


def test_three_answers_one_after_the_other_keep_every_word(page: Page) -> None:
    listen(page)
    begin(page, "thawing", minutes=5)
    wait_for_voice(page, "sleepy", 5)
    play(page)
    for key in ("n", "3", "2"):
        page.wait_for_timeout(2000)
        hear_answer(page, key)
    at = now(page)
    until(page, lambda: now(page) > at + 6, "the last answer is said")
    plan = planned(page, source(page))
    expect_as_planned(heard(page)[:-1], plan)


def test_on_a_slow_line_the_sound_goes_on_until_the_answer_is_ready(page: Page) -> None:
    listen(page)
    begin(page)
    wait_for_voice(page, "nothing", 5)
    play(page)
    until(page, lambda: buffered(page) > total(page) - 1, "what plays is there", patience_s=60)
    line = slow_down(page)
    button(page, "Nothing").click()
    expect(said(page)).to_contain_text("Heard")
    follow(page, patience_s=100)
    assert not paused(page)
    at = now(page)
    until(page, lambda: now(page) > at + 8, "the answer was said", patience_s=60)
    limit(line, -1)
    plan = planned(page, source(page))
    expect_as_planned(heard(page)[:-1], plan)


def test_on_a_line_for_one_sound_that_sound_is_not_held_up(page: Page) -> None:
    begin(page)
    wait_for_voice(page, "nothing", 5)
    line = slow_down(page)
    limit(line, SLOW_BYTES_S / 2)
    play(page)
    button(page, "Nothing").click()
    expect(answer_shown(page)).not_to_be_empty(timeout=90_000)
    assert revision(page) == 1
    assert not paused(page)
    limit(line, -1)


def test_a_tap_is_shown_before_anyone_is_asked(page: Page) -> None:
    begin(page)
    play(page)
    page.route("**/sit/*/respond", never)
    shown_ms = page.evaluate(
        """() => {
          const began = performance.now();
          const button = document.querySelector('[data-answers] [value="nothing"]');
          button.click();
          const said = document.querySelector("thaw-sitting [data-said]").textContent;
          return [performance.now() - began, said, button.classList.contains("tapped")];
        }"""
    )
    assert shown_ms[0] < 300
    assert shown_ms[1:] == ["Heard: Nothing.", True]
    expect(said(page)).to_have_attribute("role", "status")


def test_the_first_press_of_play_lets_both_elements_play(page: Page) -> None:
    page.add_init_script(REMEMBER_PLAYS)
    begin(page)
    play(page)
    count = "new Set(window.plays.filter(([, pressed]) => pressed).map(([one]) => one)).size"
    assert page.evaluate(count) == 2
    assert page.locator("thaw-sitting audio").count() == 1


@pytest.mark.parametrize("trouble", ["lost", "broken"])
def test_a_request_that_fails_is_said_and_asked_again_while_the_sound_goes_on(
    page: Page, watch: Watch, trouble: str
) -> None:
    watch.allow("Failed to load resource")
    begin(page)
    wait_for_voice(page, "nothing", 4)
    asked: list[Any] = []

    def fail(route: Route) -> None:
        asked.append(body_of(route.request))
        if len(asked) > 1:
            route.continue_()
        elif trouble == "lost":
            route.abort()
        else:
            route.fulfill(status=500, json={"error": {"code": "page.failed", "message": "No."}})

    page.route("**/sit/*/respond", fail)
    play(page)
    button(page, "Nothing").click()
    expect(page.locator("[data-trouble]")).to_contain_text("your tap is kept")
    assert not paused(page)
    follow(page)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    assert len({one["tap"] for one in asked[:2]}) == 1


def test_a_request_that_is_never_answered_holds_nothing_up(page: Page) -> None:
    begin(page)
    page.route("**/sit/*/respond", never)
    play(page)
    seek(page, cues(page)[0]["end_s"] - 0.5)
    button(page, "Too much").click()
    before = now(page)
    until(page, lambda: now(page) > before + 4, "the next line comes")
    assert not paused(page)
    expect(page.locator("[data-trouble]")).to_contain_text("your tap is kept")
    expect(answer_shown(page)).to_contain_text("The eyes can be open.")
    button(page, "Stop").click()
    expect_heading(page, "Stopped")


def test_sound_that_never_comes_holds_nothing_up(page: Page, watch: Watch) -> None:
    watch.allow("Failed to load resource")
    begin(page)
    wait_for_voice(page, "nothing", 4)
    page.route(re.compile(r"/audio/.*/(?!1\.)\d+\.mp[34]"), lambda route: route.abort())
    play(page)
    button(page, "Nothing").click()
    expect(page.locator("[data-trouble]")).to_contain_text("What plays goes on")
    expect(answer_shown(page)).not_to_be_empty()
    before = now(page)
    until(page, lambda: now(page) > before + 2, "it plays on")
    assert revision(page) == 1


def test_a_page_that_nobody_sees_is_answered_too(page: Page) -> None:
    listen(page)
    page.add_init_script(HIDE)
    begin(page)
    wait_for_voice(page, "nothing", 6)
    play(page)
    until(page, lambda: now(page) > 1, "the first line is heard")
    button(page, "Nothing").click()
    page.evaluate("hide()")
    follow(page, patience_s=60)
    at = now(page)
    until(page, lambda: now(page) > at + 8, "the answer was said")
    plan = planned(page, source(page))
    expect_as_planned(heard(page)[:-1], plan)


def test_an_answer_in_writing_stays_until_it_could_be_read(page: Page) -> None:
    begin(page)
    offers = [{"kind": "fine", "label": "Go on, eyes open"}, {"kind": "end", "label": "End gently"}]
    reply = told(offers=offers, sentence="It was too much, so this comes to its end.")
    page.route("**/sit/*/respond", lambda route: route.fulfill(json=reply))
    play(page)
    began = page.evaluate("performance.now()")
    button(page, "Too much").click()
    expect(answer_shown(page)).to_have_text("Back to this room.")
    expect(page.locator("[data-why]")).to_have_text("It was too much, so this comes to its end.")
    go_on = button(page, "Go on, eyes open")
    expect(go_on).to_be_visible()
    seek(page, cues(page)[1]["start_s"] + 0.2)
    expect_line(page, cues(page)[1]["text"])
    expect(answer_shown(page)).to_be_visible()
    until(page, lambda: answer_shown(page).is_hidden(), "it goes", patience_s=30)
    assert page.evaluate("performance.now()") - began >= 8000
    page.unroute("**/sit/*/respond")
    page.route("**/sit/*/respond", lambda route: route.fulfill(json=told(answer=["Fine."])))
    go_on.click()
    expect(go_on).to_have_count(0)
    expect(page.locator("[data-why]")).to_be_hidden()
    expect(answer_shown(page)).to_have_text("Fine.")


def test_too_much_leads_to_the_close_and_going_on_takes_that_back(page: Page) -> None:
    begin(page, minutes=4)
    wait_for_voice(page, "too-much", 4)
    wait_for_voice(page, "fine", 4)
    play(page)
    button(page, "Too much").click()
    follow(page)
    assert total(page) < 180
    button(page, "Go on, eyes open").click()
    follow(page)
    assert abs(total(page) - 240) < 0.03


def test_keys_give_answers_and_open_nothing_that_hides_stop(page: Page) -> None:
    begin(page)
    asked: list[str] = []

    page.route("**/sit/*/respond", lambda route: note(route, asked))
    play(page)
    page.keyboard.press("n")
    until(page, lambda: asked == ["nothing"], "N is nothing")
    button(page, "Something else").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Something else")).to_have_attribute("aria-expanded", "true")
    printed = page.locator("[data-kinds] kbd").all_inner_texts()
    assert printed == list("1234567890")
    expect(button(page, "Stop")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(page.locator("[data-kinds] button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-kinds]")).to_be_hidden()
    expect(button(page, "Something else")).to_be_focused()
    page.keyboard.press("4")
    until(page, lambda: asked[-1] == "wandering", "4 is as printed")
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("One key is one answer").uncheck()
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("5")
    page.keyboard.press("Escape")
    expect_heading(page, "Stopped")
    assert asked == ["nothing", "wandering"]


def test_a_half_of_the_screen_can_be_one_answer(page: Page) -> None:
    begin(page, words=True)
    asked: list[str] = []

    page.route("**/sit/*/respond", lambda route: note(route, asked))
    play(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("The left half").select_option("nothing")
    page.get_by_label("The right half").select_option("too-much")
    page.get_by_role("button", name="Settings").click()
    page.mouse.click(60, 400)
    page.mouse.click(1200, 300)
    until(page, lambda: asked == ["nothing", "too-much"], "either half answers")
    expect(page.get_by_role("button", name="Nothing, left or upper half")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.mouse.click(195, 120)
    until(page, lambda: asked[-1] == "nothing", "the upper half is the left one")
    for name in ("Help now", "Leave"):
        page.get_by_role("link", name=name).click(trial=True)
    button(page, "Stop").click()
    expect_heading(page, "Stopped")
    expect(page.locator("[data-half='left']")).to_be_hidden()


def test_a_sitting_of_words_answers_as_well(page: Page) -> None:
    begin(page, words=True)
    play(page)
    first = cues(page)[0]
    seek(page, first["end_s"] - 2)
    button(page, "Nothing").click()
    follow(page)
    shown = page.evaluate("document.querySelector('[data-line]').textContent")
    until(page, lambda: (page.locator("[data-line]").text_content() or "") != shown, "it is read")
    expect_silence(page)


def test_another_page_of_the_same_sitting_catches_up(page: Page, watch: Watch) -> None:
    watch.allow("status of 409")
    begin(page)
    wait_for_voice(page, "nothing", 4)
    other = page.context.new_page()
    other.goto(page.url)
    until(other, lambda: total(other) > 0, "the sound is there")
    play(page)
    button(page, "Nothing").click()
    follow(page)
    page.evaluate("document.querySelector('thaw-sitting audio').pause()")
    play(other)
    other.locator("button[value=sleepy]").dispatch_event("click")
    follow(other)
    until(other, lambda: revision(other) > revision(page), "it is answered there", patience_s=60)
    assert not paused(other)


def test_what_was_heard_is_told_and_the_way_goes_on_from_there(page: Page) -> None:
    reports: list[Any] = []
    page.on(
        "request",
        lambda asked: reports.append(body_of(asked)) if "/heard" in asked.url else None,
    )
    begin(page)
    play(page)
    until(page, lambda: now(page) > 1.5, "it is heard")
    seek(page, total(page) - 2)
    expect_heading(page, "That was all of it.")
    go_on = page.get_by_role("link", name="Go on")
    expect(go_on).to_have_attribute("href", re.compile(r"^/after/"))
    assert reports[-1]["how"] == "ended"
    assert 2 < reports[-1]["heard_s"] < 20


def test_a_stop_is_told_and_offers_to_go_on(page: Page) -> None:
    begin(page)
    play(page)
    until(page, lambda: now(page) > 1.5, "it is heard")
    with page.expect_request("**/heard") as report:
        button(page, "Stop").click()
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    assert body_of(report.value)["how"] == "stopped"


def test_with_everything_open_the_page_is_in_order(page: Page) -> None:
    begin(page, words=True)
    offers = [{"kind": "fine", "label": "Go on, eyes open"}, {"kind": "end", "label": "End now"}]
    reply = told(offers=offers, sentence="It was too much, so this comes to its end.")
    page.route("**/sit/*/respond", lambda route: route.fulfill(json=reply))
    play(page)
    button(page, "Too much").click()
    expect(button(page, "Go on, eyes open")).to_be_visible()
    expect_in_order(page)
    page.set_viewport_size({"width": 320, "height": 568})
    expect(button(page, "Stop")).to_be_in_viewport(ratio=1)
    button(page, "Something else").click()
    expect(button(page, "Stop")).to_be_in_viewport(ratio=1)
    expect_in_order(page)


def test_without_scripts_a_tap_is_answered_on_the_page(
    browser: Browser, thaw: Thaw, watch: Watch
) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    watch.attend(context)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/library/five-things?minutes=2")
    page.locator('input[name="voice"]').last.check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*")
    button(page, "Restless").click()
    expect(answer_shown(page)).not_to_be_empty()
    button(page, "Stop").click()
    expect(page.locator(".four li")).to_have_count(4)
    expect(page.get_by_role("button", name="Hear a close")).to_be_hidden()
    button(page, "Done").click()
    page.wait_for_url("**/after/*")
    context.close()
