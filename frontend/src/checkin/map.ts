import { found, made } from "../page";
import {
  everywhere,
  has,
  isEverywhere,
  type Mark,
  nextFocus,
  put,
  regionOf,
  without,
} from "./answers";

const SVG = "http://www.w3.org/2000/svg";

/**
 * The body: marked by finger or mouse on the drawing, or by name with the keyboard. What is
 * marked stands beside it in words.
 */
export class BodyMap {
  private now: Mark[] = [];
  /** While someone paints: whether marks are put or taken. */
  private painting: boolean | null = null;

  constructor(
    private readonly root: HTMLElement,
    marks: Mark[],
  ) {
    this.now = marks;
    this.listenToDrawing();
    this.listenToNames();
    for (const brush of this.brushes()) brush.addEventListener("change", () => this.show());
    found(root, "[data-everywhere]").addEventListener("click", () => this.markEverywhere());
    this.show();
  }

  get marks(): Mark[] {
    return this.now;
  }

  /** Leaves a region out, with what was marked there, or shows it again. */
  hide(region: string, isHidden: boolean): void {
    for (const path of this.paths(`[data-region="${region}"]`)) {
      path.classList.toggle("is-hidden", isHidden);
    }
    for (const name of this.names(`[data-region="${region}"]`)) name.hidden = isHidden;
    if (isHidden) this.now = without(this.now, region);
    this.show();
  }

