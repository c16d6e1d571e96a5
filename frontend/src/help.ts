import { dayOf, standingOf } from "./age";
import { post } from "./ask";
import { found, made } from "./page";
import { pauseAll } from "./silence";

/** Help now opens from what the page carries, so it needs no server and no sound. */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-help]");
  const dialog = document.querySelector<HTMLDialogElement>("dialog#help");
  if (!link || !dialog) return;
  event.preventDefault();
  pauseAll();
  dialog.querySelector<ThawCountry>("thaw-country")?.begin(link.search);
  dialog.showModal();
  dialog.scrollTop = 0;
  if (link.hash) reveal(dialog, link.hash);
});

/** Opens what an address names, without a trace of it in the history. */
function reveal(root: ParentNode, hash: string): void {
  const target = root.querySelector<HTMLElement>(hash);
  const section = target?.closest<HTMLDetailsElement>("details");
  if (section) section.open = true;
  (section ?? target)?.scrollIntoView();
}

const WRITES_FIRST = ["nothing", "writing"];

/**
 * Shows the country that one picks, and what takes no voice first for who would rather write.
 * A pick holds for this page; it is kept only where the door is open and the person says so.
 */
export class ThawCountry extends HTMLElement {
  private select = () => found<HTMLSelectElement>(this, "select");

  connectedCallback(): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-checked]")) judge(this, line);
    this.select().addEventListener("change", () => this.show());
    this.querySelector("[data-keep]")?.addEventListener("click", () => void this.keep());
    for (const choice of this.querySelectorAll<HTMLInputElement>("[name=first]")) {
      choice.addEventListener("change", () => this.order(choice.value === "writing"));
    }
    this.begin(this.closest("dialog") ? "" : location.search);
  }

  /** As it is when Help now opens: `?from=nothing` says who comes. */
  begin(search: string): void {
    const from = new URLSearchParams(search).get("from") ?? "";
    this.order(this.dataset.first === "writing" || WRITES_FIRST.includes(from));
    const isHidden = document.documentElement.dataset.covered !== undefined && !this.mayShow();
    if (isHidden) this.select().value = "";
    this.show();
  }

  /** Under a cover a country shows only where it also does while locked. */
  private mayShow(): boolean {
    return this.dataset.isShown !== undefined;
  }

  private show(): void {
    const country = this.select().value;
    for (const item of this.querySelectorAll<HTMLElement>("[data-country]")) {
      item.hidden = item.dataset.country !== country;
    }
    const unsure = found<HTMLDetailsElement>(this, ".unsure");
    const shown = (place: string) => this.querySelector(`${place} [data-country]:not([hidden])`);
    unsure.hidden = !shown(".unsure");
    unsure.open = !shown(".sure");
    const keep = this.querySelector<HTMLButtonElement>("[data-keep]");
    if (keep) keep.hidden = !country || country === this.dataset.country;
  }

  /** Puts what is written, or what is said, first; in the page too, not to the eye alone. */
  private order(writingFirst: boolean): void {
    const [first, second] = writingFirst ? ["write", "talk"] : ["talk", "write"];
    for (const groups of this.querySelectorAll(".groups")) {
      const group = (id: string) => groups.querySelector(`[data-group=${id}]`);
      groups.prepend(...[group(first), group(second)].filter((each) => each !== null));
    }
  }

  private async keep(): Promise<void> {
    const country = this.select().value;
    const answer = await post("/help/country", new URLSearchParams({ country }));
    if (answer.ok) this.dataset.country = country;
    found(this, "[data-said]").textContent = answer.ok ? "Kept." : answer.message;
    this.show();
  }
}

/** A page that lay here for long does not call a number that has become old. */
function judge(root: HTMLElement, line: HTMLElement): void {
  const standing = standingOf(line.dataset.checked ?? "", dayOf(new Date()));
  if (standing === "confirmed") return;
  const said = found<HTMLElement>(line, "[data-standing]");
  if (standing === "a while ago") {
    said.textContent = `Checked a while ago: on ${line.dataset.checked}.`;
    return;
  }
  said.textContent = `Not confirmed: checked on ${line.dataset.checked}, and that is long ago.`;
  for (const link of line.querySelectorAll("a[href^='tel:'], a[href^='sms:']")) {
    link.replaceWith(made("span", link.textContent ?? "", "number"));
  }
  moveAside(root, line);
}

/** What may not be first goes where nothing is confirmed. */
function moveAside(root: HTMLElement, line: HTMLElement): void {
  const country = line.closest<HTMLElement>("[data-country]")?.dataset.country ?? "";
  const list = found(root, ".unsure .countries");
  const there = [...list.querySelectorAll<HTMLElement>("[data-country]")];
  let place = there.find((item) => item.dataset.country === country);
  if (!place) {
    place = made("li");
    place.dataset.country = country;
    list.append(place);
  }
  const group = line.closest<HTMLElement>("[data-group]");
  const aside = made("ul");
  aside.append(line);
  place.append(aside);
  if (group && !group.querySelector(".helpline")) group.remove();
  for (const item of root.querySelectorAll(".sure > li")) {
    if (!item.querySelector(".helpline")) item.remove();
  }
}

customElements.define("thaw-country", ThawCountry);
