import type { Source } from "./revision";

const PATIENCE_MS = 45_000;
const LEAST_AHEAD_S = 1.5;
const FADE_MS = 400;
const STEP_MS = 40;

export interface Listener {
  /** The sound plays, or it does not. */
  turned(playing: boolean): void;
  ended(): void;
  failed(): void;
  /** Time has passed; said by the sound itself, also where timers sleep. */
  passed(): void;
}

/**
 * What plays: one audio element, and a spare one that makes other sound ready and takes its
 * place. Sound comes from media elements alone, so that it goes on when a phone is locked, and
 * both have played in a press of a button, so that a phone lets either begin by itself.
 */
export class Deck {
  private audio: HTMLAudioElement;
  private readonly listener: Listener;
  private spare: HTMLAudioElement | null = null;
  private loading = 0;
  private stopped = false;
  private held = false;

  constructor(audio: HTMLAudioElement, listener: Listener) {
    this.listener = listener;
    this.audio = this.attended(audio);
  }

  get time(): number {
    return this.audio.currentTime;
  }

  /** How far the sound that takes over has come. */
  get comingTime(): number {
    return this.spare?.currentTime ?? 0;
  }

  /** Nothing that it was given can be played; it may have failed before anyone listened. */
  get broken(): boolean {
    return this.audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
  }

  get playing(): boolean {
    return !this.stopped && !this.audio.paused && !this.audio.ended;
  }

  /** What plays is about to run dry: nothing else should be fetched beside it. */
  get runsDry(): boolean {
    const { buffered, currentTime, duration } = this.audio;
    for (let part = 0; part < buffered.length; part += 1) {
      const isHere = buffered.start(part) <= currentTime + 0.1 && currentTime <= buffered.end(part);
      const least = Math.min(currentTime + LEAST_AHEAD_S, duration - 0.5);
      if (isHere && buffered.end(part) >= least) return false;
    }
    return true;
  }

  /** To be called while a button is pressed: the spare element plays nothing, and has played. */
  wake(): void {
    if (this.spare) return;
    const spare = this.spareOne();
    const nothing = URL.createObjectURL(silence());
    const done = () => {
      URL.revokeObjectURL(nothing);
      if (spare.src === nothing) unload(spare);
    };
    spare.src = nothing;
    spare.play().then(done, done);
  }

  async play(): Promise<void> {
    if (this.stopped) return;
    this.held = false;
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
    this.spare?.pause();
  }

  /** Holds still for what shall be heard next; nobody has paused. */
  hold(): void {
    this.held = true;
    this.audio.pause();
  }

  back(seconds: number): void {
    this.audio.currentTime = Math.max(0, this.audio.currentTime - seconds);
  }

  /** The sound is gone, at once or softly within a second; nothing but `take` brings it back. */
  stop(softly = false): void {
    if (this.stopped) return;
    this.stopped = true;
    this.drop();
    const old = this.audio;
    const gone = () => {
      // Meanwhile the close may have taken its place.
      if (this.stopped && old === this.audio) unload(old);
    };
    if (softly && !old.paused) fade(old, gone);
    else gone();
    this.listener.turned(false);
  }

  /** Makes other sound ready from `at` on; fails where it does not come. */
  async load(sources: readonly Source[], at: number): Promise<void> {
    this.loading += 1;
    const mine = this.loading;
    const next = this.spareOne();
    unload(next);
    next.volume = 1;
    next.append(...sources.map(sourceOf));
    next.load();
    await heard(next, "loadedmetadata");
    if (mine === this.loading) await this.stand(at);
    if (mine !== this.loading) throw new Error("Other sound was asked for");
  }

  /** Lets what was loaded stand at another second. */
  async stand(at: number): Promise<void> {
    const next = this.spareOne();
    next.pause();
    if (Math.abs(next.currentTime - at) > 0.001) {
      next.currentTime = at;
      await heard(next, "seeked");
    }
    if (next.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) await heard(next, "canplay");
  }

  /** Lets what was loaded begin beside what plays. */
  async begin(): Promise<void> {
    const next = this.spareOne();
    const sounds = heard(next, "playing");
    await next.play();
    await sounds;
  }

  /** Waits a moment, or until what was loaded tells that its time has moved. */
  comingMoves(atMost_ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.spareOne().addEventListener("timeupdate", () => resolve(), { once: true });
      setTimeout(resolve, atMost_ms);
    });
  }

  /** What was loaded takes the place of what plays, playing if it began, or if `play` says so. */
  take(play = false): void {
    const next = this.spareOne();
    const old = this.audio;
    this.loading += 1;
    this.stopped = false;
    this.held = false;
    this.audio = next;
    this.spare = old;
    old.replaceWith(next);
    unload(old);
    if (play) void this.play();
    else this.listener.turned(this.playing);
  }

  /** Nothing takes over any more. */
  drop(): void {
    this.loading += 1;
    if (this.spare) unload(this.spare);
  }

  /** Loads what broke anew and goes on where it was. */
  async again(sources: readonly Source[], at: number): Promise<void> {
    await this.load(sources, at);
    this.take(true);
  }

  private spareOne(): HTMLAudioElement {
    this.spare ??= this.attended(twinOf(this.audio));
    return this.spare;
  }

  private attended(audio: HTMLAudioElement): HTMLAudioElement {
    const mine = () => audio === this.audio && !this.stopped;
    const told = (event: string, tell: () => void) => {
      audio.addEventListener(event, () => mine() && tell());
    };
    told("play", () => this.listener.turned(true));
    told("pause", () => this.held || this.listener.turned(false));
    told("ended", () => this.listener.ended());
    told("timeupdate", () => this.listener.passed());
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

function twinOf(audio: HTMLAudioElement): HTMLAudioElement {
  const twin = document.createElement("audio");
  twin.preload = "auto";
  twin.title = audio.title;
  return twin;
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

/** Where a page is hidden timers sleep, and on some phones volume is not ours: then at once. */
function fade(audio: HTMLAudioElement, gone: () => void): void {
  let left = FADE_MS;
  const step = () => {
    left -= STEP_MS;
    const wanted = Math.max(0, left / FADE_MS);
    audio.volume = wanted;
    if (left <= 0 || document.hidden || Math.abs(audio.volume - wanted) > 0.01) {
      audio.pause();
      clearInterval(timer);
      gone();
      audio.volume = 1;
    }
  };
  const timer = setInterval(step, STEP_MS);
  step();
}

/** A twentieth of a second of nothing: WAV, 8000 samples a second, 8 bits. */
function silence(): Blob {
  const samples = 400;
  const wav = new DataView(new ArrayBuffer(44 + samples));
  const write = (at: number, text: string) => {
    for (const [i, letter] of [...text].entries()) wav.setUint8(at + i, letter.charCodeAt(0));
  };
  write(0, "RIFF");
  wav.setUint32(4, 36 + samples, true);
  write(8, "WAVEfmt ");
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, 8000, true);
  wav.setUint32(28, 8000, true);
  wav.setUint16(32, 1, true);
  wav.setUint16(34, 8, true);
  write(36, "data");
  wav.setUint32(40, samples, true);
  for (let i = 0; i < samples; i += 1) wav.setUint8(44 + i, 128);
  return new Blob([wav], { type: "audio/wav" });
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
