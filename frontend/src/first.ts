import type { Answer } from "./ask";
import { keep, kept } from "./keep";
import { found } from "./page";
import { type Voiced, Voicing } from "./voicing";

/**
 * The first screen's one button: sits at once with the voice this person knows; the first time
 * it asks how the words should come. What is needed is voiced while the page is read.
 */
class ThawFirst extends HTMLElement {
  private readonly form = () => found<HTMLFormElement>(this, "form");
  private voicing: Voicing | null = null;
  private voice = "";
  private waits = false;

  connectedCallback(): void {
    const form = this.form();
    this.voicing = new Voicing(form.dataset.voicing ?? "", (answer) => this.told(answer));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.begin((event.submitter as HTMLButtonElement | null)?.value ?? "none");
    });
    found(this, "[data-sit]").addEventListener("click", (event) => {
      event.preventDefault();
      const known = kept("voice");
      if (known) this.begin(known);
      else this.ask();
    });
    this.prepare(kept("voice") ?? this.querySelector<HTMLElement>("[data-voice]")?.dataset.voice);
  }

  private prepare(voice: string | undefined): void {
    this.voice = voice ?? "none";
    const named = (name: string) => found<HTMLInputElement>(this, `[name="${name}"]`).value;
    const [minutes, seed] = [named("minutes"), named("seed")];
    void this.voicing?.start(new URLSearchParams({ minutes, seed, voice: this.voice }));
  }

  private ask(): void {
    const heading = this.querySelector<HTMLElement>('[data-step="voice"] h2');
    if (!heading) {
      this.begin("none");
      return;
    }
    found<HTMLElement>(this, '[data-step="offer"]').hidden = true;
    found<HTMLElement>(this, '[data-step="voice"]').hidden = false;
    heading.focus();
  }

  private begin(voice: string): void {
    this.waits = true;
    this.prepare(voice);
  }

  private told(answer: Answer<Voiced>): void {
    if (!this.waits) return;
    const trouble = answer.ok ? answer.value.trouble : answer.message;
    if (trouble) {
      this.waits = false;
      this.say(trouble);
      this.ask();
      return;
    }
    if (!answer.ok) return;
    const { ready, done, total } = answer.value;
    if (ready) this.sit();
    else this.say(`Preparing the voice: ${done} of ${total} lines.`);
  }

  private sit(): void {
    keep("voice", this.voice);
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "voice";
    field.value = this.voice;
    this.form().append(field);
    this.form().submit();
  }

  private say(sentence: string): void {
    found(this, "[data-status]").textContent = sentence;
  }
}

customElements.define("thaw-first", ThawFirst);
