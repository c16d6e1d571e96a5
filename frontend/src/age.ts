/** How well a number is known on a day, as the server judges it: a kept page may be old. */

export type Standing = "confirmed" | "a while ago" | "old";

const DAY_MS = 86_400_000;
const MARKED_DAYS = 180;
const OLD_DAYS = 365;

/** Days as `2026-11-22`; a clock that stands before the check cannot tell an age. */
export function standingOf(checked: string, today: string): Standing {
  const age = Math.round((Date.parse(today) - Date.parse(checked)) / DAY_MS);
  if (age >= OLD_DAYS) return "old";
  return age >= MARKED_DAYS || !(age >= 0) ? "a while ago" : "confirmed";
}

/** The day on this machine. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
