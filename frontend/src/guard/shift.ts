/** Shift pressed three times by itself, and nothing in between. */

export interface Press {
  kind: "keydown" | "keyup" | "pointerdown";
  key: string;
  repeat: boolean;
  /** Milliseconds of a clock that only goes forward. */
  at: number;
}

const TIMES = 3;
const WITHIN_MS = 1_500;

/** Returns what says, press by press, whether the third one has just come. */
export function presses(): (press: Press) => boolean {
  let downs: number[] = [];
  return ({ kind, key, repeat, at }) => {
    if (kind === "keyup" && key === "Shift") return false;
    if (kind !== "keydown" || key !== "Shift") {
      // A capital letter, or anything else, was meant: it begins anew.
      if (kind !== "keyup") downs = [];
      return false;
    }
    if (repeat) {
      downs = [];
      return false;
    }
    downs = [...downs.filter((down) => at - down < WITHIN_MS), at];
    if (downs.length < TIMES) return false;
    downs = [];
    return true;
  };
}
