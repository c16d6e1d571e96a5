import { keep, kept } from "../keep";

type Look = "line" | "large" | "rings" | "time" | "taps" | "buttons" | "keys" | "announce";

/** What a person wants to see of a sitting. Stop is not among it: it always stays. */
export class Looks {
  private readonly boxes: HTMLInputElement[];
  private readonly changed: (look: Look, on: boolean) => void;

  constructor(root: ParentNode, announced: boolean, changed: (look: Look, on: boolean) => void) {
    this.boxes = [...root.querySelectorAll<HTMLInputElement>("[data-look]")];
    this.changed = changed;
    for (const box of this.boxes) {
      const look = box.dataset.look as Look;
      const known = kept(`look.${look}`);
      if (known !== null) box.checked = known === "on";
      else if (look === "announce") box.checked = announced;
      box.addEventListener("change", () => {
        keep(`look.${look}`, box.checked ? "on" : "off");
        this.changed(look, box.checked);
      });
    }
  }

  apply(): void {
    for (const box of this.boxes) this.changed(box.dataset.look as Look, box.checked);
  }
}
