import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, newId } from "../src/uuid7.ts";

test("an id is the one of the standard's example", () => {
  // RFC 9562, A.6: 2022-02-22 14:22:22 at UTC-5.
  const chance = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  assert.equal(idOf(0x017f22e279b0, chance), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("every bit of chance but the six that are fixed is kept", () => {
  assert.equal(idOf(0, new Uint8Array(10)), "00000000-0000-7000-8000-000000000000");
  assert.equal(
    idOf(2 ** 48 - 1, new Uint8Array(10).fill(255)),
    "ffffffff-ffff-7fff-bfff-ffffffffffff",
  );
});

test("ids made later sort later", () => {
  const none = new Uint8Array(10);
  const times = [0, 1, 2 ** 32 - 1, 2 ** 32, 1.7e12, 1.7e12 + 1];
  const ids = times.map((time) => idOf(time, none));
  assert.deepEqual(ids.toSorted(), ids);
});

test("no two ids are the same", () => {
  assert.equal(new Set(Array.from({ length: 1000 }, newId)).size, 1000);
});
