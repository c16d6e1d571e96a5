import { found } from "../page";

const SIDES = ["left", "right"] as const;
const NAMES = { left: "left or upper half", right: "right or lower half" };

/** Either half of the screen can be one answer, for closed eyes; Stop, Help and Leave lie above. */
export class Halves {
  private readonly root: HTMLElement;
  private readonly tap: (kind: string, half: HTMLElement) => void;

  constructor(root: HTMLElement, tap: (kind: string, half: HTMLElement) => void) {
    this.root = root;
    this.tap = tap;
    for (const side of SIDES) this.attend(side);
  }

  private attend(side: (typeof SIDES)[number]): void {
    const half = found<HTMLButtonElement>(this.root, `button[data-half="${side}"]`);
    const choice = found<HTMLSelectElement>(this.root, `select[data-half-choice="${side}"]`);
    const wanted = this.root.dataset[side === "left" ? "halfLeft" : "halfRight"] ?? "";
    if ([...choice.options].some(({ value }) => value === wanted)) choice.value = wanted;
    const show = () => {
      half.hidden = choice.value === "";
      half.dataset.kind = choice.value;
      const label = choice.selectedOptions[0]?.textContent ?? "";
      half.textContent = label;
      half.ariaLabel = `${label}, ${NAMES[side]}`;
    };
    choice.addEventListener("change", show);
    half.addEventListener("click", () => this.tap(half.dataset.kind ?? "", half));
    show();
  }
}
