import type { Standing } from "./autosave";

export const KEPT = "Kept.";
export const NOT_YET = "Not kept yet. It stays on this page.";

/** The quiet line beside the field. */
export function lineOf(standing: Standing, isNew: boolean): string {
  if (standing !== "kept") return NOT_YET;
  return isNew ? "It is kept as you write." : KEPT;
}

/** What has to be said aloud, and why; empty where nothing is in the way. */
export function troubleOf(standing: Standing, failures: number, sentence: string): string {
  if (standing === "away" && failures > 1) {
    return "Thaw does not answer just now. You can go on writing: it stays on this page, and it is tried again.";
  }
  if (standing === "full") {
    return "The disk is full, so this is not kept yet. It stays on this page. With a little room made, it is kept by itself.";
  }
  if (standing === "refused")
    return `${sentence || "It cannot be kept like this."} It stays on this page.`;
  return "";
}
