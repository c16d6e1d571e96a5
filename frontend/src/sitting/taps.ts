import { type Answer, post } from "../ask";
import { newId } from "../uuid7";
import type { Outcome } from "./change";
import type { Reply, Revision } from "./revision";
import { bytesBefore, leadFrom, leadOn } from "./swap";

/** What answering needs of the player. */
export interface Player {
  readonly time: number;
  readonly total: number;
  readonly held: number;
  /** Lets a state take over at the next silence, and tells what became of it. */
  follow(reply: Revision, holds: boolean): Promise<Followed>;
  /** Lets a state that another page of this sitting made take over, where both are silent. */
  catchUp(held: Revision): Promise<Followed>;
  drop(): void;
  /** Whether an answer is on its way. */
  busy(isBusy: boolean): void;
}

export interface Followed {
  outcome: Outcome;
  /** When it was ready, on the clock of this page; null where it was not. */
  readyAt: number | null;
}

/** What a person is told meanwhile. */
export interface Told {
  waits(kind: string): void;
  /** `isSlow`: what it says had better be read, as its sound takes long. */
  answered(kind: string, reply: Reply, isSlow: boolean): void;
  taken(kind: string, reply: Reply): void;
  /** The sound of it does not come; what it says can be read. */
  unheard(kind: string, reply: Reply): void;
  lost(message: string): void;
  through(): void;
}

interface Tap {
  kind: string;
  id: string;
  since: number;
  late: number;
  failed: number;
  clashes: number;
}

const MOST_LATE = 4;
const MOST_CLASHES = 3;
const MOST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 2_000;
const ANSWER_MS = 12_000;
const STALE_MS = 60_000;
const LONG_S = 8;

/** What a person should find an answer to on the screen, should the voice take long. */
export function isUrgent(kind: string): boolean {
  return kind === "too-much" || kind === "unreal";
}

/** How long to wait before asking again. */
export function waitAfter(failures: number): number {
  return Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
}

/**
 * A tap on its way. Another one takes its place: the server answers both, as long as neither was
 * heard. The sound goes on meanwhile, whatever happens to a request; what did not get through is
 * asked again.
 */
export class Taps {
  private readonly urls: { respond: string; took: string };
  private readonly player: Player;
  private readonly told: Told;
  private now: Tap | null = null;
  private unconfirmed: { revision: number; at_s: number } | null = null;
  private confirming: Promise<void> | null = null;
  private lead = 1;
  private timer = 0;

  constructor(urls: { respond: string; took: string }, player: Player, told: Told) {
    this.urls = urls;
    this.player = player;
    this.told = told;
    addEventListener("online", () => this.again());
  }

  tap(kind: string): void {
    if (kind === this.now?.kind) return;
    this.drop();
    this.player.busy(true);
    const since = performance.now();
    this.now = { kind, id: newId(), since, late: 0, failed: 0, clashes: 0 };
    void this.ask(this.now);
  }

  /** Nothing is answered any more. */
  drop(): void {
    this.now = null;
    clearTimeout(this.timer);
    this.timer = 0;
    this.player.drop();
    this.player.busy(false);
  }

  /** The way to Thaw is there again. */
  private again(): void {
    if (this.unconfirmed) void this.confirm();
    if (!this.now || this.now.failed === 0 || this.timer === 0) return;
    clearTimeout(this.timer);
    this.timer = 0;
    void this.ask(this.now);
  }

  private async ask(tap: Tap): Promise<void> {
    await this.confirm();
    if (tap !== this.now) return;
    const asked = performance.now();
    const lead = tap.kind === "end" ? 0 : this.lead;
    const body = {
      tap: tap.id,
      kind: tap.kind,
      at_s: Math.min(this.player.total, this.player.time + lead),
      revision: this.player.held,
    };
    const answer = await post<Reply>(this.urls.respond, JSON.stringify(body), within());
    if (tap !== this.now) return;
    if (answer.ok) await this.use(tap, answer.value, asked);
    else await this.mend(tap, answer);
  }

