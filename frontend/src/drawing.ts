/** The drawing of a practice, from the strokes of its plan. */

export interface Stroke {
  kind: "rest" | "say" | "bell";
  d: string;
  start: number;
  end: number;
  ring: number;
}

const SVG = "http://www.w3.org/2000/svg";

export function paint(svg: SVGSVGElement, strokes: readonly Stroke[]): void {
  const paths = strokes.map((stroke) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", stroke.kind);
    path.setAttribute("d", stroke.d);
    path.dataset.start = String(stroke.start);
    path.dataset.end = String(stroke.end);
    return path;
  });
  svg.replaceChildren(...paths);
}
