/**
 * When a page that nobody touches is covered, and when the door is shut. Pure: moments come in
 * as arguments, in milliseconds of one clock.
 */

export interface Watch {
  /** When someone was last here, on any page. */
  readonly touched: number;
  /** When a sitting was last heard, on any page. */
  readonly heard: number;
  /** When the watch last looked. */
  readonly looked: number;
}

/** Pages that play tell so this often; a page in the background may look once a minute only. */
export const LOOK_MS = 5_000;
const STILL_HEARD_MS = 3 * LOOK_MS;
const MOST_BETWEEN_LOOKS_MS = 150_000;

export type Wish = "stay" | "cover" | "shut" | "doubt";

export function watchFrom(now: number): Watch {
  return { touched: now, heard: Number.NEGATIVE_INFINITY, looked: now };
}

/**
 * What should happen now. A sitting that plays is covered and plays to its end; then the door
 * is shut. `doubt`: this machine slept, or the clock jumped; ask the door.
 */
export function wish(watch: Watch, now: number, idleMs: number): Wish {
  if (now - watch.looked > MOST_BETWEEN_LOOKS_MS) return "doubt";
  if (now - watch.touched < idleMs) return "stay";
  return now - watch.heard < STILL_HEARD_MS ? "cover" : "shut";
}
