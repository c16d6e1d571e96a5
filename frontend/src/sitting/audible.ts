import { post } from "../ask";
import type { Revision } from "./revision";

/** What is heard: the voice and bells, bells only, or nothing. The words and the time stay. */
export class Audible {
  private readonly radios: NodeListOf<HTMLInputElement>;
  private wanted = 0;

  constructor(
    root: HTMLElement,
    use: (to: Revision, audible: string, isWanted: () => boolean) => Promise<boolean>,
    trouble: (message: string) => void,
  ) {
    this.radios = root.querySelectorAll('input[name="audible"]');
    const choose = async (audible: string) => {
      this.wanted += 1;
      const mine = this.wanted;
      const isWanted = () => mine === this.wanted;
      const url = root.dataset.audibleUrl ?? "";
      const answer = await post<Revision>(url, JSON.stringify({ audible }));
      if (!isWanted()) return;
      if (!answer.ok) return trouble(answer.message);
      root.dataset.heard = audible;
      const came = await use(answer.value, audible, isWanted);
      if (!came && isWanted()) trouble("The sound for this does not come. What plays goes on.");
    };
    for (const radio of this.radios) {
      radio.addEventListener("change", () => void choose(radio.value));
    }
  }

  /** While an answer is on its way, nothing else changes. */
  rest(wanted: boolean): void {
    for (const radio of this.radios) radio.disabled = wanted;
  }
}
