import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bytesBefore,
  isNear,
  leadFrom,
  leadOn,
  MOST_DRIFT_S,
  moveOf,
  nextSilence,
  START_S,
  silenceBefore,
  sounding,
  standIn,
} from "../src/sitting/swap.ts";

const LINES = [
  { start_s: 8, end_s: 12 },
  { start_s: 20, end_s: 25 },
];
const BELL = { kind: "bell", start: 0, end: 8 * 48_000 };
const VOICE = { kind: "say", start: 8 * 48_000, end: 12 * 48_000 };

test("what is heard is lines and bells, in their order", () => {
  assert.deepEqual(sounding(LINES, [VOICE, BELL]), [
    { start: 0, end: 8 },
    { start: 8, end: 12 },
    { start: 20, end: 25 },
  ]);
});

test("a silence begins where the last thing before it ends", () => {
  const spans = sounding(LINES, [BELL]);
  assert.deepEqual(silenceBefore(spans, 13.5), { start: 12, end: 13.5 });
  assert.deepEqual(silenceBefore(spans, 8), { start: 8, end: 8 });
  assert.deepEqual(silenceBefore(spans, 30), { start: 25, end: 30 });
  assert.deepEqual(silenceBefore([], 3), { start: 0, end: 3 });
});

test("a line that still runs leaves no silence before it ends", () => {
  assert.deepEqual(silenceBefore([{ start: 2, end: 9 }], 6), { start: 6, end: 6 });
});

test("the next silence is one that is long enough, and the last one is open", () => {
  const spans = sounding([...LINES, { start_s: 25.2, end_s: 28 }], []);
  assert.deepEqual(nextSilence(spans, 10), { start: 12, end: 20 });
  assert.deepEqual(nextSilence(spans, 13), { start: 13, end: 20 });
  assert.deepEqual(nextSilence(spans, 19.9), { start: 28, end: Number.POSITIVE_INFINITY });
});

test("spans of two sounds that lie within each other are one", () => {
  const spans = [
    { start: 1, end: 10 },
    { start: 2, end: 4 },
    { start: 12, end: 13 },
  ];
  assert.deepEqual(nextSilence(spans, 3), { start: 10, end: 12 });
});

test("sound is made ready within the silence, never before what was heard", () => {
  assert.ok(standIn({ start: 12, end: 13.5 }, 10) >= 12);
  assert.ok(standIn({ start: 12, end: 13.5 }, 10) < 12.2);
  assert.equal(standIn({ start: 12, end: 20 }, 15), 15);
  assert.equal(standIn({ start: 12, end: 12.01 }, 10), 12.01);
});

const SILENCE = { start: 12, end: 13.5 };

test("what is not ready is waited for, and never held for", () => {
  assert.deepEqual(moveOf(SILENCE, 5, null), { act: "wait" });
  assert.deepEqual(moveOf(SILENCE, 13, null), { act: "wait" });
  assert.deepEqual(moveOf(SILENCE, 13.45, null), { act: "late" });
});

test("what stands ready begins a moment before its place is reached", () => {
  const move = moveOf(SILENCE, 10, 12.05);
  assert.equal(move.act, "start");
  assert.ok(Math.abs(move.after - (2.05 - START_S)) < 1e-9);
  assert.deepEqual(moveOf(SILENCE, 12.04, 12.05), { act: "start", after: 0 });
});

test("what was ready too late for its place stands further on, while there is silence", () => {
  const move = moveOf(SILENCE, 12.5, 12.05);
  assert.equal(move.act, "stand");
  assert.ok(move.at > 12.5 && move.at < SILENCE.end);
  assert.deepEqual(moveOf(SILENCE, 13.3, 12.05), { act: "late" });
});

test("wherever it begins, the silence grows by no more than is allowed", () => {
  for (let time = 10; time < 14; time += 0.01) {
    for (let stands = 12; stands < 13.5; stands += 0.05) {
      const move = moveOf(SILENCE, time, stands);
      if (move.act !== "start") continue;
      assert.ok(time + move.after - stands <= MOST_DRIFT_S);
      assert.ok(time + move.after < SILENCE.end);
    }
  }
});

test("sound takes over only where both have come equally far", () => {
  assert.ok(isNear(12.1, 12));
  assert.ok(isNear(12, 12.2));
  assert.ok(!isNear(12.4, 12));
});

test("the slower the way, the further ahead the next answer is asked for", () => {
  assert.equal(leadFrom(0.2, true), 1);
  assert.ok(leadFrom(4, true) > 5);
  assert.ok(leadFrom(4, false) > leadFrom(4, true));
  assert.equal(leadFrom(60, false), 40);
});

test("on a fast line the next end of line is soon enough, on a thin one it is not", () => {
  assert.equal(leadOn(Number.POSITIVE_INFINITY, 10, 0.05), 1);
  assert.equal(leadOn(1_000_000, 60, 0.1), 1);
  const thin = leadOn(8_000, 3, 1);
  assert.ok(thin > 25 && thin <= 40);
  assert.ok(bytesBefore(3 + thin) / 8_000 < thin);
  assert.equal(leadOn(100, 10, 5), 40);
});
