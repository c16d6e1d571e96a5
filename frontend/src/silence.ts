import { forgetMediaKeys } from "./media";

/**
 * Every sound of a page can be hushed from anywhere: by Leave and the lock, and by Help now.
 * The word goes through the window, so that it is heard across scripts.
 */

type How = "pause" | "stop";

const HUSH = "thaw:hush";

/** Registers something that sounds; the answer takes it back. */
export function sounds(hush: (how: How) => void): () => void {
  const heard = (event: Event) => hush((event as CustomEvent<How>).detail);
  addEventListener(HUSH, heard);
  return () => removeEventListener(HUSH, heard);
}

export function pauseAll(): void {
  dispatchEvent(new CustomEvent<How>(HUSH, { detail: "pause" }));
}

/** All sound is gone, and so is what the lock screen says of it, whatever else has failed. */
export function stopAll(): void {
  dispatchEvent(new CustomEvent<How>(HUSH, { detail: "stop" }));
  for (const media of document.querySelectorAll("audio")) media.pause();
  forgetMediaKeys();
}
