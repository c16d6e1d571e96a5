import { post } from "../ask";
import { found, made } from "../page";
import type { Cue, Revision } from "./revision";

/** The way back, offered after a stop: to be heard, or to be read. */
export class Close {
  private readonly root: HTMLElement;
  private readonly lines: () => readonly Cue[];

  /** `lines` are those of the closing; `hear` plays one, and tells whether its sound came. */
  constructor(
    root: HTMLElement,
    lines: () => readonly Cue[],
    hear: (close: Revision) => Promise<boolean>,
  ) {
    this.root = root;
    this.lines = lines;
    const pressed = (part: string, act: () => void) =>
      found(root, `[data-${part}]`).addEventListener("click", act);
    pressed("hear-close", () => void this.hear(hear));
    pressed("read-close", () => this.read());
  }

  private async hear(hear: (close: Revision) => Promise<boolean>): Promise<void> {
    const answer = await post<Revision>(this.root.dataset.closeUrl ?? "", "{}");
    const came = answer.ok && (await hear(answer.value));
    const trouble = found<HTMLElement>(this.root, "[data-close-trouble]");
    trouble.hidden = came;
    if (came) return;
    trouble.textContent = "The sound of the close does not come. You can read it here.";
    this.read();
  }

  private read(): void {
    const words = found<HTMLElement>(this.root, "[data-close-words]");
    words.replaceChildren(...this.lines().map((cue) => made("li", cue.text)));
    words.hidden = false;
    found(this.root, "[data-read-close]").setAttribute("aria-expanded", "true");
  }
}
