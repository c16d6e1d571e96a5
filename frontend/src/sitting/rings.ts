import { paint, type Stroke } from "../drawing";

const SAMPLES_PER_SECOND = 48_000;

/** The drawing as time: what is past stands in full, what is to come is faint. */
export class Rings {
  private readonly svg: SVGSVGElement;
  private paths: SVGPathElement[];
  private readonly running: SVGPathElement;

  constructor(svg: SVGSVGElement) {
    this.svg = svg;
    this.paths = [...svg.querySelectorAll("path")];
    this.running = document.createElementNS(svg.namespaceURI ?? "", "path") as SVGPathElement;
    this.running.setAttribute("pathLength", "1");
    svg.append(this.running);
  }

  use(strokes: readonly Stroke[], words: string): void {
    paint(this.svg, strokes);
    this.svg.setAttribute("aria-label", words);
    this.paths = [...this.svg.querySelectorAll("path")];
    this.svg.append(this.running);
  }

  at(time: number): void {
    const now = time * SAMPLES_PER_SECOND;
    let drawn = 0;
    for (const path of this.paths) {
      const start = Number(path.dataset.start);
      const end = Number(path.dataset.end);
      path.classList.toggle("past", end <= now);
      if (start <= now && now < end) drawn = this.draw(path, (now - start) / (end - start));
    }
    if (drawn === 0) this.running.setAttribute("class", "none");
  }

  /** Draws the running stroke as far as it has come. */
  private draw(path: SVGPathElement, share: number): number {
    this.running.setAttribute("class", `${path.classList[0]} past`);
    this.running.setAttribute("d", path.getAttribute("d") ?? "");
    this.running.setAttribute("stroke-dasharray", `${share} 1`);
    return share;
  }
}
