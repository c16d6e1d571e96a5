/** How the door of Thaw stands, as the server told with the page, and as it says when asked. */

/**
 * `locks`: open, and a passphrase locks it. `covers`: open, without one: pages can only be
 * covered. `locked`: the lock is before it. `closed`: nobody is let in from here.
 */
export type Door = "locks" | "covers" | "locked" | "closed";

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
    const { ok, status } = await fetch("/awake", { ...ASK, cache: "no-store", signal });
    if (ok) return "open";
    return status === 401 || status === 423 ? "shut" : null;
  } catch {
    return null;
  }
}

/** Shuts the door; the request outlives the page. */
export async function shut(): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
  try {
    await fetch("/lock", {
      ...ASK,
      method: "POST",
      headers: { ...ASK.headers, "X-CSRFToken": token },
      keepalive: true,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    // Nobody answers: then there is nothing to be seen behind the door either.
  }
}

/** Shows what the server shows now at this address: the lock, where the door is shut. */
export function comeAgain(): void {
  location.replace(location.pathname + location.search);
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
