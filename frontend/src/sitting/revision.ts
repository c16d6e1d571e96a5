import type { Stroke } from "../drawing";

/** One state of a sitting as the server tells it. Times are in seconds of its own sound. */
export interface Revision {
  revision: number;
  sources: Source[];
  switch_s: number;
  total_s: number;
  cues: Cue[];
  closing_s: number | null;
  strokes: Stroke[];
  words: string;
}

export interface Source {
  src: string;
  type: string;
}

/** One line, from when to when it is said. */
export interface Cue {
  start_s: number;
  end_s: number;
  text: string;
  section: string;
}

/** What the server makes of a tap: a state that could follow, or words to show. */
export interface Reply extends Revision {
  tap: string;
  changes: boolean;
  base: number;
  answer: string[];
  is_spoken: boolean;
  offers: Offer[];
  sentence: string;
}

export interface Offer {
  kind: string;
  label: string;
}
