import { csrf } from "../ask";
import { tell } from "../guard/signals";
import { found, made } from "../page";
import { newId } from "../uuid7";
import { type Answers, AWAY, bodyOf, feltIn, type Mark, type Outcome, outcomeOf } from "./answers";
import { Line } from "./line";
import { BodyMap } from "./map";

const PATIENCE_MS = 15_000;
const ENOUGH = "Three words at the most. Take one away, then choose another.";

/**
 * The check-in: sliders, words and the body, and keeping without losing what was chosen. Without
 * scripts the same form does all of it by itself.
 */
class ThawCheckIn extends HTMLElement {
  private readonly form = () => found<HTMLFormElement>(this, "form");
  private checkin = "";
  private version = 0;
  private lines: Line[] = [];
  private map: BodyMap | null = null;
  private isSending = false;
  private isUnsafe = false;

  connectedCallback(): void {
    if (this.map) return; // Moved, not made: it goes on as it was.
    this.version = Number(this.dataset.version);
    this.checkin = this.version > 0 ? (this.dataset.id ?? newId()) : newId();
    this.lines = [...this.querySelectorAll<HTMLElement>("[data-line]")].map(
      (each) => new Line(each),
    );
    this.map = new BodyMap(found(this, "[data-map]"), this.rows());
    found<HTMLElement>(this, "[data-rows]").remove();
    for (const part of this.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
    this.layTrouble();
    this.listen();
    this.showSteps();
  }

  private listen(): void {
    const form = this.form();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.keep();
    });
    for (const word of this.words()) word.addEventListener("change", () => this.chose(word));
    for (const part of this.querySelectorAll<HTMLInputElement>("[data-hide]")) {
      part.addEventListener("change", () => this.hid(part));
    }
    found(this, "[data-steps]").addEventListener("click", () => this.stepped());
    addEventListener("online", () => {
      if (this.isUnsafe) void this.keep();
    });
    addEventListener("beforeunload", (event) => {
      const leaves = document.documentElement.dataset.left !== undefined;
      if (!leaves && this.isUnsafe) event.preventDefault();
    });
  }

  private layTrouble(): void {
    const trouble = made("div", "", "notice trouble");
    trouble.dataset.trouble = "";
    trouble.setAttribute("role", "alert");
    trouble.hidden = true;
    this.prepend(trouble);
  }

  /** What the rows of the form say, which is what was sent or kept before. */
  private rows(): Mark[] {
    return [...this.querySelectorAll(".mark-row")]
      .map((row) => ({
        place: found<HTMLSelectElement>(row, "[name=place]").value,
        mark: found<HTMLSelectElement>(row, "[name=mark]").value,
      }))
      .filter(({ place, mark }) => place && mark);
  }

  private chosen(name: string): string {
    return this.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? "";
  }

  private words(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[name="words"]')];
  }

  private answers(): Answers {
    const slid = new Map(this.lines.map((line) => [line.name, line.value]));
    return {
      felt: feltIn(this.chosen("felt")),
      unreal: this.chosen("unreal") !== "",
      below: this.chosen("below") || null,
      pleasant: slid.get("pleasant") ?? null,
      energy: slid.get("energy") ?? null,
      words: this.words()
        .filter((word) => word.checked)
        .map((word) => word.value),
      marks: this.map?.marks ?? [],
      tag: this.chosen("tag") || null,
    };
  }

  /** A word too many is given back, with a sentence: nothing is locked. */
  private chose(word: HTMLInputElement): void {
    const count = this.words().filter((each) => each.checked).length;
    const isTooMany = count > Number(this.dataset.mostWords);
    if (isTooMany) word.checked = false;
    found(this, "[data-words-said]").textContent = isTooMany ? ENOUGH : "";
  }

  private hid(part: HTMLInputElement): void {
    this.map?.hide(part.value, part.checked);
    void this.keepWay();
  }

  private stepped(): void {
    const button = found(this, "[data-steps]");
    const isOn = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isOn));
    this.showSteps();
    void this.keepWay();
  }

  private bySteps(): boolean {
    return found(this, "[data-steps]").getAttribute("aria-pressed") === "true";
  }

  private showSteps(): void {
    for (const line of this.lines) line.by(this.bySteps());
  }

  private async keepWay(): Promise<void> {
    const hidden = [...this.querySelectorAll<HTMLInputElement>("[data-hide]:checked")];
    const body = { hidden: hidden.map(({ value }) => value), steps: this.bySteps() };
    const status = (await put("/check-in/way", JSON.stringify(body))).kind;
    found(this, "[data-hiding-said]").textContent =
      status === "away" ? "This holds for this page. It could not be kept for the next time." : "";
  }

  private async keep(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    const address = `/check-in/${this.checkin}?next=${this.dataset.next ?? "today"}`;
    const outcome = await put(address, bodyOf(this.answers(), this.version));
    this.isSending = false;
    this.learn(outcome);
  }

  private learn(outcome: Outcome): void {
    this.isUnsafe = outcome.kind === "away" || outcome.kind === "other";
    if (outcome.kind === "kept") {
      location.assign(outcome.address);
      return;
    }
    if (outcome.kind === "locked") {
      tell("locked");
      return;
    }
    if (outcome.kind === "other") {
      this.checkin = newId();
      this.version = 0;
    }
    this.say(outcome.sentence, outcome.kind === "away");
  }

  private say(sentence: string, mayTryAgain: boolean): void {
    const trouble = found<HTMLElement>(this, "[data-trouble]");
    trouble.replaceChildren(made("p", sentence));
    if (mayTryAgain) {
      const again = made("button", "Try again", "button");
      again.type = "button";
      again.addEventListener("click", () => void this.keep());
      trouble.append(again);
    }
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }
}

async function put(address: string, body: string): Promise<Outcome> {
  try {
    const response = await fetch(address, {
      method: "PUT",
      body,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrf(),
      },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return outcomeOf(response.status, await response.json().catch(() => ({})));
  } catch {
    return { kind: "away", sentence: AWAY };
  }
}

customElements.define("thaw-checkin", ThawCheckIn);
