/** Requests to our own server. A failure is a sentence for a person, never an exception. */

export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; status: number; message: string; trouble: Trouble; said?: unknown };

/** What the server says beside its sentence. */
export interface Trouble {
  code?: string;
  shorter_s?: number | null;
  longer_s?: number | null;
}

const UNREACHED = "Thaw does not answer. What is here goes on. Is it still running?";

export async function getJson<T>(url: string, signal?: AbortSignal): Promise<Answer<T>> {
  return answerOf<T>(url, { signal: signal ?? null });
}

export async function post<T>(
  url: string,
  body: BodyInit,
  how: RequestInit = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { "X-CSRFToken": csrf() };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  return answerOf<T>(url, { ...how, method: "POST", body, headers });
}

async function answerOf<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  const headers = { Accept: "application/json", ...(init.headers as Record<string, string>) };
  try {
    const response = await fetch(url, { ...init, headers, credentials: "same-origin" });
    const said: unknown = await response.json();
    if (response.ok) return { ok: true, value: said as T };
    const { error = {} } = said as { error?: Trouble & { message?: string } };
    return {
      ok: false,
      status: response.status,
      message: error.message ?? UNREACHED,
      trouble: error,
      said,
    };
  } catch {
    return { ok: false, status: 0, message: UNREACHED, trouble: {} };
  }
}

export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}
