import { stopAll } from "../silence";
import { door, shut, stayCovered } from "./door";
import { presses } from "./shift";
import { putInSafety, tell } from "./signals";

const ADDRESS = "/leave";

/**
 * Leave: the sound is gone and the page is empty in the same moment, also when the server is
 * gone or other scripts failed. Then the door is shut, the address changes to the empty page,
 * and this one is forgotten; going back leads to the lock, or to the cover.
 */
export function leaveAtOnce(): void {
  document.documentElement.dataset.left = "";
  window.stop();
  stopAll();
  empty();
  history.replaceState(null, "", ADDRESS);
  void goAway();
}

function empty(): void {
  const page = document.querySelector<HTMLTemplateElement>("#empty-page");
  document.title = "Empty page";
  for (const part of document.head.querySelectorAll("link, meta[name='theme-color']")) {
    // Without an icon the browser would ask for one.
    if (part.getAttribute("rel") === "icon") part.setAttribute("href", page?.dataset.icon ?? "");
    else part.remove();
  }
  const body = document.body ?? document.documentElement.appendChild(made("body"));
  body.className = "";
  body.replaceChildren(page ? page.content.cloneNode(true) : made("main"));
}

function made(tag: string): HTMLElement {
  return document.createElement(tag);
}

async function goAway(): Promise<void> {
  const safe = putInSafety();
  stayCovered(true);
  tell("covered");
  await safe;
  // Also from a page that does not know how the door stands, such as help.
  if (door() !== "locked" && door() !== "away" && (await shut())) tell("locked");
  try {
    const answer = await fetch(ADDRESS, { signal: AbortSignal.timeout(2_000) });
    if (answer.ok) location.replace(ADDRESS);
  } catch {
    // Nobody answers: the page is empty already.
  }
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leaveAtOnce();
});

const pressed = presses();
for (const name of ["keydown", "keyup", "pointerdown"] as const) {
  addEventListener(
    name,
    (event) => {
      const { key = "", repeat = false } = event as Partial<KeyboardEvent>;
      if (pressed({ kind: name, key, repeat, at: event.timeStamp })) leaveAtOnce();
    },
    { capture: true },
  );
}
