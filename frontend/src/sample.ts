import { sounds } from "./silence";

/**
 * Lets a voice or a bed be heard before it is chosen: every `[data-hear]` plays its sample, or
 * stops it; `[data-hear-together]` plays what is chosen, one over the other. In a form that is
 * marked `data-at-once` a choice is heard as soon as it is made.
 */
const SPEAKERS = [new Audio(), new Audio()];
const TOGETHER = "[data-hear-together]";
let playing: HTMLElement | null = null;

sounds(stop);
for (const speaker of SPEAKERS) {
  speaker.preload = "none";
  speaker.addEventListener("error", () => {
    if (playing) say(playing, "This could not be heard just now.");
    stop();
  });
}
SPEAKERS[0]?.addEventListener("ended", stop); // The voice, where there is one: it ends it.

for (const button of document.querySelectorAll<HTMLElement>(TOGETHER)) button.hidden = false;

document.addEventListener("click", (event) => {
  const asked = (event.target as Element).closest<HTMLElement>(`[data-hear], ${TOGETHER}`);
  if (!asked) return;
  const samples = asked.matches(TOGETHER) ? chosen(asked) : [addressOf(asked)];
  event.preventDefault();
  if (asked === playing) stop();
  else play(asked, samples);
});

document.addEventListener("change", (event) => {
  const { name } = event.target as HTMLInputElement;
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-at-once]");
  if (!form || !["voice", "pace", "bed", "bed_volume"].includes(name)) return;
  const group = name === "voice" || name === "pace" ? "voice" : "bed";
  const sample = sampleOf(form, group);
  if (sample) play(sample, [addressOf(sample)]);
  else stop();
});

/** The samples of all that is chosen around an element, the voice first. */
function chosen(asked: HTMLElement): string[] {
  const form = asked.closest("form");
  const samples = ["voice", "bed"].map((name) => form && sampleOf(form, name));
  return samples.filter((sample) => sample !== null).map(addressOf);
}

function sampleOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const choice = form.querySelector(`input[name="${name}"]:checked`);
  return choice?.closest(".voice")?.querySelector<HTMLElement>("[data-hear]") ?? null;
}

/** A voice is heard at the pace that is chosen, a bed as loud as is chosen. */
function addressOf(sample: HTMLElement): string {
  const address = sample.dataset.sample ?? "";
  const form = sample.closest("form") ?? document;
  const field = sample.dataset.with ?? "pace";
  const value = form.querySelector<HTMLInputElement | HTMLSelectElement>(
    `select[name="${field}"], input[name="${field}"]:checked`,
  )?.value;
  return value ? `${address}?${field.replace("bed_", "")}=${value}` : address;
}

function play(asked: HTMLElement, samples: string[]): void {
  stop();
  if (samples.length === 0) {
    say(asked, "Choose a voice, or something under the words, first.");
    return;
  }
  playing = asked;
  asked.classList.add("heard");
  say(asked, "");
  samples.forEach((sample, at) => {
    const speaker = SPEAKERS[at];
    if (!speaker) return;
    speaker.src = sample;
    speaker.play().catch(() => undefined); // The error event says what happened.
  });
}

function stop(): void {
  for (const speaker of SPEAKERS) speaker.pause();
  playing?.classList.remove("heard");
  playing = null;
}

function say(asked: HTMLElement, sentence: string): void {
  const status = asked.closest("form")?.querySelector("[data-status]");
  if (status) status.textContent = sentence;
}
