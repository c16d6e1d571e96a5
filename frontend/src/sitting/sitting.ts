import { forgetMediaKeys } from "../media";
import { carried, found } from "../page";
import { sounds } from "../silence";
import { Answers } from "./answers";
import { Audible } from "./audible";
import { Change } from "./change";
import { Close } from "./close";
import { Deck } from "./deck";
import { Halves } from "./halves";
import { listenToKeys, listenToMediaKeys, tellMediaKeys, type Ways } from "./keys";
import { type How, Report } from "./report";
import type { Cue, Reply, Revision, Source } from "./revision";
import { Screen } from "./screen";
import { Stage } from "./stage";
import { nextSilence, type Span, silenceBefore, sounding } from "./swap";
import { type Followed, isUrgent, type Player, Taps, type Told } from "./taps";

const TICK_MS = 100;
const SETTLED_MS = 2_000;
const BACK_S = 15;
const MOST_LATE = 6;
const ORIENT = [
  "The eyes can be open.",
  "Feel what is under the feet.",
  "You can stop here, or let it go on.",
];

/** What the player knows of the sound it plays. */
interface Playing {
  revision: number;
  sources: readonly Source[];
  total_s: number;
  cues: readonly Cue[];
  closing_s: number | null;
  strokes: readonly { kind: string; start: number; end: number }[];
}

