import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.steps import (
    SOUND,
    VOICED_MS,
    begin,
    cues,
    expect_heading,
    expect_line,
    expect_silence,
    line,
    loudest,
    now,
    paused,
    play,
    seek,
    total,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

REMEMBER_MEDIA_KEYS = """
window.mediaKeys = {};
const set = MediaSession.prototype.setActionHandler;
MediaSession.prototype.setActionHandler = function (action, act) {
  window.mediaKeys[action] = act;
  set.call(this, action, act);
};
"""


def source(page: Page) -> str:
    return str(page.evaluate("document.querySelector('thaw-sitting audio').currentSrc"))


def test_pressing_play_gives_sound_and_the_words_that_are_said(page: Page) -> None:
    begin(page)
    expect(line(page)).to_have_text("Press play when you are ready.")
    play(page)
    first = cues(page)[0]
    seek(page, first["start_s"] + 0.2)
    expect_line(page, first["text"])
    before = now(page)
    until(page, lambda: loudest(page, looks=3) > SOUND, "the sound is heard")
    assert now(page) > before
    assert "/1.mp4" in source(page)


def test_the_sitting_lasts_as_long_as_was_chosen(page: Page) -> None:
    begin(page, minutes=2)
    assert abs(total(page) - 120) < 0.03
    expect(page.locator("[data-time]")).to_have_text("2:00 left")


def test_the_words_follow_a_jump_and_the_contours_that_are_past_stand_in_full(page: Page) -> None:
    begin(page)
    play(page)
    late = cues(page)[-2]
    seek(page, late["start_s"] + 0.1)
    expect_line(page, late["text"])
    past = page.locator("svg.drawing path.past").count()
    early = cues(page)[1]
    seek(page, early["start_s"] + 0.1)
    expect_line(page, early["text"])
    until(page, lambda: page.locator("svg.drawing path.past").count() < past, "fewer are past")


def test_the_keyboard_pauses_goes_back_and_plays(page: Page) -> None:
    begin(page)
    play(page)
    seek(page, 40)
    page.locator("main").focus()
    page.keyboard.press("Space")
    until(page, lambda: paused(page), "it pauses")
    expect_silence(page)
    page.keyboard.press("ArrowLeft")
    until(page, lambda: 24 < now(page) < 27, "it is 15 seconds earlier")
    page.keyboard.press("Space")
    until(page, lambda: not paused(page), "it plays on")


def test_stop_takes_the_sound_away_and_asks_nothing(page: Page) -> None:
    begin(page)
    play(page)
    seek(page, cues(page)[1]["start_s"])
    until(page, lambda: loudest(page, looks=3) > SOUND, "the sound is heard")
    page.get_by_role("button", name="Stop").click()
    expect_silence(page)
    assert page.evaluate("document.querySelector('audio').networkState") == 0
    expect(page.locator(".four li")).to_have_count(4)
    expect(page.get_by_role("heading", name="Stopped")).to_be_focused()
    page.keyboard.press("Space")
    page.wait_for_timeout(300)
    expect_silence(page)


def test_escape_stops_and_the_close_can_be_read(page: Page) -> None:
    begin(page)
    play(page)
    page.keyboard.press("Escape")
    expect_heading(page, "Stopped")
    page.get_by_role("button", name="Read a close").click()
    expect(page.locator("[data-close-words]")).to_contain_text(cues(page)[-1]["text"])


def test_a_close_can_be_heard_after_stop(page: Page) -> None:
    begin(page)
    closing = float(page.locator("thaw-sitting").get_attribute("data-closing") or 0)
    words = [cue["text"] for cue in cues(page) if cue["start_s"] >= closing]
    play(page)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Hear a close").click()
    expect_line(page, words[0])
    until(page, lambda: loudest(page, looks=3) > SOUND, "the close is heard")
    seek(page, total(page) - 0.2)
    expect_heading(page, "That was all of it.")


def test_end_gently_lets_the_line_end_and_goes_on_with_the_close(page: Page) -> None:
    begin(page)
    lines = cues(page)
    closing = float(page.locator("thaw-sitting").get_attribute("data-closing") or 0)
    first_of_close = next(cue for cue in lines if cue["start_s"] >= closing)
    play(page)
    running = lines[2]
    seek(page, running["end_s"] - 1.2)
    expect_line(page, running["text"])
    page.get_by_role("button", name="End gently").click()
    until(page, lambda: "/2.mp4" in source(page), "the shorter sitting plays")
    assert now(page) >= running["end_s"] - 0.1
    expect_line(page, first_of_close["text"])
    until(page, lambda: loudest(page, looks=3) > SOUND, "the close is heard")
    assert total(page) < 100
    seek(page, total(page) - 0.2)
    expect_heading(page, "That was all of it.")


def test_end_gently_plays_on_where_it_was_paused(page: Page) -> None:
    begin(page)
    play(page)
    page.get_by_role("button", name="Pause").click()
    seek(page, cues(page)[0]["end_s"] - 0.5)
    page.get_by_role("button", name="End gently").click()
    until(page, lambda: "/2.mp4" in source(page) and not paused(page), "the close plays")


def test_bells_only_keeps_the_words_and_the_time(page: Page) -> None:
    begin(page)
    play(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Bells only").check()
    until(page, lambda: "/2.mp4" in source(page), "the other sound plays")
    spoken = cues(page)[3]
    seek(page, spoken["start_s"] + 0.1)
    expect_line(page, spoken["text"])
    expect_silence(page)
    assert abs(total(page) - 120) < 0.03
    page.get_by_label("The voice and bells").check()
    until(page, lambda: "/3.mp4" in source(page), "the voice comes again")
    seek(page, spoken["start_s"] + 0.1)
    until(page, lambda: loudest(page, looks=3) > SOUND, "the voice is heard")


def test_words_on_the_screen_are_told_to_a_screen_reader_and_make_no_sound(page: Page) -> None:
    begin(page, words=True)
    play(page)
    read = cues(page)[2]
    seek(page, read["start_s"] + 0.1)
    expect_line(page, read["text"])
    expect(line(page)).to_have_attribute("aria-live", "polite")
    expect_silence(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Tell each line to a screen reader").uncheck()
    expect(line(page)).to_have_attribute("aria-live", "off")


def test_everything_but_stop_can_be_hidden_and_stays_so(page: Page) -> None:
    begin(page, words=True)
    page.get_by_role("button", name="Settings").click()
    for look in (
        "The words",
        "The drawing",
        "The time left",
        "The answers",
        "The other buttons, all but Stop",
    ):
        page.get_by_label(look, exact=True).uncheck()
    page.get_by_label("Larger words").check()
    page.reload()
    for part in ("[data-line]", "[data-rings]", "[data-time]", "[data-taps]", "[data-buttons]"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("thaw-sitting")).to_have_class("sitting large")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_media_keys_see_a_quiet_minute_and_next_ends_gently(page: Page) -> None:
    page.add_init_script(REMEMBER_MEDIA_KEYS)
    begin(page)
    play(page)
    assert page.evaluate("navigator.mediaSession.metadata.title") == "a quiet minute"
    assert page.title() == "A quiet minute"
    page.evaluate("mediaKeys.pause()")
    until(page, lambda: paused(page), "it pauses")
    seek(page, cues(page)[0]["end_s"] - 0.5)
    page.evaluate("mediaKeys.nexttrack()")
    until(page, lambda: "/2.mp4" in source(page), "it ends gently")


def test_a_request_that_fails_is_one_sentence_and_leaves_the_sound_alone(
    page: Page, watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    begin(page)
    play(page)
    page.route("**/sit/*/respond", lambda route: route.abort())
    page.get_by_role("button", name="End gently").click()
    expect(page.locator("[data-trouble]")).to_contain_text("Thaw does not answer")
    before = now(page)
    until(page, lambda: now(page) > before, "it plays on")


def test_sound_that_does_not_come_is_said_and_can_be_tried_again(page: Page, watch: Watch) -> None:
    watch.allow("Failed to load resource")
    page.route("**/audio/**", lambda route: route.abort())
    page.goto("/library/five-things?minutes=2")
    page.locator('input[name="voice"]').first.check()
    page.locator("[data-begin]").click()
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    expect(page.locator("[data-trouble]")).to_contain_text("The sound does not come")
    page.set_viewport_size({"width": 320, "height": 568})
    expect(page.get_by_role("button", name="Stop")).to_be_in_viewport(ratio=1)
    page.unroute("**/audio/**")
    page.get_by_role("button", name="Try again").click()
    until(page, lambda: now(page) > 0, "it plays")
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_a_sitting_can_be_taken_along_under_a_neutral_name(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Settings").click()
    for link, name in (("MP3", "mp3"), ("The words as text", "txt"), ("Captions", "vtt")):
        with page.expect_download() as download:
            page.locator("#settings").get_by_role("link", name=link).click()
        assert download.value.suggested_filename == f"a-quiet-minute.{name}"
        assert download.value.path().stat().st_size > 100
