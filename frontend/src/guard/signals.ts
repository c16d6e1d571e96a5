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
  waitFor(work: Promise<boolean>): void;
}

/** Calls `act` before this page goes; it says whether all that must not be lost is safe. */
export function beforeClosing(act: () => Promise<boolean>): () => void {
  const heard = (event: Event) => (event as CustomEvent<Closing>).detail.waitFor(act());
  addEventListener(CLOSING, heard);
  return () => removeEventListener(CLOSING, heard);
}

/** Lets islands put their work in safety; waits for them, but not long. Says whether all is. */
export async function putInSafety(): Promise<boolean> {
  const works: Promise<boolean>[] = [];
  const detail: Closing = { waitFor: (work) => works.push(work) };
  dispatchEvent(new CustomEvent<Closing>(CLOSING, { detail }));
  const tooLong = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false));
  const all = Promise.all(works).then(
    (each) => each.every(Boolean),
    () => false,
  );
  return Promise.race([all, tooLong]);
}
