/** Small ways to find and make elements. Nothing here takes markup. */

export function found<T extends Element>(root: ParentNode, selector: string): T {
  const element = root.querySelector<T>(selector);
  if (!element) throw new Error(`The page lacks ${selector}`);
  return element;
}

export function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  words = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

/** Reads a JSON block that the page carries. */
export function carried<T>(id: string): T {
  return JSON.parse(found<HTMLScriptElement>(document, `#${id}`).textContent ?? "null") as T;
}
