import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bodyOf,
  everywhere,
  feltIn,
  has,
  isEverywhere,
  nextFocus,
  outcomeOf,
  put,
  radioOf,
  slidIn,
  slidOf,
  stepOf,
  without,
} from "../src/checkin/answers.ts";

const CHEST = { place: "front.chest", mark: "heavy" };
const HAND = { place: "back.left-hand", mark: "heavy" };
const NOTHING = {
  felt: null,
  unreal: false,
  below: null,
  pleasant: null,
  energy: null,
  words: [],
  marks: [],
  tag: null,
};

test("a line that nobody touched is null, never the middle", () => {
  assert.equal(slidIn(""), null);
  assert.equal(slidIn("5"), 0.5);
  assert.equal(radioOf(null), "");
  assert.equal(radioOf(0.5), "5");
  assert.equal(JSON.parse(bodyOf(NOTHING, 0)).pleasant, null);
});

test("can't tell is a value of its own", () => {
  assert.equal(slidIn("cant-tell"), "cant-tell");
  assert.equal(radioOf("cant-tell"), "cant-tell");
  assert.equal(feltIn("cant-tell"), "cant-tell");
});

test("nothing is a number, and no answer is none", () => {
  assert.equal(feltIn("0"), 0);
  assert.equal(feltIn("10"), 10);
  assert.equal(feltIn(""), null);
});

test("nine steps and a slider say the same", () => {
  for (let step = 1; step <= 9; step += 1) assert.equal(stepOf(slidOf(step)), step);
  assert.equal(slidOf(1), 0);
  assert.equal(slidOf(9), 1);
  assert.equal(radioOf(0.37), "4");
});

test("a mark is put once and taken away", () => {
  const once = put(put([], CHEST, true), CHEST, true);
  assert.deepEqual(once, [CHEST]);
  assert.deepEqual(put(once, CHEST, false), []);
  assert.deepEqual(put([], CHEST, false), []);
});

test("a place may have several marks", () => {
  const both = put(put([], CHEST, true), { ...CHEST, mark: "empty" }, true);
  assert.equal(both.length, 2);
  assert.ok(has(both, CHEST));
  assert.ok(!has(both, HAND));
});

test("everywhere marks all that is shown, and once more nothing of it", () => {
  const places = [CHEST.place, HAND.place];
  const other = { place: HAND.place, mark: "warm" };
  const all = everywhere([CHEST, other], "heavy", places);
  assert.ok(isEverywhere(all, "heavy", places));
  assert.deepEqual(everywhere(all, "heavy", places), [other]);
  assert.ok(!isEverywhere([], "heavy", []));
});

test("what is no longer shown is no longer marked", () => {
  const front = { place: "front.left-hand", mark: "cool" };
  assert.deepEqual(without([CHEST, HAND, front], "left-hand"), [CHEST]);
});

test("a mark is sent as region, side and mark", () => {
  const sent = JSON.parse(bodyOf({ ...NOTHING, marks: [HAND] }, 3));
  assert.equal(sent.version, 3);
  assert.deepEqual(sent.marks, [{ side: "back", region: "left-hand", mark: "heavy" }]);
});

test("arrow keys go round, and other keys do not", () => {
  assert.equal(nextFocus("ArrowRight", 2, 3), 0);
  assert.equal(nextFocus("ArrowDown", 0, 3), 1);
  assert.equal(nextFocus("ArrowLeft", 0, 3), 2);
  assert.equal(nextFocus("ArrowUp", 1, 3), 0);
  assert.equal(nextFocus("Home", 2, 3), 0);
  assert.equal(nextFocus("End", 0, 3), 2);
  assert.equal(nextFocus("Enter", 0, 3), null);
});

test("what the server answers says what to do", () => {
  assert.deepEqual(outcomeOf(200, { kept: "/check-in/x/kept" }), {
    kind: "kept",
    address: "/check-in/x/kept",
  });
  assert.equal(outcomeOf(409, {}).kind, "other");
  assert.equal(outcomeOf(404, {}).kind, "other");
  assert.equal(outcomeOf(423, {}).kind, "locked");
  assert.equal(outcomeOf(401, {}).kind, "locked");
  assert.equal(outcomeOf(503, {}).kind, "away");
  assert.equal(outcomeOf(422, { error: { message: "So." } }).sentence, "So.");
  assert.equal(outcomeOf(500, {}).kind, "refused");
});
