"""How a person writes, and what is kept of it where."""

from playwright.sync_api import Page, Route, expect

NOTES = "**/write/notes/*"

# What the browser keeps anywhere, as text: sealed drafts among it.
STORED = """
async () => {
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const opened = await new Promise((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const store of opened.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const asked = opened.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      for (const row of rows) {
        const sealed = new TextDecoder('latin1').decode(row.sealed);
        kept.push(`${name} ${Object.keys(row).sort()} ${sealed}`);
      }
    }
    opened.close();
  }
  return kept;
}
"""


def write(page: Page, text: str, address: str = "/write") -> None:
    page.goto(address)
    page.locator("textarea[name=text]").fill(text)


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("textarea[name=text]")).to_have_value(text)


def expect_kept(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("Kept.")


def expect_not_kept(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("Not kept yet. It stays on this page.")


def drafts(page: Page) -> list[str]:
    return [kept for kept in page.evaluate(STORED) if kept.startswith("thaw-drafts")]


def written(page: Page, text: str) -> list[str]:
    """Return what the list shows that has ``text`` in it."""
    page.goto("/write/list")
    shown = page.locator(".notes .written").all_inner_texts()
    return [each.strip() for each in shown if text in each]


def away(route: Route) -> None:
    if route.request.method == "PUT":
        route.abort()
    else:
        route.fallback()
