import { type Answer, getJson, type Trouble } from "./ask";
import { paint, type Stroke } from "./drawing";
import { keep, kept } from "./keep";
import { Length } from "./length";
import { found, made } from "./page";
import { spell } from "./time";
import { type Voiced, Voicing } from "./voicing";

interface Planned {
  total_s: number;
  words: string;
  strokes: Stroke[];
  notices: string[];
}

type Problem = Trouble & { another?: { title: string; url: string } };

const SETTLE_MS = 120;
const LENGTH_FIELDS = new Set(["minutes", "seconds", ""]);
const ASKED = "asked-";
const NOT_SHOWN = ["seed", "chosen", "avoid", "silence", "anchor"];

/** A practice's page: what is chosen is drawn and voiced while it is being chosen. */
class ThawPractice extends HTMLElement {
  private readonly form = () => found<HTMLFormElement>(this, "form");
  private length!: Length;
  private voicing!: Voicing;
  private settling = 0;
  private planning: AbortController | null = null;
  private isVoiced = false;
  private waits = false;
  private cannot = false;

  connectedCallback(): void {
    const form = this.form();
    this.length = new Length(form, () => this.changed(""));
    this.voicing = new Voicing(this.dataset.voicing ?? "", (answer) => this.told(answer));
    this.preferKnownVoice();
    form.addEventListener("input", (event) => {
      const { name } = event.target as HTMLInputElement;
      if (!name.startsWith(ASKED)) this.changed(name);
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    this.label();
    if (location.pathname !== this.dataset.page) this.show(this.chosen());
    void this.plan();
    // Begin was pressed before this page could wait for the voice: it waits now.
    this.waits = "waits" in this.dataset;
    void this.voicing.start(this.chosen());
  }

  /** What is chosen, as the server reads it; no more than a list of settings, and no word typed. */
  private chosen(): URLSearchParams {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(this.form())) {
      if (name === "csrfmiddlewaretoken" || name.startsWith(ASKED)) continue;
      if (typeof value === "string" && value !== "") {
        chosen.append(name, value);
      }
    }
    return chosen;
  }

  /** A voice that was chosen before is chosen again; no other voice is ever preselected. */
  private preferKnownVoice(): void {
    const voices = [...this.querySelectorAll<HTMLInputElement>('input[name="voice"]')];
    if (voices.some((voice) => voice.checked)) return;
    const known = voices.find((voice) => voice.value === kept("voice"));
    if (known) known.checked = true;
  }

  private changed(field: string): void {
    this.label();
    this.waits = false;
    if (!LENGTH_FIELDS.has(field)) this.unvoiced();
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      const chosen = this.chosen();
      this.show(chosen);
      void this.plan();
      if (!LENGTH_FIELDS.has(field)) void this.voicing.start(chosen);
    }, SETTLE_MS);
  }

  /**
   * The address keeps what is chosen, so that it can be loaded again, also after a refusal; but
   * nothing of what is left out or leant on: a browser remembers addresses, and that is sealed.
   */
  private show(chosen: URLSearchParams): void {
    const shown = new URLSearchParams(chosen);
    for (const name of NOT_SHOWN) shown.delete(name);
    history.replaceState(history.state, "", `${this.dataset.page}?${shown}`);
  }

  /** What was ready was another choice. */
  private unvoiced(): void {
    this.isVoiced = false;
    this.voicing.leave();
  }

  private label(): void {
    found(this, "[data-begin]").textContent = `Sit for ${spell(this.length.wanted)}`;
  }

  private async plan(): Promise<void> {
    this.planning?.abort();
    this.planning = new AbortController();
    const { signal } = this.planning;
    const answer = await getJson<Planned>(`${this.dataset.plan}?${this.chosen()}`, signal);
    if (signal.aborted) return;
    this.cannot = !answer.ok && answer.status === 422;
    this.near(answer.ok ? null : answer.trouble);
    this.sentence(answer.ok ? "" : answer.message);
    if (!answer.ok) return;
    paint(found<SVGSVGElement>(this, "svg.drawing"), answer.value.strokes);
    found(this, "[data-words]").textContent = answer.value.words;
    const notices = answer.value.notices.map((notice) => made("p", notice, "notice"));
    found(this, "[data-notices]").replaceChildren(...notices);
  }

  private sentence(words: string): void {
    found(this, "[data-sentence]").textContent = words;
  }

  /** Offers the nearest lengths, or another practice, where this one cannot be played so. */
  private near(problem: Problem | null): void {
    const place = found<HTMLElement>(this, "[data-near]");
    const lengths = [
      problem?.shorter_s ? Math.floor(problem.shorter_s) : 0,
      problem?.longer_s ? Math.ceil(problem.longer_s) : 0,
    ].filter((seconds) => seconds > 0);
    const offers: HTMLElement[] = lengths.map((seconds) => {
      const offer = made("button", `Take ${spell(seconds)}`, "pill");
      offer.type = "button";
      offer.addEventListener("click", () => {
        this.length.set(seconds);
        this.changed("");
        found<HTMLElement>(this, "[data-begin]").focus();
      });
      return offer;
    });
    if (problem?.another) {
      const link = made("a", `${problem.another.title} can be played like this`, "pill");
      link.href = problem.another.url;
      offers.push(link);
    }
    place.replaceChildren(...offers);
    place.hidden = offers.length === 0;
  }

  private told(answer: Answer<Voiced>): void {
    const progress = found<HTMLProgressElement>(this, "progress");
    const was = this.isVoiced;
    this.isVoiced = answer.ok && answer.value.ready;
    progress.hidden = !answer.ok || answer.value.ready || answer.value.trouble !== null;
    this.trouble(answer);
    if (!answer.ok) return;
    progress.max = Math.max(1, answer.value.total);
    progress.value = answer.value.done;
    this.status(answer.value);
    if (!this.isVoiced) return;
    if (!was) void this.plan();
    if (this.waits) this.sit();
  }

  private status({ voice, ready, done, total }: Voiced): void {
    const status = found(this, "[data-status]");
    if (this.waits)
      status.textContent = `It begins when the voice is ready: ${done} of ${total} lines.`;
    else if (!ready) status.textContent = "Preparing the voice. You can go on choosing.";
    else status.textContent = voice === "none" ? "" : "The voice is ready.";
  }

  private trouble(answer: Answer<Voiced>): void {
    const place = found<HTMLElement>(this, "[data-trouble]");
    const words = answer.ok ? answer.value.trouble : null;
    const other = answer.ok ? (answer.value.instead ?? answer.value.quick) : null;
    const sentence = words ?? (other ? "This voice takes a while. A plainer one is quick." : "");
    place.textContent = sentence;
    place.hidden = sentence === "";
    if (!other) return;
    const offer = made("button", words ? "Take another voice" : "Take the quick voice", "quiet");
    offer.type = "button";
    offer.addEventListener("click", () => this.take(other));
    place.append(" ", offer);
  }

  private take(voice: string): void {
    for (const radio of this.querySelectorAll<HTMLInputElement>('input[name="voice"]')) {
      radio.checked = radio.value === voice;
    }
    this.changed("voice");
  }

  private submitted(event: SubmitEvent): void {
    if (this.cannot) {
      event.preventDefault();
      this.querySelector<HTMLElement>("[data-near] > *")?.focus();
      return;
    }
    keep("voice", this.chosen().get("voice") ?? "");
    if (this.isVoiced) return;
    event.preventDefault();
    this.waits = true;
    void this.voicing.start(this.chosen());
  }

  private sit(): void {
    this.waits = false;
    this.form().requestSubmit();
  }
}

customElements.define("thaw-practice", ThawPractice);
