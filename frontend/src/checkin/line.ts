import { found } from "../page";
import { radioOf, type Slid, slidIn } from "./answers";

/**
 * A question with a line: a slider and nine steps that say the same. A slider nobody touched is
 * not in the middle, it is not answered, and looks so.
 */
export class Line {
  private slid: Slid = null;
  private readonly range: HTMLInputElement;
  private readonly radios: HTMLInputElement[];

  constructor(private readonly root: HTMLElement) {
    this.range = found(root, "input[type=range]");
    this.radios = [...root.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    const chosen = this.radios.find((radio) => radio.checked)?.value ?? "";
    this.slid = root.dataset.exactly ? Number(root.dataset.exactly) : slidIn(chosen);
    this.range.addEventListener("input", () => this.touch());
    this.range.addEventListener("click", () => this.touch());
    this.range.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.touch();
    });
    for (const radio of this.radios) {
      radio.addEventListener("change", () => {
        this.slid = slidIn(radio.value);
        this.show();
      });
    }
    this.show();
  }

  get name(): string {
    return this.root.dataset.line ?? "";
  }

  get value(): Slid {
    return this.slid;
  }

  /** Shows the nine steps or the slider. */
  by(steps: boolean): void {
    found<HTMLElement>(this.root, "[data-nine]").hidden = steps === false;
    found<HTMLElement>(this.root, "[data-slid]").hidden = steps;
  }

  private touch(): void {
    this.slid = Number(this.range.value) / 100;
    this.show();
  }

  private show(): void {
    const radio = radioOf(this.slid);
    for (const each of this.radios) each.checked = each.value === radio;
    const isTouched = typeof this.slid === "number";
    if (typeof this.slid === "number") this.range.value = String(Math.round(this.slid * 100));
    else this.range.value = "50";
    this.range.classList.toggle("is-untouched", !isTouched);
    this.range.setAttribute("aria-valuetext", isTouched ? this.said(radio) : "not answered");
  }

  private said(radio: string): string {
    const chosen = this.radios.find((each) => each.value === radio);
    return chosen?.parentElement?.textContent?.trim() ?? "";
  }
}
