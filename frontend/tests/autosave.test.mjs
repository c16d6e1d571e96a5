import assert from "node:assert/strict";
import { test } from "node:test";
import {
  again,
  answered,
  changed,
  due,
  MOST_MS,
  PAUSE_MS,
  reopened,
  resting,
  sending,
} from "../src/write/autosave.ts";

test("a note that nobody changed is kept and never due", () => {
  const saving = resting(3);
  assert.equal(saving.standing, "kept");
  assert.equal(due(saving), null);
});

test("a note is due a pause after the last key", () => {
  const saving = changed(changed(resting(0), 100), 400);
  assert.equal(saving.standing, "waiting");
  assert.equal(due(saving), 400 + PAUSE_MS);
});

test("a note is due within three seconds of the first key, however long the typing goes on", () => {
  let saving = resting(0);
  for (let now = 0; now < 10_000; now += 100) {
    saving = changed(saving, now);
    assert.ok(due(saving) <= MOST_MS);
  }
  assert.ok(MOST_MS < 3_000);
});

test("nothing else is sent while a save is under way", () => {
  const saving = changed(sending(changed(resting(0), 0)), 10);
  assert.equal(due(saving), null);
});

test("an acknowledged save is kept, with the version it was given", () => {
  const saving = answered(sending(changed(resting(1), 0)), { kind: "kept", version: 2 }, 50);
  assert.deepEqual(saving, resting(2));
});

test("what was typed while a save was under way is still to be saved", () => {
  const typed = changed(sending(changed(resting(1), 0)), 700);
  const saving = answered(typed, { kind: "kept", version: 2 }, 800);
  assert.equal(saving.standing, "waiting");
  assert.equal(saving.version, 2);
  assert.equal(due(saving), 700 + PAUSE_MS);
});

test("a save that did not arrive is tried again, each time a little later, at most 30 s", () => {
  let saving = changed(resting(0), 0);
  let now = 0;
  const waits = [];
  for (let round = 0; round < 8; round += 1) {
    saving = answered(sending(saving), { kind: round % 2 ? "full" : "away" }, now);
    waits.push(saving.notBefore - now);
    now = due(saving);
  }
  assert.deepEqual(waits, [1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3, 30e3]);
});

test("typing while the server is away does not ask it more often", () => {
  const away = answered(sending(changed(resting(0), 0)), { kind: "away" }, 0);
  assert.equal(due(changed(away, 10)), 1_000);
  const longer = answered(sending(away), { kind: "away" }, 0);
  assert.equal(due(changed(longer, 10)), 2_000);
  assert.equal(changed(longer, 10).standing, "away");
});

test("when the line is back it is tried at once", () => {
  let saving = changed(resting(0), 0);
  for (const now of [0, 5_000, 9_000]) {
    saving = answered(sending(saving), { kind: "away" }, now);
  }
  assert.equal(due(again(saving, 9_100)), 9_100);
  assert.deepEqual(again(resting(1), 5), resting(1));
});

for (const kind of ["locked", "conflict"]) {
  test(`nothing is sent while it is ${kind}, whatever is typed`, () => {
    const held = answered(sending(changed(resting(1), 0)), { kind }, 10);
    assert.equal(due(held), null);
    const typed = changed(held, 500);
    assert.equal(typed.standing, kind);
    assert.equal(due(typed), null);
    assert.equal(due(again(typed, 600)), null);
  });
}

test("what was refused is sent again only once it was changed", () => {
  const refused = answered(sending(changed(resting(1), 0)), { kind: "refused" }, 10);
  assert.equal(due(refused), null);
  const shorter = changed(refused, 500);
  assert.equal(shorter.standing, "waiting");
  assert.equal(due(shorter), 500 + PAUSE_MS);
});

for (const kind of ["locked", "conflict", "refused", "away"]) {
  test(`asked for anew, what was ${kind} is sent at once`, () => {
    const held = answered(sending(changed(resting(4), 0)), { kind }, 10);
    const open = reopened(held, 5_000);
    assert.equal(open.version, 4);
    assert.equal(due(open), 5_000);
  });
}

test("what is kept, or on its way, is not sent anew", () => {
  assert.deepEqual(reopened(resting(2), 5), resting(2));
  const under = sending(changed(resting(2), 0));
  assert.deepEqual(reopened(under, 5), under);
});
