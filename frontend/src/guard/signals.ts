/**
 * What open pages of Thaw tell each other, and what a page tells its own islands. Never a word
 * of anyone's: only what happened to the door.
 */

export type Signal =
  /** Someone is here: reads, types, points. */
  | "touched"
  /** A sitting plays. */
  | "playing"
  /** Someone covered the pages, or left them. */
  | "covered"
  /** Thaw was locked. */
  | "locked"
  /** Thaw was opened again. */
  | "opened";

const channel = "BroadcastChannel" in window ? new BroadcastChannel("thaw") : null;

export function tell(signal: Signal): void {
  channel?.postMessage(signal);
}

export function heed(act: (signal: Signal) => void): void {
  channel?.addEventListener("message", ({ data }) => act(data as Signal));
}

const CLOSING = "thaw:closing";
const PATIENCE_MS = 1_000;

interface Closing {
  waitFor(work: Promise<unknown>): void;
}

/** Calls `act` before this page goes: what must not be lost is put in safety there. */
export function beforeClosing(act: () => Promise<unknown>): () => void {
  const heard = (event: Event) => (event as CustomEvent<Closing>).detail.waitFor(act());
  addEventListener(CLOSING, heard);
  return () => removeEventListener(CLOSING, heard);
}

/** Lets islands put their work in safety; waits for them, but not long. */
export async function putInSafety(): Promise<void> {
  const works: Promise<unknown>[] = [];
  const detail: Closing = { waitFor: (work) => works.push(work) };
  dispatchEvent(new CustomEvent<Closing>(CLOSING, { detail }));
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([Promise.allSettled(works), tooLong]);
}
