import { Drafts, type Found, withDraft } from "../drafts/drafts";
import { door } from "../guard/door";
import { found, made } from "../page";
import { isEmpty, same, type Unkept } from "./body";
import { noteUrl, send } from "./send";

export const drafts = new Drafts<Unkept>();

/** Sends what earlier pages could not; what has become two texts is left to the person. */
export async function sendWaiting(): Promise<void> {
  if (door() !== "locks" && door() !== "covers") return;
  const unsettled = new Set<string>();
  for (const draft of await drafts.all()) {
    await withDraft(draft.id, async () => {
      if ((await sent(draft)) === "conflict") unsettled.add(draft.value.note);
    });
  }
  if (unsettled.size > 0) tellOf([...unsettled]);
}

async function sent({ id, at, value }: Found<Unkept>): Promise<string> {
  let { version } = value;
  const { note, now, sent: before, after } = value;
  if (isEmpty(now) && !before && version === 0) {
    await drafts.forget(id, at);
    return "kept";
  }
  for (const body of before && !same(before, now) ? [before, now] : [now]) {
    const reply = await send(note, version, body);
    // The form came first, and what it kept was changed or thrown away since.
    if (after && (reply.kind === "conflict" || reply.kind === "gone")) break;
    if (reply.kind !== "kept") return reply.kind;
    version = reply.version;
  }
  await drafts.forget(id, at);
  return "kept";
}

/** On the pages of writing only; anywhere else it can wait. */
function tellOf(notes: string[]): void {
  const place = document.querySelector<HTMLElement>(".write");
  if (!place || notes.some((note) => location.pathname.startsWith(noteUrl(note)))) return;
  const notice = made("p", "There is a text of yours that is not kept yet. ", "notice");
  for (const note of notes) {
    const link = made("a", "Look at it");
    link.href = noteUrl(note);
    notice.append(link, " ");
  }
  found(place, "h1").after(notice);
}
