/** What can be answered in a check-in. Pure: what is on the page is given, what follows returned. */

/** Where a line is touched, from 0 to 1; null where it was not, which is never the middle. */
export type Slid = number | "cant-tell" | null;

/** A place on the body (`front.chest`) and a mark (`heavy`). */
export interface Mark {
  place: string;
  mark: string;
}

export interface Answers {
  felt: number | "cant-tell" | null;
  unreal: boolean;
  below: string | null;
  pleasant: Slid;
  energy: Slid;
  words: string[];
  marks: Mark[];
  tag: string | null;
}

export const STEPS = 9;

/** The nearest of nine steps, from 1. */
export function stepOf(slid: number): number {
  return Math.round(slid * (STEPS - 1)) + 1;
}

export function slidOf(step: number): number {
  return (step - 1) / (STEPS - 1);
}

/** What a radio of a line says; without a value it is left out. */
export function slidIn(value: string): Slid {
  if (value === "" || value === "cant-tell") return value || null;
  return slidOf(Number(value));
}

/** The value of the radio that says this, or nearly this. */
export function radioOf(slid: Slid): string {
  return typeof slid === "number" ? String(stepOf(slid)) : (slid ?? "");
}

export function feltIn(value: string): number | "cant-tell" | null {
  if (value === "" || value === "cant-tell") return value || null;
  return Number(value);
}

export function has(marks: readonly Mark[], { place, mark }: Mark): boolean {
  return marks.some((each) => each.place === place && each.mark === mark);
}

/** The marks with one more, or without it. */
export function put(marks: readonly Mark[], mark: Mark, isThere: boolean): Mark[] {
  const others = marks.filter((each) => each.place !== mark.place || each.mark !== mark.mark);
  return isThere ? [...others, mark] : others;
}

/** The mark on every place; where it is on all of them, on none. */
export function everywhere(
  marks: readonly Mark[],
  mark: string,
  places: readonly string[],
): Mark[] {
  const isAll = isEverywhere(marks, mark, places);
  return places.reduce<Mark[]>((all, place) => put(all, { place, mark }, !isAll), [...marks]);
}

export function isEverywhere(
  marks: readonly Mark[],
  mark: string,
  places: readonly string[],
): boolean {
  return places.length > 0 && places.every((place) => has(marks, { place, mark }));
}

/** Without the marks of a region that is no longer shown. */
export function without(marks: readonly Mark[], region: string): Mark[] {
  return marks.filter(({ place }) => regionOf(place) !== region);
}

export function regionOf(place: string): string {
  return place.slice(place.indexOf(".") + 1);
}

/** The marks as the server keeps them. */
function told({ place, mark }: Mark): { side: string; region: string; mark: string } {
  return { side: place.slice(0, place.indexOf(".")), region: regionOf(place), mark };
}

/** What is sent; the same answers give the same text. */
export function bodyOf(answers: Answers, version: number): string {
  return JSON.stringify({ version, ...answers, marks: answers.marks.map(told) });
}

/** Where the arrow keys go from a place in a row of so many; null for other keys. */
export function nextFocus(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}

/** How keeping went, and what to do about it. */
export type Outcome =
  | { kind: "kept"; address: string }
  /** It is there with other answers, or no longer there: these need an id of their own. */
  | { kind: "other"; sentence: string }
  | { kind: "locked" }
  /** Something must change first, or room be made. */
  | { kind: "refused"; sentence: string }
  /** Nobody answered: the same can be sent again. */
  | { kind: "away"; sentence: string };

export const AWAY =
  "Thaw does not answer just now. What you chose stays on this page. Nothing is lost: try again in a moment.";
const TWICE =
  "This was kept before with other answers, and those are safe. Choose “Done” once more to keep these beside them.";
const GONE = "This check-in is no longer there. Choose “Done” once more to keep it as a new one.";
const NOT_KEPT = "This could not be kept. What you chose stays on this page. Try once more.";

/** Reads an answer: a status, and what it says. */
export function outcomeOf(
  status: number,
  said: { kept?: string; error?: { message?: string } },
): Outcome {
  if (status === 200 && said.kept) return { kind: "kept", address: said.kept };
  if (status === 409) return { kind: "other", sentence: TWICE };
  if (status === 404) return { kind: "other", sentence: GONE };
  if (status === 401 || status === 423) return { kind: "locked" };
  if (status === 0 || status === 502 || status === 503) return { kind: "away", sentence: AWAY };
  return { kind: "refused", sentence: said.error?.message ?? NOT_KEPT };
}
