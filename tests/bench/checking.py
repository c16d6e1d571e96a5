"""How soon a check-in can be begun on a slow machine, in a real browser."""

import os
import statistics
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figure import Figure
from tests.bench.serving import Server, server
from tests.bench.studio import Studio
from tests.e2e.conftest import CHROMIUM
from thaw.web.people.links import lay, new_token

SLOWER = 4
TIMES = 7

# The element is there, has taken its form over, and was painted so.
USABLE = """
customElements.whenDefined("thaw-checkin").then(() => {
  requestAnimationFrame(() => setTimeout(() => { window.usableAt = performance.now(); }));
});
"""


def measure(studio: Studio) -> Iterator[Figure]:
    if CHROMIUM is None:
        studio.tell("There is no Chromium here, so the check-in is not measured.")
        return
    studio.tell("Opening the check-in in a slow browser.")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with server(studio.data / "checking") as found, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        taken = [_usable_s(browser, found) for _ in range(TIMES)]
        browser.close()
    yield Figure(
        f"check-in usable, {SLOWER}x slowed CPU",
        statistics.median(taken),
        "s",
        1.0,
        f"from the navigation until its scripts run and it is painted, nothing cached; {TIMES} "
        f"browsers, slowest {max(taken):.2f} s",
    )


def _usable_s(browser: Browser, found: Server) -> float:
    """Return how long it took in a browser that was never there before."""
    address = f"http://localhost:{found.port}"
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = context.new_page()
    token = new_token()
    lay(found.data, token)
    page.goto(f"{address}/open/{token}")
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(USABLE)
    page.goto(f"{address}/check-in")
    while (usable := page.evaluate("window.usableAt")) is None:
        page.wait_for_timeout(20)
    context.close()
    return float(usable) / 1000
