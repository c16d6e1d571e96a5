/** How the door of Thaw stands, as the server told with the page, and as it says when asked. */

/**
 * `locks`: open, and a passphrase locks it. `covers`: open, without one: pages can only be
 * covered. `locked`: the lock is before it. `closed`: nobody is let in from here, or it does not
 * matter. `away`: kept by the service worker, for when nobody answers.
 */
export type Door = "locks" | "covers" | "locked" | "closed" | "away";

export function door(): Door {
  return (document.documentElement.dataset.door as Door | undefined) ?? "closed";
}

export function isOpen(): boolean {
  return door() === "locks" || door() === "covers";
}

/** After so long without anyone the pages are covered, or locked. */
export function idleMs(): number {
  return Number(document.documentElement.dataset.idle || "10") * 60_000;
}

const ASK = { headers: { Accept: "application/json" }, credentials: "same-origin" } as const;
const PATIENCE_MS = 5_000;

/** Asks how the door stands now; null when nobody answers. */
export async function ask(): Promise<"open" | "shut" | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch("/lock", { ...ASK, cache: "no-store", signal });
    if (answer.status === 401 || answer.status === 423) return "shut";
    if (!answer.ok) return null;
    return ((await answer.json()) as { locked: boolean }).locked ? "shut" : "open";
  } catch {
    return null;
  }
}

/** Shuts the door; the request outlives the page. Says whether a lock fell. */
export async function shut(): Promise<boolean> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
  try {
    const answer = await fetch("/lock", {
      ...ASK,
      method: "POST",
      headers: { ...ASK.headers, "X-CSRFToken": token },
      keepalive: true,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok && ((await answer.json()) as { locked: boolean }).locked;
  } catch {
    return false; // Nobody answers: then there is nothing to be seen behind the door either.
  }
}

/** Tells that someone is here who asks for no page. */
export async function sayHere(): Promise<void> {
  await fetch("/here", { ...ASK, cache: "no-store" }).catch(() => undefined);
}

/**
 * Shows what the server shows now at this address: the lock, where the door is shut. What does
 * not outlive a lock, such as a sitting, says what is shown after it.
 */
export function comeAgain(): void {
  const { after } = document.documentElement.dataset;
  location.replace(after ?? location.pathname + location.search);
}

const FLAG = "thaw.covered";

/** Whether this tab stays covered until someone opens it. Says nothing else. */
export function staysCovered(): boolean {
  try {
    return sessionStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}

export function stayCovered(stay: boolean): void {
  try {
    if (stay) sessionStorage.setItem(FLAG, "");
    else sessionStorage.removeItem(FLAG);
  } catch {
    // A browser may refuse storage; then the cover lasts as long as the page.
  }
}
