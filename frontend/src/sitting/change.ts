import type { Deck } from "./deck";
import type { Source } from "./revision";
import { isNear, moveOf, type Span, standIn } from "./swap";

/** What became of it: it is heard; the sound went on without it; it does not come; not wanted. */
export type Outcome = "taken" | "late" | "failed" | "void";

const HOLD_S = 0.25;
const MOST_HOLD_MS = 20_000;
const MOST_EARLY_S = 0.18;
const LOOK_MS = 10;
const LOOKS = 40;
const SETTLED_MS = 3_000;
const STILL_S = 0.1;
const MOST_STANDS = 5;

/**
 * Other sound on its way: it is made ready, begins in the silence beside what plays, and takes
 * its place once it is sure to be heard. Until then what plays plays on.
 */
export class Change {
  readonly done: Promise<Outcome>;
  private readonly deck: Deck;
  private readonly silence: Span;
  /** What plays waits at the end of the silence, since nothing more of it is wanted. */
  private readonly holds: boolean;
  private settle!: (outcome: Outcome) => void;
  private stands: number | null = null;
  private isBusy = true;
  private isHolding = false;
  private isOver = false;
  private timer = 0;
  private readonly since = performance.now();
  private stood = 0;
  /** When it stood ready for the first time, on the clock of this page. */
  readyAt: number | null = null;

  constructor(deck: Deck, sources: readonly Source[], silence: Span, holds: boolean) {
    this.deck = deck;
    this.silence = silence;
    this.holds = holds;
    this.done = new Promise((resolve) => {
      this.settle = resolve;
    });
    if (!holds && moveOf(silence, deck.time, null).act === "late") this.finish("late");
    else void this.make(() => deck.load(sources, standIn(silence, deck.time)));
  }

  /** Looks at how far the sound has come; often, and whenever the sound says so. */
  look(): void {
    if (this.isOver) return;
    const time = this.deck.time;
    if (this.isHolding || (this.holds && time >= this.silence.end - HOLD_S)) this.hold(time);
    else if (!this.deck.playing) this.followUnheard(time);
    else if (this.takesTooMuch()) this.finish("failed");
    else this.follow(time);
  }

  /** It is not wanted any more. */
  drop(): void {
    if (!this.isOver) this.finish("void");
  }

  /** On a line that carries one sound only, it is the one that plays. */
  private takesTooMuch(): boolean {
    const isLoading = this.stands === null && !this.holds;
    return isLoading && performance.now() - this.since > SETTLED_MS && this.deck.runsDry;
  }

  private follow(time: number): void {
    const move = moveOf(this.silence, time, this.isBusy ? null : this.stands);
    if (move.act === "stand") void this.make(() => this.deck.stand(move.at));
    else if (move.act === "start") this.startAfter(move.after);
    else if (move.act === "late" && !this.holds) this.finish("late");
  }

  /**
   * The looks are a tenth of a second apart; what comes between two of them has a timer. On a
   * page that nobody sees timers sleep, and only the sound itself tells that time has passed:
   * then it begins with the last look before, which makes the silence a little shorter.
   */
  private startAfter(seconds: number): void {
    clearTimeout(this.timer);
    if (document.hidden && seconds <= MOST_EARLY_S) void this.start();
    else if (seconds <= 0.2) this.timer = setTimeout(() => void this.start(), seconds * 1000);
  }

  private async start(): Promise<void> {
    if (this.isOver || this.isBusy || !this.deck.playing) return;
    this.isBusy = true;
    const from = this.stands ?? 0;
    try {
      await this.deck.begin();
      await this.moves(from);
    } catch {
      // A pause while it begins is no failure.
      if (!this.isOver && this.deck.playing) this.finish("failed");
    }
    if (!this.isOver) this.judge();
  }

  /** It plays: now it takes over, unless what is heard would come late, or twice. */
  private judge(): void {
    const { time, comingTime } = this.deck;
    if (this.isHolding || (isNear(time, comingTime) && time < this.silence.end)) {
      this.finish("taken");
    } else if (time >= this.silence.end && !this.holds) this.finish("late");
    else {
      this.isBusy = false;
      this.stands = Number.NEGATIVE_INFINITY; // Where it stands now is of no use.
      this.look();
    }
  }

  /** Told to play is not yet playing: its time has to move. */
  private async moves(from: number): Promise<void> {
    for (let looks = 0; looks < LOOKS && this.deck.comingTime <= from; looks += 1) {
      if (this.isOver) return;
      await this.deck.comingMoves(LOOK_MS);
    }
  }

  private hold(time: number): void {
    if (!this.isHolding) {
      this.isHolding = true;
      clearTimeout(this.timer);
      this.deck.hold();
      this.timer = setTimeout(() => this.isOver || this.finish("failed"), MOST_HOLD_MS);
    }
    this.standAt(time, true);
  }

  /** Nothing is heard, so nothing has to begin; it stands where the other one stood. */
  private followUnheard(time: number): void {
    if (time >= this.silence.start && time <= this.silence.end) this.standAt(time, false);
  }

  private standAt(time: number, play: boolean): void {
    if (this.isBusy || this.stands === null) return;
    this.stood += 1;
    const isThere = Math.abs(this.stands - time) <= STILL_S || this.stood > MOST_STANDS;
    if (isThere) this.finish("taken", play);
    else void this.make(() => this.deck.stand(time));
  }

  private async make(ready: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    this.stands = null;
    try {
      await ready();
    } catch {
      if (!this.isOver) this.finish("failed");
      return;
    }
    this.isBusy = false;
    this.stands = this.deck.comingTime;
    this.readyAt ??= performance.now();
    if (!this.isOver) this.look();
  }

  private finish(outcome: Outcome, play = false): void {
    this.isOver = true;
    clearTimeout(this.timer);
    if (outcome === "taken") this.deck.take(play);
    else {
      this.deck.drop();
      if (this.isHolding) void this.deck.play();
    }
    this.settle(outcome);
  }
}
