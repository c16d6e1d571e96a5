"""How a person taps in a sitting, what its server may say, and how the way to it may be."""

import json
import re
from typing import Any
from uuid import uuid4

from playwright.sync_api import CDPSession, Page, Request, Route, expect

from tests.e2e.ears import json_of
from tests.e2e.steps import until

SLOW_BYTES_S = 64_000 / 8

# A page that nobody sees: its timers sleep for a second at a time, as a browser lets them.
HIDE = """
(() => {
  const later = window.setTimeout;
  const often = window.setInterval;
  let hidden = false;
  window.setTimeout = (act, ms, ...rest) =>
    later(act, hidden ? Math.max(ms ?? 0, 1000) : ms, ...rest);
  window.setInterval = (act, ms) => {
    let last = 0;
    return often(() => {
      if (hidden && performance.now() - last < 1000) return;
      last = performance.now();
      act();
    }, ms);
  };
  window.hide = () => {
    hidden = true;
    Object.defineProperty(document, "hidden", { get: () => true });
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  };
})();
"""

REMEMBER_PLAYS = """
window.plays = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  window.plays.push([this, navigator.userActivation.isActive]);
  return play.call(this);
};
"""


def source(page: Page) -> str:
    return str(page.evaluate("document.querySelector('thaw-sitting audio').currentSrc"))


def revision(page: Page) -> int:
    found = re.search(r"/(\d+)\.\w+$", source(page))
    assert found
    return int(found[1])


def button(page: Page, name: str) -> Any:  # Playwright's locators are what tests ask.
    return page.get_by_role("button", name=name, exact=True)


def wait_for_voice(page: Page, kind: str, at_s: float) -> None:
    """Ask as the page would until the answer is voiced; nothing of it is ever played."""

    def is_voiced() -> bool:
        tap = {"tap": str(uuid4()), "kind": kind, "at_s": at_s, "revision": revision(page)}
        return bool(json_of(page, f"{page.url}/respond", tap)["is_spoken"])

    until(page, is_voiced, f"{kind} is voiced", patience_s=90)


def follow(page: Page, *, patience_s: float = 40) -> None:
    """Wait until another revision is heard."""
    before = source(page)
    until(page, lambda: source(page) != before, "the answer is heard", patience_s=patience_s)


def hear_answer(page: Page, key: str) -> None:
    """Tap until the voice answers: while an answer is not voiced yet, it is there to be read."""
    before = source(page)
    for _ in range(4):
        page.keyboard.press(key)
        expect(said(page)).to_contain_text("Heard")

        def is_answered() -> bool:
            return source(page) != before or answer_shown(page).is_visible()

        until(page, is_answered, f"{key} is answered", patience_s=60)
        if source(page) != before:
            return
        until(page, lambda: answer_shown(page).is_hidden(), "it was read", patience_s=40)
    raise AssertionError(f"{key} was never answered by the voice")


def buffered(page: Page) -> float:
    return float(
        page.evaluate(
            """(() => {
              const { buffered } = document.querySelector("thaw-sitting audio");
              return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
            })()"""
        )
    )


def slow_down(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limit(session, SLOW_BYTES_S)
    return session


def limit(session: CDPSession, bytes_s: float) -> None:
    conditions = {"offline": False, "latency": 100 if bytes_s > 0 else 0}
    throughputs = {"downloadThroughput": bytes_s, "uploadThroughput": bytes_s}
    session.send("Network.emulateNetworkConditions", {**conditions, **throughputs})


def answer_shown(page: Page) -> Any:  # As above.
    return page.locator("[data-answer]")


def body_of(request: Request) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(request.post_data or "{}")
    return body


def note(route: Route, asked: list[str]) -> None:
    """Remember which kind was asked, and answer in writing."""
    asked.append(body_of(route.request)["kind"])
    route.fulfill(json=told())


def said(page: Page) -> Any:  # As above.
    return page.locator("thaw-sitting [data-said]")


def told(**fields: object) -> dict[str, object]:
    """An answer in writing, as the server gives it."""
    stays: dict[str, object] = {
        "tap": "", "changes": False, "revision": 1, "base": 1, "sources": [], "switch_s": 0,
        "total_s": 0, "cues": [], "closing_s": None, "strokes": [], "words": "",
        "answer": ["Back to this room."], "is_spoken": False, "offers": [],
        "sentence": "",
    }  # fmt: skip
    return {**stays, **fields}


def never(route: Route) -> None:
    """Leave a request without an answer."""
    del route
