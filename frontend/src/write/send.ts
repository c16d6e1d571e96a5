import { csrf } from "../ask";
import type { Body } from "./body";

/** How the server answered a save. */
export type Reply =
  | { kind: "kept"; version: number }
  | { kind: "conflict"; version: number; theirs: string; sentence: string }
  | { kind: "gone"; sentence: string }
  | { kind: "locked" | "full" | "refused"; sentence: string }
  /** Whether it is kept nobody knows. */
  | { kind: "away"; sentence: string };

const PATIENCE_MS = 15_000;
const KEEPALIVE_LETTERS = 15_000; // The browser takes 64 KiB on its way out.

export function noteUrl(note: string): string {
  return `/write/notes/${note}`;
}

export async function send(note: string, version: number, body: Body): Promise<Reply> {
  const text = JSON.stringify({ ...body, version });
  try {
    const response = await fetch(noteUrl(note), {
      method: "PUT",
      body: text,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrf(),
      },
      credentials: "same-origin",
      keepalive: text.length < KEEPALIVE_LETTERS,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return replyOf(response.status, await response.json().catch(() => ({})));
  } catch {
    return { kind: "away", sentence: "" };
  }
}

interface Said {
  version?: number;
  theirs?: string;
  message?: string;
  error?: { message?: string };
}

/** Reads an answer: a status, and JSON that may hold a sentence. */
export function replyOf(status: number, said: Said): Reply {
  const sentence = said.message ?? said.error?.message ?? (status === 413 ? TOO_LONG : "");
  const version = said.version ?? 0;
  if (status === 200 && version > 0) return { kind: "kept", version };
  if (status === 409 && said.theirs !== undefined)
    return { kind: "conflict", version, theirs: said.theirs, sentence };
  if (status === 404 || status === 410) return { kind: "gone", sentence };
  return { kind: KINDS.get(status) ?? "away", sentence };
}

const TOO_LONG = "This is more than one note can hold. A part of it could go into another note.";

const KINDS = new Map<number, "locked" | "full" | "refused">([
  [400, "refused"],
  [401, "locked"],
  [413, "refused"],
  [422, "refused"],
  [423, "locked"],
  [507, "full"],
]);
