import { type Answer, getJson, post } from "./ask";

/** How far the voicing of a practice is, as the server tells it. */
export interface Voiced {
  voice: string;
  done: number;
  total: number;
  ready: boolean;
  waits_s: number;
  trouble: string | null;
  instead: string | null;
  quick: string | null;
}

const ASK_EVERY_MS = 400;

/** Starts the voicing of what is chosen, and asks how far it is until it is ready. */
export class Voicing {
  private readonly url: string;
  private readonly show: (answer: Answer<Voiced>) => void;
  private asked = 0;

  constructor(url: string, show: (answer: Answer<Voiced>) => void) {
    this.url = url;
    this.show = show;
  }

  /** Asks no more about what was chosen before. */
  leave(): void {
    this.asked += 1;
  }

  async start(chosen: URLSearchParams): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    let answer = await post<Voiced>(this.url, chosen);
    while (mine === this.asked) {
      this.show(answer);
      if (!answer.ok || answer.value.ready || answer.value.trouble) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      if (mine !== this.asked) return;
      answer = await getJson<Voiced>(`${this.url}?${chosen}`);
    }
  }
}
