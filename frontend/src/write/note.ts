import { hold, ownDraft } from "../drafts/drafts";
import { beforeClosing, tell } from "../guard/signals";
import { found, made } from "../page";
import { newId } from "../uuid7";
import { again, answered, changed, due, reopened, resting, type Saving, sending } from "./autosave";
import { type Body, bodyOf, fill, isEmpty, same, type Unkept } from "./body";
import { type Choice, type Conflict, settle, showConflict } from "./conflict";
import { KEPT, lineOf, troubleOf } from "./line";
import { drafts, sendWaiting } from "./outbox";
import { noteUrl, type Reply, send } from "./send";

/**
 * The field one writes in: kept as one writes. What is not kept yet lies sealed in this browser,
 * and goes on from there after a crash, a lost connection or a lock.
 */
class ThawNote extends HTMLElement {
  private readonly form = () => found<HTMLFormElement>(this, "form");
  private note = "";
  private saving: Saving = resting(0);
  /** What was sent and not answered. */
  private pending: Body | null = null;
  private draft: Promise<string> | null = null;
  private running: Promise<number | null> = Promise.resolve(null);
  private queued: Promise<number | null> | null = null;
  private safe: Body | null = null;
  private kept: Body | null = null;
  private sentence = "";
  private conflict: HTMLElement | null = null;
  private timer = 0;

  connectedCallback(): void {
    if (this.draft) return; // Moved, not made: it goes on as it was.
    const version = Number(this.dataset.version);
    this.note = version > 0 ? (this.dataset.id ?? newId()) : newId();
    this.saving = resting(version);
    this.kept = bodyOf(this.form());
    this.draft = this.begin().finally(() => void sendWaiting());
    this.layLines();
    this.goToEnd();
    this.listen();
    this.offerBeginnings();
    this.show();
  }

  private body(): Body {
    return bodyOf(this.form());
  }

  /** One goes on where the text ends. */
  private goToEnd(): void {
    const field = found<HTMLTextAreaElement>(this, "textarea");
    field.setSelectionRange(field.value.length, field.value.length);
  }

  /** The line that is seen is not said at every change; what matters is said by its own. */
  private layLines(): void {
    found(this, "[data-status]").removeAttribute("role");
    const said = made("p", "", "unseen");
    said.dataset.said = "";
    said.setAttribute("role", "status");
    const trouble = made("p", "", "notice");
    trouble.dataset.trouble = "";
    trouble.setAttribute("role", "alert");
    trouble.hidden = true;
    this.prepend(trouble);
    this.append(said);
  }

