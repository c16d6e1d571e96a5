import { post } from "../ask";
import { forgetMediaKeys } from "../media";
import { carried, found, made } from "../page";
import { sounds } from "../silence";
import { Deck } from "./deck";
import { listenToKeys, listenToMediaKeys, tellMediaKeys, type Ways } from "./keys";
import type { Cue, Revision, Source } from "./revision";
import { Screen } from "./screen";
import { Stage } from "./stage";

const TICK_MS = 100;
const SETTLED_MS = 2_000;
const BACK_S = 15;
const LEAD_S = 1;
const HOLD_S = 0.25;

/** What the player knows of the sound it plays. */
interface Playing {
  revision: number;
  sources: readonly Source[];
  total_s: number;
  cues: readonly Cue[];
  closing_s: number | null;
}

/** Another revision on its way: it takes over in the silence from `at` to `latest`. */
interface Switch {
  to: Revision;
  at: number;
  latest: number;
  next: HTMLAudioElement | null;
}

/** The player of a sitting. Its sound is one media element; all else follows its time. */
class ThawSitting extends HTMLElement implements Ways {
  private deck!: Deck;
  private stage!: Stage;
  private now!: Playing;
  private readonly screen = new Screen();
  private switching: Switch | null = null;
  private wanted = 0;
  private over = false;

