import type { Answer } from "./ask";
import { found } from "./page";
import { type Voiced, Voicing } from "./voicing";

/**
 * The choice before the first sitting: how the words come. What is heard as a sample is voiced
 * meanwhile, and the sitting begins by itself once the voice is ready.
 */
class ThawFirst extends HTMLElement {
  private readonly form = () => found<HTMLFormElement>(this, "form");
  private voicing!: Voicing;
  private voice = "";
  private waits = false;

  connectedCallback(): void {
    const form = this.form();
    this.voicing = new Voicing(form.dataset.voicing ?? "", (answer) => this.told(answer));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.waits = true;
      this.prepare((event.submitter as HTMLButtonElement | null)?.value ?? "none");
    });
    const samples = [...this.querySelectorAll<HTMLElement>("[data-voice]")];
    for (const sample of samples) {
      sample.addEventListener("click", () => {
        if (!this.waits) this.prepare(sample.dataset.voice ?? "none");
      });
    }
    this.prepare(samples[0]?.dataset.voice ?? "none");
  }

  private prepare(voice: string): void {
    this.voice = voice;
    const chosen = new URLSearchParams({ voice });
    for (const name of ["minutes", "level", "seed"]) {
      chosen.set(name, found<HTMLInputElement>(this, `[name="${name}"]`).value);
    }
    void this.voicing.start(chosen);
  }

  private told(answer: Answer<Voiced>): void {
    if (!this.waits) return;
    const trouble = answer.ok ? answer.value.trouble : answer.message;
    if (trouble) {
      this.waits = false;
      this.say("");
      found(this, "[data-sentence]").textContent = trouble;
      return;
    }
    if (!answer.ok) return;
    const { ready, done, total } = answer.value;
    if (ready) this.sit();
    else this.say(`The voice is being made ready: ${done} of ${total} lines.`);
  }

  private sit(): void {
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
