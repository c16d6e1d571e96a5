import type { Cue } from "./revision";

const MOST_LINES = 2;

/**
 * The line being said, two lines of type at most at a time. A longer one is shown in parts,
 * each for its share of the time; what was said last stays in view, quieter, until the next.
 */
export class Captions {
  private readonly place: HTMLElement;
  private readonly ruler: HTMLElement;
  private cues: readonly Cue[] = [];
  private parts = new Map<string, string[]>();
  private width = 0;

  constructor(place: HTMLElement) {
    this.place = place;
    this.ruler = place.cloneNode() as HTMLElement;
    for (const name of ["aria-live", "aria-atomic", "data-line"]) this.ruler.removeAttribute(name);
    this.ruler.classList.add("ruler");
    this.ruler.setAttribute("aria-hidden", "true");
    place.after(this.ruler);
  }

  use(cues: readonly Cue[]): void {
    this.cues = cues;
  }

  /** The line at `time`, or the one said last before it. */
  at(time: number): void {
    const cue = this.cues.findLast((each) => each.start_s <= time);
    this.place.classList.toggle("said", cue !== undefined && time >= cue.end_s);
    this.show(cue ? this.part(cue, time) : "");
  }

  /** Sentences of our own take the place of a line. */
  show(words: string): void {
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  private part(cue: Cue, time: number): string {
    const parts = this.partsOf(cue.text);
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    let passed = ((time - cue.start_s) / (cue.end_s - cue.start_s)) * total;
    for (const part of parts) {
      passed -= part.length;
      if (passed < 0) return part;
    }
    return parts.at(-1) ?? "";
  }

  private partsOf(text: string): string[] {
    const width = this.place.clientWidth;
    if (width !== this.width) {
      this.width = width;
      this.parts.clear();
    }
    const known = this.parts.get(text) ?? split(text, (words) => this.fits(words));
    this.parts.set(text, known);
    return known;
  }

  /** Larger words need other parts. */
  measureAnew(): void {
    this.parts.clear();
    this.ruler.className = `${this.place.className} ruler`;
  }

  private fits(words: string): boolean {
    this.ruler.textContent = words;
    const height = Number.parseFloat(getComputedStyle(this.ruler).lineHeight);
    return this.ruler.scrollHeight <= MOST_LINES * height + 2;
  }
}

/** Splits at the ends of sentences where that fits, else between words. */
export function split(text: string, fits: (words: string) => boolean): string[] {
  if (fits(text)) return [text];
  const parts: string[] = [];
  for (const piece of pieces(text)) {
    const last = parts.at(-1);
    if (last !== undefined && fits(`${last} ${piece}`))
      parts[parts.length - 1] = `${last} ${piece}`;
    else parts.push(...(fits(piece) ? [piece] : broken(piece, fits)));
  }
  return parts;
}

function pieces(text: string): string[] {
  return text.split(/(?<=[.?!…]["”’)]*)\s+/);
}

/** Breaks a sentence into as few parts as fit, of about the same length. */
function broken(sentence: string, fits: (words: string) => boolean): string[] {
  const words = sentence.split(/\s+/);
  const least = filled(words, (part) => fits(part)).length;
  const share = sentence.length / least;
  const even = filled(words, (part) => part.length <= share * 1.15 && fits(part));
  return even.length === least ? even : filled(words, fits);
}

function filled(words: readonly string[], holds: (part: string) => boolean): string[] {
  const parts: string[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last !== undefined && holds(`${last} ${word}`)) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts;
}
