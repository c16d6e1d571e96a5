/** Ids as the server makes them too: UUIDs of version 7, which begin with the time (RFC 9562). */
export function newId(): string {
  return idOf(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** The id of a moment, in milliseconds since 1970, and ten bytes of chance. */
export function idOf(milliseconds: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const time = new DataView(bytes.buffer);
  time.setUint16(0, Math.floor(milliseconds / 2 ** 32) & 0xffff);
  time.setUint32(2, milliseconds % 2 ** 32);
  bytes.set(chance.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
