/** When an open page asks what is due, and when it keeps still. Pure: moments are arguments. */

/** What the server says is due, and when to ask again. */
export interface Told {
  /** What to show; empty for nothing. */
  line: string;
  go: { words: string; url: string } | null;
  /** How long it may be shown. */
  left_s: number;
  /** When the next one comes; null where none does. */
  wait_s: number | null;
}

/** A page asks again after so long at the latest: timers hold no more than a few weeks. */
export const MOST_MS = 6 * 60 * 60 * 1000;
/** While something stands in the way, it is looked for again so often. */
export const HELD_MS = 20_000;
/** A sitting that plays says so every few seconds. */
const STILL_HEARD_MS = 15_000;

/** The milliseconds until the page asks again; null for never. */
export function waitAfter(told: Told): number | null {
  if (told.line) return within(told.left_s);
  return told.wait_s === null ? null : within(told.wait_s);
}

/** Seconds as a timer can hold them. */
export function within(seconds: number): number {
  return Math.min(Math.max(seconds * 1000, 0), MOST_MS);
}

/** Whether a sitting plays on any page, as far as was heard. */
export function plays(heardMs: number, nowMs: number): boolean {
  return nowMs - heardMs < STILL_HEARD_MS;
}
