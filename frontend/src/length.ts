import { found } from "./page";
import { spell } from "./time";

/** How long: a slider of whole minutes and two fields that hold any length, kept in step. */
export class Length {
  private readonly slide: HTMLInputElement;
  private readonly minutes: HTMLInputElement;
  private readonly seconds: HTMLInputElement;

  constructor(root: ParentNode, changed: () => void) {
    this.slide = found(root, "#slide");
    this.minutes = found(root, "#minutes");
    this.seconds = found(root, "#seconds");
    found<HTMLElement>(root, ".slide").hidden = false;
    this.slide.addEventListener("input", () => {
      this.set(Number(this.slide.value) * 60);
      changed();
    });
    found<HTMLElement>(root, "[data-usual]").addEventListener("click", (event) => {
      this.set(Number((event.currentTarget as HTMLElement).dataset.usual) * 60);
      changed();
    });
    for (const field of [this.minutes, this.seconds]) {
      field.addEventListener("input", () => this.show());
    }
    this.show();
  }

  get wanted(): number {
    return Number(this.minutes.value || 0) * 60 + Number(this.seconds.value || 0);
  }

  set(seconds: number): void {
    this.minutes.value = String(Math.floor(seconds / 60));
    this.seconds.value = String(seconds % 60);
    this.show();
  }

  /** The slider follows the fields; its words are the length, not a bare number. */
  private show(): void {
    this.slide.value = String(Math.round(this.wanted / 60));
    this.slide.setAttribute("aria-valuetext", spell(this.wanted));
  }
}
