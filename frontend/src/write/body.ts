import { found } from "../page";

/** What a person wrote in a note, as it is sent and as it stands in the form. */
export interface Body {
  kind: string;
  text: string;
  word: string;
  colour: string;
  tags: string[];
  day: string;
  sitting: string | null;
}

/** A note that is not kept yet, as its draft holds it. */
export interface Unkept {
  note: string;
  version: number;
  now: Body;
  /** What was sent and not answered: it may be kept already, so it is sent again first. */
  sent: Body | null;
  /** The sitting whose page has it, which sends it by a form under the same id. */
  after?: string;
}

export function same(one: Body, other: Body): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Nothing is in it; "nothing today" is something. */
export function isEmpty({ kind, text, word, colour }: Body): boolean {
  return kind !== "nothing" && `${text}${word}${colour}`.trim() === "";
}

export function bodyOf(form: HTMLFormElement): Body {
  const given = new FormData(form);
  const value = (name: string) => String(given.get(name) ?? "");
  const tags = value("tags").split(",");
  return {
    kind: value("kind"),
    // A form's line ends are of two letters; the text area's are not.
    text: found<HTMLTextAreaElement>(form, '[name="text"]').value,
    word: value("word"),
    colour: value("colour_own").trim() || value("colour"),
    tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== ""),
    day: value("day"),
    sitting: value("sitting") || null,
  };
}

/** Puts what a draft holds into the form. */
export function fill(form: HTMLFormElement, body: Body): void {
  const put = (name: string, value: string) => {
    const field = form.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (field) field.value = value;
  };
  put("text", body.text);
  put("word", body.word);
  put("tags", body.tags.join(", "));
  put("day", body.day);
  const chosen = check(form, "colour", body.colour);
  put("colour_own", chosen ? "" : body.colour);
  check(form, "sitting", body.sitting ?? "");
}

function check(form: HTMLFormElement, name: string, value: string): boolean {
  let found = false;
  for (const box of form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) {
    box.checked = box.value === value;
    found ||= box.checked;
  }
  return found;
}