  private async use(tap: Tap, reply: Reply, asked: number): Promise<void> {
    this.told.through();
    if (tap.failed > 0 && isStale(tap)) return this.finish(tap);
    const comesLate = reply.changes && this.comesTooLate(tap, reply, asked);
    this.told.answered(tap.kind, reply, this.isSlow(tap, comesLate));
    if (!reply.changes) return this.finish(tap);
    if (comesLate) return this.askLater(tap);
    const { outcome, readyAt } = await this.player.follow(reply, tap.kind === "end");
    if (tap !== this.now || outcome === "void") return;
    if (outcome !== "failed") {
      const took = ((readyAt ?? performance.now()) - asked) / 1000;
      this.lead = leadFrom(took, readyAt !== null);
    }
    if (outcome === "late" && tap.late < MOST_LATE && !isStale(tap)) return this.askLater(tap);
    if (outcome === "taken") this.take(tap, reply);
    else this.told.unheard(tap.kind, reply);
    this.finish(tap);
  }

  /** On a slow way it shows before it is tried; then more time is asked for at once. */
  private comesTooLate(tap: Tap, reply: Reply, asked: number): boolean {
    if (tap.kind === "end" || tap.late >= MOST_LATE) return false;
    const { time } = this.player;
    const rate = rateOf(this.urls.respond);
    if (time + bytesBefore(reply.switch_s) / rate < reply.switch_s) return false;
    this.lead = leadOn(rate, time, (performance.now() - asked) / 1000);
    return true;
  }

  private isSlow(tap: Tap, comesLate: boolean): boolean {
    const isLate = comesLate || tap.late > 0;
    return isLate && (isUrgent(tap.kind) || this.lead > LONG_S);
  }

  private take(tap: Tap, reply: Reply): void {
    this.told.taken(tap.kind, reply);
    this.unconfirmed = { revision: reply.revision, at_s: this.player.time };
    void this.confirm();
  }

  /** What plays went on; the next end of line is asked for, as a tap of its own. */
  private askLater(tap: Tap): Promise<void> {
    tap.late += 1;
    tap.id = newId();
    return this.ask(tap);
  }

  private async mend(tap: Tap, answer: Answer<Reply> & { ok: false }): Promise<void> {
    if (answer.status === 409 && tap.clashes < MOST_CLASHES) {
      tap.clashes += 1;
      tap.id = newId();
      return this.meet(tap, answer.said as Partial<Revision> | undefined);
    }
    const isOurs = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    if (isOurs) {
      this.told.lost(answer.message);
      return this.finish(tap);
    }
    tap.failed += 1;
    this.told.waits(tap.kind);
    this.timer = setTimeout(() => {
      this.timer = 0;
      void this.ask(tap);
    }, waitAfter(tap.failed));
  }

  /** Another page of this sitting was faster: its state takes over, then the tap is asked anew. */
  private async meet(tap: Tap, held: Partial<Revision> = {}): Promise<void> {
    if (held.sources && held.revision !== this.player.held) {
      const { outcome } = await this.player.catchUp(held as Revision);
      if (tap !== this.now) return;
      if (outcome === "failed") {
        this.told.lost("The sound for this does not come. What plays goes on.");
        return this.finish(tap);
      }
    }
    return this.ask(tap);
  }

  private finish(tap: Tap): void {
    if (tap !== this.now) return;
    this.now = null;
    this.player.busy(false);
  }

  /** The server holds what is heard only once it was told; it is told until it knows. */
  private confirm(): Promise<void> {
    this.confirming ??= this.tell().finally(() => {
      this.confirming = null;
    });
    return this.confirming;
  }

  private async tell(): Promise<void> {
    const mine = this.unconfirmed;
    if (!mine) return;
    const answer = await post(this.urls.took, JSON.stringify(mine), within());
    const isKnown = answer.ok || (answer.status >= 400 && answer.status < 500);
    if (mine === this.unconfirmed && isKnown) this.unconfirmed = null;
  }
}

/** An answer to what was felt half a minute ago would be an answer to something else. */
function isStale(tap: Tap): boolean {
  return performance.now() - tap.since > STALE_MS && !isUrgent(tap.kind) && tap.kind !== "end";
}

/** How many bytes a second the last answer came with; as fast as may be where nobody knows. */
function rateOf(url: string): number {
  const asked = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const last = asked.findLast(({ name }) => name.endsWith(url));
  const took = last ? (last.responseEnd - last.responseStart) / 1000 : 0;
  return last && took > 0 ? last.encodedBodySize / took : Number.POSITIVE_INFINITY;
}

function within(): RequestInit {
  return { signal: AbortSignal.timeout(ANSWER_MS) };
}
