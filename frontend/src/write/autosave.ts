/**
 * When a note is saved, and what is said about it. Pure: a state and what happened give the next
 * state; the clock is an argument. The island does what the state asks for.
 */

/** Milliseconds of a clock that only goes forward. */
type Moment = number;

/** After so long without a key a note is saved. */
export const PAUSE_MS = 1_000;
/** While someone goes on typing it is saved this long after the first key: with a slow answer
 * it is still kept within 3 s. */
export const MOST_MS = 2_500;

const FIRST_AGAIN_MS = 1_000;
const LAST_AGAIN_MS = 30_000;

export type Standing =
  /** All that stands in the field is kept. */
  | "kept"
  /** Something is newer than what is kept; it is on its way, or soon will be. */
  | "waiting"
  /** The server could not be reached, or could not keep it now; it is tried again. */
  | "away"
  /** The disk is full; it is tried again. */
  | "full"
  /** Thaw is locked: nothing is sent until it is open again. */
  | "locked"
  /** It was changed elsewhere too: someone chooses. */
  | "conflict"
  /** It is more than a note can hold, or holds what cannot be kept: something must change. */
  | "refused";

export interface Saving {
  readonly standing: Standing;
  /** The version the server gave last; 0 before the first. */
  readonly version: number;
  readonly sending: boolean;
  /** When the first change was made that no save holds yet, and when the last. */
  readonly first: Moment | null;
  readonly last: Moment | null;
  readonly failures: number;
  readonly notBefore: Moment;
}

export type Outcome =
  | { kind: "kept"; version: number }
  | { kind: "away" | "full" | "locked" | "conflict" | "refused" };

export function resting(version: number): Saving {
  return {
    standing: "kept",
    version,
    sending: false,
    first: null,
    last: null,
    failures: 0,
    notBefore: 0,
  };
}

/** Something was changed in the field. */
export function changed(saving: Saving, now: Moment): Saving {
  const begins = saving.standing === "kept" || saving.standing === "refused";
  const standing = begins ? "waiting" : saving.standing;
  return { ...saving, standing, first: saving.first ?? now, last: now };
}

/** When the next save is due; null while there is nothing to save, or nothing may be sent. */
export function due(saving: Saving): Moment | null {
  if (saving.sending || saving.first === null || saving.last === null) return null;
  if (isAgain(saving)) return saving.notBefore;
  if (saving.standing !== "waiting") return null;
  return Math.max(saving.notBefore, Math.min(saving.last + PAUSE_MS, saving.first + MOST_MS));
}

/** What stands in the field now is being sent. */
export function sending(saving: Saving): Saving {
  return { ...saving, sending: true, first: null, last: null };
}

/** The save was answered, or was not. */
export function answered(saving: Saving, outcome: Outcome, now: Moment): Saving {
  const over = { ...saving, sending: false };
  if (outcome.kind === "kept") {
    const standing = over.first === null ? "kept" : "waiting";
    return { ...over, standing, version: outcome.version, failures: 0, notBefore: 0 };
  }
  // What was sent is not kept: it is as new as it was before.
  const unsent = { ...over, first: over.first ?? now, last: over.last ?? now };
  if (outcome.kind === "away" || outcome.kind === "full") {
    const wait = Math.min(FIRST_AGAIN_MS * 2 ** saving.failures, LAST_AGAIN_MS);
    return {
      ...unsent,
      standing: outcome.kind,
      failures: saving.failures + 1,
      notBefore: now + wait,
    };
  }
  return { ...unsent, standing: outcome.kind };
}

/** The way to the server may be open again: it is tried at once. */
export function again(saving: Saving, now: Moment): Saving {
  return isAgain(saving) ? { ...saving, failures: 0, notBefore: now } : saving;
}

/** What held it back is over, or someone asks for it: whatever stands there is sent at once. */
export function reopened(saving: Saving, now: Moment): Saving {
  if (saving.standing === "kept" || saving.sending) return saving;
  const { version, failures } = saving;
  return { ...changed(resting(version), now - PAUSE_MS), failures };
}

function isAgain({ standing }: Saving): boolean {
  return standing === "away" || standing === "full";
}
