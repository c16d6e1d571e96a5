"""What a page has to be found to be: in order for axe, in either colours, at every width."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships none
from playwright.sync_api import Page

from tests.e2e.steps import expect_no_sideways_scroll

STRICT: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
"""Contrast of 7:1 is among them."""


COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}
}


def judge(page: Page, rules: dict[str, object]) -> None:
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()


def expect_in_order(page: Page) -> None:
    """Look at what stands there now."""
    judge(page, STRICT)
    page.emulate_media(color_scheme="dark")
    judge(page, COLOURS)
    for width, height in ((320, 568), (768, 1024), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        expect_no_sideways_scroll(page)
