import { post } from "../ask";

/** How a sitting stands, as the log knows it. */
export type How = "on" | "ended" | "gently" | "stopped" | "left";

const EVERY_S = 30;
const MOST_STEP_S = 75;

/** How much of a step between two looks was heard: a jump is not, a sleeping timer's step is. */
export function heardBetween(from: Look, to: Look): number {
  const moved = to.time - from.time;
  const passed = (to.at - from.at) / 1000;
  if (!from.playing || moved <= 0 || passed <= 0 || moved > MOST_STEP_S) return 0;
  return Math.min(moved, passed + 0.5);
}

export interface Look {
  /** The second of the sitting. */
  time: number;
  /** The clock of the page, in milliseconds. */
  at: number;
  playing: boolean;
}

/** Tells the log how much was heard: now and then, and when it ends. It asks for nothing back. */
export class Report {
  private readonly url: string;
  private readonly known: (after: string) => void;
  private last: Look | null = null;
  private heard: number;
  private told: number;

  /** Counts on from what was `heard`; `known` is given where one goes from here. */
  constructor(url: string, heard: number, known: (after: string) => void) {
    this.url = url;
    this.heard = heard;
    this.told = heard;
    this.known = known;
  }

  look(look: Look): void {
    if (this.last) this.heard += heardBetween(this.last, look);
    this.last = look;
    if (this.heard - this.told >= EVERY_S) void this.tell("on");
  }

  /** Tells it at once; the request outlives the page. */
  async tell(how: How): Promise<void> {
    if (how !== "on" && !this.last) return;
    this.told = this.heard;
    const body = { heard_s: round(this.heard), at_s: round(this.last?.time ?? 0), how };
    const answer = await post<{ after: string }>(this.url, JSON.stringify(body), {
      keepalive: true,
    });
    if (answer.ok) this.known(answer.value.after);
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
