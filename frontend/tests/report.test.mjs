import assert from "node:assert/strict";
import { test } from "node:test";
import { hasBegun, timeToRead } from "../src/sitting/answers.ts";
import { heardBetween } from "../src/sitting/report.ts";

const look = (time, at, playing = true) => ({ time, at: at * 1000, playing });

test("what played between two looks was heard", () => {
  assert.ok(Math.abs(heardBetween(look(3, 10), look(3.1, 10.1)) - 0.1) < 1e-9);
});

test("a sleeping timer's long step counts", () => {
  assert.equal(heardBetween(look(3, 10), look(33, 40)), 30);
});

test("a jump ahead, a jump back and a pause do not count", () => {
  assert.ok(heardBetween(look(3, 10), look(70, 10.1)) < 0.7);
  assert.equal(heardBetween(look(30, 10), look(15, 10.1)), 0);
  assert.equal(heardBetween(look(30, 10, false), look(30, 20)), 0);
});

test("words stay for eight seconds, and longer where there are many", () => {
  assert.equal(timeToRead("Numb counts as an answer."), 8000);
  assert.ok(timeToRead(Array(30).fill("word").join(" ")) > 8000);
});

test("a line that was running does not count as begun", () => {
  const cues = [{ start_s: 5 }, { start_s: 12 }];
  assert.equal(hasBegun(cues, 6, 11), false);
  assert.equal(hasBegun(cues, 6, 12), true);
});
