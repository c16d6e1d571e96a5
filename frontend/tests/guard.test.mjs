import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOK_MS, watchFrom, wish } from "../src/guard/idle.ts";
import { presses } from "../src/guard/shift.ts";

const IDLE = 600_000;

function looked(watch, now) {
  return { ...watch, looked: now };
}

test("while someone is here nothing happens", () => {
  const watch = watchFrom(0);
  assert.equal(wish(looked(watch, IDLE - LOOK_MS), IDLE - 1, IDLE), "stay");
});

test("when nobody was here for so long, it is shut", () => {
  assert.equal(wish(looked(watchFrom(0), IDLE - LOOK_MS), IDLE, IDLE), "shut");
});

test("a sitting that plays is covered and goes on; after its end it is shut", () => {
  const playing = { touched: 0, heard: IDLE - 1_000, looked: IDLE - LOOK_MS };
  assert.equal(wish(playing, IDLE, IDLE), "cover");
  const over = { ...playing, looked: IDLE + 3 * LOOK_MS };
  assert.equal(wish(over, IDLE + 3 * LOOK_MS, IDLE), "shut");
});

test("a machine that slept is in doubt, also when someone had just been here", () => {
  assert.equal(wish(watchFrom(0), 3_600_000, 7_200_000), "doubt");
});

test("a page in the background, which may look once a minute only, is not in doubt", () => {
  assert.equal(wish(looked(watchFrom(60_000), 0), 61_000, IDLE), "stay");
});

const down = (key, at, more = {}) => ({ kind: "keydown", key, repeat: false, at, ...more });
const up = (key, at) => ({ kind: "keyup", key, repeat: false, at });

function says(all) {
  const pressed = presses();
  return all.map((press) => pressed(press));
}

test("Shift three times is heard with the third press", () => {
  const all = [down("Shift", 0), up("Shift", 50), down("Shift", 200), up("Shift", 250)];
  assert.deepEqual(says([...all, down("Shift", 400)]), [false, false, false, false, true]);
});

test("three times slowly is nothing", () => {
  assert.equal(
    says([down("Shift", 0), down("Shift", 900), down("Shift", 1_800)]).includes(true),
    false,
  );
});

test("capital letters, Shift with a click, and Shift held down are nothing", () => {
  const capitals = [0, 100, 200, 300].flatMap((at) => [down("Shift", at), down("A", at + 9)]);
  const clicks = [0, 100, 200, 300].flatMap((at) => [
    down("Shift", at),
    { kind: "pointerdown", key: "", repeat: false, at: at + 9 },
  ]);
  const held = [0, 30, 60, 90].map((at) => down("Shift", at, { repeat: at > 0 }));
  for (const all of [capitals, clicks, held]) assert.equal(says(all).includes(true), false);
});

test("after it was heard it begins anew", () => {
  const heard = says([0, 1, 2, 3, 4, 5].map((at) => down("Shift", at * 100)));
  assert.deepEqual(heard, [false, false, true, false, false, true]);
});
