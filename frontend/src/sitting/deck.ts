import type { Source } from "./revision";

const PATIENCE_MS = 15_000;

export interface Listener {
  /** The sound plays, or it does not. */
  turned(playing: boolean): void;
  ended(): void;
  failed(): void;
}

/**
 * What plays: one audio element, and a second one while another revision takes its place.
 * Sound comes from media elements alone, so that it goes on when a phone is locked.
 */
export class Deck {
  private audio: HTMLAudioElement;
  private readonly listener: Listener;
  private coming: HTMLAudioElement | null = null;
  private stopped = false;

  constructor(audio: HTMLAudioElement, listener: Listener) {
    this.listener = listener;
    this.audio = this.attended(audio);
  }

  get time(): number {
    return this.audio.currentTime;
  }

  /** Nothing that it was given can be played; it may have failed before anyone listened. */
  get broken(): boolean {
    return this.audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
  }

  get playing(): boolean {
    return !this.stopped && !this.audio.paused && !this.audio.ended;
  }

  async play(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.audio.play();
    } catch (error) {
      const { name } = error as DOMException;
      if (name === "NotAllowedError") this.listener.turned(false);
      else if (name !== "AbortError") this.listener.failed(); // A pause while it starts is none.
    }
  }

  pause(): void {
    this.audio.pause();
  }

  back(seconds: number): void {
    this.audio.currentTime = Math.max(0, this.audio.currentTime - seconds);
  }

  /** The sound is gone at once, and nothing can bring it back but `take`. */
  stop(): void {
    this.stopped = true;
    this.drop();
    unload(this.audio);
    this.listener.turned(false);
  }

  /** Prepares other sound from `at` on; the answer is ready to be switched to. */
  async prepare(sources: readonly Source[], at: number): Promise<HTMLAudioElement> {
    this.drop();
    const next = document.createElement("audio");
    next.preload = "auto";
    next.title = this.audio.title;
    next.append(...sources.map(sourceOf));
    this.coming = next;
    await heard(next, "loadedmetadata");
    if (at > 0) {
      next.currentTime = at;
      await heard(next, "seeked");
    }
    await ready(next);
    return next;
  }

  /** Lets prepared sound take over, playing or not. */
  async take(next: HTMLAudioElement, play: boolean): Promise<void> {
    if (next !== this.coming) return;
    const old = this.audio;
    this.coming = null;
    this.stopped = false;
    old.pause();
    this.audio = this.attended(next);
    old.replaceWith(next);
    unload(old);
    if (play) await this.play();
  }

  /** Loads what broke anew and goes on where it was. */
  async again(sources: readonly Source[], at: number): Promise<void> {
    await this.take(await this.prepare(sources, at), true);
  }

  private drop(): void {
    if (this.coming) unload(this.coming);
    this.coming = null;
  }

  private attended(audio: HTMLAudioElement): HTMLAudioElement {
    const mine = () => audio === this.audio && !this.stopped;
    audio.addEventListener("play", () => mine() && this.listener.turned(true));
    audio.addEventListener("pause", () => mine() && this.listener.turned(false));
    audio.addEventListener("ended", () => mine() && this.listener.ended());
    audio.addEventListener(
      "error",
      (event) => {
        // A source that cannot be used makes way for the next; only the last one is the end.
        const isLast = event.target === audio || event.target === audio.lastElementChild;
        if (isLast && mine()) this.listener.failed();
      },
      true,
    );
    return audio;
  }
}

function sourceOf({ src, type }: Source): HTMLSourceElement {
  const source = document.createElement("source");
  source.src = src;
  source.type = type;
  return source;
}

function unload(audio: HTMLAudioElement): void {
  audio.pause();
  audio.replaceChildren();
  audio.removeAttribute("src");
  audio.load();
}

/** Resolves when `audio` tells `event`; fails when no source can be used, or none answers. */
function heard(audio: HTMLAudioElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("The sound could not be loaded"));
    audio.addEventListener(event, () => resolve(), { once: true });
    audio.addEventListener(
      "error",
      ({ target }) => {
        if (target === audio || target === audio.lastElementChild) fail();
      },
      true,
    );
    setTimeout(fail, PATIENCE_MS);
  });
}

async function ready(audio: HTMLAudioElement): Promise<void> {
  if (audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) await heard(audio, "canplay");
}