  private brushes(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>("[data-brush]")];
  }

  private brush(): string {
    return this.brushes().find((each) => each.checked)?.value ?? "";
  }

  private paths(which = ""): SVGPathElement[] {
    return [...this.root.querySelectorAll<SVGPathElement>(`path[data-place]${which}`)];
  }

  private names(which = ""): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>(`button[data-name]${which}`)];
  }

  private shown(): string[] {
    return this.names()
      .filter((name) => !name.hidden)
      .map((name) => name.dataset.place ?? "");
  }

  private listenToDrawing(): void {
    const figures = found<HTMLElement>(this.root, "[data-figures]");
    figures.addEventListener("pointerdown", (event) => {
      const place = placeAt(event);
      if (!place || event.button !== 0) return;
      event.preventDefault();
      this.painting = !has(this.now, { place, mark: this.brush() });
      this.paint(place);
    });
    figures.addEventListener("pointermove", (event) => {
      const place = this.painting === null ? null : placeAt(event);
      if (place) this.paint(place);
    });
    for (const over of ["pointerup", "pointercancel"] as const) {
      addEventListener(over, () => {
        this.painting = null;
      });
    }
  }

  private paint(place: string): void {
    const mark = { place, mark: this.brush() };
    if (this.painting === null || has(this.now, mark) === this.painting) return;
    this.change(put(this.now, mark, this.painting), this.painting, mark);
  }

  private listenToNames(): void {
    for (const group of this.root.querySelectorAll<HTMLElement>("[data-names]")) {
      group.addEventListener("keydown", (event) => this.walk(group, event));
      group.addEventListener("focusin", (event) => this.near(event.target as HTMLElement));
      group.addEventListener("focusout", () => this.near(null));
      group.addEventListener("pointerover", (event) => this.near(event.target as HTMLElement));
      group.addEventListener("pointerleave", () => this.near(null));
    }
    for (const name of this.names()) {
      name.addEventListener("click", () => {
        const mark = { place: name.dataset.place ?? "", mark: this.brush() };
        const isThere = !has(this.now, mark);
        this.change(put(this.now, mark, isThere), isThere, mark);
      });
    }
  }

  /** One stop of the tab key each; arrow keys go on from place to place. */
  private walk(group: HTMLElement, event: KeyboardEvent): void {
    const names = [...group.querySelectorAll<HTMLButtonElement>("button:not([hidden])")];
    const next = nextFocus(
      event.key,
      names.indexOf(event.target as HTMLButtonElement),
      names.length,
    );
    if (next === null) return;
    event.preventDefault();
    for (const [at, name] of names.entries()) name.tabIndex = at === next ? 0 : -1;
    names[next]?.focus();
  }

  private near(name: HTMLElement | null): void {
    const place = name?.dataset.place;
    for (const path of this.paths()) {
      path.classList.toggle("is-near", place !== undefined && path.dataset.place === place);
    }
  }

  private markEverywhere(): void {
    const [mark, places] = [this.brush(), this.shown()];
    this.now = everywhere(this.now, mark, places);
    const isAll = isEverywhere(this.now, mark, places);
    this.say(isAll ? `${this.called(mark)}: everywhere` : `${this.called(mark)}: taken away`);
    this.show();
  }

  private change(marks: Mark[], isThere: boolean, { place, mark }: Mark): void {
    this.now = marks;
    const words = `${this.called(mark)}, ${this.nameOf(place)}`;
    this.say(isThere ? words : `Taken away: ${words}`);
    this.show();
  }

  private say(words: string): void {
    found(this.root, "[data-marked-said]").textContent = words;
  }

  private called(mark: string): string {
    return this.brushes().find((each) => each.value === mark)?.dataset.brush ?? mark;
  }

  private nameOf(place: string): string {
    return this.names(`[data-place="${place}"]`)[0]?.dataset.name ?? regionOf(place);
  }

  private show(): void {
    const brush = this.brush();
    for (const name of this.names()) {
      const mark = { place: name.dataset.place ?? "", mark: brush };
      name.setAttribute("aria-pressed", String(has(this.now, mark)));
    }
    for (const group of this.root.querySelectorAll<HTMLElement>("[data-names]")) keepOneStop(group);
    this.draw();
    this.list();
  }

  private draw(): void {
    for (const figure of this.root.querySelectorAll<SVGElement>("svg.figure")) {
      const painted = found<SVGElement>(figure, "[data-painted]");
      painted.replaceChildren();
      for (const path of figure.querySelectorAll<SVGPathElement>("path[data-place]")) {
        const marks = this.now.filter(({ place }) => place === path.dataset.place);
        if (marks.length > 0) painted.append(like(path, "washed", ""));
        for (const { mark } of marks) painted.append(like(path, "", `url(#mark-${mark})`));
      }
    }
  }

  private list(): void {
    const places = this.shown();
    const items = this.brushes()
      .filter(({ value }) => this.now.some(({ mark }) => mark === value))
      .map(({ value }) => this.item(value, places));
    found(this.root, "[data-marked]").replaceChildren(...items);
    found<HTMLElement>(this.root, "[data-none]").hidden = items.length > 0;
  }

  private item(mark: string, places: string[]): HTMLLIElement {
    const item = made("li");
    item.append(made("span", `${this.called(mark)}: `));
    if (isEverywhere(this.now, mark, places)) {
      item.append(this.taker(mark, "everywhere", () => everywhere(this.now, mark, places)));
      return item;
    }
    for (const { place } of this.now.filter((each) => each.mark === mark)) {
      const gone = () => put(this.now, { place, mark }, false);
      item.append(this.taker(mark, this.nameOf(place), gone));
    }
    return item;
  }

  private taker(mark: string, where: string, gone: () => Mark[]): HTMLButtonElement {
    const button = made("button", where, "pill");
    button.type = "button";
    button.setAttribute("aria-label", `${where}: take away “${this.called(mark)}”`);
    button.append(cross());
    button.addEventListener("click", () => {
      const at = this.takers().indexOf(button);
      this.now = gone();
      this.say(`Taken away: ${this.called(mark)}, ${where}`);
      this.show();
      const left = this.takers();
      (left[Math.min(at, left.length - 1)] ?? found<HTMLElement>(this.root, ".marked h2")).focus();
    });
    return button;
  }

  private takers(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>("[data-marked] button")];
  }
}

/** The place under a finger or a mouse; a finger holds the element it began on, so it is asked. */
function placeAt(event: PointerEvent): string | null {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const path = under?.closest<SVGPathElement>("path[data-place]:not(.is-hidden)");
  return path?.dataset.place ?? null;
}

function like(path: SVGPathElement, className: string, fill: string): SVGPathElement {
  const copy = document.createElementNS(SVG, "path");
  copy.setAttribute("d", path.getAttribute("d") ?? "");
  if (className) copy.setAttribute("class", className);
  if (fill) copy.setAttribute("fill", fill);
  return copy;
}

function cross(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("class", "cross");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M2 2l8 8M10 2l-8 8");
  svg.append(path);
  return svg;
}

function keepOneStop(group: HTMLElement): void {
  const names = [...group.querySelectorAll<HTMLButtonElement>("button:not([hidden])")];
  if (names.filter((name) => name.tabIndex === 0).length === 1) return;
  for (const [at, name] of names.entries()) name.tabIndex = at === 0 ? 0 : -1;
}
