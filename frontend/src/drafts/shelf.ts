import type { Sealed } from "./sealing";

/** One draft as the browser keeps it: nothing of it can be read without the key. */
export interface Kept extends Sealed {
  id: string;
  /** When it was put there, in milliseconds since 1970. */
  at: number;
}

const DATABASE = "thaw-drafts";
const STORE = "drafts";

/** Where sealed drafts lie: IndexedDB, flushed to the disk before it says done. */
export class Shelf {
  private opened: Promise<IDBDatabase> | null = null;

  async put(kept: Kept): Promise<void> {
    await this.change((store) => store.put(kept));
  }

  /** Takes a draft away, but not one that was put there later than `at`. */
  async remove(id: string, at: number): Promise<void> {
    await this.change((store) => {
      const asked = store.get(id) as IDBRequest<Kept | undefined>;
      asked.onsuccess = () => {
        if (asked.result && asked.result.at <= at) store.delete(id);
      };
    });
  }

  async all(): Promise<Kept[]> {
    const store = (await this.database()).transaction(STORE).objectStore(STORE);
    return answerOf(store.getAll() as IDBRequest<Kept[]>);
  }

  async count(): Promise<number> {
    return answerOf((await this.database()).transaction(STORE).objectStore(STORE).count());
  }

  private async change(act: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.database();
    await new Promise<void>((resolve, reject) => {
      const change = database.transaction(STORE, "readwrite", { durability: "strict" });
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error);
      act(change.objectStore(STORE));
    });
  }

  private async database(): Promise<IDBDatabase> {
    this.opened ??= openDatabase().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    const database = await this.opened;
    database.onclose = () => {
      this.opened = null;
    };
    database.onversionchange = () => {
      database.close();
      this.opened = null;
    };
    return database;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
  return answerOf(asked);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
