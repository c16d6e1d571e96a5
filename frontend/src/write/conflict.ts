import { csrf } from "../ask";
import { made } from "../page";
import { newId } from "../uuid7";
import { noteUrl } from "./send";

export type Choice = "yours" | "theirs" | "both";

export interface Conflict {
  note: string;
  /** The version that stands on the server. */
  version: number;
  theirs: string;
}

/** Shows the other text below one's own, and lets one choose or keep both. */
export function showConflict({ theirs }: Conflict, choose: (choice: Choice) => void): HTMLElement {
  const section = made("section", "", "two-texts stack");
  section.setAttribute("aria-labelledby", "two-texts");
  const heading = made("h2", "There are two texts now");
  heading.id = "two-texts";
  heading.tabIndex = -1;
  const other = theirs.trim()
    ? made("p", theirs, "written")
    : made("p", "There is no text in it.", "hint");
  const actions = made("div", "", "actions");
  const offers: [Choice, string, string][] = [
    ["both", "Keep both, as two notes", "button filled"],
    ["yours", "Keep mine, above", "button"],
    ["theirs", "Keep the other", "button"],
  ];
  for (const [choice, words, look] of offers) {
    const button = made("button", words, look);
    button.type = "button";
    button.addEventListener("click", () => choose(choice));
    actions.append(button);
  }
  section.append(
    heading,
    made(
      "p",
      "This note was changed somewhere else meanwhile. Nothing is lost. Yours is above, the other is here. The one you do not choose lies in the trash for 30 days.",
    ),
    made("h3", "What was kept somewhere else"),
    other,
    actions,
  );
  return section;
}

/** Ends the conflict; the answer is where to go on, or null where it did not end. */
export async function settle(
  { note, version }: Conflict,
  choice: Choice,
  form: HTMLFormElement,
): Promise<string | null> {
  const other = newId();
  const given = new FormData(form);
  given.set("version", String(version));
  given.set("other", other);
  given.set("choice", choice);
  try {
    const { type } = await fetch(`${noteUrl(note)}/settle`, {
      method: "POST",
      body: given,
      headers: { "X-CSRFToken": csrf() },
      credentials: "same-origin",
      redirect: "manual",
    });
    if (type !== "opaqueredirect") return null;
    return noteUrl(choice === "both" ? other : note);
  } catch {
    return null;
  }
}
