"""The check-in in a browser: one answer is enough, everything by keyboard, nothing lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.axe import expect_in_order
from tests.e2e.conftest import Thaw, Watch
from tests.e2e.steps import expect_heading, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

CHECKINS = "**/check-in/*-*"
STEPS = "Steps instead of sliders"
KEPT = "Thank you. It is kept."


def open_all(page: Page, *, steps: bool = False) -> None:
    """Open the page with everything that can be asked, by sliders or by steps."""
    page.goto("/check-in")
    page.get_by_text("A few more words").click()
    ask_by(page, steps=steps)


def ask_by(page: Page, *, steps: bool) -> None:
    """Choose it as a person does; it may stand so from another time."""
    button = page.get_by_role("button", name=STEPS)
    if (button.get_attribute("aria-pressed") == "true") != steps:
        with page.expect_response("**/check-in/way"):
            button.click()


def done(page: Page) -> None:
    page.get_by_role("button", name="Done").last.click()
    expect_heading(page, KEPT)


def said(page: Page) -> dict[str, str]:
    """Return what the check-in that was just kept says."""
    page.get_by_role("link", name="Look at it").click()
    expect(page.locator(".said dt").first).to_be_visible()
    return dict(
        zip(
            page.locator(".said dt").all_inner_texts(),
            page.locator(".said dd").all_inner_texts(),
            strict=True,
        )
    )


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def on_the_drawing(page: Page, place: str) -> Locator:
    return page.locator(f'svg.figure path[data-place="{place}"]')


def middle_of(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def called(page: Page, name: str) -> Locator:
    """Return what has this name, seen or unseen."""
    return page.get_by_label(name, exact=True).or_(page.get_by_text(name, exact=True))


def test_one_answer_is_a_check_in(page: Page) -> None:
    page.goto("/check-in")
    page.get_by_role("radio", name="0 nothing").check()
    page.get_by_role("button", name="Done").first.click()
    expect_heading(page, KEPT)
    assert said(page) == {"How much you felt": "0 of 10 (nothing)"}


def test_what_lies_below_is_asked_only_where_little_is_felt(page: Page) -> None:
    page.goto("/check-in")
    below = page.get_by_role("group", name="Flat, or walled off?")
    expect(below).to_be_hidden()
    page.get_by_role("radio", name="3", exact=True).check()
    below.get_by_role("radio", name="walled off").check()
    page.get_by_role("radio", name="4", exact=True).check()
    expect(below).to_be_hidden()
    page.get_by_role("button", name="Done").first.click()
    expect_heading(page, KEPT)
    assert said(page) == {"How much you felt": "4 of 10"}


def test_a_slider_nobody_touched_is_no_answer_and_one_can_be_taken_back(page: Page) -> None:
    open_all(page)
    pleasant, energy = slider(page, "Pleasant or unpleasant"), slider(page, "Energy")
    expect(pleasant).to_have_attribute("aria-valuetext", "not answered")
    assert "is-untouched" in (pleasant.get_attribute("class") or "")
    pleasant.press("ArrowRight")
    expect(pleasant).to_have_attribute("aria-valuetext", "in between")
    assert "is-untouched" not in (pleasant.get_attribute("class") or "")
    energy.click()
    expect(energy).to_have_attribute("aria-valuetext", "in between")
    group = page.get_by_role("group", name="Pleasant or unpleasant")
    group.get_by_role("radio", name="leave it out").check()
    expect(pleasant).to_have_attribute("aria-valuetext", "not answered")
    done(page)
    assert said(page) == {"Energy": "in between"}


def test_steps_say_the_same_as_sliders_and_stay_chosen(page: Page) -> None:
    open_all(page)
    slider(page, "Energy").fill("13")
    ask_by(page, steps=True)
    expect(page.get_by_role("radio", name="very little energy")).to_be_checked()
    page.get_by_role("radio", name="very pleasant", exact=True).check(force=True)
    done(page)
    assert said(page) == {"Pleasant or not": "very pleasant", "Energy": "very little energy"}
    page.goto("/check-in")
    page.get_by_text("A few more words").click()
    expect(page.get_by_role("radio", name="very little energy")).to_be_visible()
    expect(slider(page, "Energy")).to_be_hidden()
    ask_by(page, steps=False)
    expect(slider(page, "Energy")).to_be_visible()


def test_a_fourth_word_is_given_back_with_a_sentence(page: Page) -> None:
    open_all(page)
    for word in ("numb", "sad", "lost"):
        page.get_by_role("checkbox", name=word, exact=True).check()
    page.get_by_role("checkbox", name="hurt").click()
    expect(page.get_by_role("checkbox", name="hurt")).not_to_be_checked()
    expect(page.get_by_text("Three words at the most")).to_be_visible()
    expect(page.get_by_role("checkbox", name="hurt")).to_be_enabled()
    page.get_by_role("checkbox", name="sad").uncheck()
    page.get_by_role("checkbox", name="hurt").check()
    expect(page.get_by_text("Three words at the most")).to_be_hidden()
    done(page)
    assert said(page) == {"Words": "numb, hurt, lost"}


def test_the_body_is_painted_by_dragging_a_mark_over_it(page: Page) -> None:
    open_all(page)
    page.get_by_role("radio", name="heavy").check(force=True)
    on_the_drawing(page, "front.chest").scroll_into_view_if_needed()
    page.mouse.move(*middle_of(on_the_drawing(page, "front.chest")))
    page.mouse.down()
    page.mouse.move(*middle_of(on_the_drawing(page, "front.belly")), steps=8)
    page.mouse.up()
    page.get_by_role("radio", name="empty", exact=True).check(force=True)
    on_the_drawing(page, "front.belly").click()
    marked = page.locator("[data-marked]")
    expect(marked.get_by_role("button")).to_have_count(3)
    marked.get_by_role("button", name="the chest: take away “heavy”").click()
    expect(marked.get_by_role("button")).to_have_count(2)
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    done(page)
    assert said(page) == {"Body: heavy": "the belly", "Body: empty": "the belly"}


def test_a_finger_paints_too(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(
        base_url=thaw.address, has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(thaw.link())
    open_all(page)
    on_the_drawing(page, "back.upper-back").scroll_into_view_if_needed()
    on_the_drawing(page, "back.upper-back").tap()
    expect(page.locator("[data-marked]")).to_have_text(re.compile("nothing here: the upper back"))
    context.close()


def test_a_part_that_is_left_out_stays_so_and_loses_its_marks(page: Page) -> None:
    open_all(page)
    on_the_drawing(page, "front.chest").click()
    page.get_by_text("Leave out parts of the body").first.click()
    with page.expect_response("**/check-in/way"):
        page.get_by_role("checkbox", name="the chest").check()
    expect(page.locator("[data-marked] button")).to_have_count(0)
    open_all(page)
    page.get_by_text("Mark by name").click()
    expect(page.get_by_role("button", name="the chest", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="the belly", exact=True)).to_be_visible()
    page.get_by_text("Leave out parts of the body").first.click()
    with page.expect_response("**/check-in/way"):
        page.get_by_role("checkbox", name="the chest").uncheck()
    expect(page.get_by_role("button", name="the chest", exact=True)).to_be_visible()


def test_everything_goes_by_keyboard_alone(page: Page) -> None:
    open_all(page)
    page.goto("/check-in")
    tab_to(page, called(page, "0 nothing"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    tab_to(page, called(page, "unreal or far away"))
    page.keyboard.press("Space")
    tab_to(page, called(page, "leave it out"))
    page.keyboard.press("ArrowRight")  # Round to the first: flat.
    press(page, called(page, "A few more words"))
    tab_to(page, called(page, "Pleasant or unpleasant"))
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    press(page, called(page, "Energy"))  # As it stands, in the middle.
    tab_to(page, called(page, "numb"))
    page.keyboard.press("Space")
    tab_to(page, called(page, "nothing here"))
    page.keyboard.press("ArrowLeft")
    press(page, called(page, "Mark by name, with the keyboard too"))
    tab_to(page, called(page, "the head, front"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    tab_to(page, called(page, "leave it out"))
    page.keyboard.press("ArrowLeft")
    press(page, called(page, "Done"))
    expect_heading(page, KEPT)
    assert said(page) == {
        "How much you felt": "2 of 10",
        "Also": "unreal or far away",
        "Flat, or walled off": "flat",
        "Pleasant or not": "a little unpleasant",
        "Energy": "in between",
        "Words": "numb",
        "Body: not mine": "the face, the right foot, front",
        "The day": "with people",
    }


def test_a_lost_connection_loses_nothing(page: Page, watch: Watch) -> None:
    watch.allow("net::ERR_FAILED")
    watch.allow("Failed to load resource")

    def away(route: Route) -> None:
        route.abort()

    open_all(page)
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("checkbox", name="numb").check()
    page.route(CHECKINS, away)
    page.get_by_role("button", name="Done").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(page.get_by_role("checkbox", name="numb")).to_be_checked()
    page.unroute(CHECKINS, away)
    page.get_by_role("button", name="Try again").click()
    expect_heading(page, KEPT)
    assert said(page) == {"How much you felt": "2 of 10", "Words": "numb"}


def test_an_answer_that_was_lost_on_its_way_is_kept_once(page: Page, watch: Watch) -> None:
    watch.allow("net::ERR_FAILED")
    page.goto("/check-in/list")
    before = page.locator(".check-ins > li h2").count()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.goto("/check-in")
    page.get_by_role("radio", name="6", exact=True).check()
    page.route(CHECKINS, lose)
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.unroute(CHECKINS, lose)
    page.get_by_role("button", name="Try again").click()
    expect_heading(page, KEPT)
    page.goto("/check-in/list")
    expect(page.locator(".check-ins > li h2")).to_have_count(before + 1)


def test_one_that_is_changed_shows_what_was_said(page: Page) -> None:
    open_all(page)
    page.get_by_role("radio", name="2", exact=True).check()
    slider(page, "Energy").fill("37")
    on_the_drawing(page, "back.seat").click()
    done(page)
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("link", name="Change it").click()
    expect(slider(page, "Energy")).to_have_value("37")
    expect(page.locator("[data-marked]")).to_have_text(re.compile("nothing here: the seat"))
    page.get_by_role("radio", name="5", exact=True).check()
    done(page)
    assert said(page)["How much you felt"] == "5 of 10"
    page.get_by_text("Take it back").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("It is deleted.")).to_be_visible()


def test_where_two_pages_say_other_things_both_can_be_kept(page: Page, watch: Watch) -> None:
    watch.allow("the server responded with a status of 409")
    page.goto("/check-in")
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Done").first.click()
    expect_heading(page, KEPT)
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_role("radio", name="2", exact=True)).to_be_checked()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("radio", name="7", exact=True).check()
    other.get_by_role("button", name="Done").first.click()
    expect_heading(other, KEPT)
    page.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_role("alert")).to_contain_text("those are safe")
    page.get_by_role("button", name="Done").first.click()
    expect_heading(page, KEPT)


def test_without_scripts_it_is_a_form(browser: Browser, thaw: Thaw) -> None:
    context = browser.new_context(base_url=thaw.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(thaw.link())
    page.goto("/check-in")
    page.get_by_text("A few more words").click()
    page.locator('input[name="felt"][value="1"]').check(force=True)
    page.locator("[name=place]").first.select_option(label="the chest")
    page.locator("[name=mark]").nth(1).select_option(label="wooden or dead")
    page.get_by_role("button", name="Done").last.click()
    expect(page.get_by_role("alert")).to_contain_text("A mark needs both")
    page.locator("[name=mark]").nth(0).select_option(label="wooden or dead")
    page.locator("[name=mark]").nth(1).select_option(index=0)
    page.get_by_role("button", name="Done").last.click()
    expect_heading(page, KEPT)
    assert said(page) == {"How much you felt": "1 of 10", "Body: wooden or dead": "the chest"}
    context.close()


def asked(page: Page) -> None:
    page.goto("/check-in")
    page.get_by_role("radio", name="1", exact=True).check()


def all_asked(page: Page) -> None:
    open_all(page)
    page.get_by_role("radio", name="1", exact=True).check()
    slider(page, "Energy").fill("20")
    on_the_drawing(page, "front.chest").click()
    page.get_by_text("Mark by name").click()
    page.get_by_text("Leave out parts of the body").first.click()


def by_steps(page: Page) -> None:
    open_all(page, steps=True)
    page.get_by_role("radio", name="little energy", exact=True).check()


def thanks(page: Page) -> None:
    page.goto("/check-in")
    page.get_by_role("checkbox", name="unreal or far away").check()
    page.get_by_role("button", name="Done").first.click()
    expect_heading(page, KEPT)


def one(page: Page) -> None:
    thanks(page)
    page.get_by_role("link", name="Look at it").click()
    page.get_by_text("Take it back").click()


def listed(page: Page) -> None:
    thanks(page)
    page.goto("/check-in/list")


def way(page: Page) -> None:
    page.goto("/check-in/way")


@pytest.mark.parametrize("go", [asked, all_asked, by_steps, thanks, one, listed, way])
def test_a_page_of_the_check_in_is_in_order(page: Page, go: Callable[[Page], None]) -> None:
    go(page)
    expect_in_order(page)
