import { sounds } from "./silence";

/** Lets a voice be heard before it is chosen: every `[data-hear]` plays its sample, or stops it. */
const player = new Audio();
player.preload = "none";
let playing: HTMLElement | null = null;

sounds(stop);
player.addEventListener("ended", stop);
player.addEventListener("error", () => {
  if (playing) say(playing, "This voice could not be heard just now.");
  stop();
});

document.addEventListener("click", (event) => {
  const asked = (event.target as Element).closest<HTMLElement>("[data-hear]");
  if (!asked?.dataset.sample) return;
  event.preventDefault();
  if (asked === playing) stop();
  else play(asked, asked.dataset.sample);
});

function play(asked: HTMLElement, sample: string): void {
  stop();
  playing = asked;
  asked.classList.add("heard");
  say(asked, "");
  const pace = document.querySelector<HTMLSelectElement>('select[name="pace"]')?.value;
  player.src = pace ? `${sample}?pace=${pace}` : sample;
  player.play().catch(() => undefined); // The error event says what happened.
}

function stop(): void {
  player.pause();
  playing?.classList.remove("heard");
  playing = null;
}

function say(asked: HTMLElement, sentence: string): void {
  const status = asked.closest("form")?.querySelector("[data-status]");
  if (status) status.textContent = sentence;
}
