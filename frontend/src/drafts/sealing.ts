/**
 * Seals drafts with AES-GCM. The key comes from the server while Thaw is open and stays in
 * memory: it cannot be read out again, and no storage ever holds it.
 */

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

const IV_BYTES = 12;

export async function keyOf(base64: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  bytes.fill(0);
  return key;
}

/** Seals `value` to its place: it opens under the same id only. */
export async function seal(key: CryptoKey, id: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt(boundTo(id, iv), key, text) };
}

/** Opens what was sealed; null where the key or the place is another, or it is damaged. */
export async function open(key: CryptoKey, id: string, { iv, sealed }: Sealed): Promise<unknown> {
  try {
    const text = await crypto.subtle.decrypt(boundTo(id, iv), key, sealed);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

function boundTo(id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`thaw-drafts|${id}`) };
}
