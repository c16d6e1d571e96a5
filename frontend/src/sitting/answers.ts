import { found, made } from "../page";
import type { Cue, Offer, Reply } from "./revision";

const MARK_MS = 1_200;
const SAID_MS = 9_000;
const LEAST_SHOWN_MS = 8_000;
const WORD_MS = 450;

/** How long words stay at least, so that they can be read in peace. */
export function timeToRead(words: string): number {
  return Math.max(LEAST_SHOWN_MS, words.split(/\s+/).length * WORD_MS);
}

/** Whether a line has begun since `from`. */
export function hasBegun(cues: readonly Cue[], from: number, time: number): boolean {
  return cues.some(({ start_s }) => from < start_s && start_s <= time);
}

/** What a person taps, and what is seen of the answer. */
export class Answers {
  private readonly root: HTMLElement;
  private readonly tap: (kind: string) => void;
  private shown: { at: number; since: number; words: string } | null = null;
  private saying = 0;

  constructor(root: HTMLElement, tap: (kind: string) => void) {
    this.root = root;
    this.tap = tap;
    found<HTMLFormElement>(root, "form[data-answers]").addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter as HTMLButtonElement | null;
      if (button?.value) this.tapped(button.value, button);
    });
    const more = this.root.querySelector<HTMLElement>("[data-more]");
    more?.addEventListener("click", () => this.open(!this.isOpen));
  }

  get isOpen(): boolean {
    return this.root.classList.contains("choosing");
  }

  open(wanted: boolean): void {
    const more = this.root.querySelector<HTMLElement>("[data-more]");
    const holdsFocus = found(this.root, "[data-kinds]").contains(document.activeElement);
    if (!wanted && holdsFocus) more?.focus();
    this.root.classList.toggle("choosing", wanted);
    more?.setAttribute("aria-expanded", String(wanted));
  }

  /** Digits and letters that are printed beside an answer. */
  press(key: string): boolean {
    const buttons = [...this.root.querySelectorAll<HTMLButtonElement>("button[data-key]")];
    const button = buttons.find(({ dataset }) => dataset.key === key.toLowerCase());
    if (!button) return false;
    this.tapped(button.value, button);
    return true;
  }

  /** A sign before anyone is asked: a mark where it was tapped, a word, a touch of the phone. */
  tapped(kind: string, where: HTMLElement): void {
    const isSheet = found(this.root, "[data-kinds]").contains(where);
    this.open(false);
    this.offer([]);
    const mark = isSheet ? found<HTMLElement>(this.root, "[data-more]") : where;
    mark.classList.add("tapped");
    setTimeout(() => mark.classList.remove("tapped"), MARK_MS);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) navigator.vibrate?.(30);
    if (kind !== "stop") this.say(`Heard: ${this.labelOf(kind)}.`);
    this.tap(kind);
  }

  /** What the server makes of it: words to read, why, and ways to go on. */
  answered(reply: Reply, time: number, isSlow: boolean): void {
    if (!reply.is_spoken || isSlow) this.show(reply.answer, time);
    this.offer(reply.offers, reply.sentence);
  }

  /** Said to who hears the page and to who sees it. */
  say(words: string): void {
    const place = found(this.root, "[data-said]");
    place.textContent = words;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      place.textContent = "";
    }, SAID_MS);
  }

  /** Words that no voice says. */
  show(lines: readonly string[], time: number): void {
    const place = found<HTMLElement>(this.root, "[data-answer]");
    place.replaceChildren(...lines.map((line) => made("p", line)));
    place.hidden = lines.length === 0;
    this.root.classList.toggle("answering", lines.length > 0);
    const words = lines.join(" ");
    this.shown = lines.length > 0 ? { at: time, since: performance.now(), words } : null;
  }

  /** What was shown goes once it could be read and another line has begun. */
  at(time: number, cues: readonly Cue[]): void {
    if (!this.shown) return;
    const { at, since, words } = this.shown;
    const isRead = performance.now() - since >= timeToRead(words);
    if (isRead && (time < at || hasBegun(cues, at, time))) this.show([], time);
  }

  private offer(offers: readonly Offer[], sentence = ""): void {
    const place = found<HTMLElement>(this.root, "[data-offers]");
    const holdsFocus = place.contains(document.activeElement);
    place.replaceChildren(
      ...offers.map(({ kind, label }) => {
        const button = made("button", label, "button");
        button.type = "submit";
        button.name = "kind";
        button.value = kind;
        return button;
      }),
    );
    found(this.root, "[data-why]").textContent = sentence;
    const isEmpty = offers.length === 0 && sentence === "";
    found(this.root, "[data-reply]").toggleAttribute("hidden", isEmpty);
    if (holdsFocus) found<HTMLElement>(this.root, "[data-play]").focus();
  }

  private labelOf(kind: string): string {
    const button = this.root.querySelector(`[data-answers] button[value="${CSS.escape(kind)}"]`);
    const label = button?.querySelector("[data-label]") ?? button;
    return label?.textContent?.trim() ?? kind;
  }
}
