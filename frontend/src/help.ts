import { keep, kept } from "./keep";
import { found } from "./page";
import { pauseAll } from "./silence";

/** Help now opens from what the page carries, so it needs no server and no sound. */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-help]");
  const dialog = document.querySelector<HTMLDialogElement>("dialog#help");
  if (!link || !dialog) return;
  event.preventDefault();
  pauseAll();
  dialog.showModal();
  dialog.scrollTop = 0;
  if (link.hash) dialog.querySelector(link.hash)?.scrollIntoView();
});

/** Shows the numbers of the country one picked; this browser remembers it, nobody else. */
class ThawCountry extends HTMLElement {
  connectedCallback(): void {
    const select = found<HTMLSelectElement>(this, "select");
    const known = kept("country");
    if (known && [...select.options].some((option) => option.value === known)) select.value = known;
    select.addEventListener("change", () => {
      keep("country", select.value);
      this.show(select.value);
    });
    this.show(select.value);
  }

  private show(country: string): void {
    for (const item of this.querySelectorAll<HTMLElement>("[data-country]")) {
      item.hidden = item.dataset.country !== country;
    }
  }
}

customElements.define("thaw-country", ThawCountry);
