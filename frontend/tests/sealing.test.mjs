import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, open, seal } from "../src/drafts/sealing.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER = Buffer.alloc(32, 8).toString("base64");
const DRAFT = { text: "Wörter, 日本語, a\u0000b", tags: ["x"], version: 0 };

test("what was sealed opens again", async () => {
  const key = await keyOf(KEY);
  assert.deepEqual(await open(key, "one", await seal(key, "one", DRAFT)), DRAFT);
});

test("nothing of the words is in what is kept", async () => {
  const { sealed } = await seal(await keyOf(KEY), "one", DRAFT);
  assert.equal(Buffer.from(sealed).includes("日本語"), false);
});

test("it opens with no other key and in no other place", async () => {
  const key = await keyOf(KEY);
  const kept = await seal(key, "one", DRAFT);
  assert.equal(await open(await keyOf(OTHER), "one", kept), null);
  assert.equal(await open(key, "two", kept), null);
});

test("one flipped bit anywhere and nothing opens", async () => {
  const key = await keyOf(KEY);
  const kept = await seal(key, "one", DRAFT);
  const bytes = new Uint8Array(kept.sealed);
  for (let place = 0; place < bytes.length; place += 1) {
    bytes[place] ^= 1;
    assert.equal(await open(key, "one", kept), null);
    bytes[place] ^= 1;
  }
});

test("the key can be read out by nobody", async () => {
  const key = await keyOf(KEY);
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("the same words are sealed differently each time", async () => {
  const key = await keyOf(KEY);
  const [first, second] = [await seal(key, "one", DRAFT), await seal(key, "one", DRAFT)];
  assert.notDeepEqual(Buffer.from(first.sealed), Buffer.from(second.sealed));
});
