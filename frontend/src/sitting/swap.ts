/**
 * When one sound takes over from another. Pure: all times are seconds of the sitting, which both
 * sounds share up to the second from which they differ.
 */

export interface Span {
  start: number;
  end: number;
}

/** What to do now about sound that shall take over. */
export type Move =
  | { act: "wait" }
  /** It stands ready; it begins after so long. */
  | { act: "start"; after: number }
  /** The silence has gone on without it: it stands ready once more, further on. */
  | { act: "stand"; at: number }
  /** What plays would be heard to differ: it plays on. */
  | { act: "late" };

/** How long an element takes from being told to play until it does. */
export const START_S = 0.06;

/** How much longer or shorter than planned a silence may become. */
export const MOST_DRIFT_S = 0.25;

const EDGE_S = 0.05;
const LAST_S = 0.12;
const AGAIN_S = 0.3;
const SAMPLES_PER_SECOND = 48_000;

/** Lines and bells, as spans in which something is heard. */
export function sounding(
  cues: readonly { start_s: number; end_s: number }[],
  strokes: readonly { kind: string; start: number; end: number }[],
): Span[] {
  const bells = strokes.filter(({ kind }) => kind === "bell");
  return [
    ...cues.map(({ start_s, end_s }) => ({ start: start_s, end: end_s })),
    ...bells.map(({ start, end }) => ({
      start: start / SAMPLES_PER_SECOND,
      end: end / SAMPLES_PER_SECOND,
    })),
  ].sort((one, other) => one.start - other.start);
}

/** The silence that ends where two sounds begin to differ: there one may follow the other. */
export function silenceBefore(spans: readonly Span[], end: number): Span {
  const ends = spans.filter((span) => span.start < end).map((span) => Math.min(span.end, end));
  return { start: Math.max(0, ...ends), end };
}

/** The next silence from `time` on that lasts at least `least`; after the last span it is open. */
export function nextSilence(spans: readonly Span[], time: number, least = 0.6): Span {
  let start = time;
  for (const span of spans) {
    if (span.end <= start) continue;
    if (span.start - start >= least) return { start, end: span.start };
    start = Math.max(start, span.end);
  }
  return { start, end: Number.POSITIVE_INFINITY };
}

/** Where sound is made ready at first: in the silence, and not before what is heard already. */
export function standIn(silence: Span, time: number): number {
  return Math.min(Math.max(silence.start + EDGE_S, time), Math.max(silence.end, time));
}

/**
 * What to do when what plays has come to `time`, and what shall follow stands ready at `stands`
 * (null while it does not).
 */
export function moveOf(silence: Span, time: number, stands: number | null): Move {
  if (time > silence.end - LAST_S) return { act: "late" };
  if (stands === null) return { act: "wait" };
  const after = stands - START_S - time;
  if (after >= -START_S) return { act: "start", after: Math.max(0, after) };
  const at = time + AGAIN_S;
  return at <= silence.end - LAST_S ? { act: "stand", at } : { act: "late" };
}

/** Whether sound that began is near enough to what plays to take over. */
export function isNear(old: number, fresh: number): boolean {
  return Math.abs(old - fresh) <= MOST_DRIFT_S;
}

const LEAST_LEAD_S = 1;
const MOST_LEAD_S = 40;

/** How far ahead of what is heard to ask, from how long the last answer took to be ready. */
export function leadFrom(took_s: number, isReady: boolean): number {
  const wanted = took_s * (isReady ? 1.25 : 1.6) + 0.4;
  return Math.min(MOST_LEAD_S, Math.max(LEAST_LEAD_S, wanted));
}

const HEAD_BYTES = 80_000;
const SOUND_BYTES_S = 5_500;
const READ_ON_BYTES = 160_000;
const AFRESH_BYTES = 130_000;

/**
 * How many bytes come before a second within a sound is heard. A browser reads on to what lies
 * near its head, and asks afresh for what lies further; measured with Chromium.
 */
export function bytesBefore(at: number): number {
  const before = SOUND_BYTES_S * at;
  return before < READ_ON_BYTES ? HEAD_BYTES + before : AFRESH_BYTES;
}

/** How far ahead of `time` to ask where so many bytes come in a second, and an answer takes so long. */
export function leadOn(rate: number, time: number, answer_s: number): number {
  for (let lead = LEAST_LEAD_S; lead < MOST_LEAD_S; lead += 1) {
    if (leadFrom(answer_s + bytesBefore(time + lead) / rate, true) <= lead) return lead;
  }
  return MOST_LEAD_S;
}
