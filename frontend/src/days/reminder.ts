import { getJson, post } from "../ask";
import { heed } from "../guard/signals";
import { found, made } from "../page";
import { HELD_MS, plays, type Told, waitAfter, within } from "./when";

/**
 * A quiet line at the time of the plan of days, on whatever page is open: without a sound, and
 * never over a sitting. What is due, the server knows; the page only asks at the right moment,
 * so that a plan that was changed or stopped meanwhile does not come.
 */
class ThawReminder extends HTMLElement {
  private timer = 0;
  private heard = Number.NEGATIVE_INFINITY;

  connectedCallback(): void {
    heed((signal) => {
      if (signal === "playing") this.giveWay();
    });
    addEventListener("thaw:uncovered", () => this.ask(HELD_MS / 10));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !this.isShown()) this.ask(0);
    });
    this.ask(within(Number(this.dataset.wait)));
  }

  private isShown(): boolean {
    return this.classList.contains("shown");
  }

  /** A sitting plays somewhere: the line goes, and comes later if it still may. */
  private giveWay(): void {
    this.heard = Date.now();
    if (!this.isShown()) return;
    this.hide();
    this.ask(HELD_MS);
  }

  private ask(inMs: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), inMs);
  }

  private async look(): Promise<void> {
    if (this.isInTheWay()) {
      this.ask(HELD_MS);
      return;
    }
    const answer = await getJson<Told>(this.dataset.now ?? "");
    if (answer.ok) this.tell(answer.value);
    else this.hide();
  }

  private isInTheWay(): boolean {
    if (document.documentElement.dataset.covered !== undefined) return true;
    return document.querySelector("thaw-sitting") !== null || plays(this.heard, Date.now());
  }

  private tell(told: Told): void {
    const isHeld = told.line !== "" && this.isInTheWay();
    if (told.line && !isHeld) this.show(told);
    else this.hide();
    const wait = isHeld ? HELD_MS : waitAfter(told);
    if (wait !== null) this.ask(wait);
  }

  private show(told: Told): void {
    const said = found(this, ".said");
    if (said.textContent !== told.line) said.replaceChildren(made("p", told.line));
    this.querySelector(".ways")?.remove();
    const ways = made("div", "", "ways");
    if (told.go) {
      const go = made("a", told.go.words, "pill");
      go.href = told.go.url;
      ways.append(go);
    }
    const later = made("button", "Not today", "pill");
    later.type = "button";
    later.addEventListener("click", () => void this.letBe());
    ways.append(later);
    this.append(ways);
    this.classList.add("shown");
    this.setAttribute("role", "region"); // A landmark only while there is something in it.
    this.setAttribute("aria-label", "Your quiet minute");
  }

  private hide(): void {
    const hadFocus = this.contains(document.activeElement);
    this.classList.remove("shown");
    this.removeAttribute("role");
    this.removeAttribute("aria-label");
    found(this, ".said").replaceChildren();
    this.querySelector(".ways")?.remove();
    if (hadFocus) document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  }

  private async letBe(): Promise<void> {
    this.hide();
    const answer = await post<Told>(this.dataset.letBe ?? "", new URLSearchParams());
    if (answer.ok) this.tell(answer.value);
  }
}

customElements.define("thaw-reminder", ThawReminder);