  private listen(): void {
    const form = this.form();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => void this.submitted(event));
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => this.retry());
    addEventListener("thaw:uncovered", () => this.goOn());
    addEventListener("pagehide", () => void this.save());
    addEventListener("beforeunload", (event) => {
      const leaves = document.documentElement.dataset.left !== undefined;
      if (!leaves && this.isUnsafe()) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
    beforeClosing(() => this.close());
  }

  /** Takes up a draft that no page has: of this note, or of one just like it that is new. */
  private async begin(): Promise<string> {
    for (const { id, value } of await drafts.all()) {
      if (this.isMine(value) && (await hold(id))) {
        this.takeUp(value);
        return id;
      }
    }
    return ownDraft();
  }

  private isMine({ note, version, now, after }: Unkept): boolean {
    if (after) return false; // It is a note of its own, which needs no page.
    const isUntouched = isEmpty(this.body());
    if (this.saving.version > 0) return note === this.note;
    return version === 0 && isUntouched && now.kind === this.dataset.kind;
  }

  private takeUp({ note, version, now, sent }: Unkept): void {
    this.note = note;
    this.pending = sent;
    fill(this.form(), now);
    this.goToEnd();
    this.saving = changed(resting(version), performance.now());
    this.say("This was not kept yet. It goes on from here.");
    this.schedule();
    this.show();
  }

  private typed(): void {
    if (this.kept && same(this.body(), this.kept) && this.saving.first === null) return;
    this.saving = changed(this.saving, performance.now());
    void this.shelve();
    this.schedule();
    this.show();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const moment = due(this.saving);
    if (moment === null) return;
    this.timer = window.setTimeout(() => void this.save(), Math.max(0, moment - performance.now()));
  }

  private retry(): void {
    this.saving = again(this.saving, performance.now());
    this.schedule();
  }

  private goOn(): void {
    this.saving = reopened(this.saving, performance.now());
    this.schedule();
    this.show();
  }

  /** Seals what stands here; one write at a time, and the one that waits takes the newest. */
  private shelve(): Promise<number | null> {
    this.queued ??= this.running.then(() => {
      this.queued = null;
      this.running = this.putAway();
      return this.running;
    });
    return this.queued;
  }

  private async putAway(): Promise<number | null> {
    const now = this.body();
    const value = { note: this.note, version: this.saving.version, now, sent: this.pending };
    const at = await drafts.keep((await this.draft) ?? "", value);
    if (at !== null) this.safe = now;
    return at;
  }

  private isUnsafe(): boolean {
    if (this.saving.standing === "kept" && !this.saving.sending) return false;
    return !this.safe || !same(this.safe, this.body());
  }

  /** Sends what stands here, once it lies safe; what was not answered is sent again first. */
  private async save(): Promise<void> {
    await this.draft;
    if (this.saving.first === null || due(this.saving) === null) return;
    const body = this.pending ?? this.body();
    if (this.saving.version === 0 && isEmpty(body)) {
      this.empty();
      return;
    }
    this.saving = sending(this.saving);
    this.pending = body;
    const at = await this.shelve();
    const reply = await send(this.note, this.saving.version, body);
    if (reply.kind !== "away") this.pending = null;
    await this.learn(reply, body, at);
    this.schedule();
    this.show();
  }

  /** A new note with nothing in it is no note. */
  private empty(): void {
    this.saving = resting(0);
    void this.forget();
    this.show();
  }

  private async learn(reply: Reply, body: Body, at: number | null): Promise<void> {
    const now = performance.now();
    this.sentence = "sentence" in reply ? reply.sentence : "";
    if (reply.kind === "gone") {
      this.becomeNew(now);
      return;
    }
    const isFirst = this.saving.version === 0;
    this.saving = answered(this.saving, reply, now);
    if (reply.kind === "kept") {
      this.kept = body;
      if (isFirst) this.nameAddress();
      if (same(body, this.body())) await this.forget(at);
      else {
        this.saving = changed(this.saving, now);
        await this.shelve();
      }
    }
    if (reply.kind === "conflict") this.showTwo({ note: this.note, ...reply });
    if (reply.kind === "locked") tell("locked");
  }

  /** It was deleted for good elsewhere: what stands here becomes a note of its own. */
  private becomeNew(now: number): void {
    this.note = newId();
    this.saving = changed(resting(0), now);
    this.say("This note was no longer there. What stands here is kept as a new one.");
  }

  private async forget(at: number | null = Number.POSITIVE_INFINITY): Promise<void> {
    if (at !== null) await drafts.forget((await this.draft) ?? "", at);
  }

  /** From now on the address is the note's, so that loading it again shows it. */
  private nameAddress(): void {
    if (document.documentElement.dataset.left !== undefined) return;
    history.replaceState(history.state, "", noteUrl(this.note));
    this.form().action = noteUrl(this.note);
  }

  private showTwo(conflict: Conflict): void {
    this.conflict?.remove();
    this.conflict = showConflict(conflict, (choice) => void this.settle(conflict, choice));
    this.append(this.conflict);
    found<HTMLElement>(this, "[data-keep]").hidden = true;
    found<HTMLElement>(this.conflict, "h2").focus();
  }

  private async settle(conflict: Conflict, choice: Choice): Promise<void> {
    await this.shelve();
    const next = await settle(conflict, choice, this.form());
    if (next) {
      await this.forget();
      this.saving = resting(conflict.version);
      location.assign(next);
      return;
    }
    // It was changed once more, or nobody answers: asked anew, both are shown again.
    this.saving = reopened(this.saving, performance.now());
    this.conflict?.remove();
    this.conflict = null;
    found<HTMLElement>(this, "[data-keep]").hidden = false;
    this.schedule();
    this.show();
  }

  private async submitted(event: Event): Promise<void> {
    event.preventDefault();
    if (this.saving.standing !== "kept") {
      this.saving = reopened(again(this.saving, performance.now()), performance.now());
      await this.save();
    }
    if (this.saving.standing === "kept" && this.saving.version > 0) {
      location.assign(`${noteUrl(this.note)}/kept`);
    } else if (this.saving.standing === "kept") this.say("Nothing is written yet.");
  }

  /** The page goes: the words into safety first, then on to the server, if it still answers. */
  private async close(): Promise<boolean> {
    if (!this.isUnsafe() && this.saving.standing === "kept") return true;
    if (isEmpty(this.body()) && this.saving.version === 0) return true;
    const at = await this.shelve();
    void this.save();
    return at !== null;
  }

  private say(words: string): void {
    found(this, "[data-said]").textContent = words;
  }

  private show(): void {
    const { standing, failures, version } = this.saving;
    const line = found(this, "[data-status]");
    const words = lineOf(standing, version === 0);
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("is-kept", words === KEPT);
    const trouble = found<HTMLElement>(this, "[data-trouble]");
    const said = troubleOf(standing, failures, this.sentence);
    if (trouble.textContent === said) return;
    if (said === "" && standing === "kept") this.say(KEPT);
    trouble.textContent = said;
    trouble.hidden = said === "";
  }

  /** A beginning can be taken into the field. */
  private offerBeginnings(): void {
    for (const beginning of document.querySelectorAll<HTMLElement>("[data-beginning]")) {
      const words = beginning.textContent ?? "";
      const button = made("button", words, "quiet");
      button.type = "button";
      button.addEventListener("click", () => this.beginWith(words));
      beginning.replaceChildren(button);
    }
  }

  private beginWith(words: string): void {
    const field = found<HTMLTextAreaElement>(this, "textarea");
    const before = field.value === "" || field.value.endsWith("\n") ? "" : "\n\n";
    field.setRangeText(`${before}${words} `, field.value.length, field.value.length, "end");
    field.focus();
    this.typed();
  }
}

customElements.define("thaw-note", ThawNote);

if (!document.querySelector("thaw-note, thaw-after-line")) void sendWaiting();