  connectedCallback(): void {
    const audio = found<HTMLAudioElement>(this, "audio");
    this.now = this.firstPlaying(audio);
    this.deck = new Deck(audio, this);
    for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]"))
      part.hidden = false;
    for (const part of document.querySelectorAll<HTMLElement>(".unless-scripted"))
      part.hidden = true;
    this.stage = new Stage(this, this.now.cues, this.dataset.words !== undefined);
    audio.controls = false;
    this.listen();
    setInterval(() => this.tick(), TICK_MS);
    this.tick();
    // While the browser still chooses a source it says the same, so it is asked a little later.
    setTimeout(() => this.deck.broken && this.failed(), SETTLED_MS);
  }

  play(): void {
    if (!this.over) void this.deck.play();
  }

  pause(): void {
    this.deck.pause();
  }

  toggle(): void {
    if (this.deck.playing) this.pause();
    else this.play();
  }

  back(): void {
    if (this.over) return;
    this.deck.back(BACK_S);
    this.tick();
  }

  /** The sound is gone in the same moment, whatever else is under way. */
  stop(): void {
    if (this.over) return;
    this.over = true;
    this.switching = null;
    this.deck.stop();
    forgetMediaKeys();
    this.stage.trouble("");
    this.stage.turnTo("stop");
  }

  /** The close follows at the next end of line. */
  endGently(): void {
    if (!this.over) void this.askForEnd();
  }

  turned(playing: boolean): void {
    if (this.isHolding()) return;
    this.stage.turned(playing);
    if (playing) this.stage.trouble("");
    if (!this.over) tellMediaKeys(playing, this.deck.time, this.now.total_s);
    void this.screen.keepAwake(playing && this.readsWords());
  }

  ended(): void {
    this.over = true;
    this.tick();
    forgetMediaKeys();
    void this.screen.keepAwake(false);
    this.stage.turned(false);
    this.stage.turnTo("end");
  }

  failed(): void {
    const at = this.deck.time;
    this.stage.turned(false);
    this.stage.trouble("The sound does not come. You can try again, or stop here.", {
      label: "Try again",
      act: () => void this.deck.again(this.now.sources, at).catch(() => this.failed()),
    });
  }

  private firstPlaying(audio: HTMLAudioElement): Playing {
    const { closing, total, revision } = this.dataset;
    const sources = [...audio.querySelectorAll("source")];
    return {
      revision: Number(revision),
      sources: sources.map(({ src, type }) => ({ src, type })),
      total_s: Number(total),
      cues: carried<Cue[]>("cues"),
      closing_s: closing ? Number(closing) : null,
    };
  }

  private listen(): void {
    const pressed = (part: string, act: () => void) => {
      found(this, `[data-${part}]`).addEventListener("click", act);
    };
    pressed("play", () => this.toggle());
    pressed("back", () => this.back());
    pressed("gently", () => this.endGently());
    pressed("stop", () => this.stop());
    pressed("hear-close", () => void this.hearClose());
    pressed("read-close", () => this.readClose());
    for (const radio of this.audibles()) {
      radio.addEventListener("change", () => void this.hear(radio.value));
    }
    listenToKeys(this);
    listenToMediaKeys(this);
    sounds((how) => (how === "pause" ? this.pause() : this.stop()));
    addEventListener("pagehide", () => this.stop());
  }

  private tick(): void {
    if (this.over && this.deck.time === 0) return;
    this.stage.at(this.deck.time, this.now.total_s);
    if (this.switching) this.takeInSilence(this.switching);
  }

  /** Switches in the silence; what should no longer be heard is held back until it can. */
  private takeInSilence(change: Switch): void {
    const { at, latest, next, to } = change;
    const time = this.deck.time;
    const late = this.now.cues.some(
      ({ start_s, end_s }) => latest <= start_s && start_s < time && time < end_s,
    );
    if (time < at || late) return;
    if (!next) {
      if (time >= latest - HOLD_S) this.deck.pause();
      return;
    }
    this.switching = null;
    this.use(to);
    void this.deck.take(next, true);
  }

  private isHolding(): boolean {
    const { next, latest } = this.switching ?? { next: null, latest: Number.POSITIVE_INFINITY };
    return !next && this.deck.time >= latest - HOLD_S;
  }

  private use(revision: Revision): void {
    this.now = revision;
    this.stage.use(revision);
    for (const radio of this.audibles()) radio.disabled = false;
  }

  private async askForEnd(): Promise<void> {
    const mine = this.ask();
    const body = JSON.stringify({ at_s: this.deck.time });
    const answer = await post<Revision>(this.dataset.gentlyUrl ?? "", body);
    if (mine !== this.wanted || this.over) return;
    if (!answer.ok) {
      this.stage.trouble(answer.message);
      return;
    }
    if (answer.value.revision === this.now.revision) {
      this.stage.say("It is coming to its end.");
      this.play();
      return;
    }
    this.stage.say("The end comes after this line.");
    for (const radio of this.audibles()) radio.disabled = true;
    this.play();
    await this.switchTo(answer.value, answer.value.switch_s, mine);
  }

  /** Every wish makes the ones before it void. */
  private ask(): number {
    this.wanted += 1;
    return this.wanted;
  }

  /** Both sound the same until `latest`, so the silence before it is the place to switch. */
  private async switchTo(to: Revision, latest: number, mine: number): Promise<void> {
    const said = this.now.cues.filter((cue) => cue.end_s <= latest).at(-1)?.end_s ?? 0;
    const at = Math.min(latest, Math.max(said, latest - LEAD_S, this.deck.time));
    this.switching = { to, at, latest, next: null };
    try {
      const next = await this.deck.prepare(to.sources, at);
      if (mine === this.wanted && this.switching) this.switching = { to, at, latest, next };
    } catch {
      if (mine !== this.wanted || this.over) return;
      this.switching = null;
      this.stage.trouble("The sound for this does not come. What plays goes on.");
      this.play();
    }
  }

  /** Less is heard at once; more begins at the next end of line, not within a word. */
  private async hear(audible: string): Promise<void> {
    const mine = this.ask();
    const answer = await post<Revision>(this.dataset.audibleUrl ?? "", JSON.stringify({ audible }));
    if (mine !== this.wanted || this.over) return;
    if (!answer.ok) {
      this.stage.trouble(answer.message);
      return;
    }
    this.dataset.heard = audible;
    const playing = this.deck.playing;
    const time = this.deck.time;
    const line = this.now.cues.find((cue) => cue.start_s <= time && time < cue.end_s);
    if (audible === "all" && playing && line) {
      await this.switchTo(answer.value, line.end_s, mine);
      return;
    }
    const next = await this.deck.prepare(answer.value.sources, time).catch(() => null);
    if (mine !== this.wanted || this.over) return;
    if (!next) {
      this.stage.trouble("The sound for this does not come. What plays goes on.");
      return;
    }
    next.currentTime = this.deck.time;
    this.use(answer.value);
    await this.deck.take(next, playing);
  }

  private async hearClose(): Promise<void> {
    const mine = this.ask();
    const trouble = found<HTMLElement>(this, "[data-close-trouble]");
    const answer = await post<Revision>(this.dataset.closeUrl ?? "", "{}");
    const next = answer.ok
      ? await this.deck.prepare(answer.value.sources, 0).catch(() => null)
      : null;
    if (mine !== this.wanted) return;
    trouble.hidden = next !== null;
    if (!answer.ok || !next) {
      trouble.textContent = "The sound of the close does not come. You can read it here.";
      this.readClose();
      return;
    }
    this.over = false;
    this.use(answer.value);
    this.stage.turnTo("stage");
    listenToMediaKeys(this);
    await this.deck.take(next, true);
    found<HTMLElement>(this, "[data-stop]").focus();
  }

  private readClose(): void {
    const words = found<HTMLElement>(this, "[data-close-words]");
    const from = this.now.closing_s ?? 0;
    const lines = this.now.cues.filter((cue) => cue.start_s >= from);
    words.replaceChildren(...lines.map((cue) => made("li", cue.text)));
    words.hidden = false;
    found(this, "[data-read-close]").setAttribute("aria-expanded", "true");
  }

  private audibles(): NodeListOf<HTMLInputElement> {
    return this.querySelectorAll<HTMLInputElement>('input[name="audible"]');
  }

  private readsWords(): boolean {
    return this.dataset.words !== undefined || this.dataset.heard !== "all";
  }
}

customElements.define("thaw-sitting", ThawSitting);
