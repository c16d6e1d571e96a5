import { hold, ownDraft } from "../drafts/drafts";
import { beforeClosing } from "../guard/signals";
import { found } from "../page";
import { isEmpty } from "./body";
import { drafts, sendWaiting } from "./outbox";

/**
 * The line after a sitting. What is typed lies sealed in this browser until it is kept, so that a
 * lock or a crash loses none of it: whatever page comes next sends it under the id that the form
 * sends it under, and it is one note either way.
 */
class ThawAfterLine extends HTMLElement {
  private readonly field = () => found<HTMLTextAreaElement>(this, "textarea");
  private readonly note = () => found<HTMLInputElement>(this, 'input[name="note"]');
  private draft: Promise<string> | null = null;

  connectedCallback(): void {
    if (this.draft) return;
    this.draft = this.begin();
    // A line that the page gave back is put away under the id it has now, before any is sent.
    void this.shelve().finally(() => void sendWaiting());
    this.field().addEventListener("input", () => void this.shelve());
    beforeClosing(() => this.shelve());
  }

  /** Goes on with the draft of an earlier page of this sitting, whose line was not kept. */
  private async begin(): Promise<string> {
    await drafts.ready(); // What seals must be at hand before there is a lock.
    for (const { id, value } of await drafts.all()) {
      if (value.after !== this.dataset.after || !(await hold(id))) continue;
      if (this.field().value === "") {
        this.note().value = value.note;
        this.field().value = value.now.text;
      }
      return id;
    }
    return ownDraft();
  }

  private async shelve(): Promise<boolean> {
    const id = (await this.draft) ?? "";
    const { after = "", sitting = "", day = "" } = this.dataset;
    const text = this.field().value;
    const now = { kind: "note", text, word: "", colour: "", tags: [], day, sitting };
    if (isEmpty(now)) {
      await drafts.forget(id, Number.POSITIVE_INFINITY);
      return true;
    }
    const unkept = { note: this.note().value, version: 0, now, sent: null, after };
    return (await drafts.keep(id, unkept)) !== null;
  }
}

customElements.define("thaw-after-line", ThawAfterLine);
