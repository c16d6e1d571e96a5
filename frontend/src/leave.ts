import { found } from "./page";
import { stopAll } from "./silence";

/**
 * Leave: the sound is gone and the page is empty in the same moment, also when the server is
 * gone. Then the address changes to the empty page, and this one is forgotten.
 */
export function leaveAtOnce(address: string): void {
  stopAll();
  const empty = found<HTMLTemplateElement>(document, "#empty-page");
  document.title = "Empty page";
  for (const part of document.head.querySelectorAll("link, meta[name='theme-color']")) {
    // Without an icon the browser would ask for one.
    if (part.getAttribute("rel") === "icon") part.setAttribute("href", empty.dataset.icon ?? "");
    else part.remove();
  }
  document.body.className = "";
  document.body.replaceChildren(empty.content.cloneNode(true));
  history.replaceState(null, "", address);
  fetch(address, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok && location.replace(address),
    () => undefined, // Offline: the page is empty already.
  );
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leaveAtOnce(link.href);
});
