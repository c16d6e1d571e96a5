import { getJson } from "../ask";
import { newId } from "../uuid7";
import { keyOf, open, seal } from "./sealing";
import { type Kept, Shelf } from "./shelf";

/** A draft that was read again: what it says, and when it was put there. */
export interface Found<T> {
  id: string;
  at: number;
  value: T;
}

const KEY_URL = "/me/drafts-key";

/**
 * Drafts of this browser. Each page has one under an id of its own, so that two pages with the
 * same note lose nothing; as long as the page lives, no other takes its draft up.
 */
export class Drafts<T> {
  private readonly shelf = new Shelf();
  private keys: Promise<Keys | null> | null = null;
  private latest = 0;

  /** Whether drafts can be sealed and opened just now. */
  async ready(): Promise<boolean> {
    return (await this.sealers()) !== null;
  }

  /** Keeps a draft; the answer says when it was put there, or null where it could not be. */
  async keep(id: string, value: T): Promise<number | null> {
    const keys = await this.sealers();
    if (!keys) return null;
    this.latest = Math.max(Date.now(), this.latest + 1);
    const at = this.latest;
    try {
      await this.shelf.put({ id, at, ...(await seal(keys.newest, id, value)) });
      return at;
    } catch {
      return null;
    }
  }

  /** Takes a draft away, unless it has become newer than `at`. */
  async forget(id: string, at: number): Promise<void> {
    await this.shelf.remove(id, at).catch(() => undefined);
  }

  /** Every draft that opens, also with a key of before, the newest first. */
  async all(): Promise<Found<T>[]> {
    const kept = await this.shelf.all().catch((): Kept[] => []);
    const keys = kept.length > 0 ? await this.sealers() : null;
    if (!keys) return [];
    const found: Found<T>[] = [];
    for (const each of kept) {
      const value = await openWithAny([keys.newest, ...keys.older], each);
      if (value !== null) found.push({ id: each.id, at: each.at, value: value as T });
    }
    return found.sort((one, other) => other.at - one.at);
  }

  private async sealers(): Promise<Keys | null> {
    this.keys ??= askForKeys();
    const keys = await this.keys;
    if (!keys) this.keys = null; // Asked again the next time.
    return keys;
  }
}

/** What seals, and what sealed before a passphrase was set or removed. */
interface Keys {
  newest: CryptoKey;
  older: CryptoKey[];
}

async function askForKeys(): Promise<Keys | null> {
  const answer = await getJson<{ key: string; older?: string[] }>(KEY_URL);
  if (!answer.ok) return null;
  const { key, older = [] } = answer.value;
  return { newest: await keyOf(key), older: await Promise.all(older.map(keyOf)) };
}

async function openWithAny(keys: CryptoKey[], kept: Kept): Promise<unknown> {
  for (const key of keys) {
    const value = await open(key, kept.id, kept);
    if (value !== null) return value;
  }
  return null;
}

/** An id for the draft of this page, held until the page is gone. */
export async function ownDraft(): Promise<string> {
  const id = newId();
  await hold(id);
  return id;
}

/** Takes over a draft for as long as this page lives; false where another page has it. */
export function hold(id: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!navigator.locks) resolve(true);
    else {
      void navigator.locks.request(nameOf(id), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<never>(() => undefined) : undefined;
      });
    }
  });
}

/** Does `act` with a draft that no page has; nothing where one has it. */
export async function withDraft(id: string, act: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return act();
  await navigator.locks.request(nameOf(id), { ifAvailable: true }, async (lock) => {
    if (lock) await act();
  });
}

function nameOf(id: string): string {
  return `thaw-draft-${id}`;
}
