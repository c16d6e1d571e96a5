/** Every sound of a page can be hushed from anywhere: by Leave, and by Help now. */

type Hush = (how: "pause" | "stop") => void;

const sources = new Set<Hush>();

/** Registers something that sounds; the answer takes it back. */
export function sounds(hush: Hush): () => void {
  sources.add(hush);
  return () => sources.delete(hush);
}

export function pauseAll(): void {
  for (const hush of sources) hush("pause");
}

export function stopAll(): void {
  for (const hush of sources) hush("stop");
  for (const media of document.querySelectorAll("audio")) media.pause();
}
