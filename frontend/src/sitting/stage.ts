import { found } from "../page";
import { clock } from "../time";
import { Captions } from "./captions";
import { Looks } from "./looks";
import type { Cue, Revision } from "./revision";
import { Rings } from "./rings";

const BEFORE = "Press play when you are ready.";

/** What is seen of a sitting while it lasts: drawing, line, time left, the state of play. */
export class Stage {
  private readonly root: HTMLElement;
  private readonly captions: Captions;
  private readonly rings: Rings;
  private begun = false;
  /** Whether one key is one answer. */
  keysAnswer = true;

  constructor(root: HTMLElement, cues: readonly Cue[], announced: boolean) {
    this.root = root;
    const line = found<HTMLElement>(root, "[data-line]");
    this.captions = new Captions(line);
    this.captions.use(cues);
    this.captions.show(BEFORE);
    line.classList.add("said");
    this.rings = new Rings(found<SVGSVGElement>(root, "svg.drawing"));
    new Looks(root, announced, (look, on) => {
      if (look === "announce") line.setAttribute("aria-live", on ? "polite" : "off");
      else if (look === "large") root.classList.toggle("large", on);
      else if (look === "keys") this.keysAnswer = on;
      else found<HTMLElement>(root, `[data-${look}]`).hidden = !on;
      this.captions.measureAnew();
    }).apply();
  }

  use({ cues, strokes, words }: Revision): void {
    this.captions.use(cues);
    this.rings.use(strokes, words);
  }

  at(time: number, total: number): void {
    this.rings.at(time);
    const left = `${clock(total - time)} left`;
    const place = found(this.root, "[data-time]");
    if (place.textContent !== left) place.textContent = left;
    if (this.begun) this.captions.at(time);
  }

  turned(playing: boolean): void {
    if (playing) this.begun = true;
    const button = found<HTMLElement>(this.root, "[data-play]");
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    for (const icon of button.querySelectorAll("[data-when]")) {
      icon.toggleAttribute(
        "hidden",
        icon.getAttribute("data-when") !== (playing ? "playing" : "paused"),
      );
    }
  }

  /** What did not work, in a sentence, and a way on. */
  trouble(words: string, mend?: { label: string; act: () => void }): void {
    const place = found<HTMLElement>(this.root, "[data-trouble]");
    place.textContent = words;
    place.hidden = words === "";
    if (!mend) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = mend.label;
    button.addEventListener("click", mend.act);
    place.append(" ", button);
  }

  /** Shows the stage, or what comes after it. */
  turnTo(part: "stage" | "stop" | "end"): void {
    found<HTMLElement>(this.root, "[data-stage]").hidden = part === "stop";
    this.root.classList.toggle("over", part === "end");
    for (const after of this.root.querySelectorAll<HTMLElement>("[data-after]")) {
      after.hidden = after.dataset.after !== part;
      if (!after.hidden) found<HTMLElement>(after, "h2").focus();
    }
  }
}
