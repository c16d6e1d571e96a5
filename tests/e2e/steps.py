"""What a person does on the pages, and what can be heard and seen of it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

# Analyses what the element in the page really puts out; asked again after a switch.
LISTEN = """
() => {
  const audio = document.querySelector("thaw-sitting audio");
  window.ears ??= new AudioContext();
  window.heard ??= new WeakMap();
  if (!window.heard.has(audio)) {
    const analyser = new AnalyserNode(window.ears, { fftSize: 8192 });
    window.ears.createMediaElementSource(audio).connect(analyser);
    analyser.connect(window.ears.destination);
    window.heard.set(audio, analyser);
  }
  const samples = new Float32Array(8192);
  window.heard.get(audio).getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);
}
"""

BEGUN = re.compile(r"/sit(/[^/]+)?$")
"""Where one is once a sitting began, or where there is something to read first."""

VOICED_MS = 200_000
"""A busy machine may take so long to voice a practice for the first time."""

SOUND = 0.01
SILENCE = 0.001


def until(page: Page, probe: Callable[[], object], what: str, *, patience_s: float = 15) -> None:
    """Ask from here: the policy refuses Playwright's own waiting, which evaluates in the page."""
    for _ in range(int(patience_s / 0.05)):
        if probe():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"In {patience_s:g} s it did not come to this: {what}")


def open_practice(page: Page, name: str, *, minutes: int, voice: str = "") -> None:
    page.goto(f"/library/{name}?minutes={minutes}" + (f"&voice={voice}" if voice else ""))


def begin(page: Page, name: str = "five-things", *, minutes: int = 2, words: bool = False) -> None:
    """Go from a practice's page to its sitting, with the first voice or with words."""
    open_practice(page, name, minutes=minutes)
    choose_voice(page, words=words)
    page.locator("[data-begin]").click()
    page.wait_for_url(BEGUN, timeout=VOICED_MS)
    read_first(page)
    page.wait_for_url("**/sit/*", timeout=VOICED_MS)
    until(page, lambda: total(page) > 0, "the sound is there", patience_s=40)


def read_first(page: Page) -> None:
    """Read what comes before a practice: who should see someone first, and rules in force."""
    card = page.locator('main button[name="read"]')
    begun = card.or_(page.locator("thaw-sitting")).first
    expect(begun).to_be_visible(timeout=VOICED_MS)
    while card.is_visible():
        with page.expect_navigation():
            card.click()
        expect(begun).to_be_visible(timeout=VOICED_MS)


def choose_voice(page: Page, *, words: bool = False) -> None:
    voices = page.locator('input[name="voice"]')
    (voices.last if words else voices.first).check()


def tab_to(page: Page, what: Locator) -> None:
    """Go to something by the tab key; where ``what`` is several things, to one of them."""
    expect(what.first).to_be_attached()  # A page that follows may still be on its way.
    reached = what.and_(page.locator(":focus"))
    for _ in range(120):
        if reached.count():
            return
        page.keyboard.press("Tab")
    raise AssertionError("The tab key does not lead there.")


def press(page: Page, what: Locator) -> None:
    """Go to something by the tab key, and press it."""
    tab_to(page, what)
    page.keyboard.press("Enter")


def play(page: Page) -> None:
    page.get_by_role("button", name="Play").click()
    until(page, lambda: now(page) > 0, "time advances")


def now(page: Page) -> float:
    return float(page.evaluate("document.querySelector('thaw-sitting audio').currentTime"))


def total(page: Page) -> float:
    return float(page.evaluate("document.querySelector('thaw-sitting audio').duration || 0"))


def seek(page: Page, seconds: float) -> None:
    page.evaluate(
        "(s) => { document.querySelector('thaw-sitting audio').currentTime = s }", seconds
    )


def paused(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('thaw-sitting audio').paused"))


def loudest(page: Page, *, looks: int = 12) -> float:
    """The highest level within about half a second."""
    levels = []
    for _ in range(looks):
        levels.append(float(page.evaluate(LISTEN)))
        page.wait_for_timeout(40)
    return max(levels)


def expect_silence(page: Page) -> None:
    """After a stop the sound fades for 0.4 s; what was analysed lingers, so it is asked again."""
    page.wait_for_timeout(500)
    until(page, lambda: float(page.evaluate(LISTEN)) < SILENCE, "it is silent", patience_s=1)
    assert loudest(page) < SILENCE


def cues(page: Page) -> list[dict[str, Any]]:
    """The lines of the sitting as it began, and when they are said."""
    found: list[dict[str, Any]] = page.evaluate(
        "JSON.parse(document.querySelector('#cues').textContent)"
    )
    return found


def line(page: Page) -> Locator:
    return page.locator("[data-line]")


def expect_line(page: Page, text: str) -> None:
    """A long line is shown in parts; each is a part of it."""
    until(page, lambda: (line(page).text_content() or "-") in text, f"the line is {text!r}")


def expect_no_sideways_scroll(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]


def expect_heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()