/** The player of a sitting. Its sound is a media element; all else follows its time. */
class ThawSitting extends HTMLElement implements Ways, Player, Told {
  private deck!: Deck;
  private stage!: Stage;
  private answers!: Answers;
  private audible!: Audible;
  private taps!: Taps;
  private report!: Report;
  private now!: Playing;
  private readonly screen = new Screen();
  private changing: Change | null = null;
  private over = false;
  private how: How = "ended";

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
    this.assemble();
    this.listen();
    setInterval(() => this.passed(), TICK_MS);
    this.passed();
    // While the browser still chooses a source it says the same, so it is asked a little later.
    setTimeout(() => this.deck.broken && this.failed(), SETTLED_MS);
  }

  get time(): number {
    return this.deck.time;
  }

  get total(): number {
    return this.now.total_s;
  }

  get held(): number {
    return this.now.revision;
  }

  play(): void {
    if (this.over) return;
    void this.deck.play();
    this.deck.wake();
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
    this.passed();
  }

  /** The sound is gone within a second, whatever else is under way, and stays off. */
  stop(how: How = "stopped", softly = true): void {
    if (this.over) return;
    this.over = true;
    this.how = how;
    this.taps.drop();
    this.deck.stop(softly);
    forgetMediaKeys();
    this.stage.trouble("");
    this.stage.turnTo("stop");
    void this.report.tell(how);
  }

  /** The close follows at the next end of line. */
  endGently(): void {
    this.tap("end");
  }

  press(key: string): boolean {
    return !this.over && this.stage.keysAnswer && this.answers.press(key);
  }

  close(): boolean {
    const isOpen = this.answers.isOpen && !this.over;
    if (isOpen) this.answers.open(false);
    return isOpen;
  }

  async follow(to: Revision, holds: boolean): Promise<Followed> {
    return this.change(to, silenceBefore(this.sounding(), to.switch_s), holds);
  }

  async catchUp(to: Revision): Promise<Followed> {
    const spans = [...this.sounding(), ...sounding(to.cues, to.strokes)];
    spans.sort((one, other) => one.start - other.start);
    return this.changeInSilence(to, spans);
  }

  drop(): void {
    this.changing?.drop();
  }

  busy(isBusy: boolean): void {
    this.audible.rest(isBusy);
  }

  waits(kind: string): void {
    this.stage.trouble("Thaw does not answer just now. The sitting goes on; your tap is kept.");
    if (isUrgent(kind)) this.answers.show(ORIENT, this.deck.time);
  }

  through(): void {
    this.stage.trouble("");
  }

  answered(kind: string, reply: Reply, isSlow: boolean): void {
    const coming = reply.changes && reply.is_spoken;
    if (kind === "end") {
      this.answers.say(
        reply.changes ? "The end comes after this line." : "It is coming to its end.",
      );
    } else if (coming && !isSlow) this.answers.say("Heard. The answer comes after this line.");
    this.answers.answered(reply, this.deck.time, isSlow);
  }

  taken(kind: string): void {
    if (kind === "end") this.how = "gently";
    else if (kind === "fine") this.how = "ended";
  }

  unheard(_kind: string, reply: Reply): void {
    this.stage.trouble("The sound for this does not come. What plays goes on.");
    this.answers.show(reply.answer, this.deck.time);
  }

  lost(message: string): void {
    this.stage.trouble(message);
  }

  turned(playing: boolean): void {
    this.stage.turned(playing);
    if (playing) this.stage.trouble("");
    if (!this.over) tellMediaKeys(playing, this.deck.time, this.now.total_s);
    void this.screen.keepAwake(playing && this.readsWords());
  }

  ended(): void {
    this.over = true;
    this.passed();
    this.taps.drop();
    forgetMediaKeys();
    void this.screen.keepAwake(false);
    this.stage.turned(false);
    this.stage.turnTo("end");
    void this.report.tell(this.how);
  }

  failed(): void {
    const at = this.deck.time;
    this.stage.turned(false);
    this.stage.trouble("The sound does not come. You can try again, or stop here.", {
      label: "Try again",
      act: () => void this.deck.again(this.now.sources, at).catch(() => this.failed()),
    });
  }

  passed(): void {
    const time = this.deck.time;
    if (!(this.over && time === 0)) {
      this.stage.at(time, this.now.total_s);
      this.answers.at(time, this.now.cues);
      this.report.look({ time, at: performance.now(), playing: this.deck.playing });
    }
    this.changing?.look();
  }

  private firstPlaying(audio: HTMLAudioElement): Playing {
    const { closing, total, revision } = this.dataset;
    const sources = [...audio.querySelectorAll("source")];
    const paths = [...this.querySelectorAll<SVGPathElement>("svg.drawing path")];
    return {
      revision: Number(revision),
      sources: sources.map(({ src, type }) => ({ src, type })),
      total_s: Number(total),
      cues: carried<Cue[]>("cues"),
      closing_s: closing ? Number(closing) : null,
      strokes: paths.map((path) => ({
        kind: path.getAttribute("class") ?? "",
        start: Number(path.dataset.start),
        end: Number(path.dataset.end),
      })),
    };
  }

  private assemble(): void {
    const { respondUrl = "", tookUrl = "", heardUrl = "", heardS } = this.dataset;
    this.answers = new Answers(this, (kind) => this.tap(kind));
    this.audible = new Audible(
      this,
      (to, audible, isWanted) => this.hear(to, audible, isWanted),
      (message) => this.stage.trouble(message),
    );
    this.taps = new Taps({ respond: respondUrl, took: tookUrl }, this, this);
    this.report = new Report(heardUrl, Number(heardS ?? 0), (after) => {
      for (const link of this.querySelectorAll<HTMLAnchorElement>("a[data-on]")) {
        link.href = after;
        link.hidden = false;
      }
    });
    new Close(
      this,
      () => this.now.cues.filter((cue) => cue.start_s >= (this.now.closing_s ?? 0)),
      (close) => this.hearClose(close),
    );
    new Halves(this, (kind, half) => this.answers.tapped(kind, half));
  }

  private listen(): void {
    const pressed = (part: string, act: () => void) => {
      found(this, `[data-${part}]`).addEventListener("click", act);
    };
    pressed("play", () => this.toggle());
    pressed("back", () => this.back());
    listenToKeys(this);
    listenToMediaKeys(this);
    sounds((how) => (how === "pause" ? this.pause() : this.stop("left", false)));
    addEventListener("pagehide", () => this.stop("left", false));
  }

  /** A tap was given its sign already; a phone lets sound begin only while it is tapped. */
  private tap(kind: string): void {
    if (this.over) return;
    if (kind === "stop") this.stop();
    else if (kind === "help") document.querySelector<HTMLElement>("a[data-help]")?.click();
    else {
      if (kind === "end") this.play();
      this.deck.wake();
      this.taps.tap(kind);
    }
  }

  private sounding(): Span[] {
    return sounding(this.now.cues, this.now.strokes);
  }

  private async change(to: Revision, silence: Span, holds: boolean): Promise<Followed> {
    this.changing?.drop();
    const change = new Change(this.deck, to.sources, silence, holds);
    this.changing = change;
    const outcome = await change.done;
    if (this.changing === change) this.changing = null;
    if (outcome === "taken") this.use(to);
    return { outcome, readyAt: change.readyAt };
  }

  /** Both sounds go on alike, so any silence will do; the next one where one is too short. */
  private async changeInSilence(to: Revision, spans: readonly Span[]): Promise<Followed> {
    let followed: Followed = { outcome: "late", readyAt: null };
    for (let tries = 0; tries < MOST_LATE && followed.outcome === "late"; tries += 1) {
      followed = await this.change(to, nextSilence(spans, this.deck.time + tries), false);
    }
    return followed;
  }

  private use(revision: Revision): void {
    this.now = revision;
    this.stage.use(revision);
  }

  /** Less is heard at once; more begins at the next end of line, not within a word. */
  private async hear(to: Revision, audible: string, isWanted: () => boolean): Promise<boolean> {
    if (audible === "all" && this.deck.playing) {
      const { outcome } = await this.changeInSilence(to, this.sounding());
      return outcome === "taken" || outcome === "void";
    }
    try {
      await this.deck.load(to.sources, this.deck.time);
      await this.deck.stand(this.deck.time);
    } catch {
      return false;
    }
    if (!isWanted() || this.over) return true;
    this.use(to);
    this.deck.take(this.deck.playing);
    return true;
  }

  private async hearClose(close: Revision): Promise<boolean> {
    try {
      await this.deck.load(close.sources, 0);
    } catch {
      return false;
    }
    this.over = false;
    this.use(close);
    this.stage.turnTo("stage");
    listenToMediaKeys(this);
    this.deck.take(true);
    found<HTMLElement>(this, '[value="stop"]').focus();
    return true;
  }

  private readsWords(): boolean {
    return this.dataset.words !== undefined || this.dataset.heard !== "all";
  }
}

customElements.define("thaw-sitting", ThawSitting);
